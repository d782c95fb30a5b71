#!/bin/sh
# Debian and Ubuntu packages that `make letters` (build) and `make test` (test) need: installed where they are missing
# and we are root; otherwise the command to run is printed. On other systems: nothing, `letters doctor` tells more.
# Letters can be built without the dictionary that `letters check` reads them with: lacking it stops nothing.
set -eu

build="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b"
spelling="libenchant-2-2 hunspell-en-gb aspell-cy"
# A browser for the accessibility checks, LibreOffice and the font it takes for Arial for the page counts.
test="$build $spelling chromium libreoffice-writer-nogui fonts-liberation2 git"
peers="libreoffice-writer-nogui fonts-liberation2"

wanted=""
case "$1" in
  build) packages=$build wanted=$spelling ;;
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

missing_of() {
  for package in "$@"; do
    is_there "$package" || printf ' %s' "$package"
  done
}

missing=$(missing_of $packages)
lacking=$(missing_of $wanted)
[ -n "$missing$lacking" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  echo "Installing$missing$lacking" >&2
  apt-get update -qq >/dev/null || [ -z "$missing" ]
  if [ -n "$missing" ]; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  fi
  if [ -n "$lacking" ]; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $lacking >/dev/null ||
      echo "Spelling will not be checked:$lacking cannot be installed" >&2
  fi
elif [ -z "$missing" ]; then
  echo "Spelling is not checked until you run:  sudo apt-get install --no-install-recommends$lacking" >&2
else
  missing=$missing$lacking
  echo "Please run this first:  sudo apt-get install --no-install-recommends$missing" >&2
  exit 1
fi
