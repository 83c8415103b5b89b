"""What an editor may do with an article as it stands, and what another has done to it meanwhile."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Article, State
from tests.factories import make_article, make_category, make_draft
from tests.sheets import ADD, newest, press, seen, sheet, typed

SOON = timezone.now() + timedelta(days=400)


def test_it_does_not_move_back_what_was_published_meanwhile(erins: Client) -> None:
    article = make_draft(category=make_category())
    before = seen(erins, article)
    publishing.publish(article, newest(article), by=None)
    answer = erins.post(sheet(article), typed("review", **before))
    assert answer.status_code == 409
    assert Article.objects.get().state == State.PUBLISHED


def test_it_does_not_publish_from_an_old_page_what_was_withdrawn(erins: Client) -> None:
    article = make_article(category=make_category())
    before = seen(erins, article)
    publishing.withdraw(article)
    answer = erins.post(sheet(article), typed("publish", category=newest(article).content.category, **before))
    assert (answer.status_code, Article.objects.get().state) == (409, State.WITHDRAWN)
    assert "снят" in str(answer.context["form"].non_field_errors())


def test_it_does_not_undo_the_schedule_of_another_from_an_old_page(erins: Client) -> None:
    article = make_article(category=make_category(), at=SOON)
    before = seen(erins, article)
    publishing.publish(article, newest(article), by=None, at=SOON + timedelta(days=1))
    answer = erins.post(sheet(article), typed("publish", category=newest(article).content.category, **before))
    assert answer.status_code == 409
    assert Article.objects.get().publish_at == SOON + timedelta(days=1)


def test_it_does_what_was_chosen_again_in_the_knowledge_of_the_change(erins: Client) -> None:
    article = make_article(category=make_category())
    before = seen(erins, article) | {"category": newest(article).content.category}
    publishing.withdraw(article)
    form = erins.post(sheet(article), typed("publish", **before)).context["form"]
    erins.post(sheet(article), typed("publish", **before | {"standing": form["standing"].value()}))
    assert Article.objects.published().get() == article


@pytest.mark.parametrize("act", ["draft", "review", "ready"])
def test_it_lets_nobody_turn_a_withdrawn_story_into_a_draft(walts: Client, act: str) -> None:
    article = publishing.withdraw(make_article())
    assert press(walts, article, act).status_code == 409
    assert Article.objects.get().state == State.WITHDRAWN


def test_it_accepts_only_what_the_page_offers(walts: Client) -> None:
    article = make_draft()
    assert press(walts, article, "ready").status_code == 409
    assert walts.post(ADD, typed("ready")).status_code == 409
    assert Article.objects.get().state == State.DRAFT
