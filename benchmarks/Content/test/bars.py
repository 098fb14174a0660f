"""Grouped bars, stacked areas, a ring and a box plot."""

import sys

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plot
import numpy

noise = numpy.random.RandomState(7)
plot.rcParams.update({"font.family": "Liberation Sans", "font.size": 10})
sheet, ((a, b), (c, d)) = plot.subplots(2, 2, figsize=(10, 7.2), dpi=100, facecolor="#fbf7f0")
towns = ["Wick", "Ferry End", "Sallow", "Tam", "Cobble", "Mill"]
for i, (year, hatch) in enumerate((("first winter", ""), ("second winter", "//"), ("third winter", ".."))):
    a.bar(numpy.arange(6) + 0.27 * i, noise.uniform(2, 9, 6), 0.25, yerr=noise.uniform(0.2, 0.8, 6), capsize=2, hatch=hatch, edgecolor="black", linewidth=0.6, label=year)
a.set_xticks(numpy.arange(6) + 0.27, towns)
a.set_title("Loaves lost per hundred"), a.legend(fontsize=8), a.set_ylim(0, 13)
b.stackplot(range(40), numpy.abs(numpy.cumsum(noise.normal(0.2, 1, (4, 40)), 1)) + 2, labels=["rye", "wheat", "spelt", "oat"], colors=["#6b4226", "#d9a441", "#8fb339", "#4f7cac"])
b.set_title("Dough on the shelf, kg"), b.legend(loc="upper left", fontsize=8)
c.pie([31, 24, 18, 15, 12], labels=["heat", "flour", "rent", "wages", "salt"], autopct="%1.0f %%", wedgeprops={"width": 0.45, "edgecolor": "white"}, colors=["#bc4749", "#f2e8cf", "#a7c957", "#6a994e", "#386641"])
c.set_title("Where the money goes")
d.boxplot([noise.gamma(k, 1.5, 90) for k in (2, 3, 4, 6, 8)], notch=True, vert=False)
d.set_title("Waiting time, minutes"), d.grid(axis="x", linestyle=":")
sheet.tight_layout()
sheet.savefig(sys.argv[1])
