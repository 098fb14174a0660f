"""Renders random pages and charts as 8-bit RGB PNG pictures of 768 x 576, for training on text and graphics.

    python3 generate.py OUT_FOLDER COUNT [SEED]

Picture N of a seed does not depend on COUNT, so a longer set begins with the shorter one. See ../README.md for the programs it needs.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import charts
import pages
from palette import Palette

HERE = os.path.dirname(os.path.abspath(__file__))
PAGES_PER_RUN = 16
# How edges of text are smoothed, with the share of the pages: grey, coloured for the stripes of a flat panel, not at all.
SMOOTHING = {"": 0.66, "lcd": 0.26, "mono": 0.08}
# ImageMagick's options for PNG of 8-bit RGB and nothing else.
PLAIN = ["-strip", "-define", "png:color-type=2", "-define", "png:bit-depth=8", "-define", "png:exclude-chunks=date,time"]


def program(*names):
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    sys.exit(f"generate.py needs the program {names[0]}; see benchmarks/Content/README.md for the Debian packages.")


def python_with_matplotlib():
    for name in (sys.executable, "/usr/bin/python3"):
        if name and subprocess.run([name, "-c", "import matplotlib"], capture_output=True).returncode == 0:
            return name
    sys.exit("generate.py needs Matplotlib; see benchmarks/Content/README.md for the Debian packages.")


def run(command, text=None, fonts=""):
    environment = dict(os.environ, FONTCONFIG_FILE=os.path.join(HERE, "..", "fonts", f"{fonts}.conf")) if fonts else None
    done = subprocess.run(command, input=text, text=True, capture_output=True, env=environment)
    if done.returncode != 0:
        sys.exit(f"{os.path.basename(command[0])} failed ({done.returncode}):\n{done.stderr[-2000:]}")


class Programs:
    def __init__(self):
        # The real ImageMagick comes first under its Debian name.
        self.convert = program("convert-im6.q16", "magick", "convert")
        self.chromium = program("chromium", "chromium-browser", "google-chrome")
        self.gnuplot = program("gnuplot")
        self.graphviz = {name: program(name) for name in ("dot", "neato", "fdp", "circo", "twopi")}
        self.python = python_with_matplotlib()


def render_pages(programs, group, fonts, work, name_of):
    """Several pages below each other in one run of the browser, then cut."""
    page, shot = os.path.join(work, "page.html"), os.path.join(work, "shot.png")
    with open(page, "w", encoding="utf-8") as file:
        file.write('<!DOCTYPE html><meta charset="utf-8"><style>html,body{margin:0;padding:0}p{margin-top:0}</style>' + "\n".join(body for _, body in group))
    run([programs.chromium, "--no-sandbox", "--headless=new", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
         f"--user-data-dir={work}/profile", f"--window-size={pages.WIDTH},{pages.HEIGHT * len(group)}", f"--screenshot={shot}", "file://" + page], fonts=fonts)
    run([programs.convert, shot, "-crop", f"{pages.WIDTH}x{pages.HEIGHT}", "+repage", *PLAIN, f"PNG24:{work}/cut-%d.png"])
    for i, (index, _) in enumerate(group):
        shutil.move(os.path.join(work, f"cut-{i}.png"), name_of(index))


def generate(programs, folder, count, seed, work):
    def name_of(index):
        return os.path.join(folder, f"content-{seed}-{index:05}.png")

    web, matplotlib, charted = {fonts: [] for fonts in SMOOTHING}, [], []
    for index in range(count):
        rng = random.Random(f"{seed}/{index}")
        target = os.path.join(work, f"{index}.png")
        draw = rng.random()
        if draw < 0.80:
            fonts = rng.choices(list(SMOOTHING), list(SMOOTHING.values()))[0]
            web[fonts].append((index, pages.page(rng, Palette(rng, index))))
            continue
        charted.append((index, target))
        if draw < 0.90:
            matplotlib.append((f"{seed}/{index}/matplotlib", target))
        elif draw < 0.96:
            run([programs.gnuplot], charts.gnuplot_script(rng, target))
        else:
            name, source = charts.graph(rng)
            run([programs.graphviz[name], "-Tpng", "-o", target], source)
    if matplotlib:
        run([programs.python, "-B", os.path.join(HERE, "charts.py")], json.dumps(matplotlib))
    for index, picture in charted:
        run([programs.convert, picture, "-background", "white", "-alpha", "remove", "-alpha", "off", "-gravity", "center",
             "-extent", f"{pages.WIDTH}x{pages.HEIGHT}", *PLAIN, f"PNG24:{name_of(index)}"])
    for fonts, all_of in web.items():
        for start in range(0, len(all_of), PAGES_PER_RUN):
            render_pages(programs, all_of[start:start + PAGES_PER_RUN], fonts, work, name_of)


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    folder, count, seed = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) == 4 else 1
    programs = Programs()
    os.makedirs(folder, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        generate(programs, folder, count, seed, work)
    print(f"{count} pictures in {folder}")


if __name__ == "__main__":
    main()
