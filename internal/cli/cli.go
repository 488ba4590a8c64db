// Package cli is what the commands share: the flag that names the index, flags
// with a fixed set of values, the one door for text to the terminal, messages
// that end with the next step, JSON.
package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"baogao"
)

// ErrUsage marks a command line that cannot be understood.
var ErrUsage = errors.New("usage")

// Usage makes an error of the command line.
func Usage(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrUsage, fmt.Sprintf(format, args...))
}

// Args makes the errors of a check of arguments errors of the command line.
func Args(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return Usage("%v", err)
		}
		return nil
	}
}

// Main runs a program with a context that ends at an interrupt. A second
// interrupt ends the process at once.
func Main(run func(ctx context.Context, args []string, stdout, stderr io.Writer) int) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as under nohup
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Execute carries out a command line and prints its error, if any, with the
// next step.
func Execute(ctx context.Context, root *cobra.Command, args []string, stdout, stderr io.Writer) error {
	root.SilenceUsage, root.SilenceErrors = true, true
	out := &output{Writer: stdout}
	root.SetOut(out)
	root.SetErr(stderr)
	root.SetArgs(args)
	showVersion(root)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return Usage("%v", err) })
	err := root.ExecuteContext(ctx)
	if out.err != nil {
		return fmt.Errorf("writing the output: %w", out.err)
	}
	return err
}

// output remembers that writing failed, so that a full disk behind a pipe does
// not look like success.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}

// Terminal returns the terminal that a command prints to, and whether it does.
func Terminal(cmd *cobra.Command) (fd int, ok bool) {
	out, _ := cmd.OutOrStdout().(*output)
	if out == nil {
		return 0, false
	}
	file, _ := out.Writer.(*os.File)
	if file == nil {
		return 0, false
	}
	return int(file.Fd()), term.IsTerminal(int(file.Fd()))
}

// ErrorsToTerminal reports whether a command tells its progress to a terminal.
func ErrorsToTerminal(cmd *cobra.Command) bool {
	file, _ := cmd.ErrOrStderr().(*os.File)
	return file != nil && term.IsTerminal(int(file.Fd()))
}

// Hint gives an error a next step of its own.
func Hint(err error, next string) error { return hinted{err, next} }

type hinted struct {
	error
	next string
}

func (h hinted) Unwrap() error { return h.error }

// Report prints an error, those that were joined on a line each, and the next
// step.
func Report(w io.Writer, program string, err error) {
	for _, e := range joined(err) {
		Printf(w, "%s: %v\n", program, e)
	}
	var own hinted
	if errors.As(err, &own) {
		Printf(w, "hint: %s\n", own.next)
		return
	}
	for _, h := range []struct {
		err  error
		next string
	}{
		{ErrUsage, program + " --help"},
		{syscall.EMFILE, "let this program open more files: ulimit -n 4096, or LimitNOFILE of its service"},
		{syscall.ENFILE, "too many files are open on this machine; end what holds them, or raise fs.file-max"},
		{syscall.ENOMEM, "give it more memory, or let less run beside it; the index on disk is as it was"},
		{syscall.ENOSPC, "make room there, or name a place on another disk; what stood there is as it was"},
		{syscall.EIO, "the disk could not read or write; look at the log of the system before anything is written there"},
		{fs.ErrPermission, "let the user that runs this read that path, and write there to build"},
		{syscall.ENOTDIR, "a file stands where a folder is meant; --index takes the folder that index build made"},
		{baogao.ErrNoIndex, "build one first: index build PATH, and name its folder with --index"},
		{baogao.ErrFormat, "rebuild it: index build PATH"},
		{baogao.ErrDamaged, "index verify says what is damaged, and index verify --repair goes back to a whole generation; where none is left: index build PATH"},
		{baogao.ErrNoFigures, "figures are not yet told over a cluster; copy the index into a folder, index copy FROM TO, and ask that"},
		{baogao.ErrUnavailable, "see that the nodes named by --index run and that this machine reaches them; the index in use is as it was"},
		{baogao.ErrLocked, "wait until the other build is done, or stop it; the index in use stays as it is"},
		{baogao.ErrNotFound, "ids stand at the end of each hit"},
		{syscall.EADDRINUSE, "another program listens there; --addr 127.0.0.1:0 takes a free port"},
		{syscall.EADDRNOTAVAIL, "this machine has no such address; --addr :8080 listens on all it has"},
		{syscall.EISDIR, "a folder stands where a file is meant; name a file"},
		{fs.ErrNotExist, "look at the path, and quote it if it has blanks; a relative one starts at the folder this is run in"},
		{context.Canceled, "it was interrupted; the index in use is as it was"},
	} {
		if errors.Is(err, h.err) {
			Printf(w, "hint: %s\n", h.next)
			return
		}
	}
}

// joined are the errors that errors.Join made one of.
func joined(err error) []error {
	if all, ok := err.(interface{ Unwrap() []error }); ok && errors.Join(all.Unwrap()...).Error() == err.Error() {
		return all.Unwrap()
	}
	return []error{err}
}

// Code reports the error of a program, if any, and is its exit code: 0 done,
// 1 failed, 2 usage.
func Code(w io.Writer, program string, err error) int {
	if err == nil {
		return 0
	}
	Report(w, program, err)
	if errors.Is(err, ErrUsage) {
		return 2
	}
	return 1
}

// Count is a number of things in words: 1 report, 2 reports.
func Count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}

// IndexFlag adds the flag that names the index to a command and all below it.
func IndexFlag(cmd *cobra.Command) *string {
	dir := cmp.Or(os.Getenv("BAOGAO_INDEX"), "baogao.index")
	return cmd.PersistentFlags().String("index", dir, "folder of the `index`, or opensearch://HOST:9200/NAME; also $BAOGAO_INDEX")
}

// FormatFlag adds the flag that names the form of the output, of which the
// first is the one that is used unless another is asked for.
func FormatFlag(cmd *cobra.Command, forms ...string) *string {
	return ChoiceFlag(cmd, "format", "`form` of the output", forms...)
}

// ChoiceFlag adds a flag that takes one of a few values, the first if it is not
// given.
func ChoiceFlag[T ~string](cmd *cobra.Command, name, help string, values ...T) *T {
	c := &choice[T]{value: values[0], values: values}
	cmd.Flags().Var(c, name, help+": "+c.list())
	cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(strs(values), cobra.ShellCompDirectiveNoFileComp))
	return &c.value
}

type choice[T ~string] struct {
	value  T
	values []T
}

func (c *choice[T]) String() string { return string(c.value) }
func (c *choice[T]) Type() string   { return "string" }

func (c *choice[T]) Set(s string) error {
	if !slices.Contains(c.values, T(s)) {
		return fmt.Errorf("use one of %s", c.list())
	}
	c.value = T(s)
	return nil
}

func (c *choice[T]) list() string { return strings.Join(strs(c.values), ", ") }

func strs[T ~string](values []T) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

// JSON prints a value as JSON on lines of its own, indented or on one.
func JSON(w io.Writer, v any, indented bool) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if indented {
		e.SetIndent("", "  ")
	}
	return e.Encode(v)
}
