package main

import (
	"context"
	"fmt"

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

Where there is no index yet, or another version of the program made it, every
file is read.

Exit code: 0 done, 1 failed (with --strict also when a file was skipped),
2 usage.`

// update brings the index at dir up to date.
func update(ctx context.Context, p *progress, dir string, paths []string, f intakeFlags) error {
	return take(ctx, p, dir, paths, f, engine.Update, func(s *baogao.Published) string {
		c := s.Changes
		if c.Gone > c.Kept+c.Changed {
			p.say("note: most reports left the index; give all the paths that belong in it")
		}
		return fmt.Sprintf("%d added, %d changed, %d gone, %d kept; %s, %s", c.Added, c.Changed, c.Gone, c.Kept,
			reportsOf(s), cli.Count(s.Passages, "passage"))
	})
}
