#!/bin/sh
# The tools that `make bench` compares with, in an environment of their own: .bench/peers. LibreOffice is the system's.
set -eu

cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
peers=.bench/peers

mkdir -p .bench
"$python" -m venv --clear "$peers" || { sh requirements/debian.sh venv; "$python" -m venv --clear "$peers"; }
"$peers/bin/python" -m pip install --quiet --disable-pip-version-check -r bench/peers.txt
command -v soffice >/dev/null 2>&1 || echo "LibreOffice is not there: the bench leaves docxtpl + LibreOffice out." >&2
echo "$peers is ready. Next: make bench"
