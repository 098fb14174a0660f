"""Random SVG figures: line art, shapes, maps, drawings, charts, pixel art, textures."""

import math

from words import COMMON, name, number


def points(rng, count, width, height, smooth):
    y = rng.uniform(0.2, 0.8)
    out = []
    for i in range(count):
        y = min(0.95, max(0.05, y + rng.uniform(-smooth, smooth)))
        out.append((i * width / max(1, count - 1), y * height))
    return out


def poly(pts):
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pts)


def label(rng, palette, x, y, text, size):
    anchor = rng.choice(["start", "middle", "end"])
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{palette.ink()}">{text}</text>'


def line_art(rng, palette, width, height):
    out = []
    stroke = rng.uniform(0.4, 2.5)
    for _ in range(rng.randint(8, 70)):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        path = f"M{x:.1f} {y:.1f}"
        for _ in range(rng.randint(1, 5)):
            path += "C" + " ".join(f"{rng.gauss(x, width / 5):.1f} {rng.gauss(y, height / 5):.1f}" for _ in range(3))
        dash = f' stroke-dasharray="{rng.randint(1, 9)} {rng.randint(1, 9)}"' if rng.random() < 0.15 else ""
        out.append(f'<path d="{path}" fill="none" stroke="{palette.ink()}" stroke-width="{stroke * rng.uniform(0.5, 1.5):.2f}"{dash}/>')
    return "".join(out)


def spirograph(rng, palette, width, height):
    out = []
    for _ in range(rng.randint(1, 4)):
        cx, cy, r = rng.uniform(0.3, 0.7) * width, rng.uniform(0.3, 0.7) * height, min(width, height) * rng.uniform(0.2, 0.5)
        a, b, mix = rng.randint(2, 40), rng.randint(2, 40), rng.uniform(0.2, 0.8)
        pts = [(cx + r * (mix * math.cos(a * t) + (1 - mix) * math.cos(b * t)), cy + r * (mix * math.sin(a * t) - (1 - mix) * math.sin(b * t)))
               for t in (i * math.tau / 1200 for i in range(1201))]
        out.append(f'<polyline points="{poly(pts)}" fill="none" stroke="{palette.accent()}" stroke-width="{rng.uniform(0.4, 1.6):.2f}"/>')
    return "".join(out)


def shapes(rng, palette, width, height):
    out = []
    for _ in range(rng.randint(4, 60)):
        x, y, s = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(4, min(width, height) / 3)
        style = rng.choice([f'fill="{palette.accent()}"', f'fill="none" stroke="{palette.accent()}" stroke-width="{rng.uniform(0.5, 6):.1f}"',
                            f'fill="{palette.accent()}" stroke="{palette.fg}" stroke-width="{rng.uniform(0.5, 3):.1f}"',
                            f'fill="{palette.accent()}" opacity="{rng.uniform(0.2, 0.9):.2f}"'])
        crisp = ' shape-rendering="crispEdges"' if rng.random() < 0.25 else ""
        turn = f' transform="rotate({rng.randint(0, 359)} {x:.0f} {y:.0f})"' if rng.random() < 0.5 else ""
        out.append(rng.choice([
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{s / 2:.1f}" {style}{crisp}/>',
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{s:.1f}" height="{s * rng.uniform(0.2, 2):.1f}" rx="{rng.choice([0, 0, 4, 12])}" {style}{crisp}{turn}/>',
            f'<polygon points="{poly([(x + rng.uniform(-s, s), y + rng.uniform(-s, s)) for _ in range(rng.randint(3, 7))])}" {style}{crisp}/>',
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{s:.1f}" ry="{s / 3:.1f}" {style}{crisp}{turn}/>',
        ]))
    return "".join(out)


def street_map(rng, palette, width, height):
    land, water, park, road = palette.mixed(0.08), palette.accent(), palette.accent(), palette.mixed(0.0)
    out = [f'<rect width="{width}" height="{height}" fill="{land}"/>']
    for fill in (water, park, park):
        cx, cy, r = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(40, width / 3)
        pts = [(cx + r * rng.uniform(0.6, 1.2) * math.cos(i * math.tau / 14), cy + r * rng.uniform(0.6, 1.2) * math.sin(i * math.tau / 14)) for i in range(14)]
        out.append(f'<polygon points="{poly(pts)}" fill="{fill}" opacity="0.6"/>')
    tilt = rng.uniform(-0.5, 0.5)
    step = rng.randint(24, 80)
    lines = []
    for i in range(-20, 60):
        jitter = rng.uniform(-step / 3, step / 3)
        if rng.random() < 0.85:
            lines.append((i * step + jitter - 200, -50, i * step + jitter - 200 + tilt * height, height + 50, rng.choice([1.5, 2, 3, 5, 8])))
        if rng.random() < 0.85:
            lines.append((-50, i * step + jitter - 200, width + 50, i * step + jitter - 200 - tilt * width, rng.choice([1.5, 2, 3, 5])))
    for casing in (True, False):
        for x1, y1, x2, y2, w in lines:
            out.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{palette.mixed(0.35) if casing else road}" stroke-width="{w + 1.5 if casing else w}"/>')
    for _ in range(rng.randint(8, 40)):
        turn = rng.choice([0, 0, math.degrees(-tilt), 90 - math.degrees(tilt)])
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        out.append(f'<text x="{x:.0f}" y="{y:.0f}" transform="rotate({turn:.1f} {x:.0f} {y:.0f})" font-size="{rng.randint(8, 15)}" fill="{palette.fg}" '
                   f'stroke="{land}" stroke-width="2" paint-order="stroke">{name(rng)} {rng.choice(COMMON).capitalize()}</text>')
    return "".join(out)


def drawing(rng, palette, width, height):
    """A plan with walls, hatching and dimension lines."""
    out = []
    ink = palette.fg
    xs, ys = (sorted(rng.sample(places, min(len(places), rng.randint(3, 7)))) for places in (range(20, int(width) - 8, 8), range(20, int(height) - 8, 8)))
    hatch = rng.randint(3, 9)
    for i in range(len(xs) - 1):
        for j in range(len(ys) - 1):
            x, y, w, h = xs[i], ys[j], xs[i + 1] - xs[i], ys[j + 1] - ys[j]
            out.append(f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="none" stroke="{ink}" stroke-width="{rng.choice([1, 1, 2, 4])}"/>')
            draw = rng.random()
            if draw < 0.3:
                out += [f'<line x1="{x + k:.1f}" y1="{y}" x2="{max(x, x + k - h):.1f}" y2="{y + min(h, k):.1f}" stroke="{ink}" stroke-width="0.6"/>' for k in range(0, w, hatch)]
            elif draw < 0.5:
                r = min(w, h) * 0.4
                out.append(f'<path d="M{x} {y}h{r:.1f}a{r:.1f} {r:.1f} 0 0 1 {-r:.1f} {r:.1f}z" fill="none" stroke="{ink}" stroke-width="0.8"/>')
            elif draw < 0.8:
                out.append(f'<text x="{x + w / 2}" y="{y + h / 2}" text-anchor="middle" font-size="{rng.randint(8, 14)}" fill="{ink}">{rng.choice(COMMON)} {number(rng)}</text>')
            else:
                out.append(f'<circle cx="{x + w / 2}" cy="{y + h / 2}" r="{min(w, h) / 3:.1f}" fill="none" stroke="{ink}" stroke-dasharray="6 2 1 2"/>')
        out.append(f'<path d="M{xs[i]} 12H{xs[i + 1]}M{xs[i]} 6v12M{xs[i + 1]} 6v12" stroke="{palette.accent()}" stroke-width="0.8" fill="none"/>')
        out.append(f'<text x="{(xs[i] + xs[i + 1]) / 2}" y="10" font-size="9" text-anchor="middle" fill="{ink}">{xs[i + 1] - xs[i]}</text>')
    return "".join(out)


def line_chart(rng, palette, width, height):
    left, bottom = rng.randint(24, 44), rng.randint(16, 30)
    w, h = width - left - 8, height - bottom - 8
    out = []
    rows = rng.randint(3, 9)
    for i in range(rows + 1):
        y = 8 + i * h / rows
        out.append(f'<line x1="{left}" y1="{y:.1f}" x2="{width - 8}" y2="{y:.1f}" stroke="{palette.mixed(0.2)}"/>')
        out.append(f'<text x="{left - 4}" y="{y + 3:.1f}" font-size="9" text-anchor="end" fill="{palette.mixed(0.7)}">{(rows - i) * 10}</text>')
    for _ in range(rng.randint(1, 5)):
        pts = [(left + x, 8 + y) for x, y in points(rng, rng.randint(5, 90), w, h, rng.uniform(0.03, 0.3))]
        colour = palette.accent()
        if rng.random() < 0.3:
            out.append(f'<polygon points="{left},{8 + h} {poly(pts)} {left + w},{8 + h}" fill="{colour}" opacity="0.25"/>')
        out.append(f'<polyline points="{poly(pts)}" fill="none" stroke="{colour}" stroke-width="{rng.choice([1, 1.5, 2, 3])}"/>')
        if rng.random() < 0.4:
            out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in pts]
    return "".join(out)


def bar_chart(rng, palette, width, height):
    count = rng.randint(4, 24)
    step = (width - 16) / count
    colours = [palette.accent() for _ in range(rng.choice([1, 1, 2, count]))]
    out = [f'<path d="M8 4V{height - 18}H{width - 8}" fill="none" stroke="{palette.fg}"/>']
    for i in range(count):
        tall = rng.uniform(0.05, 1) * (height - 34)
        out.append(f'<rect x="{8 + i * step + step * 0.12:.1f}" y="{height - 18 - tall:.1f}" width="{step * 0.76:.1f}" height="{tall:.1f}" fill="{colours[i % len(colours)]}" rx="{rng.choice([0, 0, 2])}"/>')
        if step > 22:
            out.append(f'<text x="{8 + (i + 0.5) * step:.1f}" y="{height - 6}" font-size="9" text-anchor="middle" fill="{palette.fg}">{rng.choice(COMMON)[:4]}</text>')
    return "".join(out)


def pie(rng, palette, width, height):
    cx, cy, r = width / 2, height / 2, min(width, height) * 0.42
    cuts = [0.0] + sorted(rng.random() for _ in range(rng.randint(2, 7))) + [1.0]
    out = []
    for a, b in zip(cuts, cuts[1:]):
        x1, y1, x2, y2 = cx + r * math.sin(a * math.tau), cy - r * math.cos(a * math.tau), cx + r * math.sin(b * math.tau), cy - r * math.cos(b * math.tau)
        out.append(f'<path d="M{cx} {cy}L{x1:.1f} {y1:.1f}A{r} {r} 0 {int(b - a > 0.5)} 1 {x2:.1f} {y2:.1f}z" fill="{palette.accent()}" stroke="{palette.bg}"/>')
    if rng.random() < 0.5:
        out.append(f'<circle cx="{cx}" cy="{cy}" r="{r * rng.uniform(0.3, 0.8):.1f}" fill="{palette.bg}"/>')
        out.append(f'<text x="{cx}" y="{cy + 6}" font-size="18" text-anchor="middle" fill="{palette.fg}">{number(rng)}</text>')
    return "".join(out)


def pixels(rng, palette, width, height):
    """Blocks of few colours: sprites, mazes, bar codes."""
    size = rng.choice([2, 3, 4, 4, 6, 8, 10, 16])
    columns, rows = int(width // size), int(height // size)
    colours = [palette.accent() for _ in range(rng.randint(1, 6))] + [palette.fg]
    kind = rng.choice(["code", "sprites", "maze", "bars"])
    cells = []
    if kind == "code":
        cells = [(x, y, rng.choice(colours[-2:])) for y in range(rows) for x in range(columns) if rng.random() < 0.48]
    elif kind == "maze":
        for y in range(0, rows, 2):
            for x in range(0, columns, 2):
                dx, dy = rng.choice([(0, 1), (1, 0)])
                cells += [(x, y, palette.fg), (x + dx, y + dy, palette.fg)]
    elif kind == "bars":
        out = [f'<rect x="{x * size}" width="{size}" height="{height}" fill="{rng.choice(colours)}"/>' for x in range(columns) if rng.random() < 0.5]
        return '<g shape-rendering="crispEdges">' + "".join(out) + "</g>"
    else:
        for top in range(0, rows - 8, 10):
            for start in range(0, columns - 8, 10):
                mine = rng.sample(colours, min(len(colours), 3))
                half = {(x, y): rng.choice(mine) for y in range(8) for x in range(4) if rng.random() < 0.55}
                cells += [(start + x, top + y, c) for (x, y), c in half.items()]
                cells += [(start + 7 - x, top + y, c) for (x, y), c in half.items()]
    paths = {}
    for x, y, colour in cells:
        paths.setdefault(colour, []).append(f"M{x * size} {y * size}h{size}v{size}h{-size}z")
    return '<g shape-rendering="crispEdges">' + "".join(f'<path d="{"".join(p)}" fill="{c}"/>' for c, p in paths.items()) + "</g>"


def hatches(rng, palette, width, height):
    """Stripes, checks and dots, from fine to coarse."""
    out = []
    columns, rows = rng.randint(1, 5), rng.randint(1, 4)
    w, h = width / columns, height / rows
    for i in range(columns):
        for j in range(rows):
            key = palette.unique()
            size = rng.choice([2, 3, 4, 6, 8, 12, 20, 33])
            a, b = palette.accent(), palette.mixed(rng.random())
            inner = rng.choice([
                f'<rect width="{size / 2}" height="{size}" fill="{a}"/>', f'<circle cx="{size / 2}" cy="{size / 2}" r="{size / 3:.2f}" fill="{a}"/>',
                f'<path d="M0 0h{size / 2}v{size}h{size / 2}V{size / 2}H0z" fill="{a}"/>', f'<path d="M0 0L{size} {size}M0 {size}L{size} 0" stroke="{a}" stroke-width="0.8"/>'])
            out.append(f'<pattern id="{key}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" patternTransform="rotate({rng.choice([0, 0, 0, 45, 17])})">'
                       f'<rect width="{size}" height="{size}" fill="{b}"/>{inner}</pattern>'
                       f'<rect x="{i * w:.1f}" y="{j * h:.1f}" width="{w:.1f}" height="{h:.1f}" fill="url(#{key})"/>')
    return "".join(out)


def texture(rng, palette, width, height):
    """Something like a photograph: noise through filters."""
    key = palette.unique()
    kind = rng.choice(["fractalNoise", "fractalNoise", "turbulence"])
    base = 10 ** rng.uniform(-2.6, -0.7)
    rows = " ".join(f"{rng.uniform(-0.2, 1.0):.2f} {rng.uniform(-0.2, 0.6):.2f} {rng.uniform(-0.2, 0.6):.2f} 0 {rng.uniform(-0.2, 0.3):.2f}" for _ in range(3))
    light = ""
    if rng.random() < 0.4:
        light = (f'<feDiffuseLighting lighting-color="{palette.accent()}" surfaceScale="{rng.uniform(2, 30):.1f}">'
                 f'<feDistantLight azimuth="{rng.randint(0, 359)}" elevation="{rng.randint(25, 70)}"/></feDiffuseLighting>')
    return (f'<filter id="{key}" x="0" y="0" width="100%" height="100%"><feTurbulence type="{kind}" baseFrequency="{base:.4f} {base * rng.uniform(0.5, 2):.4f}" '
            f'numOctaves="{rng.randint(2, 6)}" seed="{rng.randint(0, 999)}"/><feColorMatrix values="{rows} 0 0 0 0 1"/>{light}</filter>'
            f'<rect width="{width}" height="{height}" filter="url(#{key})"/>')


FIGURES = [line_art, spirograph, shapes, shapes, street_map, drawing, line_chart, line_chart, bar_chart, bar_chart, pie, pixels, hatches, texture, texture]


def figure(rng, palette, width, height, kinds=None):
    body = rng.choice(kinds or FIGURES)(rng, palette, width, height)
    return f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" style="display:block;font-family:{palette.sans}">{body}</svg>'
