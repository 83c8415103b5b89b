"""The sizes of a picture: which are drawn, around which point, and what a page is told of them."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Page as BrowserPage

from articles.models import Media
from articles.pictures import RATIOS, Sources, crop_box, draw_again, draw_renditions, sizes_for, sources
from tests.factories import make_article, make_media, make_picture

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
    assert sources(media) == Sources(media.url, 800, 600)
    assert sources(media, "16x9") == Sources(media.url, 800, 450)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("size", "focus", "crop", "classes"),
    [
        ((800, 600), (0.5, 0.0), "16x9", "focus-y0"),
        ((800, 600), (0.9, 1.0), "16x9", "focus-y10"),
        ((900, 300), (0.3, 0.5), "16x9", "focus-x0"),
        ((900, 300), (0.4, 0.5), "1x1", "focus-x4"),
        ((800, 450), (0.0, 0.0), "16x9", ""),
    ],
)
def test_it_keeps_the_focus_in_view_until_sizes_are_drawn(
    size: tuple[int, int], focus: tuple[float, float], crop: str, classes: str
) -> None:
    media = make_media(content=make_picture(*size), focal_x=focus[0], focal_y=focus[1])
    assert sources(media, crop).focus == classes


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


@pytest.mark.django_db
def test_it_asks_at_once_for_the_picture_that_readers_see_first_and_later_for_the_others(client: Client) -> None:
    for number in range(3):
        make_article(f"Мост {number}", hero=make_media())
    pictures = re.findall(r'<div class="card-picture">.*?</div>', client.get("/news/").text, re.DOTALL)
    assert ["loading=" in each for each in pictures] == [False, True, True]
    assert ["fetchpriority=" in each for each in pictures] == [True, False, False]


@pytest.mark.django_db
def test_it_credits_the_picture_of_a_story(client: Client) -> None:
    article = make_article(hero=make_media(credit="Фото: Илья Соснин"))
    assert '<span class="credit">Фото: Илья Соснин</span>' in client.get(article.get_absolute_url()).text


def test_it_shows_a_new_picture_well_before_its_sizes_are_drawn(site: str, page: BrowserPage) -> None:
    """The worker has not run: the page crops the picture itself, in the place that was reserved."""
    upper, lower = Image.new("RGB", (900, 450), "#0000ff"), Image.new("RGB", (900, 900), "#ff0000")
    lower.paste(upper, (0, 0))
    buffer = io.BytesIO()
    lower.save(buffer, "PNG")
    media = make_media("tall.png", content=buffer.getvalue(), focal_y=0.0)
    Media.objects.filter(pk=media.pk).update(renditions={})
    page.goto(site + make_article(hero=media).get_absolute_url())
    hero = page.locator(".hero img")
    box = hero.bounding_box()
    assert box and round(box["width"] / box["height"], 2) == 1.78
    assert hero.evaluate("each => getComputedStyle(each).objectPosition") == "50% 0%"
