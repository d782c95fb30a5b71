#!/usr/bin/env bash
# Whether the text libraries that come along on Windows load there and shape our font: by hand, outside the suite.
# Takes Debian's wine64 and gcc-mingw-w64-x86-64, and the wheel as it is locked. Wine is not Windows: see docs/windows.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
locked=$(sed -n 's/^gstreamer-libs==\([0-9.]*\).*/\1/p' "$root/requirements/build.txt")
python3 -m pip download --quiet --disable-pip-version-check --no-deps --platform win_amd64 --only-binary=:all: \
  --python-version 3.11 --dest "$work" "gstreamer-libs==$locked"
python3 -m zipfile -e "$work"/gstreamer_libs-*.whl "$work/wheel"
bin=$(find "$work/wheel" -type d -path '*/gstreamer_libs/bin')
x86_64-w64-mingw32-gcc -O1 -o "$work/shape.exe" "$here/shape.c"
export WINEPREFIX="$work/prefix" WINEDEBUG=-all
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
windows() { echo "Z:$1" | tr / '\\'; }
package="$root/src/letters"
"$wine" "$work/shape.exe" "$(windows "$bin")" "$(windows "$package/render/fonts/LettersSans-Regular.ttf")" \
  "$(windows "$package/render/fonts.conf")" 2>"$work/said" || { cat "$work/said"; exit 1; }
echo "gstreamer-libs $locked: loaded, and every glyph is there"
