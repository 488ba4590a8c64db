#!/usr/bin/env bash
# Installs the engines that bench compares with, where it can: Lucene with a
# JDK to compile and run it, Groonga, SQLite. An engine that is missing is left
# out of the comparison with a line that says so.
set -u
purpose="for the comparison" without="so the engines that need it are left out"
. "$(dirname "$0")/debian.sh"

wanted=()
{ command -v javac && command -v java; } >/dev/null || wanted+=(default-jdk-headless)
ls /usr/share/java/lucene-core-8*.jar >/dev/null 2>&1 || wanted+=(liblucene8-java)
command -v groonga >/dev/null || wanted+=(groonga-bin)
command -v sqlite3 >/dev/null || wanted+=(sqlite3)
debian ${wanted[@]+"${wanted[@]}"}
exit 0
