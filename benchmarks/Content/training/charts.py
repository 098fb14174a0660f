"""Random charts: drawn by Matplotlib where this file runs as a program, described for gnuplot and Graphviz where it is imported."""

import json
import random
import sys

import words

WIDTH, HEIGHT = 768, 576


def gnuplot_script(rng, target):
    """A script for gnuplot; about one in three is drawn without smoothed edges."""
    smooth = rng.random() < 0.65
    font = rng.choice(["Lato", "Roboto", "Caladea", "Carlito", "Inconsolata"])
    back, fore = rng.choice([("#ffffff", "#000000"), ("#ffffff", "#333333"), ("#101820", "#e0e0e0"), ("#fdf6e3", "#586e75")])
    terminal = f"pngcairo size {WIDTH},{HEIGHT} font '{font},{rng.randint(8, 14)}'" if smooth else f"png size {WIDTH},{HEIGHT} {rng.choice(['tiny', 'small', 'medium'])} truecolor"
    lines = [
        f"set terminal {terminal} background rgb '{back}'", f"set output '{target}'", f"set border lc rgb '{fore}'", f"set tics textcolor rgb '{fore}'",
        f"set title '{words.title(rng)}' textcolor rgb '{fore}'", f"set xlabel '{words.words(rng, 2)}' textcolor rgb '{fore}'", f"set ylabel '{words.words(rng, 2)}' textcolor rgb '{fore}'",
        f"set key {rng.choice(['left top', 'right bottom', 'outside', 'below'])} textcolor rgb '{fore}'", f"set samples {rng.choice([60, 200, 900])}", f"set isosamples {rng.randint(15, 60)}",
    ]
    if rng.random() < 0.5:
        lines.append(f"set grid lc rgb '{rng.choice(['#808080', '#c0c0c0', '#404040'])}'")
    a, b, c = (rng.uniform(0.3, 4) for _ in range(3))
    kind = rng.choice(["lines", "lines", "surface", "mesh", "heat", "points", "filled", "contour"])
    flat = [f"sin({a:.3f}*x)*exp(-{b / 20:.3f}*x*x)", f"cos({b:.3f}*x)+0.3*sin({5 * c:.3f}*x)", f"{a:.2f}/(1+x*x)", f"abs(sin({c:.3f}*x))**{rng.randint(1, 5)}", f"tanh({a:.2f}*x)", f"x*sin({b:.2f}/(0.1+abs(x)))"]
    deep = [f"sin({a:.2f}*x)*cos({b:.2f}*y)", f"exp(-{a / 4:.2f}*(x*x+y*y))*cos({3 * c:.2f}*x)", f"x*y*exp(-{b / 8:.2f}*(x*x+y*y))", f"sin({c:.2f}*sqrt(x*x+y*y)*2)/(0.4+sqrt(x*x+y*y))"]
    palette = f"set palette rgbformulae {rng.randint(-36, 36)},{rng.randint(-36, 36)},{rng.randint(-36, 36)}"
    lines += ["set xrange [-3:3]"]
    if kind == "lines":
        chosen = rng.sample(flat, rng.randint(1, 5))
        lines.append("plot " + ", ".join(f"{f} with {rng.choice(['lines', 'linespoints', 'steps', 'impulses'])} lw {rng.choice([1, 1, 2, 4])} title '{words.words(rng, 2)}'" for f in chosen))
    elif kind == "points":
        lines.append("set samples 150")
        lines.append("plot " + ", ".join(f"{f} with points pt {rng.randint(1, 13)} ps {rng.uniform(0.4, 1.6):.1f} title '{rng.choice(words.COMMON)}'" for f in rng.sample(flat, 3)))
    elif kind == "filled":
        lines.append("plot " + ", ".join(f"{f} with filledcurves y1=0 fs transparent solid 0.5 title '{rng.choice(words.COMMON)}'" for f in rng.sample(flat, 3)))
    else:
        lines += ["set yrange [-3:3]", palette]
        f = rng.choice(deep)
        if kind == "heat":
            lines += ["set view map", "set isosamples 120", f"splot {f} with pm3d notitle"]
        elif kind == "contour":
            lines += ["set contour base", "set view map", "unset surface", f"set cntrparam levels {rng.randint(6, 24)}", f"splot {f} with lines notitle"]
        elif kind == "mesh":
            lines += ["set hidden3d", f"set view {rng.randint(20, 75)},{rng.randint(5, 85)}", f"splot {f} with lines title '{words.words(rng, 2)}'"]
        else:
            edges = rng.choice(["", "set pm3d border lc rgb 'black' lw 0.5"])
            lines += [edges, f"set view {rng.randint(20, 75)},{rng.randint(5, 85)}", f"splot {f} with pm3d notitle"]
    return "\n".join(lines) + "\n"


def graph(rng):
    """A graph for dot and its relatives: (program, source)."""
    program = rng.choice(["dot", "dot", "neato", "fdp", "circo", "twopi"])
    directed = rng.random() < 0.6
    back, fore = rng.choice([("white", "black"), ("white", "gray25"), ("gray10", "gray85"), ("ivory", "navy")])
    font = rng.choice(["Lato", "Caladea", "Carlito", "Open Sans"])
    names = [f"n{i}" for i in range(rng.randint(8, 45))]
    fills = [f'{rng.random():.3f} {rng.uniform(0.1, 0.9):.2f} {rng.uniform(0.3, 0.7) if back == "gray10" else rng.uniform(0.7, 1):.2f}' for _ in range(rng.randint(1, 5))]
    lines = [f"{'digraph' if directed else 'graph'} g {{", f'graph [bgcolor={back}, rankdir={rng.choice(["TB", "LR"])}, splines={rng.choice(["true", "ortho", "polyline", "line"]) if program == "dot" else "true"}, overlap=false, size="8,6!", ratio=fill, dpi=96, margin=0];',
             f'node [fontname="{font}", fontsize={rng.randint(9, 20)}, fontcolor={fore}, color={fore}, shape={rng.choice(["box", "ellipse", "circle", "diamond", "record", "hexagon", "plaintext"])}];',
             f'edge [color={fore}, fontname="{font}", fontsize=9, fontcolor={fore}, penwidth={rng.choice([0.6, 1, 1, 2])}];']
    for node in names:
        text = rng.choice([rng.choice(words.COMMON), words.name(rng), words.number(rng)])
        lines.append(f'{node} [label="{text}"' + (f', style=filled, fillcolor="{rng.choice(fills)}"' if rng.random() < 0.5 else "") + "];")
    for i in range(1, len(names)):
        for _ in range(rng.choice([1, 1, 1, 2])):
            text = f' [label="{rng.choice(words.COMMON)}"]' if rng.random() < 0.15 else ""
            lines.append(f"{names[rng.randrange(i)]} {'->' if directed else '--'} {names[i]}{text};")
    return program, "\n".join(lines) + "\n}\n"


def matplotlib_chart(key, target):
    """One chart of Matplotlib's, drawn here."""
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plot
    import numpy

    rng = random.Random(key)
    noise = numpy.random.RandomState(rng.randrange(1 << 31))
    styles = ["default", "default", "classic", "ggplot", "bmh", "dark_background", "fivethirtyeight", "grayscale", "Solarize_Light2"]
    with plot.style.context(rng.choice(styles)):
        matplotlib.rcParams["font.family"] = rng.choice(["Lato", "Roboto", "Open Sans", "Caladea", "Carlito", "EB Garamond"])
        matplotlib.rcParams["font.size"] = rng.randint(7, 14)
        matplotlib.rcParams["text.antialiased"] = rng.random() < 0.85
        matplotlib.rcParams["lines.antialiased"] = rng.random() < 0.85
        rows, columns = rng.choice([(1, 1), (1, 1), (1, 2), (2, 1), (2, 2), (2, 3)])
        sheet = plot.figure(figsize=(WIDTH / 96, HEIGHT / 96), dpi=96)
        for place in range(rows * columns):
            kind = rng.choice(["line", "scatter", "heat", "bar", "stacked", "hist", "pie", "contour", "polar", "stream", "box", "noise", "surface"])
            axes = sheet.add_subplot(rows, columns, place + 1, projection={"polar": "polar", "surface": "3d"}.get(kind))
            colours = rng.choice(["viridis", "plasma", "magma", "coolwarm", "jet", "gray", "terrain", "Spectral", "cividis", "prism", "tab20"])
            x = numpy.linspace(0, 10, rng.choice([30, 100, 800]))
            gx, gy = numpy.meshgrid(numpy.linspace(-3, 3, 60), numpy.linspace(-3, 3, 60))
            f, g = rng.uniform(0.5, 4), rng.uniform(0.5, 4)
            deep = numpy.sin(f * gx) * numpy.cos(g * gy) + numpy.exp(-gx ** 2 - gy ** 2) * f
            if kind == "line":
                for _ in range(rng.randint(1, 6)):
                    y = numpy.cumsum(noise.normal(size=x.size)) if rng.random() < 0.6 else numpy.sin(x * rng.uniform(0.3, 5)) * rng.uniform(1, 9)
                    axes.plot(x, y, rng.choice(["-", "--", ":", "-o", "-."]), linewidth=rng.choice([0.6, 1, 2]), markersize=3, label=rng.choice(words.COMMON))
                axes.legend()
                axes.grid(rng.random() < 0.6)
            elif kind == "scatter":
                count = rng.choice([40, 300, 2000])
                dots = axes.scatter(noise.normal(size=count), noise.normal(size=count), c=noise.rand(count), s=noise.rand(count) * rng.choice([5, 30, 200]), cmap=colours, alpha=rng.uniform(0.4, 1), marker=rng.choice("osx^D+"))
                if columns < 3:
                    sheet.colorbar(dots, ax=axes)
            elif kind == "heat":
                shown = axes.imshow(noise.rand(rng.randint(4, 40), rng.randint(4, 40)), cmap=colours, interpolation=rng.choice(["nearest", "nearest", "bicubic"]), aspect="auto")
                if columns < 3:
                    sheet.colorbar(shown, ax=axes)
            elif kind in ("bar", "stacked"):
                count = rng.randint(3, 14)
                base = numpy.zeros(count)
                for i in range(rng.randint(1, 4)):
                    tall = noise.rand(count) * 10
                    if kind == "stacked":
                        axes.bar(numpy.arange(count), tall, bottom=base, hatch=rng.choice([None, None, "//", "xx", ".."]), edgecolor=rng.choice([None, "black"]))
                        base = base + tall
                    else:
                        axes.barh(numpy.arange(count) + 0.2 * i, tall, 0.2, xerr=noise.rand(count))
                axes.set_xlabel(words.words(rng, 3))
            elif kind == "hist":
                axes.hist(noise.gamma(f, g, 2000), bins=rng.randint(10, 120), histtype=rng.choice(["bar", "step", "stepfilled"]), color=f"C{rng.randint(0, 5)}")
            elif kind == "pie":
                count = rng.randint(3, 8)
                axes.pie(noise.rand(count) + 0.1, labels=[rng.choice(words.COMMON) for _ in range(count)], autopct=rng.choice([None, "%1.1f%%"]), wedgeprops={"edgecolor": rng.choice(["white", "black", "none"])})
            elif kind == "contour":
                if rng.random() < 0.5:
                    axes.contourf(gx, gy, deep, rng.randint(5, 30), cmap=colours)
                axes.clabel(axes.contour(gx, gy, deep, rng.randint(5, 15), cmap="gray", linewidths=0.7), fontsize=7)
            elif kind == "polar":
                theta = numpy.linspace(0, 2 * numpy.pi, 500)
                axes.plot(theta, numpy.abs(numpy.sin(rng.randint(1, 9) * theta)) + 0.2)
                axes.fill(theta, numpy.abs(numpy.cos(rng.randint(1, 9) * theta)), alpha=0.4)
            elif kind == "stream":
                axes.streamplot(gx, gy, numpy.sin(f * gy), numpy.cos(g * gx), color=deep, cmap=colours, linewidth=0.8, density=rng.uniform(0.6, 1.8))
            elif kind == "box":
                axes.boxplot([noise.normal(rng.uniform(-2, 2), rng.uniform(0.3, 2), 60) for _ in range(rng.randint(3, 10))])
            elif kind == "surface":
                axes.plot_surface(gx, gy, deep, cmap=colours, rcount=rng.choice([25, 50]), ccount=40, linewidth=rng.choice([0, 0.3]))
            else:
                axes.imshow(numpy.cumsum(numpy.cumsum(noise.normal(size=(90, 120)), 0), 1), cmap=colours, aspect="auto")
            axes.set_title(words.title(rng, 1, 4))
        sheet.tight_layout(pad=0.6)
        sheet.savefig(target)
        plot.close(sheet)


if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    for key, target in json.load(sys.stdin):
        matplotlib_chart(key, target)
