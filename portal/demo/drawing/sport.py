"""Fields, ice, water: where the teams play."""

import math

from portal.demo.drawing.canvas import Canvas
from portal.demo.drawing.city import walker
from portal.demo.drawing.nature import WHITE, clouds, ridges, sky
from portal.demo.drawing.palettes import mix

BLACK = (0, 0, 0)
GRASS = (64, 132, 76)


def _stands(canvas: Canvas, top: float, bottom: float) -> None:
    """Fills rows of seats with people, seen from afar as dots."""
    palette, dice = canvas.palette, canvas.dice
    canvas.gradient(mix(palette.near, palette.haze, 0.35), palette.near, top, bottom - top)
    paints = (palette.accent, palette.haze, palette.sky, mix(palette.accent, WHITE, 0.4), palette.at(0.5))
    y = top + 12
    while y < bottom - 8:
        for x in range(-4, 1604, 15):
            if dice.random() < 0.72:
                canvas.disc(
                    x + dice.uniform(-3, 3), y + dice.uniform(-2, 2), 5, mix(dice.choice(paints), palette.near, 0.25)
                )
        y += 15


def _floodlight(canvas: Canvas, x: float, foot: float, top: float) -> None:
    canvas.line([(x, foot), (x, top)], canvas.palette.near, 7)
    canvas.box(x - 62, top - 52, 124, 62, canvas.palette.near, 6)
    for lamp in range(10):
        canvas.disc(x - 48 + (lamp % 5) * 24, top - 34 + (lamp // 5) * 26, 9, WHITE)
    canvas.glow(x, top - 20, 260, canvas.palette.light, 0.75)


def football(canvas: Canvas) -> None:
    """A field under floodlights, the goal near by."""
    palette = canvas.palette
    sky(canvas, 420)
    clouds(canvas, 3)
    ridges(canvas, 2, 330, 370, 420)
    _floodlight(canvas, 200, 420, 110)
    _floodlight(canvas, 1400, 420, 110)
    _stands(canvas, 330, 470)
    canvas.gradient(mix(GRASS, palette.haze, 0.3), mix(GRASS, palette.near, 0.15), 470, 430)
    for stripe in range(-9, 9, 2):
        far, near = (800 + stripe * 92, 800 + stripe * 250)
        canvas.shape(
            [(far, 470), (far + 92, 470), (near + 250, 900), (near, 900)],
            mix(GRASS, palette.haze, 0.38),
            mix(GRASS, palette.near, 0.02),
        )
    white = mix(WHITE, GRASS, 0.12)
    canvas.line([(0, 500), (1600, 500)], white, 3)
    canvas.line([(430, 500), (300, 610), (1300, 610), (1170, 500)], white, 4)
    canvas.line([(0, 800), (1600, 800)], white, 7)
    _goal(canvas, 640, 500, 320)
    for x, y, height, paint in (
        (330, 720, 150, palette.accent),
        (700, 640, 112, palette.near),
        (930, 690, 132, palette.accent),
        (1270, 760, 166, palette.near),
    ):
        canvas.disc(x, y, height * 0.25, mix(GRASS, BLACK, 0.35), 0.2)
        walker(canvas, x, y, height, paint)
    canvas.disc(1010, 742, 17, WHITE)
    canvas.disc(1012, 746, 6, palette.near)


def _goal(canvas: Canvas, x: float, foot: float, width: float) -> None:
    net = mix(WHITE, GRASS, 0.35)
    for step in range(17):
        left = x + width * step / 16
        canvas.line([(left, foot - 120), (left, foot)], net, 0.8)
    for step in range(7):
        canvas.line([(x, foot - 120 + step * 20), (x + width, foot - 120 + step * 20)], net, 0.8)
    canvas.line([(x, foot), (x, foot - 122), (x + width, foot - 122), (x + width, foot)], WHITE, 6)


def rink(canvas: Canvas) -> None:
    """Ice with its lines, two teams at the puck."""
    palette = canvas.palette
    canvas.gradient(mix(palette.near, BLACK, 0.4), palette.near, 0, 360)
    for x in (200, 600, 1000, 1400):
        canvas.glow(x, 40, 300, palette.light, 0.5)
        canvas.box(x - 90, 30, 180, 14, WHITE, 6)
    _stands(canvas, 200, 400)
    canvas.box(0, 396, 1600, 64, mix(WHITE, palette.haze, 0.3))
    canvas.box(0, 396, 1600, 10, palette.accent)
    canvas.box(0, 446, 1600, 14, (230, 190, 60))
    ice = mix(WHITE, palette.haze, 0.35)
    canvas.gradient(mix(ice, palette.sky, 0.12), ice, 460, 440)
    for x in (200, 600, 1000, 1400):
        canvas.glow(x, 640, 260, WHITE, 0.6, 0.4)
    canvas.polygon([(770, 460), (830, 460), (860, 900), (740, 900)], mix((196, 40, 44), ice, 0.2))
    for x in (300, 1300):
        canvas.polygon(
            [(x - 16, 460), (x + 16, 460), (x + (x - 800) * 0.42 + 32, 900), (x + (x - 800) * 0.42 - 32, 900)],
            mix((38, 84, 170), ice, 0.25),
        )
    for radius, paint in ((300, (38, 84, 170)), (290, ice)):
        canvas.disc(800, 680, radius, mix(paint, ice, 0.2), 0.42)
    for x, y, paint, side in (
        (600, 650, palette.accent, 1),
        (930, 660, palette.near, -1),
        (430, 780, palette.accent, 1),
        (1130, 790, palette.near, -1),
        (1330, 620, palette.accent, -1),
    ):
        _skater(canvas, x, y, 190, paint, side)
    canvas.disc(790, 712, 11, BLACK, 0.5)


def _skater(canvas: Canvas, x: float, foot: float, height: float, paint: tuple[int, int, int], side: int) -> None:
    dark = mix(canvas.palette.near, BLACK, 0.4)
    canvas.disc(x, foot + 2, height * 0.3, mix(canvas.palette.haze, canvas.palette.sky, 0.4), 0.18)
    for step in (-0.22, 0.16):
        canvas.line(
            [(x, foot - height * 0.44), (x + height * step, foot - height * 0.2), (x + height * step * 1.2, foot - 5)],
            dark,
            height * 0.1,
        )
        canvas.line(
            [(x + height * (step * 1.2 - 0.08), foot), (x + height * (step * 1.2 + 0.1), foot)],
            mix(WHITE, dark, 0.3),
            4,
        )
    canvas.polygon(
        [
            (x - height * 0.15, foot - height * 0.42),
            (x - height * 0.1 + side * height * 0.1, foot - height * 0.84),
            (x + height * 0.14 + side * height * 0.1, foot - height * 0.84),
            (x + height * 0.17, foot - height * 0.42),
        ],
        paint,
    )
    canvas.line(
        [(x + side * height * 0.12, foot - height * 0.76), (x + side * height * 0.34, foot - height * 0.5)],
        paint,
        height * 0.09,
    )
    canvas.disc(x + side * height * 0.13, foot - height * 0.92, height * 0.085, mix(paint, BLACK, 0.25))
    canvas.line(
        [
            (x + side * height * 0.2, foot - height * 0.62),
            (x + side * height * 0.6, foot - 4),
            (x + side * height * 0.76, foot - 4),
        ],
        (150, 110, 70),
        6,
    )


def pool(canvas: Canvas) -> None:
    """Lanes of a swimming pool that run away from us."""
    palette = canvas.palette
    wall = mix(palette.haze, WHITE, 0.4)
    canvas.gradient(mix(wall, palette.sky, 0.2), wall, 0, 330)
    for x in range(60, 1600, 250):
        canvas.shape([(x, 50), (x + 190, 50), (x + 190, 250), (x, 250)], palette.sky, mix(palette.haze, WHITE, 0.3))
        canvas.box(x + 92, 50, 6, 200, wall)
    water = mix(palette.sky, (34, 150, 190), 0.6)
    canvas.gradient(mix(water, WHITE, 0.35), mix(water, palette.near, 0.2), 330, 570)
    for lane in range(-4, 5):
        _rope(canvas, 800 + lane * 120, 340, 800 + lane * 330, 900)
    canvas.glints(340, mix(water, WHITE, 0.65), 260)
    for lane, y in ((-3, 470), (-2, 560), (0, 520), (1, 650), (2, 500), (3, 600)):
        spread = 120 + 210 * (y - 340) / 560
        _swimmer(canvas, 800 + (lane + 0.5) * spread, y, 0.5 + (y - 340) / 300)
    canvas.box(0, 318, 1600, 18, mix(WHITE, palette.haze, 0.2))
    for lane in range(-4, 4):
        canvas.box(836 + lane * 120, 292, 48, 32, palette.accent, 4)


def _rope(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    for step in range(34):
        share = (step / 33) ** 1.7
        paint = canvas.palette.accent if step % 2 else WHITE
        canvas.disc(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, 2 + 8 * share, paint, 0.8)


def _swimmer(canvas: Canvas, x: float, y: float, scale: float) -> None:
    skin, side = (222, 172, 140), canvas.dice.choice((-1, 1))
    canvas.glow(x, y + 8 * scale, 60 * scale, WHITE, 0.7, 0.5)
    canvas.line(
        [(x + side * 14 * scale, y), (x + side * 34 * scale, y - 30 * scale), (x + side * 22 * scale, y - 54 * scale)],
        skin,
        9 * scale,
    )
    canvas.disc(x, y, 26 * scale, skin, 0.5)
    canvas.disc(x, y - 10 * scale, 13 * scale, canvas.palette.accent)


def medals(canvas: Canvas) -> None:
    """A cup and rays of light: a picture for those who won."""
    palette = canvas.palette
    canvas.gradient(mix(palette.near, BLACK, 0.1), mix(palette.accent, palette.near, 0.45))
    for ray in range(24):
        angle, wide = ray * math.pi / 12, 0.055
        ends = [(800 + 1200 * math.cos(angle + turn), 430 + 1200 * math.sin(angle + turn)) for turn in (-wide, wide)]
        canvas.polygon([(800, 430), *ends], mix(palette.accent, palette.near, 0.35))
    canvas.glow(800, 430, 620, palette.light, 0.75)
    gold, shade = (232, 184, 72), (168, 116, 34)
    for side in (-1, 1):
        canvas.disc(800 + side * 190, 330, 92, gold)
        canvas.disc(800 + side * 190, 330, 62, mix(palette.light, gold, 0.2))
    canvas.shape([(610, 200), (990, 200), (960, 400), (890, 500), (710, 500), (640, 400)], mix(gold, WHITE, 0.3), shade)
    canvas.disc(800, 200, 190, mix(gold, WHITE, 0.35), 0.14)
    canvas.disc(800, 202, 168, shade, 0.11)
    canvas.polygon([(772, 495), (828, 495), (850, 640), (750, 640)], mix(gold, shade, 0.4))
    canvas.box(680, 636, 240, 36, gold, 6)
    canvas.box(640, 670, 320, 96, mix(palette.near, BLACK, 0.5), 6)
    canvas.box(720, 694, 160, 46, gold, 3)
    for _spark in range(70):
        x, y = canvas.dice.uniform(60, 1540), canvas.dice.uniform(40, 860)
        canvas.box(x, y, 12, 7, mix(canvas.dice.choice((gold, palette.accent, palette.haze)), WHITE, 0.25))
