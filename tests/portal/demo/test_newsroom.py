"""The demo newsroom as readers and editors find it."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model
from django.test import Client
from pytest_django import DjangoDbBlocker

from articles.models import Article, Author, Correction, Media, Move, Revision, State
from comments.models import PortalComment, Status
from lib.html import clean
from portal.demo.newsroom import times_before
from portal.demo.signins import PASSWORD, SIGN_INS
from portal.demo.typography import typeset
from portal.models import Page, TickerItem


@pytest.fixture(scope="module")
def newsroom(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Fills the demo once for all tests of this module, and returns what the command said."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield run(pictures=2)
        transaction.set_rollback(True)


@pytest.fixture
def demo(newsroom: str, db: None) -> str:
    return newsroom


def locations(client: Client, path: str) -> list[str]:
    found = re.findall(r"<loc>(.*?)</loc>", client.get(path).content.decode())
    return [urlsplit(each).path for each in found]


def test_it_answers_at_every_address_of_the_sitemap(demo: str, client: Client) -> None:
    addresses = [page for part in locations(client, "/sitemap.xml") for page in locations(client, part)]
    assert len(addresses) > 120
    assert [address for address in addresses if client.get(address).status_code != 200] == []


def test_it_shows_pictures_of_both_editions_on_the_first_page_of_the_library(demo: str, client: Client) -> None:
    client.force_login(User.objects.get(username="editor"))
    shown = client.get("/admin/articles/media/").context["cl"].result_list
    credits = {picture.credit for picture in shown}
    assert credits >= {"Рисунок редакции", "Drawing by the Herald"}


def test_it_says_how_to_sign_in(demo: str) -> None:
    assert f"{settings.BASE_URL}/admin/" in demo
    assert PASSWORD in demo
    assert all(person.username in demo for person in SIGN_INS)


def rows() -> dict[type[Model], int]:
    """Counts the rows of every table of the site; the tests of the page cache have models of their own."""
    ours = [model for model in apps.get_models() if not model.__module__.startswith("tests.")]
    return {model: model._default_manager.count() for model in ours}


def test_it_changes_nothing_when_it_runs_again(demo: str) -> None:
    before = rows()
    run(pictures=1)
    assert rows() == before


def test_it_makes_one_sign_in_for_each_role(demo: str, client: Client) -> None:
    groups = {person.username: person.role for person in SIGN_INS if person.role != "Administrator"}
    assert dict(User.objects.exclude(groups=None).values_list("username", "groups__name")) == groups
    assert User.objects.get(is_superuser=True).username == "admin"
    assert all(client.login(username=person.username, password=PASSWORD) for person in SIGN_INS)


def test_it_has_work_in_every_state(demo: str) -> None:
    states = Counter(Article.objects.values_list("state", flat=True))
    assert states[State.PUBLISHED] > 80
    assert states[State.WITHDRAWN] == 2
    assert all(states[state] >= 2 for state in (State.DRAFT, State.REVIEW, State.READY))
    assert Article.objects.filter(publish_at__gt=datetime.now(UTC), state=State.PUBLISHED).count() == 3


def test_it_gives_every_published_story_all_it_needs(demo: str) -> None:
    for article in Article.objects.published().for_page():
        assert article.category, article
        assert article.title and article.lead and article.body and article.slug, article
        assert article.bylines.all() and article.tags.all(), article
        assert clean(article.body) == article.body


def test_it_describes_and_credits_every_picture(demo: str) -> None:
    assert list(Media.objects.images().filter(alt="") | Media.objects.images().filter(credit="")) == []
    assert all(author.photo and author.role_en and author.bio_en for author in Author.objects.all())


def test_it_ties_translations_to_their_originals(demo: str) -> None:
    groups = Article.objects.filter(language="ru").values("translation_group")
    assert Article.objects.published().filter(language="en", translation_group__in=groups).count() >= 10


def test_it_shows_the_history_of_a_story(demo: str) -> None:
    story = Article.objects.get(title__startswith="Мост через")
    by = [revision.by.username for revision in story.revisions.all() if revision.by]
    assert by == ["publisher", "editor", "reporter"]
    assert Revision.objects.filter(article=story, kind=Revision.Kind.PUBLISH).exists()
    assert [update.note for update in story.updates.all()][0] == story.update_note
    assert (story.updates.count(), len(story.related), story.typos.waiting().count()) == (3, 2, 1)
    assert Correction.objects.count() == 2


def test_it_has_readers_who_wait_for_a_moderator_and_readers_who_talk(demo: str) -> None:
    statuses = Counter(PortalComment.objects.values_list("status", flat=True))
    assert statuses[Status.APPROVED] > 15
    assert statuses[Status.PENDING] == 3
    assert set(statuses) == set(Status)
    assert PortalComment.objects.exclude(reply_to=None).exists()


@pytest.mark.parametrize(("address", "title", "stream"), [("/", "Мост через", 9), ("/en/", "New bridge", 5)])
def test_it_leads_the_front_page_with_the_pinned_story(
    demo: str, client: Client, address: str, title: str, stream: int
) -> None:
    front = client.get(address).context["front"]
    assert typeset(title) in front.lead.title
    assert (len(front.seconds), len(front.stream)) == (2, stream)
    assert len(front.blocks) >= 4
    assert all(line.ends_at for line in TickerItem.objects.all())


def test_it_leaves_the_text_of_the_privacy_policy_to_a_lawyer(demo: str) -> None:
    policy = Page.objects.get(path="privacy", language="ru")
    assert policy.body.count("<h2>") >= 6
    assert policy.body.count("<p>") == 1


def test_it_publishes_most_on_weekday_mornings_and_least_on_sundays() -> None:
    now = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # the night to a Monday
    week = list(takewhile(lambda at: at > now - timedelta(days=7), times_before(now)))
    days = Counter(at.weekday() for at in week[2:])
    assert days[6] < days[5] < min(days[day] for day in range(5))
    assert sum(at.hour < 12 for at in week) > len(week) / 2
    assert week == sorted(week, reverse=True)


def run(**options: int) -> str:
    output = io.StringIO()
    call_command("demo", stdout=output, **options)
    return output.getvalue()


def test_it_shows_what_a_text_can_hold(demo: str, client: Client) -> None:
    shown = "".join(
        client.get(Article.objects.published().get(title__startswith=title).get_absolute_url()).text
        for title in ("Где кататься", "Городской оркестр", "Киноклуб", "День города")
    )
    for part in ('class="contents"', 'class="file"', "<audio", 'class="footnotes"', "data-embed=", "data-gallery"):
        assert part in shown, part


def test_it_leaves_the_work_of_several_days_at_the_desk(demo: str) -> None:
    at_work = Article.objects.filter(state__in=[State.DRAFT, State.REVIEW, State.READY])
    assert len({at.date() for at in at_work.values_list("touched_at", flat=True)}) >= 4
    assert not Move.objects.filter(article__in=at_work, by=None).exists()
    for article in Article.objects.all():
        assert article.touched_at >= article.revisions.latest("number").at
