"""Every public page, as a running site serves it: rendered once, then kept until what it shows changes."""

import urllib.request
from collections.abc import Callable

import pytest
from django.utils.timezone import localtime
from pytest_django import Settings

from articles import publishing
from articles.models import Article, Author
from portal.models import Menu, MenuItem, Page, TickerRule
from tests.factories import make_article, make_author, make_category, make_content, make_media, make_source

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story() -> Article:
    Page.objects.create(path="about", title="О нас", language="ru")
    return make_article(
        "Мост открыт",
        category=make_category(),
        authors=[make_author()],
        sources=[make_source(slug="port")],
        hero=make_media(),
        tags=["мосты"],
    )


def fetch(address: str) -> tuple[str, str]:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 (the site of the test)
        return answer.headers["X-Cache"], answer.read().decode()


ADDRESSES: dict[str, Callable[[Article], str]] = {
    "front": lambda story: "/",
    "other language": lambda story: "/en/",
    "article": lambda story: story.get_absolute_url(),
    "all news": lambda story: "/news/",
    "category": lambda story: "/category/gorod/",
    "tag": lambda story: "/tag/mosty/",
    "author": lambda story: "/author/mariya-lapteva/",
    "source": lambda story: "/source/port/",
    "day": lambda story: f"{localtime(story.publish_at):/%Y/%m/%d/}",
    "feed": lambda story: "/feed/",
    "category feed": lambda story: "/category/gorod/feed/",
    "page": lambda story: "/about/",
    "sitemap": lambda story: "/sitemap.xml",
    "sitemap of the month": lambda story: f"{story.publish_at:/sitemap-%Y-%m.xml}",
    "sitemap of the site": lambda story: "/sitemap-site.xml",
    "robots": lambda story: "/robots.txt",
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_it_renders_a_page_once_and_keeps_it(site: str, story: Article, name: str) -> None:
    address = site + ADDRESSES[name](story)
    (first, page), (second, same_page) = fetch(address), fetch(address)
    assert (first, second) == ("miss", "hit")
    assert page == same_page


@pytest.mark.parametrize("name", ["front", "article", "all news", "category", "tag", "author", "source", "feed"])
def test_it_shows_a_change_at_once(site: str, story: Article, name: str) -> None:
    address = site + ADDRESSES[name](story)
    fetch(address)
    change = publishing.save(story, story.revisions.get().content, by=None)
    change.data |= {"title": "Мост закрыт на ремонт"}
    publishing.publish(story, change, by=None)
    assert "Мост закрыт на ремонт" in fetch(address)[1]


def test_it_moves_a_story_from_its_old_category_to_the_new_one(site: str, story: Article) -> None:
    culture = make_category("Культура")
    lists = [f"{site}/category/gorod/", f"{site}/category/kultura/"]
    before = ["Мост открыт</a>" in fetch(address)[1].partition("<main")[2].partition("<aside")[0] for address in lists]
    revision = publishing.save(story, make_content("Мост открыт", category=culture), by=None)
    publishing.publish(story, revision, by=None)
    after = ["Мост открыт</a>" in fetch(address)[1].partition("<main")[2].partition("<aside")[0] for address in lists]
    assert (before, after) == ([True, False], [False, True])


def test_it_shows_the_new_picture_of_an_author_at_once(site: str, story: Article) -> None:
    photo = make_media("laptevoy.jpg")
    Author.objects.update(photo=photo)
    address = site + story.get_absolute_url()
    fetch(address)
    photo.renditions = {"1x1": {"jpeg": [80]}}
    photo.save()
    assert photo.rendition_path("1x1", 80, "jpeg") in fetch(address)[1]


def test_it_names_a_renamed_tag_in_the_menu_at_once(site: str, story: Article) -> None:
    tag = story.tags.get()
    MenuItem.objects.create(menu=Menu.objects.create(place="main", language="ru"), tag=tag)
    address = f"{site}/archive/"
    assert "/tag/mosty/" in fetch(address)[1]
    tag.name, tag.slug = "Дороги", "dorogi"
    tag.save()
    assert ("/tag/mosty/" in fetch(address)[1], "/tag/dorogi/" in fetch(address)[1]) == (False, True)


def test_it_names_a_renamed_tag_in_the_sitemap_at_once(site: str, story: Article, settings: Settings) -> None:
    settings.THIN_LIST = 1
    address = f"{site}/sitemap-tags.xml"
    assert "/tag/mosty/" in fetch(address)[1]
    tag = story.tags.get()
    tag.slug = "dorogi"
    tag.save()
    assert "/tag/dorogi/" in fetch(address)[1]


def test_it_names_the_new_title_in_the_sitemap_of_news_at_once(site: str, story: Article) -> None:
    address = f"{site}/sitemap-news.xml"
    fetch(address)
    change = publishing.save(story, story.revisions.get().content, by=None)
    change.data |= {"title": "Мост закрыт на ремонт"}
    publishing.publish(story, change, by=None)
    assert "Мост закрыт на ремонт" in fetch(address)[1]


def test_its_ticker_takes_all_news_when_the_tag_of_its_rule_is_gone(site: str, story: Article) -> None:
    make_article("Трамваи вернулись")
    TickerRule.objects.create(language="ru", tag=story.tags.get())
    address = f"{site}/archive/"
    shown = [fetch(address)[1].partition('class="ticker"')[2].partition("<main")[0]]
    story.tags.get().delete()
    shown.append(fetch(address)[1].partition('class="ticker"')[2].partition("<main")[0])
    assert ["Трамваи вернулись" in each for each in shown] == [False, True]
