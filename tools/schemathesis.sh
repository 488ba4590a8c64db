#!/usr/bin/env bash
# Asks the service all that its description at /openapi.json allows, and much
# that it forbids, and holds every answer to it: over an index of the samples,
# with schemathesis out of a Python environment of its own. Takes about a
# minute. Without Python or a network it says so and is content.
#
#   tools/schemathesis.sh [EXAMPLES] [more arguments of schemathesis run]
set -eu
cd "$(dirname "$0")/.."
version=4.32.5
examples=${1:-700}
[ $# -eq 0 ] || shift

content() {
	echo "schemathesis was not run: $1"
	exit 0
}
command -v python3 >/dev/null || content "there is no python3"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || content "python3 is older than 3.10"
env=${XDG_CACHE_HOME:-$HOME/.cache}/baogao/schemathesis-$version
if ! "$env/bin/schemathesis" --version >/dev/null 2>&1; then
	rm -rf "$env"
	python3 -m venv "$env" >/dev/null 2>&1 || content "python3 -m venv does not work here"
	timeout 300 "$env/bin/pip" install -q "schemathesis==$version" >/dev/null 2>&1 ||
		{ rm -rf "$env"; content "pip cannot install it"; }
fi

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
go build -o "$work/" ./cmd/index ./cmd/search
"$work/index" build samples/reports --index "$work/reports.index" 2>"$work/build.log" || { cat "$work/build.log"; exit 1; }
"$work/search" serve --addr 127.0.0.1:0 --index "$work/reports.index" 2>"$work/serve.log" &
server=$!
for _ in $(seq 100); do
	url=$(sed -n 's/.*listening on \(http[^ ]*\).*/\1/p' "$work/serve.log" | head -n 1)
	[ -z "$url" ] || break
	kill -0 "$server" 2>/dev/null || break
	sleep 0.1
done
[ -n "$url" ] || { echo "the service did not start:"; cat "$work/serve.log"; exit 1; }

# Not among the checks is that all is accepted which the types allow: a cursor is
# a string, but few strings are cursors. Nor that all else is refused: in an
# address a number is written as a string is, and null as the empty value, which
# is as good as none. TestProblems has what is refused.
cd "$work"
timeout 600 "$env/bin/schemathesis" run "$url/openapi.json" --no-color --continue-on-failure \
	--max-examples "$examples" --seed 1 --exclude-checks positive_data_acceptance,negative_data_rejection "$@"
