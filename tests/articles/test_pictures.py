"""The sizes of a picture: which are drawn, around which point, and what a page is told of them."""

import io

import pytest
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from articles.pictures import RATIOS, crop_box, draw_again, draw_renditions, sizes_for, sources
from tests.factories import make_media, make_picture

lengths = st.integers(1, 12_000)
places = st.floats(0, 1)


@given(lengths, lengths, st.sampled_from(list(RATIOS.values())), places, places)
def test_it_crops_within_the_picture(width: int, height: int, ratio: float, x: float, y: float) -> None:
    left, top, right, bottom = crop_box(width, height, ratio, (x, y))
    assert 0 <= left <= right <= width
    assert 0 <= top <= bottom <= height
    assert abs((right - left) - (bottom - top) * ratio) <= max(ratio, 1)


@given(lengths, lengths)
def test_it_never_enlarges_a_picture(width: int, height: int) -> None:
    sizes = list(sizes_for(width, height))
    assert sizes
    assert all(size.width <= width for size in sizes)
    assert len(sizes) == len(set(sizes))


@pytest.mark.django_db
def test_it_tells_a_page_the_sizes_that_are_drawn() -> None:
    media = make_media(content=make_picture(800, 600))
    draw_renditions.func(media.pk)
    media.refresh_from_db()
    found = sources(media, "16x9")
    assert (found.width, found.height) == (800, 450)
    assert [part.split()[1] for part in found.avif_srcset.split(", ")] == ["320w", "480w", "640w", "800w"]
    with default_storage.open(media.rendition_path("16x9", 640, "avif")) as file, Image.open(file) as drawn:
        assert drawn.size == (640, 360)


@pytest.mark.django_db
def test_it_shows_the_picture_itself_until_sizes_are_drawn() -> None:
    media = make_media(content=make_picture(800, 600))
    assert sources(media, "16x9") == sources(media)
    assert sources(media).src == media.url


@pytest.mark.django_db
def test_it_draws_under_new_addresses_after_a_new_focus() -> None:
    media = make_media(content=make_picture(400, 400))
    before = media.rendition_path("16x9", 320, "jpeg")
    media.focal_y = 0.0
    media.save()
    draw_again(media)
    assert media.rendition_path("16x9", 320, "jpeg") != before
    assert media.file.storage.exists(str(media.file.name))


@pytest.mark.django_db
def test_it_leaves_a_moving_picture_as_it_is() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    media = make_media("moving.gif", content=buffer.getvalue())
    draw_renditions.func(media.pk)
    media.refresh_from_db()
    assert media.renditions == {}
