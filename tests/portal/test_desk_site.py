"""The desk as a whole: its menu, its language, and the pages of what belongs to the site."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from model_bakery import baker
from zeal import zeal_ignore

from articles.models import Article, Category, Tag
from portal.desk import Group
from portal.models import Menu, MenuItem, Page, SiteSettings
from tests.factories import make_article, make_author, make_category, make_draft, make_media, make_source

COUNTS = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


def one_row(prefix: str, **fields: object) -> dict[str, object]:
    """Returns what a browser sends for one new row of an inline."""
    counts = {f"{prefix}-{name}": value for name, value in COUNTS.items()}
    return counts | {f"{prefix}-0-{name}": value for name, value in fields.items()}


def menu(client: Client) -> dict[str, list[str]]:
    groups = desk_menu(client)
    with translation.override("en"):
        return {str(group.label): [str(item.label) for item in group.items] for group in groups}


def desk_menu(client: Client) -> list[Group]:
    found: list[Group] = client.get("/admin/").context["desk_menu"]
    return found


@pytest.fixture
def chief(client: Client, db: None) -> Client:
    """A browser of somebody who may do everything, in English."""
    client.force_login(User.objects.create_superuser("chief"))
    client.cookies["django_language"] = "en"
    return client


def test_it_groups_the_menu_by_work(chief: Client) -> None:
    groups = menu(chief)
    assert list(groups)[:3] == ["Articles", "Media", "Front page"]
    assert list(groups)[-1] == "Settings"
    assert groups["Front page"] == ["Front page zones"]


def test_it_shows_every_model_once(chief: Client) -> None:
    items = [label for labels in menu(chief).values() for label in labels]
    assert len(items) == len(set(items))


def test_it_hides_what_one_may_not_do(monas: Client) -> None:
    monas.cookies["django_language"] = "en"
    assert "Articles" not in menu(monas)
    assert "Settings" not in menu(monas)


def test_it_speaks_the_language_that_was_chosen(erins: Client) -> None:
    before = erins.get("/admin/").headers["Content-Language"]
    answer = erins.post(reverse("desk_language"), {"language": "en", "next": "/admin/"})
    assert answer.headers["Location"] == "/admin/"
    assert (before, erins.get("/admin/").headers["Content-Language"]) == ("ru", "en")


def test_it_leaves_the_language_of_readers_alone(erins: Client) -> None:
    erins.post(reverse("desk_language"), {"language": "en", "next": "/admin/"})
    assert erins.get("/").headers["Content-Language"] == "ru"


def test_it_leads_back_only_to_this_site(erins: Client) -> None:
    answer = erins.post(reverse("desk_language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"].startswith("/")


def test_it_opens_every_list_and_every_empty_form(chief: Client) -> None:
    opened = []
    for model, model_admin in admin.site._registry.items():
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert chief.get(address).status_code == 200, address
        if model_admin.has_add_permission(chief.get("/admin/").wsgi_request):
            assert chief.get(f"{address}add/", follow=True).status_code == 200, address
        opened.append(model)
    assert Page in opened


@pytest.mark.parametrize("query", [f"pk={'9' * 20}", f"pk__in={'9' * 20}", f"published_at__year={'9' * 20}"])
def test_it_breaks_no_list_whatever_its_address_asks_for(chief: Client, query: str) -> None:
    chief.raise_request_exception = False
    lists = [reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist") for model in admin.site._registry]
    answers = {address: chief.get(f"{address}?{query}").status_code for address in lists}
    assert [address for address, status in answers.items() if status >= 500] == []


def test_it_opens_every_object(chief: Client) -> None:
    article = make_article(category=make_category(), authors=[make_author()], hero=make_media(), tags=["мост"])
    page = Page.objects.create(path="about", title="О нас")
    items = Menu.objects.create(place="main")
    items.items.create(page=page)
    objects = [make_draft(), make_source(), Category.objects.get(), Tag.objects.get(), page, items, article.hero]
    for one in [*objects, article.corrections.create(text="Не 200 м.")]:
        address = reverse(f"admin:{one._meta.app_label}_{one._meta.model_name}_change", args=[one.pk])
        assert chief.get(address).status_code == 200, address


def test_it_opens_the_settings_at_once(chief: Client) -> None:
    page = chief.get("/admin/portal/sitesettings/")
    assert 'name="brand"' in page.text
    assert not SiteSettings.objects.exists()


def test_it_saves_the_settings(chief: Client) -> None:
    chief.post("/admin/portal/sitesettings/", settings(brand="#0b5394"))
    assert SiteSettings.objects.get().brand == "#0b5394"


@pytest.mark.parametrize("colour", ["#ffff00", "red", "#12345", ""])
def test_it_refuses_a_colour_that_nobody_can_read(chief: Client, colour: str) -> None:
    answer = chief.post("/admin/portal/sitesettings/", settings(brand=colour))
    assert answer.context["adminform"].form.errors["brand"]
    assert not SiteSettings.objects.exists()


def settings(**fields: object) -> dict[str, object]:
    """Returns what the form of the settings sends; rows of an inline come from ``one_row``."""
    counts = {f"{prefix}-{name}": 0 for prefix in ("social_links", "counters") for name in COUNTS}
    named = {"name_ru": "Вестник", "name_en": "The Herald", "brand": "#a8121c", "brand_dark": "#ff7a72"}
    return counts | named | fields


def test_it_cleans_the_text_of_a_page(erins: Client) -> None:
    text = "<h2>О нас</h2><script>alert(1)</script>"
    sent = {"language": "ru", "path": "about", "title": "О нас", "body": text, "is_published": "on"}
    erins.post("/admin/portal/page/add/", sent)
    assert Page.objects.get().body == "<h2>О нас</h2>"


def test_it_saves_a_menu_with_its_items(erins: Client) -> None:
    category = make_category("Город")
    items = one_row("items", category=category.pk, order=1)
    erins.post("/admin/portal/menu/add/", {"place": "main", "language": "ru"} | items)
    assert [item.category for item in Menu.objects.get().items.all()] == [category]


def test_it_refuses_a_menu_item_that_leads_nowhere(erins: Client) -> None:
    items = one_row("items", label="Никуда", order=1)
    answer = erins.post("/admin/portal/menu/add/", {"place": "main", "language": "ru"} | items)
    assert answer.context["inline_admin_formsets"][0].formset.errors[0]
    assert not Menu.objects.exists()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example/", "news", "http://["]
)
def test_it_refuses_a_menu_item_that_no_browser_should_follow(erins: Client, address: str) -> None:
    items = one_row("items", label="Куда-то", url=address, order=1)
    answer = erins.post("/admin/portal/menu/add/", {"place": "main", "language": "ru"} | items)
    assert "url" in answer.context["inline_admin_formsets"][0].formset.errors[0]
    assert not Menu.objects.exists()


def test_it_moves_to_the_bin_what_nothing_needs_and_takes_it_out(erins: Client) -> None:
    category = make_category()
    erins.post(f"/admin/articles/category/{category.pk}/delete/")
    assert Category.objects.get().in_bin
    assert "restore-form" in erins.get(f"/admin/articles/category/{category.pk}/change/").text
    erins.post(f"/admin/articles/category/{category.pk}/restore/")
    assert not Category.objects.get().in_bin


def test_it_brings_nothing_back_to_a_category_in_the_bin(erins: Client) -> None:
    category = make_category("Город")
    article = make_article(category=category)
    for each in (article, category):
        each.move_to_bin(timezone.now())
    answer = erins.post(f"/admin/articles/article/{article.pk}/restore/", follow=True)
    assert "Город" in " ".join(str(message) for message in answer.context["messages"])
    assert Article.objects.get().in_bin
    erins.post(f"/admin/articles/category/{category.pk}/restore/")
    erins.post(f"/admin/articles/article/{article.pk}/restore/")
    assert not Article.objects.get().in_bin


def test_it_says_what_still_needs_a_category(erins: Client) -> None:
    city = make_category("Город")
    make_category("Дороги", parent=city)
    page = erins.get(f"/admin/articles/category/{city.pk}/delete/")
    assert page.context["reasons"]
    assert erins.post(f"/admin/articles/category/{city.pk}/delete/").status_code == 409


def test_it_lists_categories_as_a_tree(erins: Client) -> None:
    sport = make_category("Спорт", order=2)
    city = make_category("Город", order=1)
    roads = make_category("Дороги", parent=city, order=9)
    assert list(erins.get("/admin/articles/category/").context["cl"].result_list) == [city, roads, sport]


@pytest.mark.parametrize("address", ["portal/page/", "portal/sitesettings/", "portal/menu/add/", "articles/category/"])
def test_it_is_closed_to_those_without_rights(monas: Client, address: str) -> None:
    assert monas.get(f"/admin/{address}").status_code == 403


def test_it_restores_only_by_a_post_and_with_the_right(erins: Client, client: Client) -> None:
    category = make_category()
    assert erins.get(f"/admin/articles/category/{category.pk}/restore/").status_code == 405
    client.force_login(User.objects.create_user("temp", is_staff=True))
    assert client.post(f"/admin/articles/category/{category.pk}/restore/").status_code == 403


RESERVED = ["search", "feed", "news", "news/1", "en", "ru", "en/about", "category", "category/gorod", "tag", "author/a"]
RESERVED += ["source", "admin", "admin/x", "media", "static", "comments", "_r", "brand", "healthz"]
RESERVED += ["2026", "2026/11/22"]


@pytest.mark.parametrize("path", RESERVED)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_refuses_a_page_where_something_else_answers(erins: Client, path: str, language: str) -> None:
    sent = {"language": language, "path": path, "title": "О нас", "body": "", "is_published": "on"}
    answer = erins.post("/admin/portal/page/add/", sent)
    assert answer.context["adminform"].form.errors["path"]
    assert not Page.objects.exists()


@pytest.mark.parametrize("path", ["about", "about/search", "новости", "o-nas/2026/11/22"])
def test_it_takes_a_page_where_nothing_else_answers(erins: Client, path: str) -> None:
    erins.post("/admin/portal/page/add/", {"language": "ru", "path": path, "title": "О нас", "is_published": "on"})
    assert erins.get(Page.objects.get().get_absolute_url()).status_code == 200


@pytest.mark.parametrize("path", ["", "/", "a//b", "a b"])
def test_it_refuses_a_page_without_an_address(erins: Client, path: str) -> None:
    answer = erins.post("/admin/portal/page/add/", {"language": "ru", "path": path, "title": "О нас"})
    assert answer.context["adminform"].form.errors["path"]


def test_it_refuses_an_author_without_a_name(erins: Client) -> None:
    answer = erins.post("/admin/articles/author/add/", {"slug": "somebody", "name_ru": " "})
    assert answer.context["adminform"].form.non_field_errors()


def save_menu(client: Client, parents: dict[MenuItem, MenuItem]) -> list[dict[str, object]]:
    """Sends the form of a menu with these parents; returns the errors of its items."""
    items = list(Menu.objects.earliest("pk").items.all())
    sent = {"place": "main", "language": "ru", "items-TOTAL_FORMS": len(items), "items-INITIAL_FORMS": len(items)}
    for number, item in enumerate(items):
        row = {"id": item.pk, "order": item.order, "url": item.url, "label": item.label, "menu": item.menu_id}
        row["parent"] = parents[item].pk if item in parents else ""
        sent |= {f"items-{number}-{name}": value for name, value in row.items()}
    with zeal_ignore():  # Django's forms ask for each choice by itself
        answer = client.post(f"/admin/portal/menu/{items[0].menu_id}/change/", sent)
    return answer.context["inline_admin_formsets"][0].formset.errors if answer.status_code == 200 else []


def test_it_refuses_a_menu_item_below_itself_or_elsewhere(erins: Client) -> None:
    menu, other = Menu.objects.create(place="main"), Menu.objects.create(place="footer")
    first, second = [menu.items.create(url=f"/{name}/", label=name, order=order) for order, name in enumerate("ab")]
    stranger = other.items.create(url="/c/", label="c")
    assert save_menu(erins, {first: first})[0]["parent"]
    assert save_menu(erins, {first: stranger})[0]["parent"]
    assert save_menu(erins, {first: second, second: first})[0]["parent"]
    assert save_menu(erins, {second: first}) == []


def test_it_knows_a_menu_item_below_itself_or_elsewhere() -> None:
    menu = Menu(pk=1)
    above = MenuItem(pk=1, menu=menu, url="/a/")
    above.parent = MenuItem(pk=2, menu=menu, url="/b/", parent=above)
    for item in (above, MenuItem(pk=3, menu=Menu(pk=2), parent=MenuItem(pk=4, menu=menu), url="/c/")):
        with pytest.raises(ValidationError):
            item.clean()


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "1.5", "²", "\0", "0x1"])
@pytest.mark.parametrize(
    ("address", "field"),
    [("articles/author", "photo"), ("articles/category", "parent"), ("articles/correction", "article")],
)
def test_it_says_that_what_was_sent_is_no_key(erins: Client, address: str, field: str, key: str) -> None:
    answer = erins.post(f"/admin/{address}/add/", {"name_ru": "Город", "text": "Мост", "language": "ru", field: key})
    assert answer.context["adminform"].form.errors[field]


def test_it_offers_only_what_readers_see_or_soon_will(erins: Client) -> None:
    make_draft("Мост строят")
    live, soon = make_article("Мост открыт"), make_article("Мост закроют", at=timezone.now() + timedelta(days=1))
    sent = {"app_label": "articles", "model_name": "correction", "field_name": "article", "term": "мост"}
    offered = erins.get("/admin/autocomplete/", sent).json()["results"]
    assert {each["text"] for each in offered} == {live.title, soon.title}


def test_it_says_in_words_of_no_gender_that_something_is_saved(chief: Client) -> None:
    chief.cookies["django_language"] = "ru"
    page = chief.post("/admin/articles/tag/add/", {"name": "мост", "slug": "most"}, follow=True)
    assert "добавлено: тег «<a" in page.text.lower()


def public_page(browser: Client, story: Article) -> Any:
    kind = ContentType.objects.get_for_model(story)
    return browser.get(reverse("admin:view_on_site", args=[kind.pk, story.pk]))


def test_it_leads_to_the_page_of_a_thing(erins: Client) -> None:
    story = make_article()
    assert public_page(erins, story).headers["Location"].endswith(story.get_absolute_url())


def test_it_tells_no_address_of_what_one_may_not_see(monas: Client) -> None:
    story = make_article("Мост закроют", at=timezone.now() + timedelta(days=1))
    assert public_page(monas, story).status_code == 403


@pytest.mark.parametrize("address", ["0/1/", "x/1/", f"{'9' * 30}/1/"])
def test_it_leads_nowhere_from_a_kind_that_is_none(erins: Client, address: str) -> None:
    assert erins.get(f"/admin/r/{address}").status_code == 403


def test_it_shows_the_form_again_when_the_address_was_emptied(erins: Client) -> None:
    source = make_source()
    make_article(sources=[source])
    answer = erins.post(f"/admin/articles/source/{source.pk}/change/", {"name": "Порт", "slug": ""})
    assert answer.status_code == 200
    assert "kind" in answer.context["adminform"].form.errors


def test_it_clears_away_old_attempts_to_sign_in(chief: Client) -> None:
    old = AccessAttempt.objects.create(username="erin", failures_since_start=1)
    AccessAttempt.objects.filter(pk=old.pk).update(attempt_time=timezone.now() - timedelta(days=1))
    new = AccessAttempt.objects.create(username="erin", ip_address="127.0.0.1", failures_since_start=1)
    chief.post("/admin/axes/accessattempt/", {"action": "cleanup_expired_attempts", "_selected_action": [new.pk]})
    assert AccessAttempt.objects.get() == new


def test_it_answers_400_to_filters_that_a_list_does_not_have(erins: Client) -> None:
    assert erins.get("/admin/articles/category/?nonsense=1").status_code == 302
    assert erins.get("/admin/articles/category/?nonsense=1&e=1").status_code == 400


@pytest.mark.parametrize("model", ["accessattempt", "accessfailurelog", "accesslog"])
def test_it_shows_who_signed_in_and_who_failed_for_reading_alone(chief: Client, model: str) -> None:
    chief.cookies["django_language"] = "ru"
    log: Any = baker.make(f"axes.{model}", username="erin", ip_address="127.0.0.1", user_agent="Mozilla/5.0")
    page = chief.get(f"/admin/axes/{model}/{log.pk}/change/")
    assert (page.status_code, page.context["show_save"]) == (200, False)
    assert "<h1>erin, " in page.text
    assert chief.post(f"/admin/axes/{model}/{log.pk}/change/", {"username": "walt"}).status_code == 403


def test_it_speaks_of_no_lock_that_is_over(chief: Client) -> None:
    attempt = AccessAttempt.objects.create(username="erin", failures_since_start=10)
    address = f"/admin/axes/accessattempt/{attempt.pk}/change/"
    assert "locked out for now" in chief.get(address).text
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=1))
    assert "locked out for now" not in chief.get(address).text


def test_it_leads_staff_back_to_the_desk_from_a_page_that_is_not_there(erins: Client) -> None:
    assert 'href="/admin/"' in erins.get("/admin/nonsense/").text
    assert 'href="/admin/"' in erins.get("/admin/portal/sitesettings/1/history/").text
    assert 'href="/admin/"' not in erins.get("/nonsense/").text


def test_it_says_what_is_deleted_before_it_goes(chief: Client) -> None:
    footer = Menu.objects.create(place="footer", language="en")
    MenuItem.objects.create(menu=footer, label="Weather", url="/weather/")
    page = chief.get(f"/admin/portal/menu/{footer.pk}/delete/").text
    assert "Nobody can bring it back" in page
    assert "Weather" in page
    assert f'class="button" href="/admin/portal/menu/{footer.pk}/change/"' in page


def test_it_names_who_changed_what_in_the_language_of_the_reader(chief: Client) -> None:
    User.objects.update(first_name="Maria", last_name="Lapteva")
    tag = Tag.objects.create(name="bridge", slug="bridge")
    form = {"name": "bridge", "slug": "bridge", "description_ru": "Мост"}
    chief.post(f"/admin/articles/tag/{tag.pk}/change/", form)
    chief.cookies["django_language"] = "ru"
    history = chief.get(f"/admin/articles/tag/{tag.pk}/history/").text
    assert "Maria Lapteva" in history
    assert "описание по-русски" in history
