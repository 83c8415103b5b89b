"""Who may do what with an article: by the role, by whose it is and by the section it stands in."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles import publishing, rights, workflow
from articles.models import Article, Category, Remit, State
from tests.factories import make_article, make_category, make_content, make_draft
from tests.people import make_person
from tests.sheets import ADD, newest, press, seen, sheet, typed

ARTICLE = "/admin/articles/article"


@pytest.fixture
def town(sam: User) -> Category:
    """A section in Sam's charge."""
    category = make_category("Город")
    Remit.objects.create(user=sam, category=category)
    return category


@pytest.fixture
def sport(db: None) -> Category:
    return make_category("Спорт")


def at(state: State, **fields: Any) -> Article:
    if state in rights.OPEN or state == State.READY:
        draft = make_draft(**fields)
        publishing.move_to(draft, state)
        return draft
    article = make_article(**fields)
    return publishing.withdraw(article) if state == State.WITHDRAWN else article


@pytest.mark.parametrize("state", State)
def test_it_lets_reporters_write_their_own_open_stories_and_no_others(walt: User, state: State) -> None:
    own, foreign = at(state), at(state)
    Article.objects.filter(pk=own.pk).update(created_by=walt)
    own.refresh_from_db()
    assert rights.may_write(walt, own) is (state in {State.DRAFT, State.REVIEW})
    assert not rights.may_write(walt, foreign)
    assert rights.may_view(walt, foreign)


@pytest.mark.parametrize("act", ["ready", "publish", "withdraw", "approve"])
def test_it_lets_reporters_decide_about_nothing(walt: User, act: str) -> None:
    draft = make_draft(by=walt)
    publishing.move_to(draft, State.REVIEW)
    assert not workflow.may_move(walt, draft, act)
    assert workflow.may_move(walt, draft, "take_back")


@pytest.mark.parametrize("state", State)
def test_it_lets_editors_edit_everything_and_publish_nothing(edith: User, state: State) -> None:
    article = at(state)
    assert rights.may_edit(edith, article)
    assert not rights.may_publish(edith, article)


def test_it_lets_publishers_publish_everywhere(paula: User, sport: Category) -> None:
    assert rights.may_publish(paula, make_draft(category=sport))
    assert rights.may_publish(paula, None)


def test_it_counts_the_sections_below_one_in_charge(sam: User, town: Category, sport: Category) -> None:
    below = make_category("Дворы", parent=make_category("Улицы", parent=town))
    draft, foreign = make_draft(category=below), make_draft(category=sport)
    assert (rights.may_publish(sam, draft), rights.may_publish(sam, foreign)) == (True, False)
    assert (rights.may_edit(sam, draft), rights.may_edit(sam, foreign)) == (True, False)


def test_it_does_not_take_a_section_whose_address_begins_alike_for_one_below(sam: User, town: Category) -> None:
    assert not rights.may_edit(sam, make_draft(category=make_category("Городки", slug=f"{town.slug}ki")))


def test_it_asks_for_the_charge_of_what_readers_see_and_of_what_is_written(
    sam: User, town: Category, sport: Category
) -> None:
    moving = make_article(category=sport)
    publishing.save(moving, make_content(category=town), by=None)
    assert not rights.may_edit(sam, moving)
    assert not rights.may_publish(sam, moving, make_content(category=town))


def test_it_gives_the_charge_of_nothing_to_who_publishes_nowhere(sam: User) -> None:
    assert not rights.may_publish(sam, None)
    assert not rights.may_edit(sam, make_draft())


def test_it_lets_the_one_in_charge_move_stories_only_among_these_sections(
    sam: User, town: Category, sport: Category
) -> None:
    streets, draft = make_category("Улицы", parent=town), make_draft(category=town)
    assert rights.may_write(sam, draft, make_content(category=streets))
    assert not rights.may_write(sam, draft, make_content(category=sport))
    assert rights.may_write(sam, make_draft(by=sam, category=town), make_content(category=sport))


@pytest.mark.parametrize("name", ["walt", "edith", "paula", "sam", "mona"])
def test_it_knows_in_lists_what_it_says_of_each(name: str, town: Category, sport: Category, request: Any) -> None:
    user: User = request.getfixturevalue(name)
    articles = [at(state, category=category) for state in State for category in (town, sport, None)]
    mine = [make_draft(by=user, category=category) for category in (town, sport)]
    publishing.save(articles[-1], make_content(category=town), by=None)
    publishing.save(articles[3 * 3], make_content(category=sport), by=None)
    publishing.save(articles[3 * 3 + 1], make_content(category=town), by=None)
    every = [Article.objects.get(pk=each.pk) for each in articles + mine]
    for condition, may in ((rights.edited_by, rights.may_edit), (rights.written_by, rights.may_write)):
        listed = set(Article.objects.filter(condition(user)).values_list("pk", flat=True))
        assert listed == {each.pk for each in every if may(user, each)}


def test_it_names_everybody_who_may_edit_a_story(
    walt: User, edith: User, paula: User, sam: User, mona: User, admin_user: User, town: Category, sport: Category
) -> None:
    below = make_category("Улицы", parent=town)
    moving = make_article(category=sport)
    publishing.save(moving, make_content(category=town), by=None)
    for article in (make_draft(category=below), make_draft(by=walt), moving):
        expected = {each for each in User.objects.all() if rights.may_edit(each, article)}
        assert set(rights.editors_of(article)) == expected


@pytest.mark.parametrize(
    ("address", "method"),
    [
        ("{}/{}/withdraw/", "get"), ("{}/{}/withdraw/", "post"), ("{}/{}/delete/", "get"), ("{}/{}/delete/", "post"),
        ("{}/{}/restore/", "post"), ("{}/{}/revision/1/", "post"), ("/admin/articles/correction/{2}/change/", "post"),
        ("/admin/articles/correction/{2}/delete/", "post"), ("/admin/articles/update/{3}/change/", "post"),
    ],
)  # fmt: skip
def test_it_closes_every_address_of_a_story_in_another_section(
    sams: Client, sam: User, sport: Category, town: Category, address: str, method: str
) -> None:
    sam.user_permissions.add(*Permission.objects.filter(codename__in=["delete_article", "change_correction"]))
    story = make_article(category=sport)
    correction = story.corrections.create(text="Не 200, а 300.")
    publishing.publish(story, newest(story), by=None, update_note="Добавлено")
    update = story.updates.get()
    answer = getattr(sams, method)(address.format(ARTICLE, story.pk, correction.pk, update.pk))
    assert answer.status_code == 403
    assert Article.objects.published().get().revisions.count() == 1


def test_it_publishes_what_stands_in_the_section(sams: Client, town: Category) -> None:
    draft = make_draft(category=town)
    press(sams, draft, "publish", category=town.pk)
    assert Article.objects.published().get() == draft


def test_it_names_the_section_where_one_may_not_publish(
    sams: Client, sam: User, town: Category, sport: Category
) -> None:
    form = sams.post(ADD, typed("publish", category=sport.pk)).context["form"]
    assert "category" in form.errors
    assert not Article.objects.exists()


def test_it_does_not_let_a_story_be_pushed_out_of_the_section(sams: Client, town: Category, sport: Category) -> None:
    draft = make_draft(category=town)
    form = press(sams, draft, "save", category=sport.pk).context["form"]
    assert ("category" in form.errors, draft.revisions.count()) == (True, 1)


def test_it_shows_the_stories_of_others_without_a_button(walts: Client) -> None:
    page = walts.get(sheet(make_draft("Чужой черновик"))).text
    assert "Чужой черновик" in page
    assert 'name="act"' not in page


def test_it_keeps_the_text_of_who_lost_the_right_while_writing(walts: Client, walt: User) -> None:
    draft = make_draft(by=walt)
    before = seen(walts, draft)
    publishing.move_to(draft, State.READY)
    answer = walts.post(sheet(draft), typed("save", lead="Дописано в дороге", **before))
    assert answer.status_code == 403
    assert "Дописано в дороге" in answer.text
    assert draft.revisions.count() == 1


def test_it_begins_a_translation_of_a_story_that_one_may_only_read(walts: Client) -> None:
    article = make_article()
    answer = walts.post(f"{ARTICLE}/{article.pk}/translations/", {"act": "start", "language": "en"})
    assert Article.objects.exclude(pk=article.pk).get().language == "en"
    assert answer.status_code == 302


def test_it_lets_nobody_link_what_they_may_not_change(walts: Client) -> None:
    article, other = make_article(), make_article("Bridge", language="en")
    answer = walts.post(f"{ARTICLE}/{article.pk}/translations/", {"act": "link", "other": other.pk})
    assert answer.status_code == 403


def test_it_deletes_for_good_only_by_a_right_of_its_own(client: Client, paula: User) -> None:
    article = make_draft()
    publishing.move_to_bin(article)
    client.force_login(make_person("ed", "edit_every_article", "delete_article", "publish_article"))
    assert client.post(f"{ARTICLE}/{article.pk}/delete/", {"for_good": "yes"}).status_code == 403
    client.force_login(paula)
    client.post(f"{ARTICLE}/{article.pk}/delete/", {"for_good": "yes"})
    assert not Article.objects.exists()


def test_it_offers_corrections_only_of_stories_in_the_section(sams: Client, sam: User, town: Category) -> None:
    sam.user_permissions.add(Permission.objects.get(codename="add_correction"))
    foreign = make_article()
    sent = {"article": foreign.pk, "kind": "correction", "text": "Не так.", "published_at_0": "2026-11-01"}
    answer = sams.post("/admin/articles/correction/add/", sent | {"published_at_1": "10:00"})
    assert answer.context["adminform"].form.errors["article"]
    assert not foreign.corrections.exists()


def test_it_keeps_the_sections_in_charge_on_the_form_of_a_person(
    admin_client: Client, sam: User, town: Category
) -> None:
    assert f'<option value="{town.pk}" selected>' in admin_client.get(f"/admin/auth/user/{sam.pk}/change/").text
