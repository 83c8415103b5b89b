"""The front page: pins first, then each zone by its rule, and no story twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from lib.pagecache.rendering import Render, rendering
from portal.front import FrontZone, Pin
from portal.frontpage import Front, arrange
from tests.factories import make_article, make_category, make_draft
from tests.harness.pages import holes_aside

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=30)


@pytest.fixture(autouse=True)
def zones() -> dict[str, FrontZone]:
    """A lead, two seconds, a stream of three, and two of every main category."""
    FrontZone.objects.all().delete()
    sizes = {"lead": 1, "seconds": 2, "stream": 3, "categories": 2}
    return {
        kind: FrontZone.objects.create(language="ru", kind=kind, size=size, order=order)
        for order, (kind, size) in enumerate(sizes.items())
    }


def titles(articles: list[Article]) -> list[str]:
    return [article.title for article in articles]


def every_story(front: Front) -> list[Article]:
    return [
        *([front.lead] if front.lead else []),
        *front.seconds,
        *front.stream,
        *sum((b.articles for b in front.blocks), []),
    ]


def test_it_shows_no_story_twice() -> None:
    categories = [make_category("Город"), make_category("Культура")]
    for number in range(12):
        make_article(f"Новость {number}", category=categories[number % 2])
    shown = titles(every_story(arrange("ru", timezone.now())))
    assert len(shown) == len(set(shown)) == 10


def test_it_holds_a_pin_until_its_end(zones: dict[str, FrontZone]) -> None:
    pinned = make_article("Держим", at=timezone.now() - timedelta(days=3))
    make_article("Свежая")
    now = timezone.now()
    Pin.objects.create(zone=zones["lead"], article=pinned, until=now + timedelta(hours=1))
    leads = [arrange("ru", now + timedelta(minutes=minutes)).lead for minutes in (59, 60)]
    assert [lead.title for lead in leads if lead] == ["Держим", "Свежая"]


def test_it_gives_a_pinned_story_to_its_zone_even_below_the_others(zones: dict[str, FrontZone]) -> None:
    newest = make_article("Новейшая", category=make_category())
    make_article("Старее", at=timezone.now() - timedelta(hours=1))
    Pin.objects.create(zone=zones["stream"], article=newest)
    front = arrange("ru", timezone.now())
    assert (front.lead and front.lead.title, titles(front.stream)) == ("Старее", ["Новейшая"])


def test_it_shows_no_pin_that_readers_may_not_see(zones: dict[str, FrontZone]) -> None:
    Pin.objects.create(zone=zones["lead"], article=make_draft("Черновик"))
    Pin.objects.create(zone=zones["lead"], article=make_article("Завтра", at=timezone.now() + timedelta(days=1)))
    assert arrange("ru", timezone.now()).lead is None


def test_it_puts_what_a_lead_zone_holds_besides_the_lead_beside_it(zones: dict[str, FrontZone]) -> None:
    zones["lead"].size = 2
    zones["lead"].save()
    for number in range(2):
        make_article(f"Новость {number}")
    front = arrange("ru", timezone.now())
    assert (front.lead and front.lead.title, titles(front.seconds)) == ("Новость 1", ["Новость 0"])


def test_it_is_empty_while_there_is_no_news() -> None:
    assert every_story(arrange("ru", timezone.now())) == []


def test_it_holds_a_story_at_its_place_and_fills_the_others_around_it(zones: dict[str, FrontZone]) -> None:
    for number in range(5):
        make_article(f"Новость {number}", at=timezone.now() - timedelta(hours=number))
    Pin.objects.create(zone=zones["stream"], article=make_article("Держим", at=LONG_AGO), position=2)
    assert titles(arrange("ru", timezone.now()).stream) == ["Новость 3", "Держим", "Новость 4"]


def test_it_seats_no_more_pins_than_there_are_places(zones: dict[str, FrontZone]) -> None:
    for number in range(4):
        Pin.objects.create(zone=zones["seconds"], article=make_article(f"Новость {number}"), depth=number)
    assert titles(arrange("ru", timezone.now()).seconds) == ["Новость 0", "Новость 1"]


def test_it_fills_a_zone_however_many_of_its_stories_stand_above(zones: dict[str, FrontZone]) -> None:
    zones["stream"].size = 30
    zones["stream"].save()
    city = make_category("Город")
    for number in range(36):
        make_article(f"Новость {number}", category=city, at=timezone.now() - timedelta(hours=number))
    front = arrange("ru", timezone.now())
    assert titles(front.blocks[0].articles) == ["Новость 33", "Новость 34"]


def test_it_leaves_out_what_is_switched_off(zones: dict[str, FrontZone]) -> None:
    make_article("Мост", category=make_category())
    zones["lead"].is_on = False
    zones["lead"].save()
    front = arrange("ru", timezone.now())
    assert (front.lead, titles(front.seconds)) == (None, ["Мост"])


def test_it_asks_no_more_of_the_database_however_much_there_is(client: Client, zones: dict[str, FrontZone]) -> None:
    categories = [make_category(f"Рубрика {number}") for number in range(8)]
    for order, kind in enumerate(["opinion", "most_read"], start=8):
        FrontZone.objects.create(language="ru", kind=kind, size=4, order=order)
    asked = []
    for number in range(40):
        article = make_article(f"Новость {number}", category=categories[number % 8], is_opinion=number % 5 == 0)
        if number % 3 == 0:
            Pin.objects.create(zone=zones["stream" if number % 2 else "lead"], article=article, position=number % 4 + 1)
        if number in {0, 39}:
            with holes_aside(), CaptureQueriesContext(connection) as queries:
                client.get("/")
            asked.append(len(queries))
    assert asked[0] == asked[1]


def test_it_tells_the_stored_page_when_its_pins_end(zones: dict[str, FrontZone]) -> None:
    now = timezone.now()
    for hours in (3, 2):
        Pin.objects.create(zone=zones["seconds"], article=make_article(at=LONG_AGO), until=now + timedelta(hours=hours))
    with rendering(Render(began_at=now)) as render:
        arrange("ru", now)
    assert render.changes_at == now + timedelta(hours=2)
    assert "front:ru" in render.tags
