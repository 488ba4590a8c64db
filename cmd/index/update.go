package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"baogao"
	"baogao/internal/cli"
	"baogao/internal/engine"
)

const updateLong = `Update makes the index say what the files say now: reports of new and changed
files are read, those of files that are as they were are kept, and those of
files that are gone leave the index. Files are compared by content. The outcome
is that of a build of the same paths, in a fraction of the time; give all the
paths the index was built of.

    index update reports/ --index reports.index

What cannot be read is not gone: the reports the index holds from a file or
folder that no one may read, that is broken or cut off, stay as they are and are
listed. So do those of a folder given that has no report any more, and of a path
given that is not there: a disk may not be mounted. With --allow-empty they
leave. An index that was built with --ocr is updated with it: without, its scans
are files that could not be read.

Where there is no index yet, or another version of the program made it, every
file is read.

Exit code: 0 done, 1 failed, or reports were kept unread (with --strict also when
a file was skipped), 2 usage.`

func newUpdate(dir *string) *cobra.Command {
	var f intakeFlags
	cmd := f.command(&cobra.Command{
		Use:   "update PATH...",
		Short: "Bring the index up to date with its files",
		Long:  updateLong,
		RunE: func(cmd *cobra.Command, args []string) error {
			return update(cmd.Context(), newProgress(cmd), *dir, args, f)
		},
	})
	cmd.Flags().BoolVar(&f.allowEmpty, "allow-empty", false, "let the reports of a path leave that has none any more, even the last ones")
	return cmd
}

// update brings the index at dir up to date.
func update(ctx context.Context, p *progress, dir string, paths []string, f intakeFlags) error {
	begin := func(ctx context.Context, dir, revision string) (baogao.Updater, []baogao.Held, error) {
		u, held, err := engine.Update(ctx, dir, revision)
		if err != nil {
			return nil, nil, err
		}
		if err := exist(paths, held); err != nil {
			return nil, nil, errors.Join(err, u.Close())
		}
		return u, held, nil
	}
	err := take(ctx, p, dir, paths, f, begin, func(s *baogao.Published) string {
		if c := s.Changes; c.Gone > c.Kept+c.Changed+c.Unread && !f.allowEmpty {
			p.say("note: most reports left the index; give all the paths that belong in it")
		}
		return fmt.Sprintf("%s; %s, %s", changesOf(s.Changes), reportsOf(s), cli.Count(s.Passages, "passage"))
	})
	if errors.Is(err, errNoReports) {
		return cli.Hint(err, "give all the paths that belong in it; --allow-empty makes an index of no reports")
	}
	return err
}

// changesOf says what an update did.
func changesOf(c baogao.Changes) string {
	text := fmt.Sprintf("%d added, %d changed, %d gone, %d kept", c.Added, c.Changed, c.Gone, c.Kept)
	if c.Unread > 0 {
		text += fmt.Sprintf(", %d kept unread", c.Unread)
	}
	return text
}

// unread is the error of an update that kept so many reports of what could not be
// read.
func (in *intake) unread(n int) error {
	err := fmt.Errorf("%s kept, of files that could not be read, as listed above", cli.Count(n, "report"))
	if in.emptied {
		return cli.Hint(err, "mount or name again what is missing; if it is to leave the index, --allow-empty")
	}
	return cli.Hint(err, "mend what is listed, or remove it, and update again")
}
