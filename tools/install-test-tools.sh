#!/usr/bin/env bash
# Installs what some tests use beyond Go, where it can: LibreOffice and a
# Chinese font to make office files and PDF and to open spreadsheets, qpdf to
# encrypt PDF, tesseract with its Chinese models to recognise scans, 7z to pack
# archives, Chromium to print pages and to use them as people do, Node with
# axe-core and html-validate to hold them to the standards, a client of the Model
# Context Protocol, Maven to get nodes of OpenSearch, and Python with parsers of BibTeX and RIS and the schema of
# CSL-JSON to read citations. A test whose tool is missing is skipped with a line
# that says so.
set -u
axe=axe-core@4.14.1
inspector=@modelcontextprotocol/inspector@0.15.0
validate=html-validate@9.7.1 # the last that is content with the Node of Debian 12
references=(bibtexparser==2.1.0 rispy==0.10.0 jsonschema==4.26.0)
schema=commonmeta-py==0.312 # of which the schema is used, and nothing that it needs

purpose="for the tests" without="so the tests that need it are skipped"
. "$(dirname "$0")/debian.sh"

# node_packages installs packages of npm, of exact versions and outside of the
# repository, unless they are there.
node_packages() {
	local prefix=${XDG_CACHE_HOME:-$HOME/.cache}/baogao/node package wanted=()
	for package in "$@"; do
		grep -qs "\"version\": \"${package##*@}\"" "$prefix/node_modules/${package%@*}/package.json" || wanted+=("$package")
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

# python_packages installs packages of exact versions into an environment of their
# own, unless they are there.
python_packages() {
	local env=${XDG_CACHE_HOME:-$HOME/.cache}/baogao/references
	grep -qsx "$*" "$env/installed" && return
	if ! command -v python3 >/dev/null; then
		lacking "not installed" "$@"
		return
	fi
	echo "installing $purpose: $*"
	rm -rf "$env"
	{ python3 -m venv "$env" && timeout 300 "$env/bin/pip" install -q "${references[@]}" &&
		timeout 300 "$env/bin/pip" install -q --no-deps "$schema"; } >"$log" 2>&1 && echo "$*" >"$env/installed" ||
		{ tail -n 3 "$log"; rm -rf "$env"; lacking "could not be installed" "$@"; }
}

wanted=()
command -v soffice >/dev/null || wanted+=(libreoffice-writer-nogui)
[ -e /usr/lib/libreoffice/program/libsclo.so ] || wanted+=(libreoffice-calc-nogui)
command -v qpdf >/dev/null || wanted+=(qpdf)
command -v 7z >/dev/null || command -v 7zz >/dev/null || wanted+=(p7zip-full)
[ -n "$(fc-list :lang=zh 2>/dev/null)" ] || wanted+=(fonts-wqy-microhei fontconfig)
debian ${wanted[@]+"${wanted[@]}"}

wanted=()
command -v tesseract >/dev/null || wanted+=(tesseract-ocr)
for model in sim tra; do
	tesseract --list-langs 2>/dev/null | grep -qx "chi_$model" || wanted+=("tesseract-ocr-chi-$model")
done
debian ${wanted[@]+"${wanted[@]}"}

command -v chromium >/dev/null || debian chromium

# Nodes of OpenSearch need Java 21, which not each Debian has.
wanted=()
if ! ls -d /usr/lib/jvm/*-2[1-9]* >/dev/null 2>&1 && apt-cache show openjdk-21-jdk-headless >/dev/null 2>&1; then
	wanted+=(openjdk-21-jdk-headless)
fi
if ls -d /usr/lib/jvm/*-2[1-9]* >/dev/null 2>&1 || [ ${#wanted[@]} -gt 0 ]; then
	command -v mvn >/dev/null || wanted+=(maven)
fi
debian ${wanted[@]+"${wanted[@]}"}

wanted=()
command -v node >/dev/null || wanted+=(nodejs)
command -v npm >/dev/null || wanted+=(npm)
debian ${wanted[@]+"${wanted[@]}"}
node_packages "$axe" "$validate" "$inspector"
python_packages "${references[@]}" "$schema"
exit 0
