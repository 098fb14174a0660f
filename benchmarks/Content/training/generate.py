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

import charts
import pages
from palette import Palette

PAGES_PER_RUN = 16


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


def run(command, text=None):
    done = subprocess.run(command, input=text, text=True, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"{os.path.basename(command[0])} failed ({done.returncode}):\n{done.stderr[-2000:]}")


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    folder, count, seed = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) == 4 else 1
    # The real ImageMagick comes first under its Debian name.
    convert = program("convert-im6.q16", "magick", "convert")
    chromium = program("chromium", "chromium-browser", "google-chrome")
    gnuplot = program("gnuplot")
    graphviz = {name: program(name) for name in ("dot", "neato", "fdp", "circo", "twopi")}
    python = python_with_matplotlib()
    os.makedirs(folder, exist_ok=True)

    with tempfile.TemporaryDirectory() as work:
        web, plots, raw = [], [], []
        for index in range(count):
            rng = random.Random(f"{seed}/{index}")
            target = os.path.join(work, f"{index}.png")
            draw = rng.random()
            if draw < 0.80:
                web.append((index, pages.page(rng, Palette(rng, index))))
            elif draw < 0.90:
                plots.append((f"{seed}/{index}/matplotlib", target))
                raw.append((index, target))
            elif draw < 0.96:
                run([gnuplot], charts.gnuplot_script(rng, target))
                raw.append((index, target))
            else:
                name, source = charts.graph(rng)
                run([graphviz[name], "-Tpng", "-o", target], source)
                raw.append((index, target))
        if plots:
            run([python, os.path.join(os.path.dirname(os.path.abspath(__file__)), "charts.py")], json.dumps(plots))

        def final(index):
            return os.path.join(folder, f"content-{seed}-{index:05}.png")

        plain = ["-strip", "-define", "png:color-type=2", "-define", "png:bit-depth=8", "-define", "png:exclude-chunks=date,time"]
        for index, picture in raw:
            run([convert, picture, "-background", "white", "-alpha", "remove", "-alpha", "off", "-gravity", "center",
                 "-extent", f"{pages.WIDTH}x{pages.HEIGHT}", *plain, f"PNG24:{final(index)}"])
        for start in range(0, len(web), PAGES_PER_RUN):
            group = web[start:start + PAGES_PER_RUN]
            page, shot = os.path.join(work, "page.html"), os.path.join(work, "shot.png")
            with open(page, "w", encoding="utf-8") as file:
                file.write('<!DOCTYPE html><meta charset="utf-8"><style>html,body{margin:0;padding:0}p{margin-top:0}</style>' + "\n".join(body for _, body in group))
            run([chromium, "--no-sandbox", "--headless=new", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1", f"--user-data-dir={work}/profile",
                 f"--window-size={pages.WIDTH},{pages.HEIGHT * len(group)}", f"--screenshot={shot}", "file://" + page])
            run([convert, shot, "-crop", f"{pages.WIDTH}x{pages.HEIGHT}", "+repage", *plain, f"PNG24:{work}/cut-%d.png"])
            for i, (index, _) in enumerate(group):
                shutil.move(os.path.join(work, f"cut-{i}.png"), final(index))
    print(f"{count} pictures in {folder}")


if __name__ == "__main__":
    main()
