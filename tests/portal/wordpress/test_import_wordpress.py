"""A site of WordPress is here after the import: every text, every state, every picture, nothing twice."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article, Author, Byline, Category, Listing, Media, Revision, State, Tag
from portal.models import Imported, MenuItem, Page, Redirect
from portal.wordpress import stories
from portal.wordpress.report import WORDS
from tests.factories import make_category
from tests.portal.wordpress.exports import (
    FOOT,
    GOROD,
    HEAD,
    ODD,
    body,
    imported,
    item,
    make_uploads,
    run_import,
    write,
)

pytestmark = pytest.mark.django_db


def tables() -> dict[str, list[tuple[object, ...]]]:
    """Returns every row of the tables that an import writes."""
    models = [Article, Author, Byline, Category, Imported, Listing, Media, MenuItem, Page, Redirect, Revision, Tag]
    return {model.__name__: list(model._default_manager.order_by("pk").values_list()) for model in models}


# What becomes what


def test_it_publishes_what_was_public_with_all_that_belongs_to_it() -> None:
    run_import(GOROD)
    article = imported(1000)
    assert (article.state, article.slug, article.lead) == (
        "published",
        "most-cherez-serebryanku-otkryt",
        "Мост открыли раньше срока.",
    )
    assert [each.slug for each in [article.category, *article.categories.all()] if each] == ["vybory", "politika"]
    assert sorted(tag.name for tag in article.tags.all()) == ["R&D", "мост"]
    assert [(one.author.name_ru, one.role) for one in article.bylines.all()] == [("Иван Петров", "text")]
    assert [(one.source.name, one.url) for one in article.citations.all()] == [("мэрия", "https://meria.example/7")]
    assert (article.seo_title, article.seo_description) == (
        "Мост через Серебрянку открыт — Город",
        "Мост открыт для всех",
    )


def test_it_keeps_the_dates() -> None:
    run_import(GOROD)
    article = imported(1000)
    assert f"{article.publish_at} {article.modified_at}" == "2024-05-01 09:00:00+00:00 2024-05-02 10:00:00+00:00"
    assert article.first_published_at == article.publish_at


@pytest.mark.parametrize(
    ("wp_id", "state", "in_bin"),
    [
        (1020, "draft", False),
        (1021, "review", False),
        (1022, "draft", False),
        (1023, "draft", True),
        (1024, "draft", False),
        (1025, "draft", False),
        (1026, "published", False),
    ],
)
def test_it_keeps_the_state(wp_id: int, state: str, in_bin: bool) -> None:
    run_import(GOROD)
    article = imported(wp_id)
    assert (article.state, article.in_bin) == (state, in_bin)
    assert "Секретный" in body(wp_id) or wp_id == 1026


def test_it_shows_nobody_what_was_not_public(client: Client) -> None:
    run_import(GOROD)
    hidden = [imported(number) for number in range(1020, 1027)]
    assert [client.get(article.get_absolute_url()).status_code for article in hidden] == [404] * 7
    for address in ("/", "/news/", "/feed/", "/category/politika/", "/sitemap-2024-05.xml", "/search/?q=тайна"):
        text = client.get(address).content.decode()
        assert "Тайна" not in text and "Секретный" not in text and "taina" not in text, address


def test_it_leads_a_coming_story_by_its_number_alone(client: Client) -> None:
    run_import(GOROD)
    assert client.get("/2024/05/01/iz-budushhego/")["Location"] == f"/news/{imported(1026).pk}/"


def test_it_plants_the_tree_of_categories() -> None:
    run_import(GOROD)
    paths = set(Category.objects.values_list("path", "name_ru"))
    assert {("politika", "Политика"), ("politika/vybory", "Выборы"), ("zhkkh", "ЖКХ")} <= paths
    assert {("raznoe", "Разное"), ("politika/raznoe-2", "Разное"), ("bez-roda", "Без рода")} <= paths
    assert Category.objects.get(path="politika").description_ru == "О власти"
    assert Category.objects.get(name_ru="Круг А").path == "krug-b/krug-a"


def test_it_takes_a_category_that_editors_made_for_the_same() -> None:
    ours = make_category("Политика города", slug="politika")
    run_import(GOROD)
    assert Category.objects.get(path="politika") == ours
    assert Listing.objects.filter(key=f"category:{ours.pk}").exists()


def test_it_makes_tags_of_one_name_one_tag() -> None:
    assert "мост: 1" in run_import(GOROD)
    assert list(Tag.objects.filter(name="мост").values_list("slug", flat=True)) == ["most"]
    assert Redirect.objects.get(old="/tag/most-2/").new == "/tag/most/"


def test_it_signs_with_co_authors_in_their_order() -> None:
    run_import(GOROD)
    assert [one.author.name_ru for one in imported(1010).bylines.all()] == ["Иван Петров", "Гость Редакции"]


def test_it_gives_unknown_authors_a_name_of_their_own_and_nobody_a_login() -> None:
    run_import(GOROD)
    assert [one.author.name_ru for one in imported(1027).bylines.all()] == [">ghost"]
    assert imported(1028).bylines.count() == 1
    assert not User.objects.exists()
    assert not Author.objects.exclude(email="").exists()


def test_it_keeps_the_addresses_of_pages(client: Client) -> None:
    run_import(GOROD)
    assert "Ищем корреспондента" in client.get("/o-redakcii/вакансии/").content.decode()
    assert client.get("/o-redakcii/%d0%b2%d0%b0%d0%ba%d0%b0%d0%bd%d1%81%d0%b8%d0%b8/").status_code == 200
    assert client.get("/pages/news/").status_code == 200
    assert not Page.objects.get(title="Черновик страницы").is_published


def test_it_makes_the_main_menu_as_a_tree() -> None:
    run_import(GOROD)
    entries = [(str(entry), entry.address, str(entry.parent or "")) for entry in MenuItem.objects.all()]
    assert entries == [
        ("Выборы", "/category/politika/vybory/", "Политика"),
        ("Политика", "/category/politika/", ""),
        ("О нас", "/o-redakcii/", ""),
        ("ВКонтакте", "https://vk.com/gorod", ""),
        ("Свежее", "/category/politika/", ""),
    ]


# Texts, pictures, links


def test_it_shows_no_remains_of_wordpress() -> None:
    run_import(GOROD)
    texts = body(1000) + body(1010)
    for remains in (
        "<!--",
        "[caption",
        "[gallery ids",
        "[embed",
        "[adrotate",
        "[su_note",
        "<iframe",
        "<script",
        "onclick",
    ):
        assert remains not in texts
    for kept in ("[gallery]", "[1]", "[прим. ред.]", "arr[0]", "Важно: проверено", "Подпишитесь", "Вторая страница"):
        assert kept in texts


def test_it_leads_links_between_posts_to_their_new_addresses() -> None:
    run_import(GOROD)
    new = imported(1010).get_absolute_url()
    assert f'href="{new}?utm=1#konec"' in body(1000)
    assert f'href="{new}"' in body(1000)
    assert 'href="https://other.example/x"' in body(1000)


def test_it_takes_pictures_in_and_sets_them_in_the_text(tmp_path: Path) -> None:
    run_import(GOROD, media=make_uploads(tmp_path))
    photo, fire = (Media.objects.get(original_name__startswith=name) for name in ("photo", "п"))
    assert (photo.alt, photo.caption, photo.credit) == ("Мост «Новый»", "Подпись из медиатеки", "Илья Соснин")
    assert f'src="{photo.url}" alt="Вид на мост" width="640" height="480" data-media="{photo.pk}"' in body(1000)
    assert imported(1000).hero == photo
    assert set(imported(1010).body_media.all()) == {photo, fire}
    assert "uploads/photo" not in body(1000)


def test_it_names_missing_pictures_and_links_to_them(tmp_path: Path) -> None:
    out = run_import(GOROD, media=make_uploads(tmp_path))
    assert "2019/05/net.jpg" in out
    assert '<a href="https://gorod.example/wp-content/uploads/2019/05/net.jpg" rel="noopener">Чего нет</a>' in body(
        1010
    )


def test_it_fills_the_gaps_when_the_pictures_come_later(tmp_path: Path) -> None:
    run_import(GOROD)
    assert "<img" not in body(1000)
    run_import(GOROD, media=make_uploads(tmp_path))
    assert "<img" in body(1000)
    assert imported(1000).hero is not None


def test_it_stores_the_same_bytes_once(tmp_path: Path) -> None:
    uploads = make_uploads(tmp_path)
    (uploads / "2019/05/net.jpg").write_bytes((uploads / "photo.jpg").read_bytes())
    run_import(GOROD, media=uploads)
    assert Media.objects.count() == 2
    assert Imported.objects.filter(kind="media", local_id=imported(1000).hero_id).count() == 2


def test_it_never_leaves_the_folder_of_uploads(tmp_path: Path) -> None:
    uploads = make_uploads(tmp_path / "uploads")
    (tmp_path / "secret.jpg").write_bytes((uploads / "photo.jpg").read_bytes())
    (uploads / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    for name in ("../secret.jpg", "%2e%2e/secret.jpg", "link.jpg", str(tmp_path / "secret.jpg"), "a\u202e" * 999):
        field = f"<wp:meta_key>_wp_attached_file</wp:meta_key><wp:meta_value>{name}</wp:meta_value>"
        attachment = item(5, post_type="attachment", postmeta=field)
        run_import(write(tmp_path, HEAD + attachment + FOOT), media=uploads)
    assert not Media.objects.exists()


# Once is enough


def test_it_changes_nothing_when_it_is_run_again(tmp_path: Path) -> None:
    uploads = make_uploads(tmp_path)
    run_import(GOROD, media=uploads)
    before = tables()
    run_import(GOROD, media=uploads)
    assert tables() == before


def test_it_goes_on_where_it_was_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(stories, "publish_arrivals", fail)
        with pytest.raises(KeyboardInterrupt):
            run_import(GOROD)
    run_import(GOROD)
    assert Article.objects.count() == Imported.objects.filter(kind="article").count() == 11
    assert Article.objects.published().count() == 4


def test_it_brings_over_what_changed_and_leaves_alone_what_editors_changed(tmp_path: Path) -> None:
    first = write(tmp_path, HEAD + item(1, "Old") + item(2, "Old") + FOOT)
    run_import(first)
    ours = imported(2)
    newest = ours.revisions.get()
    publishing.save(ours, newest.content, by=None)
    second = write(tmp_path, HEAD + item(1, "New") + item(2, "New") + item(3, "New") + FOOT)
    run_import(second)
    assert [body(number) for number in (1, 2, 3)] == ["<p>New</p>", "<p>Old</p>", "<p>New</p>"]
    assert imported(1).body == "<p>New</p>"


def test_it_takes_back_what_is_no_longer_public(tmp_path: Path) -> None:
    run_import(write(tmp_path, HEAD + item(1) + FOOT))
    run_import(write(tmp_path, HEAD + item(1, status="private") + FOOT))
    assert imported(1).state == State.WITHDRAWN


def test_it_takes_the_parts_of_one_export_together(tmp_path: Path) -> None:
    one = write(tmp_path, HEAD + item(1, '<a href="https://a.example/2/">two</a>') + FOOT, "a.xml")
    two = write(tmp_path, HEAD + item(2) + FOOT, "b.xml")
    run_import(one, two)
    assert imported(2).get_absolute_url() in body(1)


def test_it_keeps_apart_what_only_shares_a_number() -> None:
    run_import(ODD)
    titles = Article.objects.filter(title__startswith="Same number").values_list("title", flat=True)
    assert sorted(titles) == ["Same number", "Same number, other post"]


# Reporting and refusing


def test_it_accounts_for_every_item_and_names_what_is_left_out(tmp_path: Path) -> None:
    run_import(GOROD, report=tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["adds_up"] and report["items"] == 26 == sum(one["times"] for one in report["outcomes"])
    names = {one["name"] for notes in report["notes"].values() for one in notes}
    assert {"custom_css", "contact-form-7", "su_note", "adrotate", "latest-posts", "youtube.com", ">ghost"} <= names
    assert {"comment/1", "post_format: post-format-video", "wp-odd"} <= names
    assert report["repairs"] == {"bare ampersands": 1}
    words = {*report["notes"], *report["repairs"], *(one["what"] for one in report["outcomes"])}
    assert words <= WORDS


def test_it_imports_what_is_whole_in_a_damaged_file_and_fails(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run_import(write(tmp_path, HEAD + item(1) + "<item><title>cut"))
    assert imported(1).state == State.PUBLISHED


def test_it_refuses_what_is_no_export_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="WordPress"):
        run_import(GOROD, write(tmp_path, "<html>"))
    with pytest.raises(CommandError, match="nowhere"):
        run_import(tmp_path / "nowhere.xml")
    assert not Imported.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"post_id": "99999999999999999999"},
        {"post_name": "%d0%", "post_date": "2024-99-99 00:00:00"},
        {"post_name": "я" * 500, "status": "x" * 500},
        {"post_parent": "-1", "menu_order": "many", "post_type": "page"},
        {"base": "http://[broken", "attachment_url": "http://[broken", "post_type": "attachment"},
    ],
)
def test_it_takes_nonsense_in_any_field(tmp_path: Path, fields: dict[str, str]) -> None:
    odd = '<a href="http://[broken">x</a><img src="http://[broken">[gallery ids="9999999999999999999999"]'
    run_import(write(tmp_path, HEAD + item(1, odd, **fields) + FOOT))
    assert Imported.objects.count() >= 1


# Readers


@pytest.mark.parametrize("export", [GOROD, ODD])
def test_it_answers_200_on_every_page_and_one_redirect_from_every_old_address(client: Client, export: Path) -> None:
    run_import(export)
    coming = Article.objects.filter(publish_at__year=2099).values_list("pk", flat=True)
    known = Author.objects.known(timezone.now()).values("pk")
    unknown = [author.get_absolute_url() for author in Author.objects.exclude(pk__in=known)]
    rows = Imported.objects.exclude(address__in=["", *unknown]).exclude(kind="article", local_id__in=coming)
    assert {client.get(row.address).status_code for row in rows} == {200}
    redirects = list(Redirect.objects.exclude(old__contains="budushhego").exclude(new__in=unknown))
    assert {one.old: client.get(one.old).headers.get("Location") for one in redirects} == {
        one.old: one.new for one in redirects
    }
    assert {client.get(one.new).status_code for one in redirects} == {200}


def test_it_shows_odd_posts_well(client: Client) -> None:
    run_import(ODD)
    pages = {number: client.get(imported(number).get_absolute_url()).content.decode() for number in range(1, 11)}
    assert "Supercalifragilistic" in pages[2] and "level 11" in pages[3] and "Column 15" in pages[4]
    assert "giant-9000x6000.jpg" in pages[5] and '<img src="https' not in pages[5]
    assert "Markup in the title &amp; &lt;script&gt;" in pages[7]
    assert "[x y=&quot;1&quot;]" in pages[8] or '[x y="1"]' in pages[8]
    assert "Box text" in pages[9] and "between blocks" in pages[9] and "wp:" not in pages[9].partition("prose")[2]


def test_it_asks_little_about_what_it_knows(tmp_path: Path) -> None:
    export = write(tmp_path, HEAD + "".join(item(number) for number in range(1, 51)) + FOOT)
    run_import(export)
    with CaptureQueriesContext(connection) as queries:
        run_import(export)
    assert len(queries) < 20
