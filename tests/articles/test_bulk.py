"""Changing many articles at once: choosing, looking first, doing, reporting, taking back."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from articles import bulk, presence, publishing
from articles.bulk import running
from articles.models import Article, BulkChange, BulkRow, Remit, Revision, State
from tests.factories import make_article, make_author, make_category, make_content, make_draft

LIST = "/admin/articles/article/"


@pytest.fixture(autouse=True)
def row_by_row(settings: Settings) -> None:
    """Each article is asked for by itself, in a transaction of its own: that is what makes a change safe to kill."""
    settings.ZEAL_ALLOWLIST = [{"model": "articles.*", "field": "get()"}]


def choose(client: Client, *articles: Article, **sent: Any) -> str:
    """Ticks articles and presses the button; returns the address of what comes next."""
    answer = client.post(f"{LIST}bulk/choose/", {"chosen": [each.pk for each in articles]} | sent)
    return str(answer.headers["Location"])


def ask(client: Client, address: str, act: str, **asked: Any) -> Any:
    return client.post(address, {"do": "ask", "act": act} | asked)


def change(client: Client, act: str, *articles: Article, **asked: Any) -> BulkChange:
    """Changes articles from the first tick to the last button."""
    begin = {"do": "begin"} | ({"publishes": "1"} if asked.pop("publishes", False) else {})
    address = choose(client, *articles)
    assert ask(client, address, act, **asked).status_code == 302
    rows = BulkRow.objects.filter(change__pk=address.split("/")[-2]).values_list("pk", flat=True)
    client.post(address, begin | {"shown": list(rows), "row": list(rows)})
    return BulkChange.objects.get(pk=address.split("/")[-2])


def newest(article: Article) -> Any:
    return article.revisions.order_by("-number").first()


def outcome(done: BulkChange) -> list[tuple[str, str]]:
    return list(done.rows.values_list("state", "reason"))


def words(find: str, new: str, *fields: str, **more: Any) -> dict[str, Any]:
    return {"find": find, "new": new, "fields_": fields or ("title", "lead", "body"), "match_case": "1"} | more


def test_it_puts_articles_into_another_category(erins: Client, erin: User) -> None:
    city = make_category("Город")
    done = change(erins, "category", make_draft("один"), make_draft("два"), category=city.pk)
    assert (done.state, done.by, outcome(done)) == ("done", erin, [("done", ""), ("done", "")])
    assert [newest(each).content.category for each in Article.objects.all()] == [city.pk, city.pk]
    assert {newest(each).kind for each in Article.objects.all()} == {Revision.Kind.BULK}


def test_it_adds_tags_and_takes_some_away(erins: Client) -> None:
    draft = make_draft(tags=["порт", "мост"])
    change(erins, "tags", draft, add="Город, ПОРТ", remove="Мост")
    assert newest(draft).content.tags == ["порт", "Город"]


def test_it_lets_one_author_take_the_place_of_another(erins: Client) -> None:
    anna, boris, vera = (make_author(name, slug=slug) for name, slug in (("Анна", "a"), ("Борис", "b"), ("Вера", "v")))
    draft = make_draft(authors=[anna, boris])
    change(erins, "authors", draft, add="Вера", remove="Анна")
    assert [one.author for one in newest(draft).content.authors] == [vera.pk, boris.pk]


def test_it_shows_every_change_before_anything_is_done(erins: Client) -> None:
    draft, other = make_draft("Порт растёт", body="<p>Наш порт.</p>"), make_draft("Мост")
    address = choose(erins, draft, other)
    ask(erins, address, "replace", **words("порт", "вокзал"))
    page = erins.get(address)
    assert "Наш <del>порт</del><ins>вокзал</ins>." in page.text
    assert (page.context["counts"]["todo"], page.context["counts"]["same"]) == (1, 1)
    assert draft.revisions.count() == 1


def test_it_leaves_out_what_is_unticked(erins: Client) -> None:
    kept, changed = make_draft("порт А"), make_draft("порт Б")
    address = choose(erins, kept, changed)
    ask(erins, address, "replace", **words("порт", "вокзал"))
    first, second = BulkRow.objects.values_list("pk", flat=True)
    erins.post(address, {"do": "begin", "shown": [first, second], "row": [second]})
    assert [newest(each).title for each in (kept, changed)] == ["порт А", "вокзал Б"]


def test_it_shows_readers_nothing_until_it_is_asked_for(erins: Client) -> None:
    story = make_article("Новый порт", category=make_category())
    change(erins, "replace", story, **words("порт", "вокзал"))
    assert Article.objects.get().title == "Новый порт"
    assert newest(story).title == "Новый вокзал"


def test_it_publishes_the_change_of_live_stories_if_it_is_asked_for(erins: Client) -> None:
    story = make_article("Новый порт", category=make_category(), at=timezone.now() - timedelta(days=3))
    done = change(erins, "replace", story, publishes=True, **words("порт", "вокзал"))
    told = Article.objects.get()
    assert (told.title, told.publish_at, told.newest) == ("Новый вокзал", story.publish_at, told.live_revision)
    assert done.rows.get().is_published


def test_it_publishes_nothing_that_others_work_on(erins: Client) -> None:
    story = make_article("Новый порт", category=make_category())
    publishing.save(story, make_content("Недописанное про порт"), by=None)
    done = change(erins, "replace", story, publishes=True, **words("порт", "вокзал"))
    assert Article.objects.get().title == "Новый порт"
    assert outcome(done) == [("done", "ahead")]


def test_it_passes_over_what_was_saved_meanwhile(erins: Client) -> None:
    draft = make_draft("порт")
    address = choose(erins, draft)
    ask(erins, address, "replace", **words("порт", "вокзал"))
    publishing.save(draft, make_content("порт, уточнено"), by=None)
    erins.post(address, {"do": "begin"})
    assert newest(draft).title == "порт, уточнено"
    assert outcome(BulkChange.objects.get()) == [("skipped", "edited")]
    assert "тем временем его кто-то сохранил" in erins.get(address).text


def test_it_passes_over_what_somebody_writes_in(erins: Client, walt: User) -> None:
    draft = make_draft("порт")
    presence.claim(draft.pk, walt, timezone.now())
    assert outcome(change(erins, "tags", draft, add="порт")) == [("skipped", "held")]


def test_it_changes_only_what_one_may_write(walts: Client, walt: User) -> None:
    own = publishing.start(make_content("порт А"), by=walt)
    done = change(walts, "replace", own, make_draft("порт Б"), **words("порт", "вокзал"))
    assert outcome(done) == [("done", ""), ("skipped", "rights")]


def test_it_publishes_nothing_for_who_may_not(walts: Client, walt: User) -> None:
    walt.user_permissions.add(Permission.objects.get(codename="edit_every_article"))
    story = make_article("порт", category=make_category())
    done = change(walts, "replace", story, publishes=True, **words("порт", "вокзал"))
    assert (Article.objects.get().title, done.publishes) == ("порт", False)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [(words("порт", "", "title"), "no_title"), (words("порт", "x" * 300, "title"), "too_long")],
)
def test_it_refuses_what_no_sheet_would_take(erins: Client, asked: dict[str, Any], reason: str) -> None:
    draft = make_draft("порт" if reason == "no_title" else "порт порт")
    assert outcome(change(erins, "replace", draft, **asked)) == [("skipped", reason)]


@pytest.mark.parametrize(("to", "state"), [("review", "review"), ("bin", "draft")])
def test_it_moves_many(erins: Client, to: str, state: str) -> None:
    draft = make_draft()
    change(erins, "state", draft, to=to)
    told = Article.objects.get()
    assert (told.state, told.in_bin) == (state, to == "bin")


def test_it_returns_many_with_a_reason(erins: Client) -> None:
    draft = make_draft()
    publishing.move_to(draft, State.REVIEW)
    assert ask(erins, choose(erins, draft), "state", to="draft").status_code == 400
    change(erins, "state", draft, to="draft", reason="Нет источника.")
    told = draft.moves.values_list("reason", flat=True)[0]
    assert (Article.objects.get().state, told) == (State.DRAFT, "Нет источника.")


def test_it_publishes_nothing_alone_where_two_are_needed(erins: Client) -> None:
    story = make_article("порт", category=make_category(four_eyes=True))
    done = change(erins, "replace", story, publishes=True, **words("порт", "вокзал"))
    assert (Article.objects.get().title, outcome(done)) == ("порт", [("done", "two")])


def test_it_withdraws_and_brings_back(erins: Client) -> None:
    story = make_article(category=make_category(), at=timezone.now() - timedelta(days=1))
    done = change(erins, "state", story, make_draft(), to="withdraw")
    assert (Article.objects.get(pk=story.pk).state, outcome(done)) == (
        State.WITHDRAWN,
        [("done", ""), ("skipped", "state")],
    )
    erins.post(f"{LIST}bulk/{done.pk}/", {"do": "undo"})
    told = Article.objects.get(pk=story.pk)
    assert (told.state, told.publish_at) == (State.PUBLISHED, story.publish_at)


@pytest.mark.parametrize("saved", ["before", "after"])
def test_it_brings_back_what_readers_saw_and_leaves_the_working_copy(erins: Client, saved: str) -> None:
    story = make_article("Мост", category=make_category(), at=timezone.now() - timedelta(days=1))
    listed = list(story.listings.values_list("key", "publish_at"))
    work: list[Revision] = []
    if saved == "before":
        work.append(publishing.save(story, make_content("Мост, не закончено"), by=None))
    done = change(erins, "state", story, to="withdraw")
    if saved == "after":
        work.append(publishing.save(story, make_content("Мост, не закончено"), by=None))
    assert Client().get(story.get_absolute_url()).status_code == 410
    erins.post(f"{LIST}bulk/{done.pk}/", {"do": "undo"})
    told, page = Article.objects.get(), Client().get(story.get_absolute_url())
    assert (page.status_code, "Мост</h1>" in page.text, "не закончено" in page.text) == (200, True, False)
    assert (told.newest, told.live_revision, told.publish_at) == (work[0], story.live_revision, story.publish_at)
    assert (list(told.listings.values_list("key", "publish_at")), outcome(done)) == (listed, [("returned", "")])


def test_it_leaves_withdrawn_what_was_published_and_withdrawn_anew(erins: Client, erin: User) -> None:
    story = make_article(category=make_category())
    done = change(erins, "state", story, to="withdraw")
    publishing.publish(story, newest(story), by=None)
    publishing.withdraw(story, by=erin)
    erins.post(f"{LIST}bulk/{done.pk}/", {"do": "undo"})
    assert (Article.objects.get().state, outcome(done)) == (State.WITHDRAWN, [("kept", "decided")])
    assert "кто-то снова опубликовал или снял" in erins.get(f"{LIST}bulk/{done.pk}/").text


@pytest.mark.parametrize("to", ["review", "bin"])
def test_it_takes_moves_back(erins: Client, to: str) -> None:
    make_draft()
    done = change(erins, "state", Article.objects.get(), to=to)
    erins.post(f"{LIST}bulk/{done.pk}/", {"do": "undo"})
    told = Article.objects.get()
    assert (told.state, told.in_bin) == (State.DRAFT, False)


def test_it_takes_a_whole_change_back_but_for_what_was_saved_since(erins: Client) -> None:
    story, other = make_article("порт А", category=make_category()), make_draft("порт Б")
    done = change(erins, "replace", story, other, publishes=True, **words("порт", "вокзал"))
    publishing.save(other, make_content("вокзал Б, уточнено"), by=None)
    erins.post(f"{LIST}bulk/{done.pk}/", {"do": "undo"})
    done.refresh_from_db()
    assert (done.state, outcome(done)) == ("undone", [("returned", ""), ("kept", "edited")])
    assert (Article.objects.get(pk=story.pk).title, newest(other).title) == ("порт А", "вокзал Б, уточнено")
    assert newest(story).kind in {Revision.Kind.RESTORE, Revision.Kind.PUBLISH}


def test_it_takes_all_that_a_filter_shows(erins: Client) -> None:
    make_draft("порт А"), make_draft("порт Б"), make_article("порт В")
    address = choose(erins, every="1", query="state=draft")
    assert list(BulkRow.objects.values_list("title", flat=True)) == ["порт Б", "порт А"]
    assert erins.get(address).context["number"] == 2


def test_it_leaves_many_to_the_worker(erins: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 1)
    asked: list[int] = []
    monkeypatch.setattr(running, "go_on_later", SimpleNamespace(enqueue=asked.append))
    done = change(erins, "tags", make_draft("один"), make_draft("два"), add="порт")
    assert (done.state, asked) == ("running", [done.pk])
    assert erins.get(f"{LIST}bulk/{done.pk}/").status_code == 200
    told = erins.get(f"{LIST}bulk/{done.pk}/progress/").json()
    assert told == {"moving": True, "done": 0, "all": 2}
    erins.post(f"{LIST}bulk/{done.pk}/", {"do": "again"})
    done.refresh_from_db()
    assert (done.state, {each.revisions.count() for each in Article.objects.all()}) == ("done", {2})


def test_it_goes_on_after_a_killed_worker_and_does_nothing_twice(erin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    started = bulk.choose([make_draft(f"{number}").pk for number in range(3)], by=erin, now=now)
    bulk.plan(started, "tags", {"add": ["порт"], "remove": []}, publishes=False)
    BulkChange.objects.update(state="running")
    real, done = running._do, []

    def dies(*given: Any) -> None:
        real(*given)
        done.append(given)
        if len(done) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(running, "_do", dies)
    with pytest.raises(KeyboardInterrupt):
        bulk.go_on(started.pk)
    monkeypatch.setattr(running, "_do", real)
    bulk.resume(now + timedelta(hours=1))
    assert BulkChange.objects.get().state == "done"
    assert {each.revisions.count() for each in Article.objects.all()} == {2}


def test_it_forgets_choices_that_nobody_went_on_with(erin: User) -> None:
    now = timezone.now()
    bulk.choose([make_draft().pk], by=erin, now=now)
    bulk.resume(now + timedelta(days=3))
    assert not BulkChange.objects.exists()


@pytest.mark.parametrize(
    ("act", "asked"),
    [
        ("category", {"category": "999"}),
        ("tags", {}),
        ("tags", {"add": ",".join(map(str, range(40)))}),
        ("authors", {"add": "Никто"}),
        ("authors", {}),
        ("replace", {"find": "", "new": "x", "fields_": ["title"]}),
        ("replace", {"find": "x", "new": "x", "fields_": ["title"]}),
        ("replace", {"find": "x", "new": "y", "fields_": ["state"]}),
        ("state", {"to": "published"}),
        ("nonsense", {}),
    ],
)
def test_it_asks_again_for_what_makes_no_sense(erins: Client, act: str, asked: dict[str, Any]) -> None:
    address = choose(erins, make_draft())
    assert ask(erins, address, act, **asked).status_code == 400


@pytest.mark.parametrize("chosen", ["x", "-1", "9" * 30])
def test_it_refuses_what_is_no_article(erins: Client, chosen: str) -> None:
    assert erins.post(f"{LIST}bulk/choose/", {"chosen": chosen}).status_code == 400


def test_it_asks_for_ticks(erins: Client) -> None:
    assert choose(erins, query="state=draft") == f"{LIST}?state=draft"


def test_it_does_nothing_twice(erins: Client) -> None:
    draft = make_draft("порт")
    done = change(erins, "replace", draft, **words("порт", "вокзал"))
    for do in ("begin", "ask", "tick", "again"):
        erins.post(f"{LIST}bulk/{done.pk}/", {"do": do, "act": "tags", "add": "x"})
    assert draft.revisions.count() == 2
    assert erins.post(f"{LIST}bulk/{done.pk}/", {"do": "x"}).status_code == 400


def test_it_shows_a_change_only_to_who_made_it_or_edits_everything(walts: Client, erin: User, mona: User) -> None:
    made = bulk.choose([make_draft().pk], by=erin, now=timezone.now())
    address = f"{LIST}bulk/{made.pk}/"
    assert [walts.get(each).status_code for each in (address, f"{address}progress/", f"{LIST}bulk/")] == [404, 404, 200]
    assert walts.post(address, {"do": "begin"}).status_code == 404
    walts.force_login(mona)
    assert walts.get(f"{LIST}bulk/").status_code == 403
    assert walts.post(f"{LIST}bulk/choose/").status_code == 403


def test_it_lists_what_was_changed(erins: Client) -> None:
    done = change(erins, "tags", make_draft(), add="порт")
    assert f"bulk/{done.pk}/" in erins.get(f"{LIST}bulk/").text


def test_it_asks_a_section_editor_no_more_questions_for_more_stories(sams: Client, sam: User) -> None:
    town, asked = make_category(), []
    Remit.objects.create(user=sam, category=town)
    for number in (2, 6):
        change = bulk.choose([make_draft(category=town).pk for _each in range(number)], by=sam, now=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            sams.post(f"/admin/articles/article/bulk/{change.pk}/", {"do": "ask", "act": "tags", "add": "мост"})
        assert change.rows.filter(state=BulkRow.State.TO_DO).count() == number
        asked.append(len(queries))
    assert asked[0] == asked[1]
