package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"baogao/query"
)

// shield puts the words of a question behind "--", so that -街道 excludes a
// word and is no unknown flag. What is a flag keeps its place in front. A
// command line that names another command is left as it is.
func shield(root *cobra.Command, args []string) []string {
	all := root.Flags()
	all.AddFlagSet(root.PersistentFlags())
	var flags, words []string
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			words = append(words, args[i+1:]...)
			i = len(args)
		case isFlag(all, arg):
			flags = append(flags, arg)
			if takesNext(all, arg) {
				if i++; i == len(args) {
					return args // its value is missing, which is said where flags are read
				}
				flags = append(flags, args[i])
			}
		case len(words) == 0 && isCommand(root, arg):
			return args
		default:
			words = append(words, arg)
		}
	}
	if len(words) == 0 {
		return flags
	}
	return append(append(flags, "--"), words...)
}

// isCommand reports whether a word names a command under root: then it is no
// question. A question of just that word is asked in quotes.
func isCommand(root *cobra.Command, word string) bool {
	if word == "help" || word == "completion" || strings.HasPrefix(word, "__complete") {
		return true
	}
	return slices.ContainsFunc(root.Commands(), func(c *cobra.Command) bool { return c.Name() == word })
}

// isFlag tells a flag from a word that is excluded. A word with two dashes is
// always a flag, so that a mistyped one is noticed. A word with one dash is a
// flag if a shorthand begins it and no field of the search language does.
func isFlag(flags *pflag.FlagSet, arg string) bool {
	name, short := strings.CutPrefix(arg, "-")
	switch {
	case !short || name == "":
		return false
	case strings.HasPrefix(name, "-"):
		return true
	case name[0] == 'h':
		return name == "h"
	case excludesField(name):
		return false
	}
	return shorthand(flags, name) != nil
}

// excludesField reports whether a word begins with a field, as number:遂安委.
func excludesField(word string) bool {
	i := strings.IndexAny(word, ":：")
	return i > 0 && slices.Contains(query.Fields, strings.ToLower(word[:i]))
}

func shorthand(flags *pflag.FlagSet, name string) *pflag.Flag {
	if name[0] >= 0x80 {
		return nil
	}
	return flags.ShorthandLookup(name[:1])
}

// takesNext reports whether the value of a flag is the next argument.
func takesNext(flags *pflag.FlagSet, arg string) bool {
	name := strings.TrimPrefix(arg, "-")
	var f *pflag.Flag
	if long, ok := strings.CutPrefix(name, "-"); ok {
		f = flags.Lookup(long)
	} else if len(name) == 1 {
		f = shorthand(flags, name)
	}
	return f != nil && f.NoOptDefVal == ""
}
