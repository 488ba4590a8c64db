#!/usr/bin/env bash
# Installs the engines that bench compares with, where it can: Lucene with a
# JDK to compile and run it, Groonga, SQLite. An engine that is missing is left
# out of the comparison with a line that says so.
set -u
wanted=()
{ command -v javac && command -v java; } >/dev/null || wanted+=(default-jdk-headless)
ls /usr/share/java/lucene-core-8*.jar >/dev/null 2>&1 || wanted+=(liblucene8-java)
command -v groonga >/dev/null || wanted+=(groonga-bin)
command -v sqlite3 >/dev/null || wanted+=(sqlite3)
[ ${#wanted[@]} -eq 0 ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	echo "not installed, so the engines that need it are left out: ${wanted[*]}"
	exit 0
fi
echo "installing for the comparison: ${wanted[*]}"
{ apt-get update && DEBIAN_FRONTEND=noninteractive timeout 900 apt-get install -y --no-install-recommends "${wanted[@]}"; } >/tmp/benchtools.log 2>&1 ||
	{ tail -n 3 /tmp/benchtools.log; echo "could not be installed, so the engines that need it are left out: ${wanted[*]}"; }
exit 0
