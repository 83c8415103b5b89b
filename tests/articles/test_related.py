"""What to read after an article: the stories an editor chose, those with its tags, and its neighbours by date."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import urlopen

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles import publishing
from articles.models import Article
from articles.related import around
from tests.factories import make_article, make_author, make_category, make_content, make_draft
from tests.sheets import ADD, newest, sheet, typed

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def titles(articles: list[Article]) -> list[str]:
    return [each.title for each in articles]


def of(article: Article, now: datetime = NOW) -> list[str]:
    """Returns the titles of the related stories."""
    return titles(around(Article.objects.get(pk=article.pk), now).related)


def beside(article: Article, now: datetime = NOW) -> tuple[str, str]:
    """Returns the titles of the stories before and after an article, «—» where there is none."""
    found = around(Article.objects.get(pk=article.pk), now)
    return tuple(each.title if each else "—" for each in (found.previous, found.next))  # type: ignore[return-value]


def delete(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(live_revision=None)
    Article.objects.get(pk=article.pk).delete()


# Related


@pytest.mark.django_db
def test_it_prefers_a_story_of_today_with_one_tag_to_an_old_one_with_two() -> None:
    make_article("Старая", tags=["мосты", "река"], at=NOW - 730 * DAY)
    make_article("Свежая", tags=["мосты"], at=NOW - timedelta(hours=1))
    article = make_article("Сама", tags=["мосты", "река"], at=NOW - 2 * DAY)
    assert of(article) == ["Свежая", "Старая"]


@pytest.mark.django_db
def test_it_prefers_more_tags_in_common_within_a_season() -> None:
    make_article("Одна метка", tags=["мосты"], at=NOW - DAY)
    make_article("Две метки", tags=["мосты", "река"], at=NOW - 60 * DAY)
    assert of(make_article(tags=["мосты", "река"], at=NOW)) == ["Две метки", "Одна метка"]


@pytest.mark.django_db
def test_it_ranks_the_same_at_any_time() -> None:
    for days, tags in ((1, ["мосты"]), (60, ["мосты", "река"]), (120, ["мосты", "река"]), (5, ["река"])):
        make_article(f"{days} дней", tags=tags, at=NOW - days * DAY)
    article = make_article(tags=["мосты", "река"], at=NOW - 200 * DAY)
    assert of(article) == of(article, NOW + 1000 * DAY)


@pytest.mark.django_db
def test_it_fills_up_with_the_newest_of_the_category() -> None:
    city = make_category("Город")
    for number in range(4):
        make_article(f"Город {number}", category=city, at=NOW - (number + 2) * DAY)
    make_article("По метке", tags=["мосты"], at=NOW - 90 * DAY)
    article = make_article(tags=["мосты"], category=city, at=NOW)
    assert beside(article) == ("Город 0", "—")
    assert of(article) == ["По метке", "Город 1", "Город 2"]


@pytest.mark.django_db
def test_it_puts_what_the_editor_chose_first_and_in_order() -> None:
    chosen = [make_article(f"Выбор {number}", at=NOW - 900 * DAY) for number in range(2)]
    for number in range(3):
        make_article(f"По метке {number}", tags=["мосты"], at=NOW - (number + 1) * DAY)
    article = make_article(tags=["мосты"], related=[each.pk for each in reversed(chosen)], at=NOW)
    assert of(article) == ["Выбор 1", "Выбор 0", "По метке 0"]


@pytest.mark.django_db
def test_it_shows_no_story_twice() -> None:
    city = make_category("Город")
    before = make_article("Предыдущая", category=city, tags=["мосты"], at=NOW - DAY)
    linked = make_article("По ссылке", tags=["мосты"], at=NOW - DAY)
    body = f'<p><a href="{linked.get_absolute_url()}">план</a></p>'
    article = make_article(category=city, tags=["мосты"], body=body, at=NOW)
    assert (beside(article), of(article)) == (("Предыдущая", "—"), [])
    delete(article)
    picked = make_article(category=city, related=[before.pk], at=NOW)
    assert (beside(picked), of(picked)) == (("—", "—"), ["Предыдущая"])


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["scheduled", "withdrawn", "gone off", "in the bin", "draft", "deleted", "itself"])
def test_it_never_shows_what_readers_do_not_see(way: str) -> None:
    fields: dict[str, Any] = {"tags": ["мосты"], "at": NOW - DAY}
    if way == "scheduled":
        other = make_article("Тайна", **fields | {"at": timezone.now() + DAY})
    else:
        until = timezone.now() - timedelta(hours=1) if way == "gone off" else None
        other = make_article("Тайна", **fields | {"at": timezone.now() - DAY, "until": until})
    acts: dict[str, Any] = {"withdrawn": publishing.withdraw, "in the bin": publishing.move_to_bin, "deleted": delete}
    acts.get(way, lambda each: None)(other)
    key = make_draft("Черновик").pk if way == "draft" else other.pk
    article = make_article("Сама", tags=["мосты"] if way != "draft" else [], related=[key], at=timezone.now() - 2 * DAY)
    if way == "itself":
        Article.objects.filter(pk=article.pk).update(related=[article.pk])
        assert of(article, timezone.now()) == ["Тайна"]
    else:
        assert of(article, timezone.now()) == []


# Before and after


@pytest.mark.django_db
def test_it_leads_to_the_stories_before_and_after_in_the_category() -> None:
    city, sport = make_category("Город"), make_category("Спорт")
    for hours, title, category in (
        (5, "Раньше", city),
        (4, "Не сюда", sport),
        (2, "Позже", city),
        (1, "Ещё позже", city),
    ):
        make_article(title, category=category, at=NOW - timedelta(hours=hours))
    assert beside(make_article(category=city, at=NOW - timedelta(hours=3))) == ("Раньше", "Позже")


@pytest.mark.django_db
def test_it_settles_equal_times_by_the_number() -> None:
    city = make_category()
    first, second, third = (make_article(f"Новость {number}", category=city, at=NOW) for number in range(3))
    assert beside(second) == (first.title, third.title)


@pytest.mark.django_db
def test_it_passes_over_what_has_gone_off_and_waits_for_what_is_to_come() -> None:
    now, city = timezone.now(), make_category()
    make_article("Предыдущая", category=city, at=now - 3 * DAY)
    make_article("Снята", category=city, at=now - 2 * DAY, until=now - timedelta(hours=1))
    article = make_article(category=city, at=now - DAY)
    make_article("Завтра", category=city, at=now + DAY)
    assert beside(article, now) == ("Предыдущая", "—")
    assert beside(article, now + 2 * DAY) == ("Предыдущая", "Завтра")


@pytest.mark.django_db
def test_it_keeps_to_the_language_of_the_article() -> None:
    fields: dict[str, Any] = {"category": make_category(), "tags": ["мосты"]}
    make_article("Bridge", language="en", at=NOW - DAY, **fields)
    article = make_article(at=NOW, **fields)
    assert (beside(article), of(article)) == (("—", "—"), [])


@pytest.mark.django_db
def test_it_finds_all_of_it_in_few_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    city = make_category("Город")
    for number in range(6):
        make_article(f"Новость {number}", category=city, tags=["мосты", "река"])
    key = make_article(category=city, tags=["мосты", "река", "порт"], related=[1, 2]).pk
    article = Article.objects.get(pk=key)
    with django_assert_num_queries(5):
        assert len(around(article, timezone.now()).related) == 3


def test_it_keeps_the_archive_when_a_story_is_published(site: str) -> None:
    def visit(article: Article) -> tuple[str, str]:
        with urlopen(site + article.get_absolute_url()) as answer:  # noqa: S310  # of this test's own site
            return answer.headers["X-Cache"], answer.read().decode()

    city = make_category("Город")
    fields: dict[str, Any] = {"category": city, "tags": ["мосты"]}
    archive = [make_article(f"Новость {number}", at=NOW - number * DAY, **fields) for number in range(5)]
    for each in archive:
        visit(each)
    newest_story = make_article("Свежая новость", category=city, tags=["мосты"])
    visits = [visit(each) for each in archive]
    assert [status for status, _page in visits] == ["hit"] * 5
    assert all("Свежая новость" in page[page.index('class="related"') :] for _status, page in visits[1:])
    assert f'<a class="later" href="{newest_story.get_absolute_url()}"' in visits[0][1]
    publishing.withdraw(newest_story)
    assert not any(newest_story.get_absolute_url() in visit(each)[1] for each in archive)


# On the desk


def test_it_takes_stories_by_suggestion_number_address_and_title(erins: Client) -> None:
    stories = [make_article(f"Новость {number}") for number in range(4)]
    rows = [
        f"Новость 0 (№ {stories[0].pk})",
        str(stories[1].pk),
        f"http://x.example{stories[2].get_absolute_url()}",
        "Новость 3",
    ]
    more = {f"related-{number}-story": row for number, row in enumerate(rows)} | {"related-TOTAL_FORMS": 4}
    erins.post(ADD, typed("publish", category=make_category().pk, more=more))
    article = Article.objects.latest("pk")
    assert article.related == [each.pk for each in stories]
    assert f"Новость 3 (№ {stories[3].pk})" in erins.get(sheet(article)).text.replace("&#x27;", "'")


@pytest.mark.parametrize("row", ["Нет такой", "№ 999999", "9" * 30, "/news/77/x/", "\0", "ы" * 701])
def test_it_names_a_story_that_does_not_exist_and_keeps_what_was_typed(erins: Client, row: str) -> None:
    answer = erins.post(ADD, typed(more={"related-0-story": row}))
    if row == "\0":
        assert newest(Article.objects.get()).content.related == []
    else:
        assert answer.context["form"].related.total_error_count()
        assert answer.context["form"].related.forms[0]["story"].value() == row


def test_it_refuses_the_story_itself_and_too_many(erins: Client) -> None:
    article = make_article("Мост")
    itself = erins.post(sheet(article), typed(based_on=1, more={"related-0-story": str(article.pk)}))
    assert itself.context["form"].related.non_form_errors()
    others = {f"related-{number}-story": str(make_article().pk) for number in range(8)}
    refused = erins.post(sheet(article), typed(based_on=1, more=others | {"related-TOTAL_FORMS": 8}))
    assert refused.context["form"].related.non_form_errors()


def test_it_suggests_stories_that_readers_see_or_soon_will(erins: Client) -> None:
    live, coming = make_article("Новый мост"), make_article("Мост покрасят", at=timezone.now() + DAY)
    make_draft("Мост снесут")
    address = "/admin/articles/article/suggest/article/?q=мост"
    assert erins.get(address).json() == {"names": [f"Мост покрасят (№ {coming.pk})", f"Новый мост (№ {live.pk})"]}


def test_it_brings_the_chosen_stories_back_with_a_revision(erins: Client) -> None:
    other = make_article("Другая")
    article = make_article(related=[other.pk])
    publishing.save(article, make_content(), by=None)
    erins.post(f"/admin/articles/article/{article.pk}/revision/1/")
    assert newest(article).content.related == [other.pk]
    assert "Другая" in erins.get(f"/admin/articles/article/{article.pk}/revision/3/").text


def test_it_warns_of_a_chosen_story_that_readers_do_not_see(erins: Client) -> None:
    hidden = publishing.withdraw(make_article("Снята"))
    assert f"№ {hidden.pk}" in erins.get(sheet(make_article(related=[hidden.pk], authors=[make_author()]))).text
