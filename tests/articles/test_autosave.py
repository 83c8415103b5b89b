"""What a sheet keeps by itself while it is written."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Article, Remit, Revision, Source, State
from tests.factories import make_article, make_author, make_category, make_content, make_draft
from tests.people import make_person
from tests.sheets import ADD, newest, seen, sheet, typed

NEW = "/admin/articles/article/autosave/"


def keep(browser: Client, person: User, article: Article | None = None, **fields: Any) -> Any:
    """Sends an open sheet as its script does."""
    address = f"/admin/articles/article/{article.pk}/autosave/" if article else NEW
    return browser.post(address, typed(**dict[str, Any](editor=person.pk, sheet=uuid4().hex) | fields))


def kinds(article: Article) -> list[str]:
    return list(article.revisions.order_by("number").values_list("kind", flat=True))


def test_it_keeps_what_is_typed_as_the_newest_revision(erins: Client, erin: User) -> None:
    article = make_draft("Мост строят")
    answer = keep(erins, erin, article, title="Мост строят быстрее", **seen(erins, article))
    assert answer.status_code == 200
    assert (newest(article).title, newest(article).kind) == ("Мост строят быстрее", Revision.Kind.AUTOSAVE)
    assert answer.json()["number"] == newest(article).number


def test_it_begins_a_draft_for_a_new_article_once(erins: Client, erin: User) -> None:
    token = uuid4().hex
    answers = [keep(erins, erin, sheet=token, title=title).json() for title in ("Мост", "Мост открыт")]
    article = Article.objects.get()
    assert [answer["addresses"]["change"] for answer in answers] == [sheet(article)] * 2
    assert (newest(article).title, kinds(article), article.created_by) == ("Мост открыт", ["autosave"], erin)


def test_it_begins_nothing_while_nothing_is_written(erins: Client, erin: User) -> None:
    assert keep(erins, erin, title="").json() == {"number": 0}
    assert not Article.objects.exists()


def test_it_saves_the_draft_that_the_sheet_began_though_its_answer_was_lost(erins: Client, erin: User) -> None:
    token = uuid4().hex
    keep(erins, erin, sheet=token, title="Мост")
    answer = erins.post(ADD, typed(sheet=token, title="Мост открыт"))
    article = Article.objects.get()
    assert answer.headers["Location"] == sheet(article)
    assert (kinds(article), newest(article).title) == (["save"], "Мост открыт")


def test_it_turns_into_the_save_that_follows(erins: Client, erin: User) -> None:
    article = make_draft()
    token = uuid4().hex
    number = keep(erins, erin, article, **seen(erins, article) | {"sheet": token}).json()["number"]
    erins.post(sheet(article), typed(sheet=token, based_on=number))
    assert kinds(article) == ["save", "save"]
    assert newest(article).number == number


def test_it_adds_nothing_to_the_save_of_the_same_sheet(erins: Client, erin: User) -> None:
    """What a browser still sends of a sheet that was saved meanwhile, and says the same."""
    article = make_draft()
    before = seen(erins, article) | {"sheet": uuid4().hex}
    erins.post(sheet(article), typed(**before))
    answer = keep(erins, erin, article, **before)
    assert answer.json()["number"] == newest(article).number
    assert kinds(article) == ["save", "save"]


def test_it_gives_each_text_a_number_of_its_own(erins: Client, erin: User) -> None:
    article = make_draft()
    token, number, numbers = uuid4().hex, 1, []
    for title in ("Один", "Два", "Два", "Три"):
        answer = keep(erins, erin, article, sheet=token, based_on=number, title=title)
        number = answer.json()["number"]
        numbers.append(number)
    assert numbers == [2, 3, 3, 4]
    assert kinds(article) == ["save", "autosave"]


def test_it_never_writes_over_what_another_has_saved(erins: Client, erin: User, walt: User) -> None:
    article = make_draft()
    before = seen(erins, article)
    publishing.save(article, make_content("Текст Вальтера"), by=walt)
    answer = keep(erins, erin, article, title="Текст Эрин", **before)
    assert answer.status_code == 409
    assert "walt" in answer.json()["told"]
    assert newest(article).title == "Текст Вальтера"


def test_it_never_writes_over_another_tab_of_the_same_person(erins: Client, erin: User) -> None:
    article = make_draft()
    number = keep(erins, erin, article, based_on=1, title="Первая вкладка").json()["number"]
    keep(erins, erin, article, based_on=number, title="Вторая вкладка")
    assert keep(erins, erin, article, based_on=number, title="Снова первая").status_code == 409
    assert newest(article).title == "Вторая вкладка"


def test_it_knows_its_own_words_again_when_an_answer_was_lost(erins: Client, erin: User) -> None:
    article = make_draft()
    token = uuid4().hex
    answers = [keep(erins, erin, article, sheet=token, based_on=1, title=title) for title in ("Один", "Два")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert newest(article).title == "Два"


def test_it_tells_who_saved_that_an_autosave_came_after_what_they_saw(erins: Client, erin: User, walt: User) -> None:
    """Two sittings: Walt opened what Erin had autosaved, and she went on."""
    article = make_draft()
    token = uuid4().hex
    number = keep(erins, erin, article, sheet=token, based_on=1, title="Один").json()["number"]
    keep(erins, erin, article, sheet=token, based_on=number, title="Два")
    with pytest.raises(publishing.Conflict):
        publishing.save(article, make_content("Вальтер"), by=walt, based_on=number)


def test_it_keeps_what_is_right_and_names_the_rest(erins: Client, erin: User) -> None:
    known = make_author("Яков Белов")
    article = make_draft(authors=[known], seo_title="Прежний")
    wrong = {"authors": ["Яко"], "seo_title": "я" * 301, "category": "нет", "more": {"sources-0-name": "пресс-служ"}}
    answer = keep(erins, erin, article, title="Мост", **wrong, **seen(erins, article)).json()
    kept = newest(article).content
    assert (kept.title, kept.seo_title, kept.authors[0].author) == ("Мост", "Прежний", known.pk)
    assert not answer["complete"]
    assert all(name in answer["told"] for name in ("Авторы", "Источники", "Рубрика"))
    assert not Source.objects.exists()


def test_it_changes_nothing_for_readers(erins: Client, erin: User, client: Client) -> None:
    article = make_article("Мост открыт", category=make_category())
    before = Client().get(article.get_absolute_url()).text
    keep(erins, erin, article, title="Мост закрыт", **seen(erins, article))
    assert Client().get(article.get_absolute_url()).text == before
    assert "Мост закрыт" not in before


def test_it_publishes_what_was_autosaved(erins: Client, erin: User) -> None:
    category = make_category()
    article = make_draft()
    token = uuid4().hex
    told = keep(erins, erin, article, category=category.pk, **seen(erins, article) | {"sheet": token})
    known = {name: told.json()[name] for name in ("standing",)} | {"based_on": told.json()["number"]}
    erins.post(sheet(article), typed("publish", category=category.pk, sheet=token, **known))
    assert Article.objects.published().get().title == "Мост открыт"
    assert kinds(article) == ["save", "publish"]


def test_it_begins_another_autosave_after_a_sitting(erins: Client, erin: User) -> None:
    article = make_draft()
    keep(erins, erin, article, based_on=1, title="Утром")
    article.revisions.filter(number=2).update(at=timezone.now() - 2 * publishing.SITTING)
    keep(erins, erin, article, based_on=2, title="Вечером")
    assert kinds(article) == ["save", "autosave", "autosave"]


def test_it_keeps_nothing_in_the_name_of_another(erins: Client, walt: User) -> None:
    article = make_draft()
    answer = keep(erins, walt, article, **seen(erins, article))
    assert answer.status_code == 403
    assert answer.json()["told"]
    assert kinds(article) == ["save"]


def test_it_keeps_nothing_of_who_may_not_write(monas: Client, mona: User) -> None:
    assert keep(monas, mona, make_draft()).status_code == 403
    assert keep(monas, mona).status_code == 403


def test_it_keeps_nothing_of_a_story_that_is_the_editors_by_now(walts: Client, walt: User) -> None:
    article = publishing.start(make_content(), by=walt)
    before = seen(walts, article)
    publishing.move_to(article, State.READY)
    answer = keep(walts, walt, article, **before)
    assert answer.status_code == 403
    assert answer.json()["told"]


def test_it_leaves_a_story_in_its_section_where_its_writer_may_not_move_it(client: Client, db: None) -> None:
    here, there = make_category("Город"), make_category("Мир")
    sonia = make_person("sonia", "publish_article")
    Remit.objects.create(user=sonia, category=here)
    client.force_login(sonia)
    article = make_draft(category=here)
    told = keep(client, sonia, article, title="Мост", category=there.pk, **seen(client, article)).json()
    assert (newest(article).title, newest(article).content.category) == ("Мост", here.pk)
    assert "Рубрика" in told["told"]


def test_it_keeps_nothing_of_what_lies_in_the_bin(erins: Client, erin: User) -> None:
    article = make_draft()
    before = seen(erins, article)
    publishing.move_to_bin(article, now=timezone.now() - timedelta(minutes=1))
    assert keep(erins, erin, article, **before).status_code == 409


def test_it_sends_who_is_signed_out_to_the_sign_in(client: Client, erin: User) -> None:
    assert keep(client, erin, make_draft()).status_code == 302


@pytest.mark.parametrize("fields", [{"based_on": "x"}, {"based_on": 9**30}, {"sheet": "'"}, {"sheet": "a\0b"}])
def test_it_refuses_what_no_sheet_sends(erins: Client, erin: User, fields: dict[str, Any]) -> None:
    article = make_draft()
    assert keep(erins, erin, article, **{"based_on": 1} | fields).status_code == 400
    assert kinds(article) == ["save"]


def test_it_answers_a_malformed_sheet_with_what_it_can_keep(erins: Client, erin: User) -> None:
    article = make_draft("Было")
    answer = erins.post(
        f"/admin/articles/article/{article.pk}/autosave/", {"editor": erin.pk, "based_on": 1, "title": "a\0b"}
    )
    assert answer.status_code == 200
    assert newest(article).title == "ab"


def test_it_answers_405_to_a_look_and_404_to_what_is_not_there(erins: Client, erin: User) -> None:
    assert erins.get(NEW).status_code == 405
    assert erins.post("/admin/articles/article/999/autosave/", {"editor": erin.pk}).status_code == 404


def test_it_compares_what_a_browser_has_kept(erins: Client, erin: User) -> None:
    article = make_draft("Мост строят", body="<p>Слово</p>")
    address = f"/admin/articles/article/{article.pk}/draft/"
    same = typed(editor=erin.pk, title="Мост строят", body="<p>Слово</p>", based_on=1)
    assert erins.post(address, same).json()["differs"] is False
    found = erins.post(address, same | {"title": "Мост построен"}).json()
    assert found["differs"]
    assert "<ins>построен</ins>" in found["html"]
    assert kinds(article) == ["save"]


def test_it_knows_the_time_that_came_true_again(erins: Client, erin: User) -> None:
    article, kept = make_draft("Мост строят"), typed(title="Мост строят", category=make_category().pk)
    kept |= {"publish_at": "2098-05-04T10:30"}
    assert erins.post(sheet(article), kept | {"act": "publish"} | seen(erins, article)).status_code == 302
    page = erins.get(sheet(article)).text
    assert "Впервые опубликовано" not in page
    address = f"/admin/articles/article/{article.pk}/draft/"
    answer = erins.post(address, kept | {"editor": erin.pk} | seen(erins, article))
    assert answer.json()["differs"] is False


def test_it_shows_what_a_browser_has_kept_without_saving_it(erins: Client) -> None:
    article = make_draft("Мост строят")
    page = erins.post(sheet(article), typed("show", title="Мост построен", **seen(erins, article)))
    assert page.status_code == 200
    assert "Мост построен" in page.text
    assert "data-dirty" in page.text
    assert kinds(article) == ["save"]


def test_it_writes_nothing_on_a_story_that_was_marked_ready_through_the_address_of_new_ones(
    walts: Client, walt: User
) -> None:
    token = uuid4().hex
    keep(walts, walt, sheet=token, title="Мост")
    article = Article.objects.get()
    publishing.move_to(article, State.READY, by=None)
    assert keep(walts, walt, sheet=token, title="Не мост").status_code == 403
    assert walts.post(ADD, typed(sheet=token, title="Не мост")).status_code == 409
    assert newest(article).title == "Мост"


def test_it_writes_nothing_into_the_bin_through_the_address_of_new_ones(erins: Client, erin: User) -> None:
    token = uuid4().hex
    keep(erins, erin, sheet=token, title="Мост")
    article = Article.objects.get()
    publishing.move_to_bin(article)
    assert keep(erins, erin, sheet=token, title="Не мост").status_code == 409
    assert erins.post(ADD, typed(sheet=token, title="Не мост")).status_code == 409
    assert newest(article).title == "Мост"


def test_it_passes_a_new_article_on_once_though_the_button_was_pressed_twice(walts: Client) -> None:
    fields = typed("review", sheet=uuid4().hex)
    assert [walts.post(ADD, fields).status_code for _press in range(2)] == [302, 409]
    assert Article.objects.get().moves.count() == 1
