package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"baogao/internal/cite"
	"baogao/internal/cli"
	"baogao/internal/engine"
)

const citeLong = `Cite prints the citation of a report, or of a passage of one, by the id that
stands at the end of each hit: an entry of a list of references by GB/T 7714—2015,
an entry for BibTeX, RIS or CSL-JSON, or a sentence. Where the style has room for
it, the passage is quoted: the sentences with the words of --quote, or all of it.

    search cite 'sichuan/anju2022.txt'
    search cite 'sichuan/anju2022.txt#p17' --style plain --quote 行政复议
    search cite 'sichuan/anju2022.txt' --style bibtex >> references.bib

What is not known is left out. Where no title was found one is made, in brackets,
which may hold guesses. A source that is online bears the date of today.`

func newCite(index *string) *cobra.Command {
	var style *cite.Style
	var quote string
	cmd := &cobra.Command{
		Use:   "cite ID",
		Short: "Print the citation of a report or a passage",
		Long:  citeLong,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return cli.Usage("cite takes one id; to look for the word itself: search '\"cite\"'")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return printCitation(cmd, *index, args[0], quote, *style)
		},
	}
	style = cli.ChoiceFlag(cmd, "style", "`form` of the citation", cite.Styles...)
	cmd.Flags().StringVar(&quote, "quote", "", "quote the sentences of a passage that hold the words of a `question`")
	return cmd
}

// printCitation prints the citation of what an id names.
func printCitation(cmd *cobra.Command, index, id, quote string, style cite.Style) error {
	s, err := engine.Open(index)
	if err != nil {
		return err
	}
	defer s.Close()
	work, err := cite.Find(cmd.Context(), s, id, quote)
	if err != nil {
		return err
	}
	for line := range strings.Lines(work.Cite(style, time.Now())) {
		if err := cli.Printf(cmd.OutOrStdout(), "%s\n", strings.TrimSuffix(line, "\n")); err != nil {
			return err
		}
	}
	return nil
}
