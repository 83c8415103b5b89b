"""The gate before readers: what blocks stops a publication, whoever may pass gives a reason, and it is kept."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.checks import Level
from articles.checks.levels import choose
from articles.models import Article, CheckLevel, CheckOverride, State
from tests.factories import make_article, make_category, make_draft, make_media
from tests.sheets import ADD, newest, press, seen, sheet, typed

LEVELS = "/admin/articles/checklevel/"
OVERRIDES = "/admin/articles/checkoverride/"


@pytest.fixture
def story() -> Article:
    """A draft with what blocks by itself: a sponsor without a token."""
    return make_draft(category=make_category(), sponsor_name="Порт")


def publish(browser: Client, story: Article, **fields: Any) -> Any:
    content = newest(story).content
    sent: dict[str, Any] = {"category": content.category, "sponsor_name": content.sponsor_name, "body": content.body}
    return press(browser, story, "publish", more=sent | fields)


def test_it_stops_what_blocks_and_keeps_what_was_typed(erins: Client, story: Article) -> None:
    answer = publish(erins, story, lead="Новый лид")
    story.refresh_from_db()
    assert (story.state, story.revisions.count()) == (State.DRAFT, 1)
    assert answer.context["form"]["lead"].value() == "Новый лид"
    assert "erid" in str(answer.context["form"].non_field_errors())


def test_it_stops_a_new_article_without_making_one(erins: Client) -> None:
    erins.post(ADD, typed("publish", category=make_category().pk, sponsor_name="Порт"))
    assert not Article.objects.exists()


def test_it_stops_what_is_scheduled_as_well(erins: Client, story: Article) -> None:
    publish(erins, story, publish_at="2098-05-04T10:30")
    story.refresh_from_db()
    assert story.state == State.DRAFT


def test_it_stops_a_change_of_a_live_story_and_its_plan(erins: Client) -> None:
    story = make_article("Мост строят", category=make_category())
    for more in ({}, {"change_at": "2098-05-04T10:30"}):
        publish(erins, story, sponsor_name="Порт", **more)
    story.refresh_from_db()
    assert (story.title, story.change_at) == ("Мост строят", None)


def test_it_saves_what_blocks(erins: Client, story: Article) -> None:
    press(erins, story, "save", title="Мост открыт", sponsor_name="Порт")
    assert newest(story).title == "Мост открыт"


def test_it_warns_without_stopping(erins: Client) -> None:
    story = make_draft(category=make_category(), lead="")
    page = erins.get(sheet(story)).text
    publish(erins, story)
    assert "Нет лида" in page
    assert Article.objects.published().get() == story


def test_it_lets_pass_with_a_reason_and_keeps_it(erins: Client, erin: User, story: Article) -> None:
    publish(erins, story, override_reason="  Токен будет через час  ")
    kept = CheckOverride.objects.get()
    assert Article.objects.published().get() == story
    assert (kept.by, kept.reason, kept.revision) == (erin, "Токен будет через час", newest(story).number)
    assert [rule for rule, _message in kept.findings] == ["sponsor"]


@pytest.mark.parametrize("reason", ["", "   ", "\0", "\n"])
def test_it_asks_for_a_reason(erins: Client, story: Article, reason: str) -> None:
    publish(erins, story, override_reason=reason)
    assert not Article.objects.published().exists()
    assert not CheckOverride.objects.exists()


def test_it_lets_nobody_pass_who_may_not_override(client: Client, paula: User, story: Article) -> None:
    paula.user_permissions.remove(Permission.objects.get(codename="override_checks"))
    client.force_login(paula)
    page = client.get(sheet(story)).text
    publish(client, story, override_reason="Очень надо")
    assert "override_reason" not in page
    assert not Article.objects.published().exists()


def test_it_keeps_no_override_where_nothing_blocked(erins: Client) -> None:
    publish(erins, make_draft(category=make_category()), override_reason="На всякий случай")
    assert Article.objects.published().exists()
    assert not CheckOverride.objects.exists()


def test_it_shows_overrides_in_the_list_and_in_the_history(erins: Client, story: Article) -> None:
    publish(erins, story, override_reason="Токен будет через час")
    for page in (OVERRIDES, f"/admin/articles/article/{story.pk}/history/"):
        assert "Токен будет через час" in erins.get(page).text


def test_it_weighs_by_the_role_of_who_publishes(client: Client, paula: User, story: Article) -> None:
    role = Group.objects.create(name="Careless")
    choose(role, {"sponsor": Level.OFF})
    paula.groups.add(role)
    client.force_login(paula)
    publish(client, story)
    assert Article.objects.published().get() == story


def test_it_leads_to_the_place_of_each_finding(erins: Client, story: Article) -> None:
    picture = f'<figure><img src="x" alt="" data-media="{make_media(alt="").pk}"></figure>'
    article = make_draft(body=f"<p>а</p>{picture}", sponsor_name="Порт")
    page = erins.get(sheet(article)).text
    assert 'href="#id_sponsor_erid"' in page
    assert 'href="#id_body" data-block="1"' in page
    assert re.search(r'class="bar-checks".*data-blocking', page)


def test_it_says_nothing_of_a_sheet_on_which_nothing_is_written(erins: Client) -> None:
    page = erins.get(ADD)
    assert page.context["findings"] == []
    assert "Замечаний нет" not in page.text


def test_it_checks_again_while_one_writes(erins: Client, erin: User, story: Article) -> None:
    before = seen(erins, story) | {"editor": erin.pk}
    address = f"/admin/articles/article/{story.pk}/checks/"
    blocked = erins.post(address, typed(sponsor_name="Порт", **before)).json()
    free = erins.post(address, typed(category=newest(story).content.category, **before)).json()
    assert (blocked["blocking"], free["blocking"]) == (2, 0)
    assert "erid" in blocked["html"]


def test_it_checks_a_new_article_and_a_form_that_is_wrong(erins: Client, erin: User) -> None:
    address = "/admin/articles/article/checks/"
    answer = erins.post(address, typed(more={"editor": erin.pk, "category": "x", "canonical_url": "нет", "hero": "-1"}))
    assert answer.status_code == 200
    assert answer.json()["blocking"] >= 1
    assert not Article.objects.exists()


def test_it_checks_nothing_for_strangers(client: Client, monas: Client, story: Article) -> None:
    assert monas.post(f"/admin/articles/article/{story.pk}/checks/", typed()).status_code == 403
    assert monas.get(f"/admin/articles/article/{story.pk}/checks/").status_code == 405
    assert Client().post("/admin/articles/article/checks/", typed()).status_code == 302


def test_it_chooses_levels_for_everybody_and_for_a_role(erins: Client) -> None:
    role = Group.objects.create(name="Publisher of nights")
    role.permissions.add(Permission.objects.get(codename="change_article"))
    erins.post(LEVELS, {"tags": "blocking"})
    erins.post(f"{LEVELS}?role={role.pk}", {"tags": "off", "lead": ""})
    rows = set(CheckLevel.objects.values_list("group", "rule", "level"))
    assert rows == {(None, "tags", "blocking"), (role.pk, "tags", "off")}
    assert "Publisher of nights" in erins.get(f"{LEVELS}?role={role.pk}").text


@pytest.mark.parametrize("query", ["?role=999", "?role=x", "?role=" + "9" * 40])
def test_it_knows_no_other_role(erins: Client, query: str) -> None:
    assert erins.get(LEVELS + query).status_code == 404


def test_it_refuses_a_level_that_does_not_exist(erins: Client) -> None:
    assert erins.post(LEVELS, {"tags": "furious"}).status_code == 400
    assert not CheckLevel.objects.exists()


def test_it_lets_only_those_change_levels_who_may(walts: Client) -> None:
    assert walts.get(LEVELS).status_code == 403
    assert walts.post(LEVELS, {"tags": "off"}).status_code == 403
    assert walts.get(OVERRIDES).status_code == 403


def test_it_opens_the_sheet_with_the_same_questions_however_much_is_found(
    erins: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    pictures = [make_media(f"{number}.jpg", alt="") for number in range(9)]
    figures = "".join(f'<figure><img src="x" alt="" data-media="{each.pk}"></figure>' for each in pictures)
    story = make_draft(body=figures, category=make_category())
    with django_assert_max_num_queries(45):
        assert erins.get(sheet(story)).context["blocking"] == 9


def test_it_minds_the_licence_at_the_time_of_publication(erins: Client) -> None:
    hero = make_media(licence_until=timezone.localdate() + timedelta(days=5))
    story = make_draft(category=make_category(), hero=hero)
    publish(erins, story, hero=hero.pk, publish_at="2098-05-04T10:30")
    assert not Article.objects.in_lists().exists()
    publish(erins, story, hero=hero.pk)
    assert Article.objects.published().get() == story
