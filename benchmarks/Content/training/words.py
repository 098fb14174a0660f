"""Made-up text: words, sentences, names, numbers, code and foreign letters, all from one random generator."""

COMMON = """able about above across again along also always anchor animal answer apple around autumn basket because before begin
behind below beside better between bitter black blanket blue border bottle bread bridge bright brother brown build butter button
candle carry castle cattle center chain change chapter cheese circle clean clear climb close cloud coast copper corner cotton
country cover cradle cross daily dance danger dark deep desert dinner distant door double dozen dragon dream drift early east
edge eight either elbow empty engine enough evening every fabric family farmer feather fence field finger finish flame flour
follow forest forget forward fourth friend frozen garden gather gentle giant ginger glass golden grain grass green ground
hammer handle happen harbor harvest heavy helmet hidden hollow honest honey horizon house hundred hunter island jacket journey
jungle kettle kitchen ladder lantern large later leather letter level light linen listen little locker lonely lower machine
magnet maple marble market matter meadow measure medal melon middle minute mirror modern moment monkey morning mountain narrow
nature needle neither nephew never night nothing number object ocean office often olive only open orange orchard order other
paper parcel path pattern pebble pencil people pepper picture pillow planet plenty pocket polish porter potato powder present
proper purple puzzle quarter quick quiet rabbit raven reason record ribbon river rocket rough round saddle salmon sample
season second secret shadow shallow sharp shelter silver simple single sister slender smooth soldier some spider spring square
stable station steady stone storm story street strong sudden sugar summer sunset supper sweet table tailor tender thirty
thread thunder ticket timber today together tower travel treaty tunnel turtle twelve under until upper valley velvet village
violet voyage wagon walnut water weather west wheel whisper white willow window winter wisdom wonder wooden yellow yonder""".split()

SHORT = "a an and are as at be but by for from had has he her his if in is it its no nor not of on or our she so than that the their then they this to was we were what when with you".split()

ONSETS = "b br c ch cl d dr f fl g gr h j k kl l m n p pl qu r s sh sk st t th tr v w y z".split()
VOWELS = "a e i o u ae ai ea ie io oa oo ou".split()
CODAS = ["", "", "", "l", "m", "n", "nd", "r", "rd", "s", "st", "t", "x"]

ENDINGS = ["js", "txt", "cfg", "dat", "log", "map", "tar", "bin"]

# First and last code point of scripts whose letters follow each other without gaps worth mentioning.
SCRIPTS = {
    "han": (0x4E00, 0x8FFF), "kana": (0x3042, 0x3093), "hangul": (0xAC00, 0xD7A0), "cyrillic": (0x0430, 0x044F),
    "greek": (0x03B1, 0x03C9), "hebrew": (0x05D0, 0x05EA), "arabic": (0x0627, 0x063A), "devanagari": (0x0905, 0x0939),
    "thai": (0x0E01, 0x0E2E), "georgian": (0x10D0, 0x10F0), "armenian": (0x0561, 0x0586), "tamil": (0x0B95, 0x0BB9),
}
TAMIL_LETTERS = "கஙசஞடணதநபமயரலவழளறன"


def word(rng):
    draw = rng.random()
    if draw < 0.40:
        return rng.choice(SHORT)
    if draw < 0.85:
        return rng.choice(COMMON)
    return name(rng).lower()


def name(rng):
    syllables = rng.randint(1, 3)
    return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(syllables)).capitalize()


def words(rng, count):
    return " ".join(word(rng) for _ in range(count))


def title(rng, low=2, high=6):
    return " ".join(rng.choice(COMMON).capitalize() for _ in range(rng.randint(low, high)))


def number(rng):
    return rng.choice([
        lambda: str(rng.randint(0, 99)), lambda: f"{rng.randint(100, 99999):,}", lambda: f"{rng.uniform(0, 100):.2f}",
        lambda: f"{rng.uniform(-9, 9):+.3f}", lambda: f"{rng.uniform(0, 100):.1f}%", lambda: f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.",
        lambda: f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}", lambda: f"0x{rng.getrandbits(32):08x}", lambda: f"€{rng.uniform(1, 900):.2f}",
    ])()


def sentence(rng):
    parts = [word(rng) for _ in range(rng.randint(4, 18))]
    if len(parts) > 8 and rng.random() < 0.6:
        parts[rng.randint(2, 6)] += ","
    if rng.random() < 0.2:
        parts[rng.randrange(len(parts))] = number(rng)
    text = " ".join(parts)
    return text[0].upper() + text[1:] + rng.choice("....?!;")


def paragraph(rng, low=3, high=8):
    return " ".join(sentence(rng) for _ in range(rng.randint(low, high)))


def foreign(rng, script, letters):
    first, last = SCRIPTS[script]
    text = []
    run = 0
    for _ in range(letters):
        text.append(rng.choice(TAMIL_LETTERS) if script == "tamil" else chr(rng.randint(first, last)))
        run += 1
        if script in ("han", "kana"):
            if run > 5 and rng.random() < 0.12:
                text.append(rng.choice("，。、」"))
                run = 0
        elif run > 2 and rng.random() < 0.22:
            text.append(" ")
            run = 0
    return "".join(text)


def identifier(rng):
    parts = [rng.choice(COMMON) for _ in range(rng.randint(1, 3))]
    return rng.choice([lambda: "_".join(parts), lambda: parts[0] + "".join(p.capitalize() for p in parts[1:]), lambda: rng.choice("ijknxyz")])()


KEYWORDS = "if else for while return let fn match struct import from yield async await const static void switch case try catch".split()


def code_line(rng, depth):
    """A line of code as a list of (class, text); depth is its indentation."""
    tokens = [("", "    " * depth)]
    draw = rng.random()
    if draw < 0.12:
        return tokens + [("c", rng.choice(["// ", "# ", "-- "]) + words(rng, rng.randint(2, 9)))]
    if draw < 0.18:
        return []
    if draw < 0.55:
        tokens += [("k", rng.choice(KEYWORDS)), ("", " ")]
    tokens += [("f", identifier(rng)), ("p", rng.choice([".", " = ", "(", "[", "->", " += ", "::"]))]
    for _ in range(rng.randint(1, 4)):
        tokens.append(rng.choice([
            lambda: ("s", '"' + words(rng, rng.randint(1, 3)) + '"'), lambda: ("n", number(rng)), lambda: ("v", identifier(rng)),
            lambda: ("t", name(rng)), lambda: ("f", identifier(rng) + "()")])())
        tokens.append(("p", rng.choice([", ", " + ", " * ", " < ", ".", " && ", " | ", " => "])))
    tokens[-1] = ("p", rng.choice([";", ")", ");", " {", "]", ":", "},"]))
    return tokens


def code(rng, lines):
    depth = 0
    out = []
    for _ in range(lines):
        out.append(code_line(rng, depth))
        depth = max(0, min(5, depth + rng.choice([-1, 0, 0, 0, 1])))
    return out


def path(rng):
    return "/" + "/".join(rng.choice(COMMON) for _ in range(rng.randint(1, 4))) + "." + rng.choice(ENDINGS)
