"""The sheet on which articles are written: what is saved, what readers see, and who may do what."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles import publishing
from articles.admin import editing
from articles.models import Article, Author, Source, State
from tests.factories import make_article, make_author, make_category, make_content, make_draft, make_media
from tests.sheets import ADD, newest, press, seen, sheet, typed


def test_it_keeps_a_new_article_as_a_draft(erins: Client, erin: User) -> None:
    erins.post(ADD, typed(lead="Движение открыли утром."))
    article = Article.objects.get()
    assert (article.state, article.title, article.created_by) == (State.DRAFT, "", erin)
    assert newest(article).content.lead == "Движение открыли утром."


def test_it_saves_and_no_more_when_enter_is_pressed_in_a_field(erins: Client) -> None:
    buttons = re.findall(r'<button type="submit" name="act" value="(\w+)"', erins.get(ADD).text)
    assert buttons[0] == "save"
    assert "publish" in buttons[1:]


def test_it_shows_the_newest_revision(erins: Client) -> None:
    article = make_article("Мост строят")
    publishing.save(article, make_content("Мост достроили"), by=None)
    assert "Мост достроили" in erins.get(sheet(article)).text


def test_it_saves_a_live_story_without_readers_noticing(erins: Client, client: Client) -> None:
    article = make_article("Мост строят")
    erins.post(sheet(article), typed(based_on=1, title="Мост открыт"))
    assert newest(article).title == "Мост открыт"
    assert Article.objects.get(pk=article.pk).title == "Мост строят"


def test_it_publishes(erins: Client, client: Client) -> None:
    category = make_category()
    erins.post(ADD, typed("publish", category=category.pk))
    assert "Мост открыт" in client.get(Article.objects.get().get_absolute_url()).text


def test_it_publishes_at_a_time_to_come(erins: Client, client: Client) -> None:
    erins.post(ADD, typed("publish", category=make_category().pk, publish_at="2098-05-04T10:30"))
    article = Article.objects.get()
    assert article.is_scheduled(timezone.now())
    assert client.get(article.get_absolute_url()).status_code == 404


def test_it_keeps_the_time_of_a_live_story_when_a_change_is_published(erins: Client) -> None:
    began = timezone.now() - timedelta(days=3, seconds=7)
    article = make_article(at=began, category=make_category())
    local = timezone.localtime(began).strftime("%Y-%m-%dT%H:%M")
    times = {"publish_at": local, "update_note": "Добавлены подробности"}
    press(erins, article, "publish", category=newest(article).content.category, more=times)
    article.refresh_from_db()
    assert (article.publish_at, article.title) == (began, "Мост открыт")
    assert article.update_note == "Добавлены подробности"


def test_it_takes_a_story_off_at_a_time(erins: Client) -> None:
    erins.post(ADD, typed("publish", category=make_category().pk, unpublish_at="2098-05-04T10:30"))
    assert Article.objects.get().has_gone_off(timezone.now().replace(year=2099))


def test_it_refuses_an_end_before_the_beginning(erins: Client) -> None:
    times = {"publish_at": "2098-05-04T10:30", "unpublish_at": "2098-05-04T10:00"}
    answer = erins.post(ADD, typed("publish", category=make_category().pk, more=times))
    assert answer.context["form"].errors["unpublish_at"]
    assert not Article.objects.exists()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "275760-09-13T00:00", "вчера", "9999-12-31T23:59"])
def test_it_refuses_times_that_no_database_keeps(erins: Client, moment: str) -> None:
    answer = erins.post(ADD, typed("publish", category=make_category().pk, publish_at=moment))
    assert answer.context["form"].errors["publish_at"]


@pytest.mark.parametrize(
    ("before", "act", "after"),
    [
        (State.DRAFT, "review", State.REVIEW),
        (State.REVIEW, "ready", State.READY),
        (State.REVIEW, "return", State.DRAFT),
        (State.READY, "return", State.DRAFT),
    ],
)
def test_it_passes_a_draft_on(ediths: Client, before: State, act: str, after: State) -> None:
    article = make_draft()
    publishing.move_to(article, before)
    press(ediths, article, act, reason="Добавьте слова очевидцев.")
    article.refresh_from_db()
    assert article.state == after


def test_it_lets_nobody_publish_who_may_only_write(walts: Client) -> None:
    article = make_draft(category=make_category())
    page = walts.get(sheet(article)).text
    answer = walts.post(sheet(article), typed("publish", based_on=1, category=newest(article).content.category))
    article.refresh_from_db()
    assert (answer.status_code, article.state) == (403, State.DRAFT)
    assert 'value="publish"' not in page


def test_it_shows_but_does_not_save_for_who_may_only_read(client: Client, rita: User) -> None:
    rita.is_staff = True
    rita.save()
    allow(rita, "view_article")
    client.force_login(rita)
    article = make_draft("Черновик")
    page = client.get(sheet(article))
    assert "Черновик" in page.text
    assert 'name="act"' not in page.text
    fields = re.findall(
        r'<(?:input|select|textarea)[^>]* name="(?:title|body|\w+-0-name|related-0-story)"[^>]*>', page.text
    )
    assert len(fields) > 3
    assert all(" disabled" in field for field in fields)
    assert client.post(sheet(article), typed(based_on=1)).status_code == 403


def test_it_sends_strangers_to_the_sign_in_page(client: Client, db: None) -> None:
    answer = client.get(sheet(make_draft()))
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/admin/login/")


def test_it_answers_staff_without_rights_with_403(monas: Client) -> None:
    assert monas.get(sheet(make_draft())).status_code == 403
    assert monas.get(ADD).status_code == 403


@pytest.mark.parametrize("key", ["999", "abc", "9" * 30, "%00"])
@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_it_answers_404_where_there_is_no_such_article(erins: Client, key: str, page: str) -> None:
    assert erins.get(f"/admin/articles/article/{key}/{page}/").status_code == 404


def test_it_shows_both_texts_when_somebody_saved_in_between(erins: Client) -> None:
    article = make_draft("Первый заголовок")
    publishing.save(article, make_content("Чужой заголовок"), by=None)
    answer = erins.post(sheet(article), typed(based_on=1, title="Мой заголовок"))
    assert answer.status_code == 409
    assert "Чужой" in answer.text
    assert answer.context["form"]["title"].value() == "Мой заголовок"
    assert newest(article).title == "Чужой заголовок"


def test_it_saves_on_top_once_both_texts_were_shown(erins: Client) -> None:
    article = make_draft("Первый заголовок")
    publishing.save(article, make_content("Чужой заголовок"), by=None)
    shown = erins.post(sheet(article), typed(based_on=1, title="Мой заголовок"))
    erins.post(sheet(article), typed(based_on=shown.context["form"]["based_on"].value(), title="Мой заголовок"))
    assert [revision.title for revision in article.revisions.order_by("number")][1:] == [
        "Чужой заголовок",
        "Мой заголовок",
    ]


def test_it_keeps_a_new_source_with_the_text_of_a_save_that_was_refused(erins: Client) -> None:
    article = make_draft()
    publishing.save(article, make_content("Чужой"), by=None)
    erins.post(sheet(article), typed(based_on=1, more={"sources-0-name": "Новый источник"}))
    assert article.kept_texts.get().content.sources[0].source == Source.objects.get().pk


def test_it_keeps_the_no_break_spaces_of_a_title(erins: Client) -> None:
    erins.post(ADD, typed(title=" Мост  \tу\u00a0реки "))
    article = Article.objects.get()
    assert newest(article).title == "Мост у\u00a0реки"


def test_it_writes_no_revision_when_nothing_changed(erins: Client) -> None:
    erins.post(ADD, typed())
    article = Article.objects.get()
    erins.post(sheet(article), typed(based_on=1))
    assert article.revisions.count() == 1


def test_it_keeps_what_was_typed_when_something_is_wrong(erins: Client) -> None:
    answer = erins.post(ADD, typed(title="Заголовок", lead="Лид", canonical_url="не адрес", tags="мост, город"))
    form = answer.context["form"]
    assert form.errors["canonical_url"]
    assert [form[name].value() for name in ("title", "lead", "canonical_url", "tags")] == [
        "Заголовок", "Лид", "не адрес", "мост, город",
    ]  # fmt: skip
    assert not Article.objects.exists()


@pytest.mark.parametrize(("field", "value"), [("sources-0-url", "не адрес"), ("authors-0-role", "x")])
def test_it_lists_what_is_wrong_in_a_row(erins: Client, field: str, value: str) -> None:
    page = erins.post(ADD, typed(authors=["Анна"]) | {"sources-0-name": "Порт", field: value}).text
    assert f'<li><a href="#id_{field}">' in page


def test_it_asks_for_a_title_and_a_category_before_readers_see_it(erins: Client) -> None:
    answer = erins.post(ADD, typed("publish", title=" "))
    assert set(answer.context["form"].errors) == {"title", "category"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("based_on", "много"), ("based_on", ""), ("language", "de"), ("category", "x"), ("category", "9" * 40),
        ("hero", "-1"), ("hero", "9" * 40), ("hero", "77"), ("comments_mode", "x"), ("age_mark", "21+"),
        ("title", "ж" * 501), ("tags", "ж" * 101), ("tags", ", ".join(map(str, range(40)))), ("categories", "x"),
    ],
)  # fmt: skip
def test_it_names_the_field_that_is_malformed(erins: Client, field: str, value: str) -> None:
    answer = erins.post(ADD, typed(more={field: value}))
    assert answer.status_code == 200
    assert field in answer.context["form"].errors


def test_it_answers_400_for_an_act_that_does_not_exist(erins: Client) -> None:
    assert erins.post(ADD, typed("explode")).status_code == 400


def test_it_answers_a_form_without_its_rows_with_an_error(erins: Client) -> None:
    sent = {name: value for name, value in typed().items() if not name.startswith("authors-")}
    assert erins.post(ADD, sent).context["form"].bylines.non_form_errors()


def test_it_drops_control_characters_and_foreign_markup(erins: Client) -> None:
    body = '<p onclick="x()">Текст\0<script>alert(1)</script></p><iframe src="https://x.example"></iframe>'
    erins.post(ADD, typed(title="Мост\0 \x07открыт\nутром", body=body))
    content = newest(Article.objects.get()).content
    assert (content.title, content.body) == ("Мост открыт утром", "<p>Текст</p>")


def test_it_keeps_pictures_of_the_library_in_the_text(erins: Client) -> None:
    media = make_media()
    picture = f'<img src="{media.url}" alt="Мост" width="800" height="450" data-media="{media.pk}">'
    figure = f"<figure>{picture}<figcaption>Мост</figcaption></figure>"
    erins.post(ADD, typed("publish", body=figure, category=make_category().pk, hero=media.pk))
    article = Article.objects.get()
    assert list(article.body_media.all()) == [media]
    assert article.hero == media


def test_it_signs_with_authors_in_their_order(erins: Client) -> None:
    first, second = make_author("Яков Белов"), make_author("Анна Серова")
    erins.post(ADD, typed("publish", authors=["Яков Белов", "Анна Серова"], category=make_category().pk))
    assert [byline.author for byline in Article.objects.get().bylines.all()] == [first, second]


def test_it_names_an_author_that_does_not_exist(erins: Client) -> None:
    answer = erins.post(ADD, typed(authors=["Никто"]))
    assert "Никто" in answer.context["form"].bylines.non_form_errors()[0]


def test_it_asks_which_of_two_authors_of_one_name_is_meant(erins: Client) -> None:
    make_author("Анна Серова", slug="anna-1")
    second = make_author("Анна Серова", slug="anna-2")
    refused = erins.post(ADD, typed(authors=["Анна Серова"]))
    erins.post(ADD, typed(authors=["anna-2"]))
    assert "anna-1, anna-2" in refused.context["form"].bylines.non_form_errors()[0]
    assert newest(Article.objects.get()).content.authors[0].author == second.pk


def test_it_keeps_the_author_it_had_though_two_share_the_name(erins: Client) -> None:
    make_author("Анна Серова", slug="anna-1")
    second = make_author("Анна Серова", slug="anna-2")
    article = make_draft(authors=[second])
    erins.post(sheet(article), typed(based_on=1, authors=["Анна Серова"]) | {"authors-0-key": second.pk})
    assert newest(article).content.authors[0].author == second.pk


def test_it_takes_the_same_signature_only_once(erins: Client) -> None:
    Author.objects.create(name_ru="Анна Серова", name_en="Anna Serova")
    erins.post(ADD, typed("publish", authors=["Анна Серова", "Anna Serova"], category=make_category().pk))
    assert Article.objects.get().bylines.count() == 1


def test_it_adds_a_source_that_is_new(erins: Client) -> None:
    source = {"sources-0-name": "Порт", "sources-0-url": "https://port.example/news/1", "sources-0-kind": "official"}
    erins.post(ADD, typed("publish", category=make_category().pk, more=source))
    citation = Article.objects.get().citations.get()
    assert (citation.source.name, citation.source.url) == ("Порт", "https://port.example/")
    assert (citation.url, citation.source.kind) == ("https://port.example/news/1", "official")


def test_it_knows_a_source_by_its_name(erins: Client) -> None:
    known = Source.objects.create(name="Порт", kind="agency")
    erins.post(ADD, typed(more={"sources-0-name": "Порт", "sources-0-kind": "other"}))
    assert Source.objects.get() == known
    assert newest(Article.objects.get()).content.sources[0].source == known.pk


def test_it_takes_a_tag_once_however_it_is_written(erins: Client) -> None:
    erins.post(ADD, typed(tags="Мост, мост,  городской   парк ,,"))
    assert newest(Article.objects.get()).content.tags == ["Мост", "городской парк"]


def test_it_asks_before_it_withdraws_and_then_answers_410(erins: Client, client: Client) -> None:
    article = make_article()
    address = f"/admin/articles/article/{article.pk}/withdraw/"
    assert erins.get(address).status_code == 200
    assert Article.objects.get().state == State.PUBLISHED
    erins.post(address)
    assert client.get(article.get_absolute_url()).status_code == 410


def test_it_lets_nobody_withdraw_who_may_only_write(walts: Client) -> None:
    article = make_article()
    assert walts.post(f"/admin/articles/article/{article.pk}/withdraw/").status_code == 403
    assert Article.objects.get().state == State.PUBLISHED


def test_it_publishes_again_what_was_withdrawn(erins: Client) -> None:
    article = publishing.withdraw(make_article(category=make_category()))
    press(erins, article, "publish", category=newest(article).content.category)
    assert Article.objects.published().get() == article


def test_it_moves_to_the_bin_and_back(erins: Client, client: Client) -> None:
    article = make_article()
    erins.post(f"/admin/articles/article/{article.pk}/delete/")
    assert client.get(article.get_absolute_url()).status_code == 404
    erins.post(f"/admin/articles/article/{article.pk}/restore/")
    assert client.get(article.get_absolute_url()).status_code == 200


def test_it_calls_a_draft_by_its_working_title_on_the_way_to_the_bin(erins: Client) -> None:
    draft = make_draft("Мост открыт")
    address = f"/admin/articles/article/{draft.pk}/delete/"
    assert "«Мост открыт» попадёт в корзину" in erins.get(address).text
    assert "Перемещено в корзину: Мост открыт" in erins.post(address, follow=True).text


def test_it_saves_nothing_into_the_bin(erins: Client) -> None:
    article = make_draft()
    publishing.move_to_bin(article)
    answer = erins.post(sheet(article), typed(based_on=1))
    assert answer.context["form"].non_field_errors()
    assert article.revisions.count() == 1


def test_it_deletes_for_good_only_from_the_bin(erins: Client) -> None:
    article = make_article()
    delete = f"/admin/articles/article/{article.pk}/delete/"
    for _press in range(2):
        erins.post(delete)
        assert Article.objects.get().in_bin
    erins.post(delete, {"for_good": "yes"})
    assert Article.objects.count() == 0


def test_it_moves_nothing_to_the_bin_that_was_to_be_deleted_for_good_and_came_back(erins: Client) -> None:
    article = make_article()
    erins.post(f"/admin/articles/article/{article.pk}/delete/", {"for_good": "yes"})
    assert not Article.objects.get().in_bin


def test_it_does_not_delete_what_a_correction_hangs_on(erins: Client) -> None:
    article = make_article()
    article.corrections.create(text="Мост длиной 300 м, а не 200.")
    publishing.move_to_bin(article)
    answer = erins.post(f"/admin/articles/article/{article.pk}/delete/", {"for_good": "yes"})
    assert (answer.status_code, Article.objects.count()) == (409, 1)
    assert "300" in answer.text


def test_it_keeps_published_stories_from_the_bin_of_reporters(walts: Client, walt: User) -> None:
    allow(walt, "delete_article")
    assert walts.post(f"/admin/articles/article/{make_article().pk}/delete/").status_code == 403


def test_it_saves_in_few_queries(erins: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    article = make_article(authors=[make_author()], category=make_category())
    with django_assert_max_num_queries(25):
        erins.post(sheet(article), typed(based_on=1, authors=["Мария Лаптева"]))
    assert article.revisions.count() == 2


def allow(user: User, codename: str) -> None:
    user.user_permissions.add(Permission.objects.get(codename=codename))


def test_it_writes_nothing_on_a_story_that_was_passed_on_while_the_save_was_on_its_way(
    walts: Client, walt: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_draft("Мост", by=walt)
    fields = typed(**seen(walts, article), title="Не мост")

    def passed_on(*given: Any) -> bool:
        publishing.move_to(article, State.READY, by=None)
        return False

    monkeypatch.setattr(editing, "_leads_astray", passed_on)
    answer = walts.post(sheet(article), fields)
    assert (answer.status_code, newest(article).title) == (409, "Мост")
    assert answer.context["form"]["title"].value() == "Не мост"
