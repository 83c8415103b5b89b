"""The Серебрянка: its bridges, its port, and what swims on it."""

import math

from portal.demo.drawing.canvas import Canvas
from portal.demo.drawing.city import lamp, row, walker
from portal.demo.drawing.nature import WHITE, clouds, conifer, ridges, sky, tree
from portal.demo.drawing.palettes import mix


def river(canvas: Canvas) -> None:
    """Wide water under hills, the sun upon it."""
    palette, x = canvas.palette, canvas.dice.uniform(480, 1120)
    sky(canvas, 520, (x, 290))
    clouds(canvas, 4)
    ridges(canvas, 4, 470, 525, 560)
    canvas.mirror(548, palette.at(0.35))
    canvas.glints(548, mix(palette.sun, palette.haze, 0.2), 110, x)
    canvas.glints(548, mix(palette.haze, WHITE, 0.3), 40)
    _reeds(canvas, 60, 0, 420)


def _reeds(canvas: Canvas, count: int, left: float, right: float) -> None:
    colour = canvas.palette.near
    for _each in range(count):
        x, height = canvas.dice.uniform(left, right), canvas.dice.uniform(60, 190)
        lean = canvas.dice.gauss(0, 14)
        canvas.line([(x, 905), (x + lean * 0.3, 900 - height * 0.6), (x + lean, 900 - height)], colour, 2.2)
        if canvas.dice.random() < 0.3:
            canvas.line(
                [(x + lean, 900 - height), (x + lean, 900 - height + 26)], mix(colour, canvas.palette.accent, 0.4), 6
            )


def city_bridge(canvas: Canvas) -> None:
    """A bridge on two pylons with stays, the city behind it."""
    palette = canvas.palette
    sky(canvas, 560, (canvas.dice.uniform(300, 700), 250))
    clouds(canvas, 4)
    row(canvas, 590, 230, 0.18, 0.4)
    row(canvas, 590, 130, 0.42, 0.5)
    deck, colour = 500, palette.at(0.95)
    for pylon in (470, 1130):
        for step in range(1, 11):
            high = 190 + step * 14
            for side in (-1, 1):
                canvas.line(
                    [(pylon, high), (pylon + side * (340 - step * 4) * (1.03 - step * 0.085), deck)], colour, 1.6
                )
        canvas.polygon([(pylon - 8, 160), (pylon + 8, 160), (pylon + 17, 600), (pylon - 17, 600)], colour)
    canvas.box(0, deck, 1600, 20, mix(colour, palette.accent, 0.25))
    canvas.box(0, deck - 8, 1600, 3, colour)
    for x in range(20, 1600, 66):
        canvas.glow(x, deck - 34, 30, palette.light, 0.7)
        canvas.line([(x, deck), (x, deck - 34)], colour, 2)
    canvas.mirror(592, palette.at(0.4), calm=1.2)
    canvas.glints(592, mix(palette.light, palette.haze, 0.3), 90)


def arch_bridge(canvas: Canvas) -> None:
    """An old stone bridge of four arches."""
    palette = canvas.palette
    sky(canvas, 520, (1180, 240))
    clouds(canvas, 4)
    ridges(canvas, 4, 420, 520, 620)
    for x in range(-20, 1640, 46):
        tree(
            canvas,
            x + canvas.dice.gauss(0, 12),
            580,
            canvas.dice.uniform(100, 170),
            palette.at(0.6),
            mix(palette.at(0.55), palette.accent, 0.35),
        )
    stone = mix(palette.haze, mix(palette.near, palette.accent, 0.4), 0.55)
    deck = [(x, 462 - 46 * math.sin(math.pi * x / 1600)) for x in range(0, 1601, 20)]
    canvas.shape([*deck, (1600, 640), (0, 640)], mix(stone, WHITE, 0.15), stone)
    shadow, gap = mix(stone, palette.near, 0.6), mix(palette.haze, palette.at(0.35), 0.5)
    for middle, half in ((220, 140), (590, 165), (1000, 165), (1380, 140)):
        canvas.disc(middle, 620, half + 12, mix(stone, palette.near, 0.35), 0.82)
        canvas.disc(middle, 622, half, shadow, 0.82)
        canvas.disc(middle + 20, 626, half - 12, gap, 0.82)
    canvas.line([(x, y - 9) for x, y in deck], mix(stone, palette.near, 0.5), 6)
    for x in (130, 400, 680, 960, 1240, 1500):
        lamp(canvas, x, 462 - 46 * math.sin(math.pi * x / 1600), 110)
    canvas.mirror(620, palette.at(0.4), calm=1.4)
    canvas.glints(620, mix(palette.haze, WHITE, 0.4), 70)


def harbour(canvas: Canvas) -> None:
    """Quay cranes, stacks of boxes and a ship."""
    palette = canvas.palette
    sky(canvas, 600, (canvas.dice.uniform(900, 1350), 250))
    clouds(canvas, 4)
    ridges(canvas, 3, 520, 570, 640)
    for x, scale in ((250, 0.7), (560, 0.85), (960, 1.1)):
        _quay_crane(canvas, x, 640, scale)
    paints = (palette.accent, palette.at(0.7), palette.at(0.45), mix(palette.accent, palette.haze, 0.4))
    for place in range(20):
        for level in range(canvas.dice.randint(1, 3)):
            canvas.box(8 + place * 82, 612 - level * 34, 78, 32, canvas.dice.choice(paints))
    canvas.box(0, 642, 1600, 26, palette.near)
    _barge(canvas, 1010, 676)
    canvas.mirror(680, palette.at(0.5))
    canvas.glints(680, mix(palette.haze, WHITE, 0.3), 70)


def _quay_crane(canvas: Canvas, x: float, foot: float, scale: float) -> None:
    colour = canvas.palette.at(0.35 + 0.55 * scale)

    def along(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + right * scale, foot - up * scale) for right, up in points]

    for left in (0, 130):
        canvas.line(along((left, 0), (left + (20 if left == 0 else -20), 330)), colour, 11 * scale)
    canvas.line(along((4, 90), (126, 90)), colour, 7 * scale)
    canvas.line(along((10, 170), (118, 90)), colour, 5 * scale)
    canvas.line(along((-60, 330), (390, 352)), colour, 11 * scale)
    canvas.line(along((60, 330), (62, 440), (384, 352)), colour, 4 * scale)
    canvas.line(along((62, 440), (-52, 330)), colour, 4 * scale)
    canvas.box(x + 40 * scale, foot - 326 * scale, 60 * scale, 40 * scale, mix(colour, canvas.palette.accent, 0.5))
    canvas.line(along((270, 346), (270, 190)), colour, 2 * scale)
    canvas.box(x + 230 * scale, foot - 190 * scale, 80 * scale, 34 * scale, canvas.palette.accent)


def _barge(canvas: Canvas, x: float, water: float) -> None:
    palette = canvas.palette
    hull = mix(palette.near, palette.accent, 0.2)
    canvas.polygon([(x - 40, water - 66), (x + 540, water - 66), (x + 500, water + 4), (x, water + 4)], hull)
    canvas.polygon([(x - 25, water - 18), (x + 512, water - 18), (x + 500, water + 4), (x, water + 4)], palette.accent)
    canvas.box(x + 380, water - 150, 120, 86, mix(palette.haze, WHITE, 0.6))
    canvas.box(x + 396, water - 138, 90, 24, palette.near)
    canvas.box(x + 430, water - 190, 26, 42, palette.accent)
    for place in range(4):
        canvas.box(x + place * 88, water - 100, 82, 34, palette.at(0.5 + 0.1 * place))


def regatta(canvas: Canvas) -> None:
    """Sails on the water."""
    palette = canvas.palette
    sky(canvas, 470, (380, 190))
    clouds(canvas, 5)
    ridges(canvas, 4, 420, 465, 520)
    canvas.mirror(500, palette.at(0.35), share=0.6)
    canvas.glints(500, mix(palette.haze, WHITE, 0.5), 160)
    for nearness in sorted(canvas.dice.uniform(0.05, 1) for _each in range(9)):
        x, y = canvas.dice.uniform(120, 1480), 520 + 240 * nearness**1.4
        _sail(canvas, x, y, 60 + 240 * nearness**1.3)


def _sail(canvas: Canvas, x: float, water: float, height: float) -> None:
    palette = canvas.palette
    white, paint = mix(palette.sun, WHITE, 0.6), canvas.dice.choice((palette.accent, palette.near, palette.at(0.6)))
    lean = height * 0.08
    top = (x + lean, water - height)
    canvas.polygon([top, (x + 4, water - height * 0.14), (x + height * 0.44, water - height * 0.12)], white)
    canvas.polygon(
        [top, (x - 3, water - height * 0.14), (x - height * 0.3, water - height * 0.1)], mix(white, paint, 0.75)
    )
    canvas.line([(x, water - height * 0.06), top], palette.near, max(1, height * 0.012))
    deck = water - height * 0.08
    canvas.polygon(
        [(x - height * 0.34, deck), (x + height * 0.5, deck), (x + height * 0.38, water), (x - height * 0.26, water)],
        paint,
    )
    canvas.polygon(
        [(x - height * 0.2, water + 3), (x + height * 0.3, water + 3), (x + lean, water + height * 0.4)],
        mix(palette.at(0.35), white, 0.3),
    )


def embankment(canvas: Canvas) -> None:
    """The walk along the river: a railing, young trees, lamps, people."""
    palette = canvas.palette
    sky(canvas, 500, (420, 250))
    clouds(canvas, 4)
    row(canvas, 520, 150, 0.15, 0.3)
    ridges(canvas, 2, 500, 520, 560)
    canvas.mirror(540, palette.at(0.35))
    canvas.glints(540, mix(palette.sun, palette.haze, 0.2), 90, 420)
    stone = mix(palette.haze, palette.near, 0.3)
    canvas.gradient(mix(stone, WHITE, 0.15), stone, 700, 200)
    canvas.box(0, 690, 1600, 14, mix(stone, palette.near, 0.5))
    for x in range(0, 1600, 40):
        canvas.box(x, 620, 5, 74, palette.near)
    canvas.box(0, 612, 1600, 9, palette.near)
    for x in (180, 520, 1080, 1420):
        tree(canvas, x, 760, canvas.dice.uniform(330, 400), palette.near, mix(palette.accent, palette.at(0.6), 0.2))
        canvas.disc(x, 762, 60, mix(stone, palette.near, 0.35), 0.14)
    for x in (350, 800, 1250):
        lamp(canvas, x, 730, 270)
    for x, height in ((660, 150), (712, 144), (940, 160), (1330, 150)):
        walker(canvas, x, 800, height, canvas.dice.choice((palette.accent, palette.at(0.8))))


def pier(canvas: Canvas) -> None:
    """The river station: a clock, a pier, a boat that waits."""
    palette = canvas.palette
    sky(canvas, 560, (1250, 240))
    clouds(canvas, 4)
    ridges(canvas, 3, 480, 540, 640)
    for x in (60, 130, 1470, 1540):
        conifer(canvas, x, 620, canvas.dice.uniform(190, 260), palette.at(0.7))
    wall = mix(palette.haze, WHITE, 0.5)
    canvas.box(330, 440, 620, 180, wall)
    canvas.box(310, 426, 660, 18, palette.near)
    canvas.box(590, 300, 100, 140, mix(wall, palette.accent, 0.12))
    canvas.polygon([(576, 302), (640, 200), (704, 302)], palette.near)
    canvas.disc(640, 358, 32, mix(palette.sun, WHITE, 0.5))
    canvas.line([(640, 336), (640, 358), (656, 366)], palette.near, 4)
    for place in range(9):
        canvas.box(352 + place * 66, 476, 46, 116, mix(palette.light, palette.near, canvas.dice.uniform(0.1, 0.6)), 20)
    canvas.box(0, 614, 1600, 20, palette.near)
    _motor_ship(canvas, 880, 660)
    canvas.mirror(664, palette.at(0.4))
    canvas.glints(664, mix(palette.sun, palette.haze, 0.2), 80)


def _motor_ship(canvas: Canvas, x: float, water: float) -> None:
    palette, white = canvas.palette, mix(canvas.palette.haze, WHITE, 0.75)
    canvas.box(x + 60, water - 136, 400, 44, white, 6)
    canvas.box(x + 30, water - 94, 500, 46, white, 6)
    for deck, count, left in ((126, 9, 78), (84, 12, 50)):
        for place in range(count):
            canvas.box(x + left + place * 40, water - deck, 26, 22, mix(palette.near, palette.light, 0.35), 4)
    canvas.box(x + 330, water - 178, 90, 44, white, 6)
    canvas.box(x + 200, water - 176, 44, 42, palette.accent)
    canvas.polygon(
        [(x - 6, water - 50), (x + 610, water - 50), (x + 560, water + 4), (x + 30, water + 4)], palette.near
    )
    canvas.line([(x - 4, water - 44), (x + 606, water - 44)], palette.accent, 5)
