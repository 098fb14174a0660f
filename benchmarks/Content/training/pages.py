"""Random pages as HTML, each a box of fixed size."""

import html

import figures
import words

WIDTH, HEIGHT = 768, 576
ICONS = [chr(code) for code in range(0xF000, 0xF200) if code not in (0xF00F, 0xF01F, 0xF020, 0xF03F, 0xF04F, 0xF05F, 0xF06F, 0xF07F, 0xF08F, 0xF09F, 0xF0AF, 0xF0BF, 0xF0CF, 0xF0DF, 0xF0EF, 0xF0FF, 0xF10F, 0xF11F, 0xF12F, 0xF13F)]


def esc(text):
    return html.escape(text)


def icon(rng, palette, size=None):
    return f'<span style="font-family:FontAwesome;font-size:{size or rng.randint(10, 22)}px;color:{palette.ink()}">{rng.choice(ICONS)}</span>'


def marked(rng, palette, text):
    """A paragraph's text with a few words bold, italic, linked or coded."""
    out = []
    for part in text.split(" "):
        draw = rng.random()
        part = esc(part)
        if draw < 0.02:
            part = f"<b>{part}</b>"
        elif draw < 0.04:
            part = f"<i>{part}</i>"
        elif draw < 0.05:
            part = f'<u style="color:{palette.accent()}">{part}</u>'
        elif draw < 0.06:
            part = f'<span style="font-family:{palette.mono};background:{palette.mixed(0.1)}">{part}</span>'
        out.append(part)
    return " ".join(out)


def tile_figure(rng, palette, width, height, kinds=None):
    return figures.figure(rng, palette, int(width), int(height), kinds)


def prose(rng, palette, width, height):
    size = rng.choice([8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 18, 22])
    columns = rng.choice([1, 1, 2, 2, 3]) if width > 400 else 1
    head = f'<h1 style="font-size:{size * rng.uniform(1.3, 2.6):.0f}px;margin:0 0 .4em;color:{palette.ink()};font-family:{rng.choice([palette.sans, palette.serif])}">{words.title(rng)}</h1>' if rng.random() < 0.7 else ""
    blocks = []
    letters = 0
    while letters < 2.6 * width * height / (size * size):
        text = words.paragraph(rng)
        letters += len(text)
        if rng.random() < 0.2:
            blocks.append(f'<h2 style="font-size:{size * 1.25:.0f}px;margin:.5em 0 .2em;color:{palette.ink()}">{words.title(rng)}</h2>')
        if rng.random() < 0.1:
            blocks.append("<ul style='margin:.3em 0'>" + "".join(f"<li>{marked(rng, palette, words.sentence(rng))}</li>" for _ in range(rng.randint(2, 6))) + "</ul>")
        if rng.random() < 0.06 and width > 300:
            blocks.append(tile_figure(rng, palette, width / columns * 0.8, rng.randint(60, 160)))
        blocks.append(f'<p style="margin:0 0 {rng.choice([0, 0.4, 0.8])}em">{marked(rng, palette, text)}</p>')
    return (f'<div style="padding:{rng.randint(6, 40)}px;font:{rng.choice([300, 400, 400, 400, 500, 700])} {size}px/{rng.uniform(1.1, 1.7):.2f} {palette.text};column-count:{columns};'
            f'column-rule:{rng.choice(["none", palette.border])};text-align:{rng.choice(["left", "justify"])};text-indent:{rng.choice([0, 0, 1])}em">{head}{"".join(blocks)}</div>')


def editor(rng, palette, width, height):
    size = rng.choice([9, 10, 11, 12, 13, 14, 16])
    step = round(size * rng.uniform(1.15, 1.6))
    colours = {key: palette.accent() for key in "kfsntvc"}
    colours["p"] = palette.fg
    lines = []
    at = rng.randint(1, 900)
    focus = rng.randint(0, height // step)
    for i, tokens in enumerate(words.code(rng, height // step + 1)):
        shade = f"background:{palette.mixed(0.07)}" if i == focus else ""
        body = "".join(f'<span style="color:{colours.get(key, palette.fg)}{";font-style:italic" if key == "c" else ""}{";font-weight:bold" if key == "k" else ""}">{esc(text)}</span>' for key, text in tokens)
        lines.append(f'<div style="height:{step}px;{shade}"><span style="display:inline-block;width:4em;text-align:right;padding-right:1em;color:{palette.mixed(0.4)}">{at + i}</span>{body}</div>')
    tabs = ""
    if rng.random() < 0.6:
        tabs = f'<div style="background:{palette.mixed(0.1)};font:12px {palette.sans};display:flex">' + "".join(
            f'<div style="padding:6px 14px;border-right:{palette.border};background:{palette.bg if i == 1 else "none"}">{icon(rng, palette, 11)} {words.identifier(rng)}.{rng.choice(words.ENDINGS)}</div>' for i in range(5)) + "</div>"
    return f'{tabs}<div style="font:{size}px/{step}px {palette.mono};white-space:pre">{"".join(lines)}</div>'


def terminal(rng, palette, width, height):
    size = rng.choice([10, 11, 12, 13, 14, 15])
    lines = []
    prompt = f"{words.name(rng).lower()}@{rng.choice(words.COMMON)}:~$ "
    kind = rng.choice(["log", "list", "mixed", "hex"])
    for _ in range(int(height / size)):
        draw = rng.random()
        if kind == "hex":
            body = f"{rng.getrandbits(24):08x}  " + " ".join(f"{rng.getrandbits(8):02x}" for _ in range(16)) + "  |" + esc("".join(chr(rng.randint(33, 126)) for _ in range(16))) + "|"
        elif kind == "list" or draw < 0.3:
            body = f'{rng.choice(["-rw-r--r--", "drwxr-xr-x", "-rwx------"])} {rng.randint(1, 9)} {words.name(rng).lower():<9}{rng.randint(1, 9999999):>9} <span style="color:{palette.accent()}">{words.path(rng)}</span>'
        elif draw < 0.8:
            body = f'[{rng.uniform(0, 9999):10.4f}] <span style="color:{palette.accent()}">{rng.choice(["INFO", "WARN", "ERROR", "DEBUG", "TRACE"]):<5}</span> {words.identifier(rng)}: {esc(words.words(rng, rng.randint(3, 9)))} {words.number(rng)}'
        else:
            body = f'<b style="color:{palette.accent()}">{prompt}</b>{rng.choice(words.COMMON)} --{rng.choice(words.COMMON)}={words.number(rng)} {words.path(rng)}'
        lines.append(f"<div>{body}</div>")
    return f'<div style="padding:6px;font:{size}px/{rng.uniform(1.05, 1.4):.2f} {palette.mono};white-space:pre">{"".join(lines)}</div>'


def table(rng, palette, width, height):
    size = rng.choice([9, 10, 11, 12, 13, 14])
    pad = rng.randint(0, 6)
    columns = rng.randint(3, 12)
    makers = [rng.choice([words.number, words.number, words.name, lambda r: r.choice(words.COMMON), lambda r: words.title(r, 1, 3)]) for _ in range(columns)]
    stripe = rng.choice([palette.bg, palette.mixed(0.05), palette.mixed(0.12)])
    line = rng.choice([palette.border, f"1px solid {palette.mixed(0.2)}", "none"])
    head = f"background:{palette.fill()};color:{palette.ink()}"
    rows = ["<tr>" + "".join(f'<th style="{head};border:{line};padding:{pad}px">{rng.choice(words.COMMON).capitalize()}</th>' for _ in range(columns)) + "</tr>"]
    for i in range(int(height / (size * 1.2 + 2 * pad)) + 1):
        cells = "".join(f'<td style="border:{line};padding:{pad}px;text-align:{"right" if make is words.number else "left"}'
                        f'{";background:" + palette.accent() if rng.random() < 0.02 else ""}">{make(rng)}</td>' for make in makers)
        rows.append(f'<tr style="background:{stripe if i % 2 else "none"}">{cells}</tr>')
    return f'<table style="border-collapse:collapse;width:{rng.choice([100, 100, 130])}%;font:{size}px {rng.choice([palette.sans, palette.sans, palette.mono, palette.serif])};white-space:nowrap">{"".join(rows)}</table>'


def box(rng, palette, inner, extra=""):
    return f'<div style="background:{palette.fill()};border:{palette.border};border-radius:{palette.radius}px;box-shadow:{palette.shadow};overflow:hidden;{extra}">{inner}</div>'


def button(rng, palette):
    fill = rng.choice([palette.accent(), palette.gradient(), palette.mixed(0.1)])
    return f'<span style="display:inline-block;padding:{rng.randint(2, 9)}px {rng.randint(6, 20)}px;margin:3px;border:{palette.border};border-radius:{palette.radius}px;background:{fill};font:{rng.randint(10, 16)}px {palette.sans}">{words.title(rng, 1, 2)}</span>'


def cards(rng, palette, width, height):
    columns, rows = rng.randint(2, 5), rng.randint(1, 4)
    size = rng.randint(9, 15)
    w, h = width / columns, (height - 50) / rows
    bar = f'<div style="height:50px;background:{palette.fill()};font:bold 18px/50px {palette.sans};padding:0 16px">{icon(rng, palette)} {words.title(rng, 1, 3)} <span style="float:right;font-size:12px">{" &nbsp; ".join(words.title(rng, 1, 1) for _ in range(4))} {icon(rng, palette)}</span></div>'
    out = []
    for _ in range(columns * rows):
        top = rng.choice([lambda: tile_figure(rng, palette, w, h * 0.5), lambda: f'<div style="height:{h * 0.5:.0f}px;background:{palette.gradient()}"></div>',
                          lambda: f'<div style="height:{h * 0.3:.0f}px;background:{palette.accent()}"></div>'])()
        out.append(box(rng, palette, f'{top}<div style="padding:6px;font:{size}px {palette.text}"><b>{words.title(rng)}</b><br>{esc(words.sentence(rng))}<br>'
                                     f'<b style="color:{palette.accent()};font-size:1.3em">{words.number(rng)}</b> {button(rng, palette)}</div>', f"width:{w - 14:.0f}px;height:{h - 14:.0f}px;margin:5px"))
    return bar + f'<div style="display:flex;flex-wrap:wrap">{"".join(out)}</div>'


def form(rng, palette, width, height):
    rows = []
    size = rng.randint(11, 16)
    for _ in range(rng.randint(3, 10)):
        kind = rng.random()
        if kind < 0.4:
            field = f'<input value="{rng.choice([words.words(rng, 3), words.number(rng), ""])}" style="width:60%;font:{size}px {palette.sans};padding:3px;border:{palette.border};border-radius:{palette.radius}px;background:{palette.mixed(0.03)};color:{palette.fg}">'
        elif kind < 0.6:
            field = f'<input type="{rng.choice(["checkbox", "radio"])}" {rng.choice(["checked", ""])} style="accent-color:{palette.accent()}"> {words.words(rng, rng.randint(2, 6))}'
        elif kind < 0.75:
            field = f'<input type="range" value="{rng.randint(0, 100)}" style="width:50%;accent-color:{palette.accent()}"> {words.number(rng)}'
        elif kind < 0.85:
            field = f'<progress max="100" value="{rng.randint(0, 100)}" style="width:60%;accent-color:{palette.accent()}"></progress>'
        elif kind < 0.95:
            field = f"<select style=\"font:{size}px {palette.sans}\"><option>{words.title(rng, 1, 2)}</select>"
        else:
            field = f'<span style="display:inline-block;width:34px;height:18px;border-radius:9px;background:{palette.accent()}"><span style="display:block;width:14px;height:14px;margin:2px 2px 2px 18px;border-radius:7px;background:#fff"></span></span>'
        rows.append(f'<div style="display:flex;margin:{rng.randint(4, 12)}px 0"><div style="width:32%">{words.title(rng, 1, 2)}</div><div style="width:68%">{field}</div></div>')
    wide = rng.randint(width // 2, width - 20)
    inner = (f'<div style="background:{palette.fill()};padding:8px 14px;font-weight:bold">{words.title(rng, 1, 3)}<span style="float:right">{icon(rng, palette)}</span></div>'
             f'<div style="padding:14px">{"".join(rows)}<div style="text-align:right">{button(rng, palette)}{button(rng, palette)}</div></div>')
    return (f'<div style="height:100%;background:{rng.choice([palette.bg, palette.bg, palette.gradient()])};display:flex;align-items:center;justify-content:center;font:{size}px {palette.sans}">'
            f'<div style="width:{wide}px;background:{palette.bg};border:{palette.border};border-radius:{palette.radius}px;box-shadow:{palette.shadow};overflow:hidden">{inner}</div></div>')


def chat(rng, palette, width, height):
    size = rng.randint(10, 15)
    mine, theirs = palette.accent(), palette.mixed(0.1)
    out = []
    for _ in range(int(height / (size * 3.2))):
        right = rng.random() < 0.45
        face = f'<div style="width:30px;height:30px;border-radius:15px;margin:2px 6px;background:{palette.gradient()};flex:none"></div>' if rng.random() < 0.7 else ""
        text = esc(words.sentence(rng)) + (rng.choice(" 😀 🎉 👍 🔥 🍀 🚀 🐢 🍕".split()) if rng.random() < 0.2 else "")
        out.append(f'<div style="display:flex;flex-direction:{"row-reverse" if right else "row"};margin:3px">{face}<div style="max-width:60%;padding:5px 10px;border-radius:{palette.radius + 4}px;background:{mine if right else theirs}">'
                   f'<b style="font-size:.8em">{words.name(rng)}</b> <small>{rng.randint(0, 23)}:{rng.randint(10, 59)}</small><br>{text}</div></div>')
    return f'<div style="font:{size}px {palette.sans};padding:8px">{"".join(out)}</div>'


def dashboard(rng, palette, width, height):
    columns, rows = rng.randint(2, 4), rng.randint(2, 4)
    w, h = width / columns, height / rows
    charts = [figures.line_chart, figures.line_chart, figures.bar_chart, figures.pie]
    out = []
    for _ in range(columns * rows):
        inner = tile_figure(rng, palette, w - 12, h - 34, charts)
        if rng.random() < 0.25:
            inner = f'<div style="font:bold {rng.randint(24, 52)}px {palette.sans};padding:8px;color:{palette.accent()}">{words.number(rng)}</div><div style="padding:0 8px">{words.words(rng, 4)}</div>'
        out.append(f'<div style="width:{w - 10:.0f}px;height:{h - 10:.0f}px;margin:5px;background:{palette.mixed(0.05)};border:{palette.border};border-radius:{palette.radius}px;box-sizing:border-box;overflow:hidden">'
                   f'<div style="font:12px {palette.sans};padding:3px 8px">{words.title(rng, 1, 3)}</div>{inner}</div>')
    return f'<div style="display:flex;flex-wrap:wrap;font-family:{palette.sans}">{"".join(out)}</div>'


def picture(rng, palette, width, height):
    return tile_figure(rng, palette, width, height)


def gradients(rng, palette, width, height):
    layers = ", ".join(palette.gradient() for _ in range(1))
    blobs = "".join(f'<div style="position:absolute;left:{rng.randint(-100, width)}px;top:{rng.randint(-100, height)}px;width:{rng.randint(60, width)}px;height:{rng.randint(60, height)}px;'
                    f'background:{palette.gradient()};border-radius:{rng.choice([0, 20, 999])}px;opacity:{rng.uniform(0.3, 1):.2f};filter:blur({rng.choice([0, 0, 2, 8, 40])}px)"></div>' for _ in range(rng.randint(0, 5)))
    return f'<div style="position:absolute;inset:0;background:{layers}"></div>{blobs}'


def icons(rng, palette, width, height):
    size = rng.choice([12, 16, 20, 24, 32, 48, 64])
    cell = round(size * rng.uniform(1.3, 2.4))
    out = []
    for _ in range((width // cell) * (height // cell)):
        glyph = icon(rng, palette, size) if rng.random() < 0.85 else f'<span style="font-size:{size}px">{chr(rng.randint(0x1F300, 0x1F5F0))}</span>'
        back = palette.fill() if rng.random() < 0.2 else "none"
        out.append(f'<div style="width:{cell}px;height:{cell}px;line-height:{cell}px;text-align:center;background:{back};border-radius:{palette.radius}px;overflow:hidden">{glyph}</div>')
    return f'<div style="display:flex;flex-wrap:wrap">{"".join(out)}</div>'


def slide(rng, palette, width, height):
    """Large flat areas and few large words."""
    blocks = "".join(f'<div style="position:absolute;left:{rng.randint(-50, width)}px;top:{rng.randint(-50, height)}px;width:{rng.randint(30, width)}px;height:{rng.randint(4, height)}px;background:{palette.accent()}"></div>' for _ in range(rng.randint(0, 4)))
    texts = "".join(f'<div style="position:absolute;left:{rng.randint(0, width // 2)}px;top:{rng.randint(0, height - 60)}px;font:{rng.choice([300, 400, 700])} {rng.randint(16, 110)}px {rng.choice([palette.sans, palette.serif])};'
                    f'transform:rotate({rng.choice([0, 0, 0, rng.randint(-40, 40)])}deg);color:{palette.ink()};white-space:nowrap">{words.title(rng, 1, 4)}</div>' for _ in range(rng.randint(1, 7)))
    return f'{blocks}{texts}'


def scripts(rng, palette, width, height):
    """Letters that are not Latin."""
    size = rng.choice([10, 11, 12, 13, 14, 16, 18, 24])
    chosen = rng.choice([["han", "kana"], ["hangul"], ["cyrillic"], ["greek", "cyrillic"], ["arabic"], ["hebrew"], ["devanagari"], ["thai"], list(words.SCRIPTS)])
    blocks = []
    letters = 0
    while letters < 1.6 * width * height / (size * size):
        count = rng.randint(40, 240)
        letters += count
        script = rng.choice(chosen)
        blocks.append(f'<p dir="auto" style="margin:0 0 .6em">{words.foreign(rng, script, count)}</p>')
    return f'<div style="padding:16px;font:{size}px/1.5 {rng.choice(["Noto Serif CJK JP", "Noto Serif CJK SC"])},{palette.text},\'Noto Sans\';column-count:{rng.choice([1, 2])}">{"".join(blocks)}</div>'


def schedule(rng, palette, width, height):
    days, hours = rng.choice([5, 7]), rng.randint(5, 12)
    cells = []
    for i in range(days * hours):
        inner = f'<b>{i // days + 1}</b> ' + (f'<div style="background:{palette.accent()};border-radius:{palette.radius}px;padding:1px 4px">{words.words(rng, rng.randint(1, 4))}</div>' if rng.random() < 0.4 else "")
        cells.append(f'<div style="border:{palette.border};overflow:hidden;background:{palette.mixed(rng.choice([0, 0, 0, 0.06]))}">{inner}</div>')
    return f'<div style="display:grid;height:100%;grid-template-columns:repeat({days},1fr);grid-template-rows:repeat({hours},1fr);font:{rng.randint(9, 13)}px {palette.sans}">{"".join(cells)}</div>'


def formula(rng, depth):
    draw = rng.random()
    if depth <= 0 or draw < 0.25:
        return rng.choice([f"<mi>{rng.choice('abcdkmnpqrstuvwxyzαβγδεθλμπρσφψω')}</mi>", f"<mn>{rng.randint(0, 99)}</mn>"])
    a, b = formula(rng, depth - 1), formula(rng, depth - 1)
    if draw < 0.42:
        return f"<mrow>{a}<mo>{rng.choice('+−·=≤≈∈→')}</mo>{b}</mrow>"
    if draw < 0.57:
        return f"<mfrac>{a}{b}</mfrac>"
    if draw < 0.67:
        return f"<msup>{a}{b}</msup>"
    if draw < 0.75:
        return f"<msub>{a}{b}</msub>"
    if draw < 0.82:
        return f"<msqrt>{a}</msqrt>"
    if draw < 0.92:
        return f"<mrow><munderover><mo>{rng.choice('∑∏∫')}</mo>{b}<mi>n</mi></munderover>{a}</mrow>"
    return f"<mrow><mo>(</mo>{a}<mo>)</mo></mrow>"


def maths(rng, palette, width, height):
    size = rng.randint(11, 26)
    parts = []
    for _ in range(int(height / (size * 3.2)) + 1):
        if rng.random() < 0.5:
            parts.append(f"<p>{esc(words.paragraph(rng, 1, 2))}</p>")
        parts.append(f'<math display="block" style="font-family:{palette.serif}"><mrow>{formula(rng, 5)}<mo>=</mo>{formula(rng, 4)}</mrow></math>')
    return f'<div style="padding:14px;font:{size}px {palette.serif}">{"".join(parts)}</div>'


SINGLE = [(prose, 17), (editor, 11), (terminal, 7), (table, 9), (cards, 9), (form, 7), (chat, 5), (dashboard, 7), (picture, 17), (gradients, 4), (icons, 4),
          (slide, 6), (scripts, 7), (schedule, 3), (maths, 4)]


def single(rng, palette, width, height):
    return rng.choices([make for make, _ in SINGLE], [weight for _, weight in SINGLE])[0](rng, palette, width, height)


def split(rng, palette, width, height, depth):
    """A desktop of several windows or a collage: the box divided again and again."""
    if depth == 0 or width < 220 or height < 160:
        inner = single(rng, palette, width, height)
        return f'<div style="position:relative;width:{width}px;height:{height}px;overflow:hidden;background:{palette.fill()};color:{palette.fg}">{inner}</div>'
    share = rng.uniform(0.3, 0.7)
    if width > height:
        first = int(width * share)
        parts = [(first, height), (width - first, height)]
    else:
        first = int(height * share)
        parts = [(width, first), (width, height - first)]
    inner = "".join(split(rng, palette, w, h, depth - 1) for w, h in parts)
    return f'<div style="display:flex;flex-direction:{"row" if width > height else "column"};width:{width}px;height:{height}px;overflow:hidden">{inner}</div>'


def page(rng, palette):
    zoom = rng.choice([1, 1, 1, 1, 1, 1, 0.75, 0.9, 1.1, 1.25, 1.5, 2])
    width, height = int(WIDTH / zoom), int(HEIGHT / zoom)
    inner = split(rng, palette, width, height, rng.randint(1, 3)) if rng.random() < 0.28 else single(rng, palette, width, height)
    return (f'<section style="position:relative;contain:strict;width:{WIDTH}px;height:{HEIGHT}px;overflow:hidden;background:{palette.bg};color:{palette.fg};font-family:{palette.text}">'
            f'<div style="position:relative;width:{width}px;height:{height}px;zoom:{zoom};overflow:hidden">{inner}</div></section>')
