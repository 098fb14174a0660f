"""A scatter plot beside a heat map."""

import sys

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plot
import numpy

noise = numpy.random.RandomState(2024)
plot.rcParams["font.family"] = "DejaVu Sans"
sheet, (left, right) = plot.subplots(1, 2, figsize=(11, 6), dpi=100)
for name, x, y, colour in (("harbour", 2, 3, "tab:blue"), ("mill", 5, 4.5, "tab:orange"), ("moor", 4, 1.2, "tab:green")):
    left.scatter(noise.normal(x, 0.8, 260), noise.normal(y, 0.7, 260), s=noise.uniform(4, 60, 260), c=colour, alpha=0.55, edgecolors="white", linewidths=0.4, label=name)
left.set(title="Eggs found, by colour and weight", xlabel="weight, standardised", ylabel="shade, standardised")
left.legend(), left.grid(alpha=0.3)
table = numpy.add.outer(numpy.sin(numpy.arange(12) / 2), numpy.cos(numpy.arange(10) / 3)) + noise.normal(0, 0.25, (12, 10))
shown = right.imshow(table, cmap="viridis", aspect="auto")
for (row, column), value in numpy.ndenumerate(table):
    right.text(column, row, f"{value:.1f}", ha="center", va="center", fontsize=8, color="white" if value < 0.6 else "black")
right.set(title="Mean residual, month and station", xlabel="station", ylabel="month", xticks=range(10), yticks=range(12))
sheet.colorbar(shown, ax=right, label="residual")
sheet.tight_layout()
sheet.savefig(sys.argv[1])
