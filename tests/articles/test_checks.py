"""The rules before a publication: what each finds, and how much it weighs for whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from articles.checks import RULES, Level, findings
from articles.checks.levels import choose, levels_for
from articles.checks.links import own_path
from articles.content import Content
from articles.models import Article
from lib.html import clean
from portal.models import Page, Redirect
from tests.factories import make_article, make_author, make_category, make_content, make_draft, make_media, make_source

NOW = timezone.now()
EVERY = dict.fromkeys(RULES, Level.WARNING)
LEAD = "Подрядчик закончил укладку плит на главном пролёте раньше срока."


def broken(rule: str, content: Content, article: Article | None = None) -> list[tuple[str, int | None]]:
    """Returns where ``rule`` is broken: the field, and which element of the text."""
    found = findings(content, article, dict.fromkeys(RULES, Level.OFF) | {rule: Level.WARNING}, timezone.now())
    return [(finding.spot.field, finding.spot.block) for finding in found]


@pytest.mark.parametrize(
    ("rule", "fields", "where"),
    [
        ("title", {"title": ""}, [("title", None)]),
        ("title", {}, []),
        ("title_length", {"title": "ж" * 121}, [("title", None)]),
        ("title_length", {"title": "ж" * 120}, []),
        ("lead", {"lead": ""}, [("lead", None)]),
        ("lead_length", {"lead": "Коротко."}, [("lead", None)]),
        ("lead_length", {"lead": "ж" * 401}, [("lead", None)]),
        ("lead_length", {"lead": LEAD}, []),
        ("category", {"category": None}, [("category", None)]),
        ("tags", {}, [("tags", None)]),
        ("tags", {"tags": ["мост"]}, []),
        ("signed", {}, [("authors-0-name", None)]),
        ("source", {}, [("sources-0-name", None)]),
        ("age_mark", {"body": "<p>Он торговал наркотиками.</p>"}, [("age_mark", None)]),
        ("age_mark", {"body": "<p>Он торговал наркотиками.</p>", "age_mark": "18+"}, []),
        ("age_mark_chosen", {}, [("age_mark", None)]),
        ("sponsor", {"sponsor_name": "Порт"}, [("sponsor_erid", None)]),
        ("sponsor", {"sponsor_name": "Порт", "sponsor_erid": "2VtzqwQ"}, []),
        ("text", {"body": "<p> </p>"}, [("body", None)]),
        ("headings", {"body": "<p>а</p><h3>б</h3>"}, [("body", 1)]),
        ("headings", {"body": "<h2>а</h2><h4>б</h4><h3>в</h3>"}, [("body", 1)]),
        ("headings", {"body": "<h2>а</h2><h3>б</h3><h2>в</h2>"}, []),
        ("headings", {"body": "<h2> </h2>"}, [("body", 0)]),
        ("empty_paragraphs", {"body": "<p>а</p><p></p><p>&nbsp;</p>"}, [("body", 1), ("body", 2)]),
        ("empty_paragraphs", {"body": '<p><img src="data:," alt=""></p>'}, []),
        ("double_spaces", {"lead": "Мост  открыт", "body": "<p>и  там</p>"}, [("lead", None), ("body", 0)]),
        ("double_spaces", {"body": "<pre>a  b</pre><p>а</p>"}, []),
        ("long_paragraphs", {"body": f"<p>{'слово ' * 300}</p>"}, [("body", 0)]),
        ("hero", {}, [("hero", None)]),
        ("related", {"related": [999]}, [("related-0-story", None)]),
    ],
)
def test_it_finds(db: None, rule: str, fields: dict[str, Any], where: list[tuple[str, int | None]]) -> None:
    assert broken(rule, make_content(**fields)) == where


def test_it_finds_many_empty_paragraphs_without_naming_each(db: None) -> None:
    assert len(broken("empty_paragraphs", make_content(body="<p></p>" * 500))) == 11


def test_it_looks_at_every_picture_with_its_place(db: None) -> None:
    hero, within = make_media(alt=""), make_media("b.jpg", credit="", licence_until=NOW.date() - timedelta(days=2))
    figure = f'<figure><img src="x.jpg" alt="" data-media="{within.pk}"></figure>'
    content = make_content(hero=hero, body=f"<p>а</p>{figure}")
    places = {rule: broken(rule, content) for rule in ("alt", "credit", "licence")}
    assert places == {"alt": [("hero", None)], "credit": [("body", 1)], "licence": [("body", 1)]}


def test_it_minds_the_licence_on_the_day_of_publication(db: None) -> None:
    hero = make_media(licence_until=NOW.date() + timedelta(days=5))
    assert broken("licence", make_content(hero=hero)) == []
    planned = make_content(hero=hero, publish_at=(NOW + timedelta(days=7)).isoformat())
    assert broken("licence", planned) == [("hero", None)]


def test_it_finds_a_title_that_was_used_lately(db: None) -> None:
    article = make_article("Мост открыт")
    make_article("Порт открыт", at=NOW - timedelta(days=90))
    assert broken("same_title", make_content("МОСТ открыт")) == [("title", None)]
    assert broken("same_title", make_content("Мост открыт"), article) == []
    assert broken("same_title", make_content("Порт открыт")) == []


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/news/999/", True), ("/news/999/x/", True), ("/tag/net/", True), ("/category/net/", True),
        ("/author/nikto/", True), ("/net/takoi/stranitsy/", True), ("/admin/", True),
        ("/media/abcdefgh/v1/a.pdf", True),
        ("http://127.0.0.1:8000/net/", True), ("/news/", False), ("/", False), ("/search/?q=мост", False),
        ("/about/", False), ("/en/about-us/", False), ("/old/story/", False), ("https://example.com/net/", False),
        ("mailto:a@example.com", False), ("#part", False), ("/news/9999999999999999999999/", True),
    ],
)  # fmt: skip
def test_it_finds_links_to_our_own_site_that_lead_nowhere(db: None, href: str, found: bool) -> None:
    Page.objects.create(language="ru", path="about", title="О нас")
    Page.objects.create(language="en", path="about-us", title="About us")
    Redirect.objects.create(old="/old/story/", new="/news/")
    assert bool(broken("links", make_content(body=f'<p><a href="{href}">ссылка</a></p>'))) is found


def test_it_knows_what_readers_find_by_its_link(db: None) -> None:
    category, author, source = make_category(), make_author(), make_source()
    live = make_article(category=category, authors=[author], sources=[source], tags=["мост"])
    draft, media = make_draft(), make_media("plan.pdf")
    links = [live, category, author, source, live.tags.get()]
    good = "".join(f'<p><a href="{each.get_absolute_url()}">а</a></p>' for each in links)
    assert broken("links", make_content(body=f'{good}<p><a href="{media.url}">план</a></p>')) == []
    assert broken("links", make_content(body=f'<p><a href="/news/{draft.pk}/">а</a></p>')) == [("body", 0)]
    assert broken("links", make_content(body=f'<p><a href="/news/{draft.pk}/">а</a></p>'), draft) == []


def test_it_asks_few_questions_however_much_there_is(
    db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    pictures = [make_media(f"{number}.jpg", credit="") for number in range(12)]
    figures = "".join(f'<figure><img src="x" alt="" data-media="{each.pk}"></figure>' for each in pictures)
    paths = ("/news/{}/", "/tag/{}/", "/category/{}/", "/author/a{}/", "/source/a{}/", "/media/a{}/v1/x.pdf", "/p{}/")
    links = "".join(f'<p><a href="{path.format(n)}">а</a></p>' for path in paths for n in range(1, 20))
    content = make_content(hero=pictures[0], body=figures + links, related=[1, 2, 3])
    with django_assert_max_num_queries(12):
        assert len(findings(content, None, EVERY, NOW)) > 100


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<h2>", "</h4>", "<", ">", "&nbsp;", "\0", '<a href="', '">', "/news/", "9" * 30, "http://[",
             "//x", "%00", "%ff", "<figure>", '<img data-media="7', "  ", "\u202e", "слово", "</", "/en/", "/admin/"]
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_it_bears_any_text(db: None, body: str) -> None:
    for text in (body, clean(body)):
        found = findings(make_content(body=text, title=body[:50], related=[-1, 2**62]), None, EVERY, NOW)
        assert "category" in {each.rule.name for each in found}


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("/news/?a=1#b", "/news/"), ("//evil.example/x", None), ("http://[", None),
        ("javascript:x", None),
        ("news/", None),
        ("http://127.0.0.1:8000", "/"), ("https://other.example/", None), ("/%D0%B6/", "/ж/"), ("", None),
    ],
)  # fmt: skip
def test_it_knows_its_own_site(href: str, path: str | None) -> None:
    assert own_path(href) == path


def test_it_names_every_rule_and_says_why() -> None:
    assert all(str(rule.title) and str(rule.why) for rule in RULES.values())
    assert {"title", "category", "alt", "licence", "sponsor"} == {
        name for name, rule in RULES.items() if rule.level == Level.BLOCKING
    }


def test_it_weighs_as_it_comes_until_somebody_chooses(erin: User) -> None:
    assert levels_for(erin) == {name: rule.level for name, rule in RULES.items()}
    choose(None, {"tags": Level.BLOCKING, "alt": None})
    assert (levels_for(erin)["tags"], levels_for(erin)["alt"]) == (Level.BLOCKING, Level.BLOCKING)


def test_it_weighs_by_role_and_the_mildest_of_several_counts(erin: User) -> None:
    strict, mild = Group.objects.create(name="strict"), Group.objects.create(name="mild")
    choose(None, {"tags": Level.WARNING})
    choose(strict, {"tags": Level.BLOCKING, "lead": Level.BLOCKING})
    erin.groups.add(strict)
    assert (levels_for(erin)["tags"], levels_for(erin)["lead"]) == (Level.BLOCKING, Level.BLOCKING)
    erin.groups.add(mild)
    assert (levels_for(erin)["tags"], levels_for(erin)["lead"]) == (Level.WARNING, Level.WARNING)
    choose(mild, {"tags": Level.OFF})
    assert levels_for(erin)["tags"] == Level.OFF


def test_it_takes_a_choice_back(erin: User) -> None:
    choose(None, {"tags": Level.BLOCKING})
    choose(None, {"tags": None})
    assert levels_for(erin)["tags"] == RULES["tags"].level
