#!/bin/sh
# Debian and Ubuntu packages that `make letters` (build) and `make test` (test) need: installed where they are missing
# and we are root; otherwise the command to run is printed. On other systems: nothing, `letters doctor` tells more.
set -eu

build="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b"
# A browser for the accessibility checks, LibreOffice and the font it takes for Arial for the page counts, and a
# British dictionary for the spelling of the wording.
test="$build chromium libreoffice-writer-nogui fonts-liberation2 git libenchant-2-2 hunspell-en-gb"
peers="libreoffice-writer-nogui fonts-liberation2"

case "$1" in
  build) packages=$build ;;
  test) packages=$test ;;
  peers) packages=$peers ;;
  venv) packages=python3-venv ;;
  *) echo "usage: $0 build|test|peers|venv" >&2; exit 2 ;;
esac

command -v dpkg-query >/dev/null 2>&1 || exit 0

is_there() {
  dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed && return 0
  # The full LibreOffice serves as well as the one without a desktop, and Ubuntu's fonts under their newer name.
  case "$1" in
    libreoffice-writer-nogui) dpkg-query -W -f '${db:Status-Status}\n' libreoffice-writer 2>/dev/null | grep -qx installed ;;
    fonts-liberation2) dpkg-query -W -f '${db:Status-Status} ${Version}\n' fonts-liberation 2>/dev/null | grep -q 'installed 1:2' ;;
    *) return 1 ;;
  esac
}

missing=""
for package in $packages; do
  is_there "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  echo "Installing$missing" >&2
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "Please run this first:  sudo apt-get install --no-install-recommends$missing" >&2
  exit 1
fi
