package peers

import (
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"baogao/bench/texts"
	"baogao/bench/workload"
)

// lucene is Lucene 8 as Debian packages it, with the program in bench/lucene.
var lucene = Peer{
	Name: "lucene", Title: "Lucene 8, CJKAnalyzer",
	Version: luceneVersion,
	Missing: func() string {
		_, missing := luceneJars()
		return cmp.Or(missing, lacks("javac")())
	},
	prepare: compileLucene,
	build:   buildLucene, ask: askLucene,
}

const jarFolder = "/usr/share/java"

// luceneHeap is enough for the RAM buffer of 256 MB and the merges beside it.
const luceneHeap = "-Xmx1g"

var luceneParts = []string{"core", "analyzers-common", "facet", "highlighter", "memory", "queries"}

// luceneJars returns the jars of Lucene 8, highlighter and facets included, or
// what is missing of them.
func luceneJars() (jars []string, missing string) {
	for _, part := range luceneParts {
		found, _ := filepath.Glob(filepath.Join(jarFolder, "lucene-"+part+"-8*.jar"))
		if len(found) == 0 {
			return nil, fmt.Sprintf("lucene-%s-8*.jar in %s", part, jarFolder)
		}
		jars = append(jars, found[len(found)-1])
	}
	return jars, ""
}

func luceneVersion(ctx context.Context) string {
	jars, _ := luceneJars()
	number := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(jars[0]), "lucene-core-"), ".jar")
	return "Lucene " + number + " on " + versionOf(ctx, "java", "-version", "\n") + ", " + luceneHeap
}

// classes returns the folder of the compiled program, and the path on which the
// JVM finds it and Lucene.
func classes(at Place) (folder, path string) {
	folder = filepath.Join(at.Work, "lucene-classes")
	jars, _ := luceneJars()
	return folder, strings.Join(append(jars, folder), string(os.PathListSeparator))
}

// compileLucene compiles the program.
func compileLucene(ctx context.Context, at Place) error {
	folder, path := classes(at)
	source := filepath.Join(at.Root, "bench", "lucene", "Lucene.java")
	if out, err := exec.CommandContext(ctx, "javac", "-d", folder, "-cp", path, source).CombinedOutput(); err != nil {
		return fmt.Errorf("javac: %w: %s", err, out)
	}
	return nil
}

// java runs the program with what write gives it and returns what it prints.
func java(ctx context.Context, at Place, write func(*bufio.Writer) error, args ...string) (string, error) {
	_, path := classes(at)
	cmd := exec.CommandContext(ctx, "java", append([]string{luceneHeap, "-cp", path, "Lucene"}, args...)...)
	out, _, err := feed(cmd, write)
	return out, err
}

// writeFrames writes strings with their lengths before them.
func writeFrames(to *bufio.Writer, list ...string) error {
	var err error
	for _, s := range list {
		to.Write(binary.BigEndian.AppendUint32(nil, uint32(len(s))))
		_, err = to.WriteString(s) // which knows of errors before
	}
	return err
}

func buildLucene(ctx context.Context, at Place) error {
	_, err := java(ctx, at, func(to *bufio.Writer) error {
		for p, err := range texts.Passages(at.Work) {
			if err != nil {
				return err
			}
			if err := writeFrames(to, p.ID, p.Text, p.Region, strings.Join(p.Regions, "\t"), p.Level, p.Year, p.Kind); err != nil {
				return err
			}
		}
		return nil
	}, "build", at.Index)
	return err
}

func askLucene(ctx context.Context, at Place, plan workload.Plan) (*workload.Answers, error) {
	out, err := java(ctx, at, func(to *bufio.Writer) error {
		to.Write(binary.BigEndian.AppendUint32(nil, uint32(len(plan.Questions))))
		for _, q := range plan.Questions {
			var filters []string
			for _, f := range q.Filters() {
				filters = append(filters, f[0]+"="+f[1])
			}
			if err := writeFrames(to, strings.Join(q.Words, "\t"), strings.Join(filters, "\t")); err != nil {
				return err
			}
		}
		return nil
	}, "ask", at.Index, strconv.Itoa(plan.Rounds), strconv.Itoa(plan.Clients), strconv.Itoa(plan.Seconds))
	if err != nil {
		return nil, err
	}
	a := &workload.Answers{}
	return a, json.Unmarshal([]byte(out), a)
}
