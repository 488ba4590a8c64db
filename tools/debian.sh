# Read by the scripts that install what is used beyond Go. They say in $purpose
# what for, and in $without what comes of it where it cannot be installed.
log=/tmp/baogao-tools.log

# lacking says what could not be installed, and why.
lacking() {
	echo "$1, $without: ${*:2}"
}

updated=
# debian installs packages of Debian.
debian() {
	[ $# -eq 0 ] && return
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
		lacking "not installed" "$@"
		return
	fi
	echo "installing $purpose: $*"
	{ [ -n "$updated" ] || timeout 300 apt-get update; } >"$log" 2>&1 && updated=yes &&
		DEBIAN_FRONTEND=noninteractive timeout 900 apt-get install -y --no-install-recommends "$@" >"$log" 2>&1 ||
		{ tail -n 3 "$log"; lacking "could not be installed" "$@"; }
}
