"""The menus of the site: what editors made, or the main categories where they made nothing yet."""

from dataclasses import dataclass, field

from articles.models import Category
from lib import pagecache
from portal.models import Menu, MenuItem


@dataclass
class Entry:
    label: str
    address: str
    below: list["Entry"] = field(default_factory=list)


@dataclass
class Menus:
    main: list[Entry]
    top: list[Entry]
    footer: list[Entry]


def menus(language: str) -> Menus:
    """Returns every menu of the site in ``language``, in one query (two before there is any main menu)."""
    pagecache.tag("site", "categories", "pages")
    related = ("category", "tag", "page", "menu")
    items = list(MenuItem.objects.filter(menu__language=language).select_related(*related))
    pagecache.tag(*(f"tag:{item.tag_id}" for item in items if item.tag_id))
    return Menus(
        main=_tree(items, Menu.Place.MAIN) or _categories(),
        top=_tree(items, Menu.Place.TOP),
        footer=_tree(items, Menu.Place.FOOTER),
    )


def _tree(items: list[MenuItem], place: str, parent: int | None = None) -> list[Entry]:
    here = [item for item in items if item.menu.place == place and item.parent_id == parent and item.is_shown]
    return [Entry(str(item), item.address, _tree(items, place, item.pk)) for item in here]


def _categories() -> list[Entry]:
    return [
        Entry(category.name, category.get_absolute_url())
        for category in Category.objects.shown().filter(parent=None)[:8]
    ]
