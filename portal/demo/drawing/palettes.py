"""Eight palettes, each a time of day or year. A colour is a "#rrggbb" or a triple of 0…255."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


def rgb(text: str) -> Colour:
    """Reads "#rrggbb"."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Returns the colour that is ``share`` (0…1) of the way from ``one`` to ``other``."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


@dataclass(frozen=True)
class Palette:
    sky: Colour
    """The sky overhead."""
    haze: Colour
    """The sky at the horizon, and whatever is far away."""
    near: Colour
    """What stands in front, nearly a silhouette."""
    sun: Colour
    light: Colour
    """Lit windows, lamps."""
    accent: Colour

    def at(self, nearness: float) -> Colour:
        """Returns the colour of something between the horizon (0) and the front (1): air makes far things pale."""
        return mix(self.haze, self.near, 0.15 + 0.85 * nearness)


def _palette(*colours: str) -> Palette:
    return Palette(*(rgb(colour) for colour in colours))


PALETTES = {
    "dawn": _palette("#8fb3d6", "#fbd9bd", "#3d4a6b", "#fff3dc", "#ffd9a0", "#d9705b"),
    "day": _palette("#5d9fd6", "#dcedf5", "#24506b", "#fffbe8", "#fff0b8", "#e0a63c"),
    "dusk": _palette("#5a4f8c", "#f2a37f", "#2a2347", "#ffe0a8", "#ffcf75", "#e2604f"),
    "night": _palette("#0b1430", "#3c568a", "#0a1024", "#f4f1dc", "#ffd98a", "#7fa6e8"),
    "autumn": _palette("#a9c3cf", "#f6e3bf", "#5d2f22", "#fff1cf", "#ffdf96", "#c9622b"),
    "winter": _palette("#8fa9c4", "#eef3f7", "#33465c", "#ffffff", "#ffe3a6", "#b9473f"),
    "storm": _palette("#5f6f7e", "#cdd5da", "#26313b", "#f3f5f4", "#ffdf9a", "#4f8a8b"),
    "spring": _palette("#86c3d8", "#eef5da", "#1f5145", "#fffde6", "#fff1a8", "#e27d94"),
}
