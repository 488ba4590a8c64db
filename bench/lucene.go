package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// lucene is Lucene 8 as Debian packages it, with the program in bench/lucene.
var lucene = peer{
	name: "lucene", title: "Lucene 8, CJKAnalyzer",
	version: luceneVersion,
	missing: func() string {
		if _, err := luceneJars(); err != nil {
			return err.Error()
		}
		return lacks("javac")()
	},
	prepare: compileLucene,
	build:   buildLucene, ask: askLucene,
}

const jarFolder = "/usr/share/java"

// luceneHeap is enough for the RAM buffer of 256 MB and the merges beside it.
const luceneHeap = "-Xmx1g"

var luceneParts = []string{"core", "analyzers-common", "facet", "highlighter", "memory", "queries"}

// luceneJars returns the jars of Lucene 8, highlighter and facets included.
func luceneJars() ([]string, error) {
	var jars []string
	for _, part := range luceneParts {
		found, _ := filepath.Glob(filepath.Join(jarFolder, "lucene-"+part+"-8*.jar"))
		if len(found) == 0 {
			return nil, fmt.Errorf("lucene-%s-8*.jar in %s", part, jarFolder)
		}
		jars = append(jars, found[len(found)-1])
	}
	return jars, nil
}

func luceneVersion(ctx context.Context) string {
	jars, err := luceneJars()
	if err != nil {
		return ""
	}
	number := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(jars[0]), "lucene-core-"), ".jar")
	return "Lucene " + number + " on " + firstLine(ctx, "java", "-version") + ", " + luceneHeap
}

// classPath is where the JVM finds Lucene and the program.
func classPath(s settings) (string, error) {
	jars, err := luceneJars()
	return strings.Join(append(jars, classFolder(s)), string(os.PathListSeparator)), err
}

func classFolder(s settings) string { return filepath.Join(s.work, "lucene-classes") }

// compileLucene compiles the program.
func compileLucene(ctx context.Context, s settings) error {
	path, err := classPath(s)
	if err != nil {
		return err
	}
	source := filepath.Join(s.root, "bench", "lucene", "Lucene.java")
	out, err := exec.CommandContext(ctx, "javac", "-d", classFolder(s), "-cp", path, source).CombinedOutput()
	if err != nil {
		return fmt.Errorf("javac: %w: %s", err, out)
	}
	return nil
}

// java runs the program with what feed writes to it and returns what it prints.
func java(ctx context.Context, w workplace, feed func(*bufio.Writer) error, args ...string) ([]byte, error) {
	path, err := classPath(w.settings)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "java", slices.Concat([]string{luceneHeap, "-cp", path, "Lucene"}, args)...)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	to := bufio.NewWriterSize(in, 1<<20)
	if err := errors.Join(feed(to), to.Flush(), in.Close(), cmd.Wait()); err != nil {
		return nil, fmt.Errorf("%w: %s", err, said.Bytes())
	}
	return out.Bytes(), nil
}

// writeFrames writes strings with their lengths before them.
func writeFrames(to io.Writer, list ...string) error {
	for _, s := range list {
		b := binary.BigEndian.AppendUint32(nil, uint32(len(s)))
		if _, err := to.Write(append(b, s...)); err != nil {
			return err
		}
	}
	return nil
}

func buildLucene(ctx context.Context, w workplace) error {
	_, err := java(ctx, w, func(to *bufio.Writer) error {
		for p, err := range passages(w.work) {
			if err != nil {
				return err
			}
			if err := writeFrames(to, p.ID, p.Text, p.Region, strings.Join(p.Regions, "\t"), p.Level, p.Year, p.Kind); err != nil {
				return err
			}
		}
		return nil
	}, "build", w.index)
	return err
}

func askLucene(ctx context.Context, w workplace, l load) (*answers, error) {
	out, err := java(ctx, w, func(to *bufio.Writer) error {
		to.Write(binary.BigEndian.AppendUint32(nil, uint32(len(l.Questions))))
		for _, q := range l.Questions {
			var filters []string
			for _, f := range q.filters() {
				filters = append(filters, f[0]+"="+f[1])
			}
			if err := writeFrames(to, strings.Join(q.Words, "\t"), strings.Join(filters, "\t")); err != nil {
				return err
			}
		}
		return nil
	}, "ask", w.index, strconv.Itoa(l.Rounds), strconv.Itoa(l.Clients), strconv.Itoa(l.Seconds))
	if err != nil {
		return nil, err
	}
	a := &answers{}
	return a, json.Unmarshal(out, a)
}
