"""Streets and roofs."""

from portal.demo.drawing.canvas import Canvas
from portal.demo.drawing.nature import WHITE, bare_tree, clouds, rain, ridges, sky, snowfall, tree
from portal.demo.drawing.palettes import Colour, mix


def building(canvas: Canvas, x: float, foot: float, width: float, height: float, colour: Colour, lit: float) -> None:
    """Draws a house with its windows, a share ``lit`` of them with light."""
    dice, top = canvas.dice, foot - height
    canvas.shape(
        [(x, top), (x + width, top), (x + width, foot), (x, foot)], colour, mix(colour, canvas.palette.haze, 0.18)
    )
    canvas.box(x + width * 0.82, top, width * 0.18, height, mix(colour, (0, 0, 0), 0.14))
    _roof(canvas, x, top, width, colour)
    column, floor = dice.choice((17, 20, 24)), dice.choice((24, 28, 32))
    dark = mix(colour, canvas.palette.sky, 0.3)
    for row in range(int((height - 22) // floor)):
        for place in range(int((width - 12) // column)):
            bright = dice.random() < lit
            pane = mix(canvas.palette.light, colour, dice.uniform(0, 0.35)) if bright else dark
            canvas.box(x + 9 + place * column, top + 14 + row * floor, column * 0.46, floor * 0.5, pane)


def _roof(canvas: Canvas, x: float, top: float, width: float, colour: Colour) -> None:
    kind, dark = canvas.dice.random(), mix(colour, (0, 0, 0), 0.22)
    if kind < 0.3:
        canvas.polygon([(x - 4, top), (x + width / 2, top - width * 0.32), (x + width + 4, top)], dark)
    elif kind < 0.45:
        canvas.box(x + width * 0.25, top - 18, width * 0.3, 20, dark)
        canvas.line([(x + width * 0.7, top), (x + width * 0.7, top - 46)], dark, 2)
    elif kind < 0.6:
        canvas.polygon([(x, top), (x, top - width * 0.2), (x + width, top)], dark)
    else:
        canvas.box(x - 3, top - 5, width + 6, 7, dark)


def row(canvas: Canvas, foot: float, height: float, nearness: float, lit: float = 0.4) -> None:
    """Draws houses side by side from edge to edge, most of them about ``height`` high."""
    x = -canvas.dice.uniform(0, 60)
    while x < canvas.width:
        width = canvas.dice.uniform(56, 120) * (0.6 + 0.5 * nearness)
        colour = mix(canvas.palette.at(nearness), canvas.palette.accent, canvas.dice.uniform(0, 0.14))
        high = height * canvas.dice.triangular(0.55, 1.35, 0.85)
        building(canvas, x, foot, width, high, colour, lit * (0.3 + 0.7 * nearness))
        x += width + canvas.dice.choice((0, 0, 2, 14))


def lamp(canvas: Canvas, x: float, foot: float, height: float, *, on: bool = True) -> None:
    colour = canvas.palette.near
    canvas.line([(x, foot), (x, foot - height)], colour, height * 0.018 + 1)
    canvas.line([(x, foot - height), (x + height * 0.14, foot - height * 1.03)], colour, height * 0.014 + 1)
    if on:
        canvas.glow(x + height * 0.15, foot - height, height * 0.42, canvas.palette.light, 0.75)
    canvas.disc(x + height * 0.15, foot - height * 1.01, height * 0.028, canvas.palette.light)


def walker(canvas: Canvas, x: float, foot: float, height: float, colour: Colour) -> None:
    """Draws a passer-by as a silhouette with a coat of ``colour``."""
    dark, stride = canvas.palette.near, height * canvas.dice.uniform(0.06, 0.12)
    for side in (-1, 1):
        canvas.line([(x, foot - height * 0.42), (x + side * stride, foot)], dark, height * 0.075)
    shoulder, hem = height * 0.11, height * 0.15
    top, low = foot - height * 0.82, foot - height * 0.34
    canvas.polygon([(x - shoulder, top), (x + shoulder, top), (x + hem, low), (x - hem, low)], colour)
    canvas.disc(x, foot - height * 0.9, height * 0.075, mix(dark, (225, 180, 150), 0.55))


def crowd(canvas: Canvas, count: int, foot: float, height: float) -> None:
    """Strews passers-by of about ``height`` along the front."""
    places = sorted(canvas.dice.uniform(0, 1) for _each in range(count))
    for depth in places:
        colour = canvas.dice.choice((canvas.palette.near, canvas.palette.accent, canvas.palette.at(0.6)))
        x = canvas.dice.uniform(60, canvas.width - 60)
        walker(canvas, x, foot + 60 * depth, height * (0.85 + 0.3 * depth), mix(colour, canvas.palette.near, 0.2))


def skyline(canvas: Canvas) -> None:
    """Three rows of roofs against the sky."""
    sky(canvas, 700, (canvas.dice.uniform(300, 1300), canvas.dice.uniform(180, 330)))
    clouds(canvas, 3)
    for nearness, height in ((0.12, 420), (0.45, 350), (0.9, 270)):
        row(canvas, 900, height, nearness, 0.45)
        canvas.veil(canvas.palette.haze, 620, 280, 0, 0.35 * (1 - nearness))


def street(canvas: Canvas, weather: str = "") -> None:
    """A street with a tram, lamps and people; ``weather`` may be "snow" or "rain"."""
    palette = canvas.palette
    sky(canvas, 640)
    clouds(canvas, 4)
    row(canvas, 690, 380, 0.3, 0.5)
    row(canvas, 720, 230, 0.62, 0.6)
    ground = mix(palette.haze, WHITE, 0.6) if weather == "snow" else mix(palette.near, palette.haze, 0.3)
    canvas.gradient(mix(ground, palette.haze, 0.4), mix(ground, palette.near, 0.25), 716, 184)
    for rail in (806, 832):
        canvas.line([(0, rail), (1600, rail)], mix(palette.near, palette.haze, 0.35), 2.5)
    tram(canvas, canvas.dice.uniform(360, 760), 826)
    for x in (120, 560, 1040, 1480):
        lamp(canvas, x, 745, 240)
    crowd(canvas, 8, 815, 125)
    if weather == "snow":
        snowfall(canvas)
    elif weather == "rain":
        rain(canvas)
        canvas.veil(palette.light, 840, 60, 0, 0.22)


def snowy_street(canvas: Canvas) -> None:
    street(canvas, "snow")


def rainy_street(canvas: Canvas) -> None:
    street(canvas, "rain")


def tram(canvas: Canvas, x: float, foot: float, length: float = 520) -> None:
    """Draws a tram of two cars under its wire."""
    palette = canvas.palette
    canvas.line([(0, foot - 208), (canvas.width, foot - 208)], palette.near, 1.2)
    canvas.line([(x + 130, foot - 150), (x + 170, foot - 208), (x + 205, foot - 208)], palette.near, 2.5)
    pale = mix(palette.haze, WHITE, 0.55)
    for car in range(2):
        left, width = x + car * (length / 2 + 6), length / 2
        canvas.box(left, foot - 146, width, 134, palette.accent, 18)
        canvas.box(left, foot - 146, width, 60, pale, 18)
        canvas.box(left, foot - 106, width, 24, pale)
        for pane in range(4):
            canvas.box(left + 14 + pane * (width - 20) / 4, foot - 134, (width - 20) / 4 - 9, 52, palette.light, 5)
        canvas.box(left + width * 0.42, foot - 130, 44, 112, mix(palette.accent, palette.near, 0.35), 4)
        for wheel in (0.2, 0.8):
            canvas.disc(left + width * wheel, foot - 8, 15, palette.near)
    canvas.box(x + length / 2 - 4, foot - 134, 14, 112, palette.near)


def square(canvas: Canvas) -> None:
    """The old square: a town hall with a clock tower, paving, people."""
    palette = canvas.palette
    sky(canvas, 600, (1240, 210))
    clouds(canvas, 4)
    row(canvas, 640, 230, 0.3, 0.3)
    _town_hall(canvas, 560, 650)
    for x in (180, 330, 1270, 1420):
        tree(canvas, x, 672, 210, palette.near, mix(palette.accent, palette.near, 0.25))
    far = mix(palette.haze, palette.near, 0.25)
    canvas.gradient(far, mix(palette.haze, palette.near, 0.5), 650, 250)
    seam = mix(palette.haze, palette.near, 0.42)
    for line in range(-24, 25):
        canvas.line([(800 + line * 42, 650), (800 + line * 170, 900)], seam, 1.2)
    for step in range(9):
        y = 650 + 250 * (step / 8) ** 1.9
        canvas.line([(0, y), (1600, y)], seam, 1.2)
    crowd(canvas, 14, 730, 96)


def _town_hall(canvas: Canvas, x: float, foot: float) -> None:
    palette = canvas.palette
    wall, dark = mix(palette.haze, palette.accent, 0.4), mix(palette.near, palette.accent, 0.2)
    canvas.box(x, foot - 210, 480, 212, wall)
    canvas.polygon([(x - 16, foot - 208), (x + 60, foot - 268), (x + 420, foot - 268), (x + 496, foot - 208)], dark)
    canvas.box(x + 190, foot - 400, 100, 400, mix(wall, WHITE, 0.15))
    canvas.polygon([(x + 178, foot - 398), (x + 240, foot - 540), (x + 302, foot - 398)], dark)
    canvas.line([(x + 240, foot - 538), (x + 240, foot - 580)], dark, 3)
    canvas.disc(x + 240, foot - 340, 34, mix(palette.sun, WHITE, 0.4))
    canvas.line([(x + 240, foot - 364), (x + 240, foot - 340), (x + 257, foot - 332)], palette.near, 4)
    for column in (26, 88, 144, 306, 362, 424):
        for floor in (178, 92):
            canvas.box(x + column, foot - floor, 32, 56, mix(palette.light, dark, 0.25 if floor == 92 else 0.5), 14)
    canvas.box(x + 214, foot - 84, 52, 86, dark, 22)


def construction(canvas: Canvas) -> None:
    """Houses that are being built, and the cranes above them."""
    palette = canvas.palette
    sky(canvas, 700, (canvas.dice.uniform(900, 1300), 240))
    clouds(canvas, 3)
    row(canvas, 900, 260, 0.2, 0.2)
    for left, floors in ((180, 9), (560, 12), (1060, 7)):
        _frame(canvas, left, floors)
    tower_crane(canvas, 500, 160, -1)
    tower_crane(canvas, 1010, 240, 1)
    canvas.veil(palette.haze, 760, 140, 0, 0.5)


def _frame(canvas: Canvas, x: float, floors: int) -> None:
    palette, floor = canvas.palette, 58
    for level in range(floors):
        y = 900 - (level + 1) * floor
        done = level < floors * 0.55
        if done:
            canvas.box(x, y, 300, floor, mix(palette.at(0.6), palette.accent, 0.3))
            for pane in range(6):
                canvas.box(x + 16 + pane * 47, y + 14, 30, 30, mix(palette.light, palette.sky, canvas.dice.random()))
        else:
            for post in range(7):
                canvas.box(x + post * 48.6, y, 8, floor, palette.at(0.75))
        canvas.box(x - 8, y, 316, 9, palette.at(0.9))


def tower_crane(canvas: Canvas, x: float, top: float, side: int) -> None:
    """Draws a crane that stands on the ground and reaches to ``side`` (-1 left, 1 right)."""
    colour = mix(canvas.palette.accent, canvas.palette.near, 0.25)
    for rail in (-11, 11):
        canvas.line([(x + rail, 900), (x + rail, top)], colour, 4)
    for step in range(int((900 - top) // 26)):
        y, lean = 900 - step * 26, 11 if step % 2 else -11
        canvas.line([(x - lean, y), (x + lean, y - 26)], colour, 2)
    jib, tail = x + side * 430, x - side * 150
    canvas.line([(tail, top), (jib, top)], colour, 5)
    canvas.line([(x, top - 76), (x + side * 40, top - 22), (jib, top - 14)], colour, 3)
    canvas.line([(tail, top), (x, top - 76), (x, top)], colour, 3)
    for step in range(16):
        left = x + side * (24 + step * 25)
        canvas.line([(left, top), (left + side * 12, top - 18), (left + side * 25, top)], colour, 1.6)
    canvas.box(min(tail, tail + side * 46), top - 4, 46, 40, canvas.palette.near)
    hook = x + side * 300
    canvas.line([(hook, top), (hook, top + 170)], canvas.palette.near, 1.6)
    canvas.box(hook - 40, top + 170, 80, 16, canvas.palette.near)


def yard(canvas: Canvas) -> None:
    """A courtyard of low houses with bare trees, under snow."""
    palette, snow = canvas.palette, mix(canvas.palette.haze, WHITE, 0.7)
    sky(canvas, 640, (1180, 230))
    ridges(canvas, 2, 520, 600)
    row(canvas, 700, 330, 0.5, 0.55)
    canvas.gradient(snow, mix(snow, palette.sky, 0.35), 694, 206)
    for x, height in ((140, 420), (470, 330), (1010, 360), (1420, 470)):
        canvas.disc(x, 742, height * 0.2, mix(snow, palette.sky, 0.35), 0.13)
        bare_tree(canvas, x, 742, height, palette.near)
    crowd(canvas, 6, 770, 100)
    snowfall(canvas, 200)
