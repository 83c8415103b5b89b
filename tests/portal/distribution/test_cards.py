"""The drawn picture of a story that has none."""

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.asserts import assertContains, assertNotContains

from articles import publishing
from articles.models import Article
from portal.distribution import cards
from portal.distribution.cards import Card, Words, draw_card
from portal.models import Distribution
from tests.factories import make_article, make_category, make_content, make_media

pytestmark = pytest.mark.django_db


def drawn(**fields: Any) -> Card:
    draw_card.func(make_article(**fields).pk)
    return Card.objects.get()


def words(title: str = "Мост через Серебрянку сдадут раньше срока", site: str = "Заречный вестник") -> Words:
    return Words(site, "Город", title, "#a8121c")


def ink(data: bytes | None, box: tuple[int, int, int, int]) -> int:
    """Returns how many pixels of a part of the picture are not paper."""
    assert data
    with Image.open(io.BytesIO(data)) as image:
        return sum(image.convert("L").crop(box).point(lambda value: 255 if value < 200 else 0).histogram()[255:])


def test_it_has_the_size_that_every_network_shows_whole() -> None:
    data = cards.picture(words())
    assert data
    with Image.open(io.BytesIO(data)) as image:
        assert (image.size, image.format) == ((1200, 630), "PNG")
    assert len(data) < 100_000


def test_it_writes_cyrillic_and_not_the_boxes_of_a_font_that_lacks_it() -> None:
    title = (72, 204, 1128, 300)
    drawings = {ink(cards.picture(words(letter * 3)), title) for letter in "ЖШЫЁ"}
    assert len(drawings) == 4


@pytest.mark.parametrize("title", ["Ы" * 500, "слово " * 200, "", "М", "A" * 60 + " " + "Б" * 60])
def test_it_writes_nothing_beyond_its_margins(title: str) -> None:
    data = cards.picture(words(title))
    assert ink(data, (1132, 131, 1200, 630)) == 0
    assert ink(data, (0, 600, 1200, 630)) == 0


def test_a_story_without_a_picture_is_shared_with_its_card(client: Client) -> None:
    card = drawn()
    page = client.get(card.article.get_absolute_url())
    assertContains(page, f'<meta property="og:image" content="{card.url}">')
    assertContains(page, '<meta name="twitter:card" content="summary_large_image">')


def test_it_is_drawn_when_the_story_is_published(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        draft = publishing.start(make_content(), by=None)
        publishing.publish(draft, draft.revisions.get(), by=None)
    assert default_storage.exists(Card.objects.get().path)


def test_it_is_drawn_anew_under_another_address_when_the_title_changes(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    before = drawn()
    Article.objects.update(title="Мост закрыт на ремонт")
    with django_capture_on_commit_callbacks(execute=True):
        draw_card.func(before.article_id)
    after = Card.objects.get()
    assert after.path != before.path
    assert (default_storage.exists(before.path), default_storage.exists(after.path)) == (False, True)


def test_drawing_twice_does_no_harm() -> None:
    before = drawn()
    draw_card.func(before.article_id)
    assert Card.objects.get().path == before.path


@pytest.mark.parametrize("change", ["hero", "withdrawn", "bin"])
def test_nothing_stays_public_of_a_card_that_is_not_shown(
    change: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    card = drawn()
    with django_capture_on_commit_callbacks(execute=True):
        if change == "hero":
            Article.objects.update(hero=make_media())
            draw_card.func(card.article_id)
        elif change == "withdrawn":
            publishing.withdraw(card.article)
        else:
            publishing.move_to_bin(card.article)
    assert not Card.objects.exists()
    assert not default_storage.exists(card.path)


def test_without_a_font_the_picture_of_the_site_stands_in(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "FONT_PACKAGE", "no_such_font")
    cards._font_file.cache_clear()
    media = make_media()
    Distribution(share_picture=media).save()
    article = make_article(category=make_category())
    draw_card.func(article.pk)
    cards._font_file.cache_clear()
    assert not Card.objects.exists()
    assertContains(client.get(article.get_absolute_url()), f'content="http://127.0.0.1:8000{media.url}"')


def test_without_anything_the_link_is_plain(client: Client) -> None:
    page = client.get(make_article().get_absolute_url())
    assertNotContains(page, "og:image")
    assertContains(page, '<meta name="twitter:card" content="summary">')


def test_a_story_that_is_gone_has_no_card() -> None:
    draw_card.func(10**9)
    assert not Card.objects.exists()
