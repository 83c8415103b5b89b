"""The pictures of the demo."""

import io

import pytest
from PIL import Image

from portal.demo import drawing
from portal.demo.drawing.portraits import Face, portrait


def test_it_draws_the_same_picture_from_the_same_seed() -> None:
    first, again, other = (drawing.draw("river", "dawn", seed) for seed in (1, 1, 2))
    assert first == again != other
    assert Image.open(io.BytesIO(first)).size == (1600, 900)


@pytest.mark.parametrize("scene", drawing.SCENES)
def test_it_can_draw_every_scene(scene: str) -> None:
    picture = Image.open(io.BytesIO(drawing.draw(scene, "dusk", 3)))
    assert len(picture.getcolors(1600 * 900) or []) > 1000


@pytest.mark.parametrize("cut", ["short", "bob", "long", "bun", "bald"])
def test_it_can_draw_every_face(cut: str) -> None:
    face = Face(palette="day", hair="#3a2c24", coat="#7a3b2e", cut=cut, beard=True, glasses=True)
    assert Image.open(io.BytesIO(portrait(face))).size == (640, 640)
