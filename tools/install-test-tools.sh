#!/usr/bin/env bash
# Installs what some tests use beyond Go, where it can: LibreOffice and a
# Chinese font to make office files and PDF, poppler to read PDF, qpdf to
# encrypt it. A test whose tool is missing is skipped with a line that says so.
set -u
wanted=()
command -v soffice >/dev/null || wanted+=(libreoffice-writer-nogui)
command -v pdftotext >/dev/null || wanted+=(poppler-utils)
command -v qpdf >/dev/null || wanted+=(qpdf)
[ -n "$(fc-list :lang=zh 2>/dev/null)" ] || wanted+=(fonts-wqy-microhei fontconfig)
[ ${#wanted[@]} -eq 0 ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	echo "not installed, so the tests that need it are skipped: ${wanted[*]}"
	exit 0
fi
echo "installing for the tests: ${wanted[*]}"
{ apt-get update && DEBIAN_FRONTEND=noninteractive timeout 900 apt-get install -y --no-install-recommends "${wanted[@]}"; } >/tmp/testtools.log 2>&1 ||
	{ tail -n 3 /tmp/testtools.log; echo "could not be installed, so the tests that need it are skipped: ${wanted[*]}"; }
exit 0
