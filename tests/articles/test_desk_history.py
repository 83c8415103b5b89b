"""Revisions on the desk, and the preview of what is not published yet."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.utils.translation import gettext as _

from articles import publishing
from articles.models import Article, Revision
from tests.factories import make_article, make_author, make_category, make_content, make_draft
from tests.sheets import newest, press

PAGES = ("change", "history", "revision/1")


def story() -> Article:
    """Returns a live story with a working copy that is ahead of it."""
    article = make_article("Мост строят", category=make_category(), body="<p>Строители торопятся.</p>")
    publishing.save(article, make_content("Мост достроили", body="<p>Строители отдыхают.</p>"), by=None)
    return article


def address(article: Article, rest: str) -> str:
    return f"/admin/articles/article/{article.pk}/{rest}/"


def test_it_lists_every_revision(erins: Client) -> None:
    page = erins.get(address(story(), "history"))
    assert [entry.revision.title for entry in page.context["entries"]] == ["Мост достроили", "Мост строят"]


def test_it_shows_what_a_revision_changed_word_by_word(erins: Client) -> None:
    page = erins.get(address(story(), "revision/2")).text
    assert "Строители <del>торопятся</del>." in page
    assert "Строители <ins>отдыхают</ins>." in page


def test_it_compares_any_two_revisions_the_older_one_first(erins: Client) -> None:
    article = story()
    publishing.save(article, make_content("Мост закрыли"), by=None)
    page = erins.get(address(article, "compare"), {"old": 3, "new": 1})
    assert (page.context["old"].number, page.context["new"].number) == (1, 3)
    assert "<del>строят</del>" in page.text
    assert "<ins>закрыли</ins>" in page.text


def test_it_says_that_nothing_differs(erins: Client) -> None:
    assert "Отличий нет" in erins.get(address(story(), "compare"), {"old": 2, "new": 2}).text


@pytest.mark.parametrize(
    "query", [{}, {"old": "x", "new": "1"}, {"old": "9" * 40, "new": "1"}, {"old": "-1", "new": "1"}]
)
def test_it_asks_for_two_revisions_to_compare(erins: Client, query: dict[str, str]) -> None:
    article = story()
    answer = erins.get(address(article, "compare"), query)
    assert answer.headers["Location"] == address(article, "history")


def test_it_answers_404_to_a_comparison_with_what_does_not_exist(erins: Client) -> None:
    assert erins.get(address(story(), "compare"), {"old": 1, "new": 99}).status_code == 404


def test_it_folds_autosaves_under_the_save_that_they_led_to(erins: Client, walt: User, erin: User) -> None:
    article = story()
    publishing.save(article, make_content("Набросок"), by=walt, kind=Revision.Kind.AUTOSAVE)
    publishing.save(article, make_content("Мост сдан"), by=erin)
    entries = erins.get(address(article, "history")).context["entries"]
    assert [(entry.revision.title, len(entry.autosaves)) for entry in entries][0] == ("Мост сдан", 1)
    assert [entry.before for entry in entries] == [2, 1, 0]


def test_it_pages_through_a_long_history_by_number(erins: Client) -> None:
    article = make_draft("Первая")
    for number in range(2, 55):
        publishing.save(article, make_content(f"Версия {number}"), by=None)
    first = erins.get(address(article, "history"))
    assert (len(first.context["entries"]), first.context["older"]) == (50, 5)
    publishing.save(article, make_content("Ещё одна"), by=None)
    second = erins.get(address(article, "history"), {"before": 5}).context
    assert [entry.revision.number for entry in second["entries"]] == [4, 3, 2, 1]
    assert second["older"] is None


@pytest.mark.parametrize("before", ["x", "0", "9" * 30, "\u0663"])
def test_it_begins_with_the_newest_when_the_page_is_none(erins: Client, before: str) -> None:
    page = erins.get(address(story(), "history"), {"before": before})
    assert page.context["is_first_page"]


def test_it_previews_any_revision(erins: Client) -> None:
    page = erins.get(address(story(), "revision/1/preview"))
    assert "Мост строят" in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_it_notes_who_restored_what(erins: Client, erin: User) -> None:
    article = story()
    erins.post(address(article, "revision/1"))
    noted = LogEntry.objects.get(object_id=article.pk)
    assert (noted.user, noted.change_message) == (erin, _("Restored revision %(number)d.") % {"number": 1})


def test_it_restores_as_a_new_revision(erins: Client) -> None:
    article = story()
    erins.post(address(article, "revision/1"))
    restored = newest(article)
    assert (restored.number, restored.title, restored.kind) == (3, "Мост строят", Revision.Kind.RESTORE)


def test_it_restores_nothing_for_who_may_only_read(walts: Client, walt: User) -> None:
    article = story()
    walt.user_permissions.remove(walt.user_permissions.get(codename="change_article"))
    assert walts.get(address(article, "revision/1")).status_code == 200
    assert walts.post(address(article, "revision/1")).status_code == 403
    assert article.revisions.count() == 2


@pytest.mark.parametrize("rest", ["revision/77", "revision/" + "9" * 30])
def test_it_answers_404_for_a_revision_that_does_not_exist(erins: Client, rest: str) -> None:
    assert erins.get(address(story(), rest)).status_code == 404


@pytest.mark.parametrize("rest", ["history", "revision/1", "preview", "revision/1/preview", "compare"])
def test_it_is_closed_to_those_without_rights(monas: Client, rest: str) -> None:
    assert monas.get(address(story(), rest)).status_code == 403


@pytest.mark.parametrize("rest", ["history", "revision/1", "preview", "withdraw"])
def test_it_answers_404_for_an_article_that_does_not_exist(erins: Client, rest: str) -> None:
    assert erins.get(f"/admin/articles/article/999/{rest}/").status_code == 404


def test_it_previews_the_working_copy_and_leaves_the_site_as_it_is(erins: Client, client: Client) -> None:
    article = story()
    page = erins.get(address(article, "preview"))
    assert "Мост достроили" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert "Мост строят" in client.get(article.get_absolute_url()).text


def test_it_previews_a_draft_that_was_never_published(erins: Client) -> None:
    draft = make_draft("Мост откроют", authors=[make_author("Яков Белов")], category=make_category())
    page = erins.get(address(draft, "preview")).text
    assert "Мост откроют" in page
    assert "Яков Белов" in page
    assert not Article.objects.get().bylines.exists()


def test_it_names_who_wrote_and_who_published(erins: Client, erin: User, walt: User) -> None:
    article = publishing.start(make_content(category=make_category()), by=walt)
    press(erins, article, "publish", category=newest(article).content.category)
    told = list(article.revisions.order_by("number").values_list("kind", "by__username"))
    assert told == [(Revision.Kind.SAVE, "walt"), (Revision.Kind.PUBLISH, "erin")]
    assert Article.objects.get().live_revision == newest(article)


def test_it_marks_what_an_editor_wrote_and_published_alone(erins: Client, erin: User) -> None:
    article = publishing.start(make_content(category=make_category()), by=erin)
    publishing.publish(article, newest(article), by=erin)
    assert [revision.kind for revision in article.revisions.all()] == [Revision.Kind.PUBLISH]


def test_it_keeps_the_mark_of_what_was_imported(erins: Client, erin: User) -> None:
    article = publishing.start(make_content(category=make_category()), by=None, kind=Revision.Kind.IMPORT)
    publishing.publish(article, newest(article), by=None)
    press(erins, article, "publish", category=newest(article).content.category)
    told = list(article.revisions.order_by("number").values_list("kind", "by__username"))
    assert told == [(Revision.Kind.IMPORT, None), (Revision.Kind.PUBLISH, "erin")]


def test_it_calls_people_by_their_names(erins: Client, erin: User) -> None:
    erin.first_name, erin.last_name = "Эрин", "Ланге"
    erin.save()
    article = publishing.start(make_content(), by=erin)
    told = [re.search("Эрин Ланге, ", erins.get(address(article, page)).text) for page in PAGES]
    assert all(told)
