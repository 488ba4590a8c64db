#!/bin/sh
# Prints how fast files of each format are read, and how large the programs are
# without what only debuggers need. With BASE=COMMIT it prints the sizes of that
# commit too, which is built in a folder of its own.
set -eu

sizes() {
	out=$(mktemp -d)
	(cd "$1" && go build -trimpath -ldflags='-s -w' -o "$out/" ./cmd/index ./cmd/search)
	for program in index search; do
		printf '%s\t%s\t%.1f MB\n' "$2" "$program" "$(awk -v b="$(wc -c <"$out/$program")" 'BEGIN { print b / 1048576 }')"
	done
	rm -r "$out"
}

go test -run '^$' -bench '^BenchmarkReaders$' -benchtime 3s ./corpus | grep -E '^(Benchmark|FAIL|---)'
sizes . now
if [ -n "${BASE:-}" ]; then
	tree=$(mktemp -d)
	trap 'rm -rf "$tree"' EXIT
	git archive "$BASE" | tar -x -C "$tree"
	sizes "$tree" "$BASE"
fi
