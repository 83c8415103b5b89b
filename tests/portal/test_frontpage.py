"""The front page: pins first, then each zone by its rule, and no story twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from portal.front import FrontZone, Pin
from portal.frontpage import Front, arrange
from tests.factories import make_article, make_category, make_draft

pytestmark = pytest.mark.django_db


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
