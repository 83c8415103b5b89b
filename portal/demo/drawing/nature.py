"""Sky, hills, trees, snow: what stands behind the city and around it."""

import math

from portal.demo.drawing.canvas import Canvas, Point
from portal.demo.drawing.palettes import Colour, mix

WHITE = (255, 255, 255)


def sky(canvas: Canvas, horizon: float = 620, sun: Point | None = None, size: float = 46) -> None:
    """Paints the air down to the horizon; with a sun (or a moon), its light too."""
    palette = canvas.palette
    canvas.gradient(palette.sky, palette.haze, 0, horizon)
    canvas.box(0, horizon, canvas.width, canvas.height - horizon, palette.haze)
    if sun:
        canvas.glow(*sun, 520, palette.sun, 0.55)
        canvas.glow(*sun, size * 3.2, palette.sun, 0.75)
        canvas.disc(*sun, size, palette.sun)


def clouds(canvas: Canvas, count: int, low: float = 260) -> None:
    """Lays long flat clouds, lit from below."""
    colour = mix(canvas.palette.haze, WHITE, 0.4)
    for _each in range(count):
        x, y = canvas.dice.uniform(-100, canvas.width), canvas.dice.uniform(40, low)
        for _puff in range(6):
            reach = canvas.dice.uniform(160, 340)
            canvas.glow(x + canvas.dice.gauss(0, 150), y + canvas.dice.gauss(0, 9), reach, colour, 0.4, 0.16)


def outline(canvas: Canvas, base: float, height: float, rough: float = 1) -> list[Point]:
    """Returns the crest of a ridge from edge to edge: a sum of waves, each half as high as the one before."""
    waves = [
        (height / 2**octave * (rough if octave > 1 else 1), 0.0022 * 2.1**octave, canvas.dice.uniform(0, 2 * math.pi))
        for octave in range(6)
    ]
    return [
        (x, base - sum(high * math.sin(x * pace + phase) for high, pace, phase in waves))
        for x in range(-8, canvas.width + 9, 4)
    ]


def ridge(canvas: Canvas, base: float, height: float, colour: Colour, foot: float | None = None) -> list[Point]:
    """Draws a ridge that fades into mist at its foot; returns its crest."""
    crest = outline(canvas, base, height)
    bottom = canvas.height if foot is None else foot
    closed = [*crest, (canvas.width + 8, bottom), (-8, bottom)]
    canvas.shape(closed, colour, mix(colour, canvas.palette.haze, 0.45))
    return crest


def ridges(canvas: Canvas, count: int, top: float, bottom: float, foot: float | None = None) -> list[Point]:
    """Draws ``count`` ridges one before the other; returns the crest of the nearest."""
    crest: list[Point] = []
    for step in range(count):
        nearness = step / max(1, count - 1)
        base = top + (bottom - top) * nearness
        crest = ridge(canvas, base, 26 + 20 * nearness, canvas.palette.at(nearness * 0.9), foot)
    return crest


def conifer(canvas: Canvas, x: float, foot: float, height: float, colour: Colour, snow: float = 0) -> None:
    """Draws a fir; ``snow`` (0…1) whitens its tiers."""
    tiers = 6
    canvas.box(x - height * 0.025, foot - height * 0.1, height * 0.05, height * 0.12, mix(colour, (0, 0, 0), 0.3))
    for tier in range(tiers):
        low = foot - height * (0.06 + 0.15 * tier)
        half = height * 0.23 * (1 - tier / (tiers + 0.6)) * canvas.dice.uniform(0.9, 1.1)
        top = low - height * 0.26
        canvas.polygon([(x - half, low), (x, top), (x + half, low), (x, low - half * 0.22)], colour)
        if snow:
            white = mix(colour, WHITE, snow)
            canvas.polygon([(x - half * 0.8, low - 3), (x, top), (x + half * 0.25, low - half * 0.45)], white)


def tree(canvas: Canvas, x: float, foot: float, height: float, colour: Colour, leaves: Colour) -> None:
    """Draws a leafy tree: a trunk, branches, and a crown of lit and shaded clumps."""
    crown = foot - height * 0.62
    canvas.line([(x, foot), (x - height * 0.01, crown)], colour, height * 0.045)
    for lean in (-0.16, 0.14, 0.03):
        canvas.line([(x, foot - height * 0.35), (x + height * lean, crown - height * 0.08)], colour, height * 0.02)
    for layer, shade in enumerate((0.45, 0.22, 0.0)):
        tone = mix(leaves, colour, shade)
        for _clump in range(11):
            angle, reach = canvas.dice.uniform(0, 2 * math.pi), canvas.dice.uniform(0.05, 0.26 - 0.04 * layer)
            middle = x + math.cos(angle) * height * reach - layer * height * 0.02
            canvas.disc(
                middle,
                crown + math.sin(angle) * height * reach * 0.85 - layer * height * 0.045,
                height * canvas.dice.uniform(0.07, 0.12),
                tone,
            )


def bare_tree(canvas: Canvas, x: float, foot: float, height: float, colour: Colour) -> None:
    """Draws a tree without leaves, each branch parting into two or three."""

    def branch(x: float, y: float, length: float, angle: float, width: float) -> None:
        end = (x + math.sin(angle) * length, y - math.cos(angle) * length)
        canvas.line([(x, y), end], colour, width)
        if length > height * 0.045:
            for turn in (-0.42, 0.38):
                bent = angle + turn * canvas.dice.uniform(0.6, 1.3)
                branch(*end, length * canvas.dice.uniform(0.66, 0.8), bent, width * 0.66)

    branch(x, foot, height * 0.27, canvas.dice.uniform(-0.06, 0.06), height * 0.03)


def stars(canvas: Canvas, count: int, low: float) -> None:
    for _each in range(count):
        x, y = canvas.dice.uniform(0, canvas.width), canvas.dice.uniform(0, low)
        bright = canvas.dice.random() ** 3
        canvas.disc(x, y, 0.8 + 1.6 * bright, mix(canvas.palette.sky, WHITE, 0.4 + 0.6 * bright))


def snowfall(canvas: Canvas, count: int = 420) -> None:
    """Lets it snow: many small flakes, few large ones."""
    for _each in range(count):
        x, y = canvas.dice.uniform(0, canvas.width), canvas.dice.uniform(0, canvas.height)
        canvas.disc(x, y, 1.2 + 4.2 * canvas.dice.random() ** 4, WHITE)


def rain(canvas: Canvas, count: int = 380) -> None:
    colour = mix(canvas.palette.haze, WHITE, 0.5)
    for _each in range(count):
        x, y = canvas.dice.uniform(-40, canvas.width), canvas.dice.uniform(-60, canvas.height)
        length = canvas.dice.uniform(14, 34)
        canvas.line([(x, y), (x - length * 0.25, y + length)], colour, 0.7)


def hills(canvas: Canvas) -> None:
    """Ridges behind ridges under a low sun."""
    sky(canvas, 560, (canvas.dice.uniform(380, 1240), canvas.dice.uniform(190, 330)))
    clouds(canvas, 3)
    ridges(canvas, 6, 470, 830)


def fields(canvas: Canvas) -> None:
    """Ploughed land that runs to the horizon, a farm between trees."""
    palette = canvas.palette
    sky(canvas, 430, (canvas.dice.uniform(300, 1300), 210))
    clouds(canvas, 4)
    ridges(canvas, 3, 400, 450, 480)
    far, near = mix(palette.accent, palette.haze, 0.5), mix(palette.accent, palette.near, 0.55)
    canvas.gradient(far, near, 450, 450)
    for step in range(-30, 31):
        middle = canvas.width / 2 + step * 26
        spread = canvas.width / 2 + step * 190
        canvas.polygon(
            [(middle, 452), (middle + 8, 452), (spread + 70, 900), (spread, 900)], mix(near, palette.near, 0.3)
        )
    farm = canvas.dice.uniform(900, 1200)
    canvas.box(farm, 408, 120, 52, mix(palette.near, palette.accent, 0.25))
    canvas.polygon([(farm - 10, 410), (farm + 60, 366), (farm + 130, 410)], palette.near)
    for offset in (-150, -90, 160, 215, 290, -420, -470):
        tree(
            canvas,
            farm + offset,
            466,
            canvas.dice.uniform(90, 140),
            palette.near,
            mix(palette.near, palette.accent, 0.5),
        )


def park(canvas: Canvas) -> None:
    """An alley of leafy trees with lamps, benches' length apart."""
    palette = canvas.palette
    sky(canvas, 520, (820, 300), 54)
    ridges(canvas, 2, 500, 540)
    ground = mix(palette.accent, palette.near, 0.35)
    canvas.gradient(mix(ground, palette.haze, 0.4), ground, 560, 340)
    canvas.shape([(760, 560), (850, 560), (1280, 900), (300, 900)], mix(palette.haze, palette.sun, 0.3), palette.haze)
    for depth in range(8):
        near = (depth / 7) ** 1.5
        foot, height = 566 + 250 * near, 150 + 560 * near
        leaves = mix(mix(palette.accent, palette.haze, 0.55), palette.accent, near)
        for side in (-1, 1):
            x = 806 + side * (86 + 560 * near)
            canvas.disc(x, foot, height * 0.2, mix(ground, palette.near, 0.45), 0.16)
            tree(canvas, x, foot, height, mix(palette.haze, palette.near, 0.4 + 0.6 * near), leaves)


def winter_forest(canvas: Canvas) -> None:
    """Firs under snow, and a track of two lines between them."""
    palette = canvas.palette
    snow = mix(palette.haze, WHITE, 0.75)
    sky(canvas, 520, (canvas.dice.uniform(500, 1100), 250))
    ridges(canvas, 3, 440, 540)
    for nearness, base in ((0.25, 585), (0.5, 640), (0.85, 740)):
        for _each in range(round(34 - 22 * nearness)):
            x = canvas.dice.uniform(-20, canvas.width + 20)
            if abs(x - 800) > 90 + 420 * nearness * nearness:
                height = (120 + 330 * nearness) * canvas.dice.uniform(0.7, 1.15)
                conifer(canvas, x, base + 26, height, palette.at(nearness), 0.75)
        bank = outline(canvas, base, 10)
        shade = mix(snow, palette.sky, 0.35 - 0.3 * nearness)
        canvas.shape([*bank, (canvas.width + 8, 900), (-8, 900)], snow, shade)
    for side in (-1, 1):
        curve = [(800 + side * (3 + 46 * t * t) - 120 * math.sin(2.4 * (1 - t)), 640 + 260 * t) for t in _steps(40)]
        canvas.line(curve, mix(palette.sky, palette.near, 0.25), 5)
    snowfall(canvas, 260)


def starry(canvas: Canvas) -> None:
    """A clear night over firs, with the dome of an observatory."""
    palette = canvas.palette
    canvas.gradient(palette.sky, palette.haze, 0, 760)
    for _each in range(46):  # the Milky Way
        along = canvas.dice.random()
        canvas.glow(260 + 1200 * along, 560 - 520 * along + canvas.dice.gauss(0, 46), 150, palette.accent, 0.07)
    stars(canvas, 520, 640)
    ridges(canvas, 3, 640, 780)
    canvas.box(1010, 640, 220, 120, palette.near)
    canvas.disc(1120, 642, 118, mix(palette.near, palette.haze, 0.28))
    canvas.box(1000, 642, 240, 160, palette.near)
    canvas.polygon([(1106, 530), (1142, 528), (1160, 642), (1094, 642)], mix(palette.light, palette.accent, 0.3))
    canvas.glow(1126, 590, 130, palette.light, 0.5)
    canvas.box(0, 790, 1600, 110, palette.near)
    for _each in range(44):
        x = canvas.dice.uniform(-20, 1620)
        if not 930 < x < 1300:
            conifer(canvas, x, 860, canvas.dice.uniform(110, 260), palette.near)


def _steps(count: int) -> list[float]:
    return [step / count for step in range(count + 1)]
