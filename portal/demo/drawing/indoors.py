"""Under a roof: halls, museums, shops, workshops."""

import math

from portal.demo.drawing.canvas import Canvas
from portal.demo.drawing.nature import WHITE
from portal.demo.drawing.palettes import Colour, Palette, mix

BLACK = (0, 0, 0)
OAK = (122, 82, 52)


def _room(canvas: Canvas, wall: Colour, floor: Colour, line: float) -> None:
    """Paints a wall down to ``line`` and a floor below it."""
    canvas.gradient(mix(wall, BLACK, 0.2), wall, 0, line)
    canvas.gradient(mix(floor, BLACK, 0.25), floor, line, canvas.height - line)


def concert(canvas: Canvas) -> None:
    """An orchestra on the stage, lamps above, heads of listeners in front."""
    palette = canvas.palette
    _room(canvas, mix(palette.near, palette.accent, 0.2), mix(OAK, palette.near, 0.35), 560)
    for fold in range(-1, 34):
        x = fold * 50
        shade = mix(palette.accent, BLACK, 0.45 + 0.12 * math.sin(fold * 1.7))
        canvas.shape([(x, 0), (x + 30, 0), (x + 34, 560), (x - 4, 560)], mix(shade, BLACK, 0.4), shade)
    for x in (240, 520, 800, 1080, 1360):
        canvas.beam([(x - 14, 0), (x + 14, 0), (x + 150, 700), (x - 150, 700)], palette.light, 0.28)
        canvas.glow(x, 10, 90, palette.light, 0.8)
    canvas.disc(800, 640, 640, mix(palette.light, OAK, 0.55), 0.13)
    for tier, (y, count, spread) in enumerate(((560, 13, 470), (610, 11, 560), (668, 9, 640))):
        for place in range(count):
            angle = (place / (count - 1) - 0.5) * 2
            _player(canvas, 800 + angle * spread, y + 26 * angle * angle, 96 + 14 * tier)
    _conductor(canvas, 800, 760, 190)
    for _head in range(52):
        left, top = canvas.dice.uniform(-10, 1610), canvas.dice.uniform(838, 890)
        canvas.disc(left, top, 25, BLACK)
        canvas.disc(left, top + 56, 52, BLACK, 0.9)


def _player(canvas: Canvas, x: float, foot: float, height: float) -> None:
    dark, wood = mix(canvas.palette.near, BLACK, 0.5), mix(OAK, canvas.palette.light, 0.3)
    canvas.polygon(
        [
            (x - height * 0.17, foot),
            (x - height * 0.13, foot - height * 0.62),
            (x + height * 0.13, foot - height * 0.62),
            (x + height * 0.17, foot),
        ],
        dark,
    )
    canvas.disc(x, foot - height * 0.76, height * 0.1, (214, 170, 140))
    canvas.disc(x, foot - height * 0.81, height * 0.1, dark, 0.7)
    side = 1 if canvas.dice.random() < 0.5 else -1
    canvas.disc(x + side * height * 0.08, foot - height * 0.42, height * 0.11, wood, 1.3)
    canvas.disc(x + side * height * 0.08, foot - height * 0.56, height * 0.08, wood)
    canvas.line(
        [(x - side * height * 0.22, foot - height * 0.3), (x + side * height * 0.3, foot - height * 0.62)],
        mix(WHITE, wood, 0.3),
        2,
    )
    canvas.polygon(
        [
            (x - height * 0.2, foot - height * 0.12),
            (x + height * 0.2, foot - height * 0.12),
            (x + height * 0.17, foot - height * 0.34),
            (x - height * 0.17, foot - height * 0.34),
        ],
        mix(WHITE, wood, 0.25),
    )


def _conductor(canvas: Canvas, x: float, foot: float, height: float) -> None:
    dark = mix(canvas.palette.near, BLACK, 0.7)
    canvas.box(x - 90, foot, 180, 60, mix(OAK, BLACK, 0.4))
    canvas.polygon(
        [(x - 34, foot), (x - 30, foot - height * 0.74), (x + 30, foot - height * 0.74), (x + 34, foot)], dark
    )
    canvas.line(
        [(x - 26, foot - height * 0.7), (x - 74, foot - height * 0.82), (x - 84, foot - height * 1.08)], dark, 13
    )
    canvas.line(
        [(x + 26, foot - height * 0.7), (x + 78, foot - height * 0.78), (x + 96, foot - height * 1.02)], dark, 13
    )
    canvas.line([(x + 96, foot - height * 1.02), (x + 124, foot - height * 1.26)], WHITE, 2.4)
    canvas.disc(x, foot - height * 0.85, 19, dark)


def museum(canvas: Canvas) -> None:
    """Framed river maps on a wall, each under its lamp."""
    palette = canvas.palette
    wall = mix(palette.haze, palette.near, 0.3)
    _room(canvas, wall, mix(OAK, palette.haze, 0.25), 690)
    for board in range(-14, 15):
        canvas.line([(800 + board * 90, 690), (800 + board * 190, 900)], mix(OAK, BLACK, 0.2), 2)
    canvas.box(0, 676, 1600, 16, mix(wall, WHITE, 0.4))
    for x, width, height in ((120, 300, 380), (490, 620, 430), (1180, 300, 380)):
        top = 590 - height
        canvas.beam(
            [(x + width / 2 - 20, 40), (x + width / 2 + 20, 40), (x + width + 60, 640), (x - 60, 640)],
            palette.light,
            0.35,
        )
        canvas.box(x - 4, top + 8, width + 20, height + 12, mix(wall, BLACK, 0.35))
        canvas.box(x - 12, top - 12, width + 24, height + 24, mix(OAK, BLACK, 0.3))
        canvas.box(x, top, width, height, (244, 235, 214))
        _map(canvas, x + 16, top + 16, width - 32, height - 32)
    for x in (640, 720, 1010):
        _visitor(canvas, x, 850, 330)


def _map(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    palette, dice = canvas.palette, canvas.dice
    canvas.box(x, y, width, height, mix((240, 226, 196), palette.haze, 0.25))
    phase = dice.uniform(0, 6)
    course = [
        (x + width * step / 40, y + height * (0.5 + 0.2 * math.sin(phase + step / 6) + 0.07 * math.sin(step / 2.2)))
        for step in range(41)
    ]
    canvas.line(course, mix(palette.sky, palette.near, 0.2), height * 0.05)
    for _brook in range(5):
        left, top = course[dice.randint(4, 36)]
        end = y + dice.choice((0.04, 0.96)) * height
        bend = left + dice.uniform(-0.08, 0.08) * width
        canvas.line([(left, top), (bend, (top + end) / 2), (bend, end)], mix(palette.sky, palette.near, 0.1), 2.5)
    for _house in range(34):
        left, top = dice.uniform(x + 8, x + width - 16), dice.uniform(y + 8, y + height - 16)
        if all(abs(left - a) > 18 or abs(top - b) > height * 0.06 for a, b in course):
            canvas.box(left, top, dice.uniform(5, 14), dice.uniform(5, 10), mix(palette.accent, OAK, 0.4))


def _visitor(canvas: Canvas, x: float, foot: float, height: float) -> None:
    dark = mix(canvas.palette.near, BLACK, 0.3)
    coat = mix(canvas.dice.choice((canvas.palette.accent, canvas.palette.near)), dark, 0.35)
    canvas.box(x - 30, foot - height * 0.45, 26, height * 0.45, dark, 6)
    canvas.box(x + 4, foot - height * 0.45, 26, height * 0.45, dark, 6)
    canvas.box(x - 44, foot - height * 0.82, 88, height * 0.46, coat, 26)
    canvas.box(x - 9, foot - height * 0.86, 18, 24, mix((214, 170, 140), dark, 0.3))
    canvas.disc(x, foot - height * 0.915, height * 0.078, mix(OAK, dark, canvas.dice.uniform(0.2, 0.8)), 1.1)


def library(canvas: Canvas) -> None:
    """Shelves to the ceiling, a table with green lamps."""
    palette = canvas.palette
    _room(canvas, mix(OAK, BLACK, 0.45), mix(OAK, BLACK, 0.35), 640)
    paints = [
        mix(palette.accent, BLACK, 0.2),
        palette.near,
        palette.at(0.5),
        mix(OAK, palette.light, 0.35),
        palette.sky,
    ]
    for shelf in range(6):
        _books(canvas, 18 + shelf * 104, 92, paints)
        canvas.box(0, 110 + shelf * 104, 1600, 12, mix(OAK, palette.light, 0.12))
    for post in range(0, 1601, 320):
        canvas.box(post - 9, 0, 18, 650, mix(OAK, BLACK, 0.15))
    canvas.veil(BLACK, 0, 640, 0.45, 0.1)
    for x in (400, 800, 1200):
        canvas.glow(x, 640, 330, palette.light, 0.5)
    canvas.polygon([(150, 720), (1450, 720), (1600, 860), (0, 860)], mix(OAK, palette.light, 0.22))
    canvas.box(0, 858, 1600, 42, mix(OAK, BLACK, 0.25))
    for x in (400, 800, 1200):
        _reading_lamp(canvas, x)
        canvas.polygon([(x - 110, 770), (x - 4, 780), (x - 4, 830), (x - 130, 818)], (248, 243, 230))
        canvas.polygon([(x + 110, 770), (x + 4, 780), (x + 4, 830), (x + 130, 818)], (255, 251, 240))


def _books(canvas: Canvas, top: float, height: float, paints: list[Colour]) -> None:
    x = 0.0
    while x < canvas.width:
        width, high = canvas.dice.uniform(10, 27), height * canvas.dice.uniform(0.68, 0.97)
        paint = mix(canvas.dice.choice(paints), OAK, canvas.dice.uniform(0, 0.4))
        canvas.box(x, top + height - high, width - 1.5, high, paint)
        if canvas.dice.random() < 0.4:
            canvas.box(x + 2, top + height - high + 12, width - 5.5, 5, mix(paint, canvas.palette.light, 0.55))
        x += width + (canvas.dice.uniform(8, 22) if canvas.dice.random() < 0.04 else 0)


def _reading_lamp(canvas: Canvas, x: float) -> None:
    brass, glass = (176, 138, 62), (38, 110, 82)
    canvas.box(x - 4, 640, 8, 110, brass)
    canvas.disc(x, 752, 42, brass, 0.25)
    canvas.polygon([(x - 84, 662), (x - 58, 612), (x + 58, 612), (x + 84, 662)], glass)
    canvas.box(x - 84, 658, 168, 8, canvas.palette.light)


def laboratory(canvas: Canvas) -> None:
    """Flasks on a bench before a window."""
    palette = canvas.palette
    wall = mix(palette.haze, WHITE, 0.35)
    _room(canvas, wall, mix(palette.near, palette.haze, 0.5), 640)
    for x in (110, 610, 1110):
        canvas.box(x - 10, 70, 400, 380, WHITE)
        canvas.shape([(x, 80), (x + 380, 80), (x + 380, 440), (x, 440)], palette.sky, palette.haze)
        canvas.box(x + 186, 80, 8, 360, WHITE)
    canvas.box(0, 640, 1600, 26, mix(palette.near, WHITE, 0.2))
    canvas.gradient(mix(palette.near, palette.haze, 0.2), palette.near, 666, 234)
    liquids = (
        palette.accent,
        palette.sky,
        mix(palette.accent, palette.light, 0.6),
        mix(palette.near, palette.sky, 0.5),
    )
    for place, x in enumerate((250, 470, 690, 1180, 1390)):
        _flask(canvas, x, 640, 150 + 50 * (place % 3), liquids[place % 4])
    canvas.box(850, 618, 170, 22, palette.near, 8)
    canvas.line([(985, 620), (1000, 480), (930, 420)], palette.near, 22)
    canvas.line([(905, 560), (965, 400)], mix(palette.near, WHITE, 0.12), 34)
    canvas.box(862, 566, 110, 12, palette.near)


def _flask(canvas: Canvas, x: float, foot: float, height: float, liquid: Colour) -> None:
    glass = mix(canvas.palette.haze, WHITE, 0.7)
    neck, half = height * 0.1, height * 0.38
    waist = foot - height * 0.62
    canvas.polygon(
        [
            (x - neck, foot - height),
            (x + neck, foot - height),
            (x + neck, waist),
            (x + half, foot),
            (x - half, foot),
            (x - neck, waist),
        ],
        glass,
    )
    level = neck + (half - neck) * 0.45
    canvas.shape(
        [
            (x - level, foot - height * 0.34),
            (x + level, foot - height * 0.34),
            (x + half - 5, foot - 5),
            (x - half + 5, foot - 5),
        ],
        mix(liquid, WHITE, 0.25),
        liquid,
    )
    canvas.box(x - neck - 6, foot - height - 6, neck * 2 + 12, 10, glass, 4)
    for bubble in range(5):
        canvas.disc(
            x + canvas.dice.uniform(-0.5, 0.5) * half, foot - 14 - bubble * height * 0.05, 4, mix(liquid, WHITE, 0.6)
        )


def bakery(canvas: Canvas) -> None:
    """A shop window at night: loaves on shelves, a striped awning."""
    palette = canvas.palette
    brick = mix(palette.near, palette.accent, 0.3)
    _room(canvas, brick, mix(palette.near, palette.haze, 0.2), 800)
    for course in range(34):
        for place in range(21):
            x = place * 80 - (40 if course % 2 else 0)
            canvas.box(x, course * 24, 77, 21, mix(brick, BLACK, canvas.dice.uniform(0.02, 0.16)))
    canvas.box(240, 240, 1120, 540, mix(OAK, BLACK, 0.35))
    canvas.shape(
        [(262, 262), (1338, 262), (1338, 760), (262, 760)],
        mix(palette.light, WHITE, 0.2),
        mix(palette.light, OAK, 0.35),
    )
    for shelf in range(3):
        y = 420 + shelf * 140
        for place in range(10):
            _loaf(canvas, 320 + place * 106, y, canvas.dice.choice((0.45, 0.6, 0.8)))
        canvas.box(262, y, 1076, 12, mix(OAK, BLACK, 0.1))
    for stripe in range(14):
        left = 200 + stripe * 86
        paint = palette.accent if stripe % 2 else mix(palette.haze, WHITE, 0.6)
        canvas.polygon([(left + 30, 170), (left + 112, 170), (left + 86, 286), (left, 286)], paint)
        canvas.disc(left + 43, 286, 43, paint, 0.5)
    canvas.glow(800, 520, 900, palette.light, 0.35)


def _loaf(canvas: Canvas, x: float, foot: float, squash: float) -> None:
    crust = mix((178, 108, 48), canvas.palette.light, canvas.dice.uniform(0, 0.3))
    canvas.disc(x, foot - 42 * squash, 45, mix(crust, BLACK, 0.25), squash)
    canvas.disc(x, foot - 47 * squash, 43, crust, squash)
    for cut in (-18, 0, 18):
        canvas.line([(x + cut - 6, foot - 66 * squash), (x + cut + 8, foot - 34 * squash)], mix(crust, WHITE, 0.55), 3)


def market(canvas: Canvas) -> None:
    """Crates of apples under an awning."""
    palette = canvas.palette
    _room(canvas, mix(palette.haze, palette.near, 0.25), mix(OAK, BLACK, 0.3), 430)
    canvas.glow(800, 260, 800, palette.light, 0.5)
    paints = ((196, 52, 44), (222, 160, 52), (142, 170, 62), (176, 36, 52))
    for tier, (y, size) in enumerate(((330, 30), (480, 38), (670, 48))):
        for crate in range(5 - tier // 2):
            width = 340 + 60 * tier
            _crate(canvas, -60 + crate * width + tier * 30, y, width - 26, size, paints[(crate + tier) % 4])
    for stripe in range(17):
        paint = palette.accent if stripe % 2 else mix(palette.haze, WHITE, 0.7)
        canvas.box(stripe * 100 - 40, 0, 100, 120, paint)
        canvas.disc(stripe * 100 + 10, 120, 50, paint, 0.6)
    canvas.veil(BLACK, 0, 150, 0.25, 0)


def _crate(canvas: Canvas, x: float, y: float, width: float, size: float, paint: Colour) -> None:
    canvas.box(x, y, width, size * 3.4, mix(OAK, BLACK, 0.55))
    for line in range(3):
        for place in range(int(width // (size * 1.75))):
            middle = x + size + place * size * 1.75 + (size * 0.8 if line % 2 else 0)
            _apple(canvas, min(middle, x + width - size), y + size * (0.1 + 0.75 * line), size, paint)
    for slat in range(2):
        canvas.box(x - 8, y + size * (2.3 + slat * 0.95), width + 16, size * 0.8, mix(OAK, WHITE, 0.25))
    canvas.box(x - 8, y + size * 2.3, 14, size * 1.75, mix(OAK, BLACK, 0.1))


def _apple(canvas: Canvas, x: float, y: float, size: float, paint: Colour) -> None:
    tone = mix(paint, (230, 190, 90), canvas.dice.uniform(0, 0.35))
    canvas.disc(x, y, size, mix(tone, BLACK, 0.3))
    canvas.disc(x - size * 0.06, y - size * 0.08, size * 0.9, tone)
    canvas.disc(x - size * 0.32, y - size * 0.38, size * 0.26, mix(tone, WHITE, 0.45))
    canvas.line([(x, y - size * 0.75), (x + size * 0.18, y - size * 1.12)], mix(OAK, BLACK, 0.4), 3)


def figures(canvas: Canvas) -> None:
    """Bars that rise and a line above them: a picture for news of money."""
    palette: Palette = canvas.palette
    canvas.gradient(mix(palette.near, BLACK, 0.2), mix(palette.near, palette.sky, 0.35))
    canvas.glow(1250, 240, 760, palette.accent, 0.3)
    for level in range(1, 7):
        canvas.line([(140, 800 - level * 100), (1460, 800 - level * 100)], mix(palette.near, palette.haze, 0.2), 1.2)
    height, tops = 120.0, []
    for place in range(12):
        height = max(110, height + canvas.dice.uniform(-36, 108))
        x = 170 + place * 108
        paint = mix(palette.sky, palette.accent, place / 14)
        canvas.shape(
            [(x, 800 - height), (x + 66, 800 - height), (x + 66, 800), (x, 800)],
            mix(paint, WHITE, 0.2),
            mix(paint, palette.near, 0.5),
        )
        tops.append((x + 33, 760 - height))
    canvas.line(tops, palette.light, 5)
    for x, y in tops:
        canvas.glow(x, y, 34, palette.light, 0.6)
        canvas.disc(x, y, 8, palette.light)
    canvas.line([(140, 801), (1460, 801)], palette.haze, 3)
