"""Colours and fonts of one page."""

import colorsys

# None of these fonts is used by the test set.
SANS = ["Lato", "Roboto", "Open Sans", "Cantarell", "Carlito", "Noto Sans", "Roboto Condensed", "Comic Neue", "Nimbus Sans", "URW Gothic", "Open Sans Condensed"]
SERIF = ["EB Garamond", "Caladea", "Noto Serif", "P052", "C059", "Nimbus Roman", "URW Bookman"]
MONO = ["Inconsolata", "Hack", "Noto Mono", "Nimbus Mono PS"]


def colour(hue, saturation, lightness):
    parts = colorsys.hls_to_rgb(hue % 1, min(1, max(0, lightness)), min(1, max(0, saturation)))
    return "#" + "".join(f"{round(255 * p):02x}" for p in parts)


def mix(a, b, share):
    return "#" + "".join(f"{round(int(a[i:i + 2], 16) * (1 - share) + int(b[i:i + 2], 16) * share):02x}" for i in (1, 3, 5))


class Palette:
    def __init__(self, rng, index):
        self.rng = rng
        self.index = index
        self.count = 0
        self.dark = rng.random() < 0.36
        self.hue = rng.random()
        self.vivid = rng.choice([0.0, 0.15, 0.5, 0.75, 1.0])
        plain = rng.random()
        tint = rng.choice([0.0, 0.1, 0.3, 0.6])
        if self.dark:
            self.bg = "#000000" if plain < 0.12 else colour(self.hue, tint, rng.uniform(0.04, 0.24))
            self.fg = "#ffffff" if rng.random() < 0.2 else colour(self.hue + 0.5, tint, rng.uniform(0.72, 0.97))
        else:
            self.bg = "#ffffff" if plain < 0.45 else colour(self.hue, tint, rng.uniform(0.82, 0.99))
            self.fg = "#000000" if rng.random() < 0.35 else colour(self.hue + 0.5, tint, rng.uniform(0.02, 0.34))
        if rng.random() < 0.06:
            self.bg = colour(self.hue, 0.6, rng.uniform(0.3, 0.7))
            self.fg = rng.choice(["#ffffff", "#000000", colour(self.hue + 0.5, 0.8, 0.85)])
        self.hues = [self.hue + rng.random() for _ in range(rng.randint(1, 6))]
        self.sans = f"'{rng.choice(SANS)}'"
        self.serif = f"'{rng.choice(SERIF)}'"
        self.mono = f"'{rng.choice(MONO)}'"
        self.text = rng.choice([self.sans, self.sans, self.serif])
        self.radius = rng.choice([0, 0, 2, 4, 8, 16])
        self.border = f"{rng.choice([0, 1, 1, 1, 2, 4])}px {rng.choice(['solid', 'solid', 'solid', 'dashed', 'dotted'])} {self.mixed(rng.uniform(0.08, 0.6))}"
        self.shadow = rng.choice(["none", "none", "0 1px 3px rgba(0,0,0,.3)", "0 4px 16px rgba(0,0,0,.35)", "3px 3px 0 rgba(0,0,0,.5)"])

    def mixed(self, share):
        """The background with a share of the text's colour."""
        return mix(self.bg, self.fg, share)

    def accent(self):
        rng = self.rng
        return colour(rng.choice(self.hues), self.vivid * rng.uniform(0.6, 1), rng.uniform(0.4, 0.8) if self.dark else rng.uniform(0.25, 0.7))

    def ink(self):
        return self.fg if self.rng.random() < 0.7 else self.accent()

    def unique(self):
        self.count += 1
        return f"p{self.index}-{self.count}"

    def gradient(self):
        rng = self.rng
        stops = ", ".join(rng.choice([self.accent(), self.accent(), self.bg, self.mixed(rng.random())]) for _ in range(rng.randint(2, 5)))
        place = f"{rng.randint(0, 100)}% {rng.randint(0, 100)}%"
        return rng.choice([
            f"linear-gradient({rng.randint(0, 359)}deg, {stops})", f"linear-gradient({rng.choice([0, 90, 180])}deg, {stops})",
            f"radial-gradient(circle at {place}, {stops})", f"conic-gradient(from {rng.randint(0, 359)}deg at {place}, {stops})"])

    def fill(self):
        """The background of a box: mostly flat."""
        rng = self.rng
        return rng.choice([self.mixed(0.04), self.mixed(0.08), self.mixed(0.15), self.bg, self.accent(), self.gradient()])
