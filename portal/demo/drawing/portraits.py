"""Faces of the authors, drawn as flat as a stamp."""

import math
from dataclasses import dataclass

from portal.demo.drawing.canvas import Canvas
from portal.demo.drawing.palettes import PALETTES, Colour, mix, rgb

SIDE = 640
SKIN = rgb("#eac4a4")


@dataclass(frozen=True)
class Face:
    """What tells one author from another."""

    palette: str
    hair: str
    coat: str
    cut: str
    """short, bob, long, bun or bald"""
    beard: bool = False
    glasses: bool = False


def portrait(face: Face) -> bytes:
    """Draws a face; returns a JPEG of 640 × 640."""
    canvas = Canvas(PALETTES[face.palette], seed=1, width=SIDE, height=SIDE)
    hair, coat = rgb(face.hair), rgb(face.coat)
    canvas.gradient(canvas.palette.sky, canvas.palette.haze)
    canvas.glow(320, 270, 380, canvas.palette.sun, 0.5)
    _hair_behind(canvas, face.cut, hair)
    _shoulders(canvas, coat)
    _head(canvas, hair)
    if face.beard:
        canvas.disc(320, 374, 92, hair, 0.9)
        canvas.disc(320, 322, 104, SKIN, 0.62)
        canvas.disc(320, 352, 40, hair, 0.3)
    _features(canvas, hair)
    _hair_in_front(canvas, face.cut, hair)
    if face.glasses:
        _glasses(canvas)
    return canvas.jpeg()


def _shoulders(canvas: Canvas, coat: Colour) -> None:
    canvas.box(280, 380, 80, 120, mix(SKIN, (150, 90, 60), 0.28), 30)
    canvas.disc(320, 690, 240, coat, 0.95)
    canvas.polygon(
        [(258, 478), (320, 590), (382, 478), (352, 456), (320, 470), (288, 456)], mix(coat, (255, 255, 255), 0.75)
    )
    canvas.polygon([(286, 470), (320, 530), (354, 470), (320, 486)], mix(SKIN, (150, 90, 60), 0.2))


def _head(canvas: Canvas, hair: Colour) -> None:
    for side in (-1, 1):
        canvas.disc(320 + side * 112, 312, 22, mix(SKIN, (190, 110, 80), 0.25), 1.3)
    canvas.disc(320, 300, 112, SKIN, 1.22)
    for side in (-1, 1):
        canvas.glow(320 + side * 62, 346, 40, (226, 130, 108), 0.5)


def _features(canvas: Canvas, hair: Colour) -> None:
    dark = (52, 40, 38)
    for side in (-1, 1):
        canvas.disc(320 + side * 44, 302, 9, dark, 1.15)
        canvas.disc(323 + side * 44, 298, 3, (255, 255, 255))
        brow = [(320 + side * 24, 272), (320 + side * 46, 264), (320 + side * 68, 272)]
        canvas.line(brow, mix(hair, dark, 0.3), 7)
    canvas.line([(320, 306), (312, 340), (326, 344)], mix(SKIN, (160, 90, 60), 0.5), 5)
    canvas.line([(290, 374), (306, 384), (334, 384), (350, 374)], (178, 78, 72), 7)


def _hair_behind(canvas: Canvas, cut: str, hair: Colour) -> None:
    shade = mix(hair, (0, 0, 0), 0.25)
    if cut == "long":
        canvas.box(188, 210, 264, 340, shade, 120)
    elif cut == "bob":
        canvas.box(190, 200, 260, 232, shade, 104)
    elif cut == "bun":
        canvas.disc(320, 128, 58, shade)


def _hair_in_front(canvas: Canvas, cut: str, hair: Colour) -> None:
    if cut == "bald":
        return
    turns = [math.pi * (1 + step / 24) for step in range(25)]
    crown = [(320 + 118 * math.cos(turn), 300 + 154 * math.sin(turn)) for turn in turns]
    fringe = {
        "short": [(418, 268), (404, 226), (350, 214), (262, 232), (226, 268)],
        "bun": [(424, 262), (386, 214), (320, 198), (254, 214), (216, 262)],
        "bob": [(424, 284), (416, 246), (330, 232), (256, 250), (222, 286)],
        "long": [(424, 284), (400, 226), (344, 194), (262, 224), (218, 290)],
    }[cut]
    canvas.shape([*crown, *fringe], mix(hair, (255, 255, 255), 0.14), hair)


def _glasses(canvas: Canvas) -> None:
    frame = (44, 44, 52)
    for side in (-1, 1):
        middle = 320 + side * 46
        ring = [(middle - 36, 280), (middle + 36, 280), (middle + 32, 326), (middle - 32, 326), (middle - 36, 280)]
        canvas.line([*ring, ring[1]], frame, 6)
        canvas.line([(middle + side * 36, 286), (320 + side * 112, 294)], frame, 5)
    canvas.line([(310, 292), (330, 292)], frame, 6)
