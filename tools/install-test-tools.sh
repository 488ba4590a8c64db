#!/usr/bin/env bash
# Installs what some tests use beyond Go, where it can: LibreOffice and a
# Chinese font to make office files and PDF and to open spreadsheets, poppler to
# read PDF, qpdf to encrypt it, Chromium to use the pages as people do, and Node
# with axe-core and html-validate to hold them to the standards. A test whose
# tool is missing is skipped with a line that says so.
set -u
axe=axe-core@4.14.1
validate=html-validate@9.7.1 # the last that is content with the Node of Debian 12

purpose="for the tests" without="so the tests that need it are skipped"
. "$(dirname "$0")/debian.sh"

# node_packages installs packages of npm, of exact versions and outside of the
# repository, unless they are there.
node_packages() {
	local prefix=${XDG_CACHE_HOME:-$HOME/.cache}/baogao/node package wanted=()
	for package in "$@"; do
		grep -qs "\"version\": \"${package#*@}\"" "$prefix/node_modules/${package%@*}/package.json" || wanted+=("$package")
	done
	[ ${#wanted[@]} -eq 0 ] && return
	if ! command -v npm >/dev/null; then
		lacking "not installed" "${wanted[@]}"
		return
	fi
	echo "installing $purpose: $*"
	mkdir -p "$prefix"
	# All are named, since npm drops what is not.
	timeout 300 npm install --no-save --prefix "$prefix" --ignore-scripts --no-audit --no-fund "$@" >"$log" 2>&1 ||
		{ tail -n 3 "$log"; lacking "could not be installed" "${wanted[@]}"; }
}

wanted=()
command -v soffice >/dev/null || wanted+=(libreoffice-writer-nogui)
[ -e /usr/lib/libreoffice/program/libsclo.so ] || wanted+=(libreoffice-calc-nogui)
command -v pdftotext >/dev/null || wanted+=(poppler-utils)
command -v qpdf >/dev/null || wanted+=(qpdf)
[ -n "$(fc-list :lang=zh 2>/dev/null)" ] || wanted+=(fonts-wqy-microhei fontconfig)
debian ${wanted[@]+"${wanted[@]}"}

command -v chromium >/dev/null || debian chromium

wanted=()
command -v node >/dev/null || wanted+=(nodejs)
command -v npm >/dev/null || wanted+=(npm)
debian ${wanted[@]+"${wanted[@]}"}
node_packages "$axe" "$validate"
exit 0
