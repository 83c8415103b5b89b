"""The site around the texts: settings, categories, sources, authors, pages, menus, front page, ticker."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import translation

from articles.models import Article, Author, Category, Source
from lib.html import clean
from portal.demo.data import read
from portal.demo.gallery import portrait_of
from portal.demo.markup import dated, texts, to_html
from portal.demo.typography import typeset
from portal.models import FrontZone, Menu, MenuItem, Page, SiteSettings, SocialLink, TickerItem

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PAGES = Path(__file__).parent / "texts" / "pages"


class Places:
    """What texts refer to by short names: categories, sources, authors."""

    def __init__(self, users: dict[str, User]) -> None:
        site = read("site")
        self.categories: dict[str, Category] = {}
        for order, (path, fields) in enumerate(site["categories"].items()):
            above, _slash, slug = path.rpartition("/")
            parent = self.categories.get(above)
            self.categories[path] = Category.objects.create(parent=parent, slug=slug, order=order, **fields)
        self.sources = {name: Source.objects.create(**fields) for name, fields in site["sources"].items()}
        self.authors = {name: _author(fields, users) for name, fields in read("people")["authors"].items()}


def _author(fields: dict[str, Any], users: dict[str, User]) -> Author:
    details = {name: value for name, value in fields.items() if name not in {"face", "user"}}
    photo = portrait_of(fields["name_ru"], fields["face"])
    return Author.objects.create(photo=photo, user=users.get(fields.get("user", "")), **details)


def settle(places: Places) -> None:
    """Writes what stands before any story: settings, static pages, menus."""
    site = read("site")
    SiteSettings(**site["settings"]).save()
    for order, link in enumerate(site["social_links"]):
        SocialLink.objects.create(order=order, **link)
    for language in LANGUAGES:
        pages = {text.name: _page(language, text.name, text.head, text.body) for text in texts(PAGES / language)}
        for place, items in site["menus"][language].items():
            menu, _new = Menu.objects.get_or_create(place=place, language=language)
            for order, item in enumerate(items):
                _menu_item(menu, order, item, places, pages)


def _page(language: str, path: str, head: dict[str, Any], body: str) -> Page:
    html = clean(to_html(body, picture=lambda name: ""))
    words = {"title": head["title"], "seo_description": head["description"], "purpose": head.get("purpose", "")}
    return Page.objects.create(language=language, path=path, body=html, **words)


def _menu_item(menu: Menu, order: int, item: dict[str, Any], places: Places, pages: dict[str, Page]) -> None:
    category, page = places.categories.get(item.get("category", "")), pages.get(item.get("page", ""))
    words = {"label": item.get("label", ""), "url": item.get("url", "")}
    made = MenuItem.objects.create(menu=menu, order=order, category=category, page=page, **words)
    for place, path in enumerate(item.get("below", [])):
        MenuItem.objects.create(menu=menu, parent=made, order=place, category=places.categories[path])


def arrange(stories: dict[str, Article], now: datetime) -> dict[tuple[str, str], FrontZone]:
    """Lays out the front page and the ticker of each language; returns the zones by language and kind."""
    site, zones = read("site"), {}
    for language in LANGUAGES:
        for order, zone in enumerate(site["front"]):
            size = zone.get(f"size_{language}", zone.get("size"))
            fields = {"order": order, "size": size, "title": zone.get(f"title_{language}", "")}
            found, _new = FrontZone.objects.update_or_create(language=language, kind=zone["kind"], defaults=fields)
            zones[language, zone["kind"]] = found
        with translation.override(language):
            for order, line in enumerate(site["ticker"][language]):
                _ticker_line(language, order, line, stories, now)
    return zones


def _ticker_line(language: str, order: int, line: dict[str, Any], stories: dict[str, Article], now: datetime) -> None:
    TickerItem.objects.create(
        language=language,
        order=order,
        article=stories.get(line.get("article", "")),
        text=typeset(dated(line.get("text", ""), now)),
        starts_at=now - timedelta(hours=2),
        ends_at=now + timedelta(hours=line["hours"]),
    )
