#!/usr/bin/env bash
# Renders the test pictures as 8-bit RGB PNG: render.sh OUT_FOLDER
set -euo pipefail

if [ $# -ne 1 ]; then
  echo "usage: render.sh OUT_FOLDER" >&2
  exit 2
fi

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "render.sh: $1 (README.md beside this script names the Debian packages)" >&2
  exit 1
}

# The first of several names of a program that is there.
find_program() {
  local name
  for name in "$@"; do
    if command -v "$name"; then return; fi
  done
  fail "the program $1 is missing"
}

# A Python that knows Matplotlib: the one on the path, or Debian's.
find_python() {
  local name
  for name in python3 /usr/bin/python3; do
    if "$name" -c 'import matplotlib' 2> /dev/null; then
      echo "$name"
      return
    fi
  done
  fail "no Python with Matplotlib was found"
}

chromium=$(find_program chromium chromium-browser google-chrome)
gnuplot=$(find_program gnuplot)
dot=$(find_program dot)
convert=$(find_program convert-im6.q16 magick convert)
find_program fc-list > /dev/null
python=$(find_python)

for family in "DejaVu Sans" "DejaVu Serif" "DejaVu Sans Mono" "DejaVu Math TeX Gyre" "Liberation Sans" "Liberation Serif" "Liberation Mono" \
    "Fira Code" "Noto Sans CJK JP" "Noto Color Emoji"; do
  [ -n "$(fc-list "$family" family)" ] || fail "the font $family is missing"
done

# finish NAME WIDTH HEIGHT: the raw picture becomes the final one, of exactly this size, opaque and without metadata.
finish() {
  [ -s "$work/raw.png" ] || fail "nothing was rendered for $1"
  "$convert" "$work/raw.png" -background white -alpha remove -alpha off -gravity center -extent "$2x$3" +repage -strip \
    -define png:color-type=2 -define png:bit-depth=8 -define png:exclude-chunks=date,time "PNG24:$out/$1.png"
  rm "$work/raw.png"
  echo "$1.png"
}

# page FILE WIDTH HEIGHT [FONTS]: a page of Chromium's; FONTS is lcd or mono.
page() {
  (
    if [ $# -eq 4 ]; then export FONTCONFIG_FILE="$here/fonts/$4.conf"; fi
    "$chromium" --no-sandbox --headless=new --disable-gpu --hide-scrollbars --force-device-scale-factor=1 --user-data-dir="$work/profile" \
      --window-size="$2,$3" --screenshot="$work/raw.png" "file://$here/test/$1" > "$work/log" 2>&1
  ) || fail "Chromium failed on $1: $(tail -3 "$work/log")"
  finish "${1%.*}" "$2" "$3"
}

plot() {
  (cd "$work" && "$gnuplot" -e "set output 'raw.png'" "$here/test/$1")
  finish "${1%.*}" "$2" "$3"
}

chart() {
  "$python" -B "$here/test/$1" "$work/raw.png"
  finish "${1%.*}" "$2" "$3"
}

graph() {
  "$dot" -Tpng -o "$work/raw.png" "$here/test/$1"
  finish "${1%.*}" "$2" "$3"
}

page prose.html 760 940
page article.html 860 1000
page editor-dark.html 1000 700
page editor-light.html 960 720 lcd
page terminal.html 940 640
page spreadsheet.html 1080 700 lcd
page shop.html 1080 800
page settings.html 920 660
page chat.html 640 960
page magazine.html 1000 690
page map.svg 1000 720
page lineart.svg 840 840
page floorplan.svg 1000 760
page cjk.html 820 720
page formulae.html 800 840
page gradients.html 1000 700
page icons.html 860 640
page fax.html 760 1000 mono
page dashboard.html 1100 760
plot linechart.gp 1000 700
plot surface.gp 900 720
chart scatter.py 1100 600
chart bars.py 1000 720
graph graph.dot 960 760
