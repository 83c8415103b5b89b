"""Menus of navigation. An export does not say where a menu stood: its name tells, or its being the only one."""

import re
from dataclasses import dataclass, field

from articles.models import Tag
from portal.models import Menu, MenuItem
from portal.models.menus import may_lead_to
from portal.wordpress.holdings import Holdings
from portal.wordpress.models import Imported
from portal.wordpress.records import Item, whole_number
from portal.wordpress.run import Run

PLACES = {
    Menu.Place.MAIN: re.compile(r"main|primary|header|glavn|osnovn|главн|основн", re.IGNORECASE),
    Menu.Place.TOP: re.compile(r"top|verh|верх", re.IGNORECASE),
    Menu.Place.FOOTER: re.compile(r"foot|bottom|podval|nizhn|подвал|нижн", re.IGNORECASE),
}
LONGEST_LABEL = 100
Found = list[tuple[Item, Imported]]


@dataclass
class Menus:
    run: Run
    holdings: Holdings
    waiting: dict[str, Found] = field(default_factory=dict)

    def collect(self, item: Item, row: Imported) -> None:
        """Keeps a menu item until everything it may lead to is there."""
        names = [term.slug for term in item.terms if term.taxonomy == "nav_menu"]
        self.waiting.setdefault(names[0] if names else "", []).append((item, row))

    def make(self) -> None:
        """Makes the menus that have a place here, and reports on the others."""
        taken: set[str] = set()
        for name, found in self.waiting.items():
            place = self._place(name)
            is_ours = any(row.local_id for _item, row in found)
            if not is_ours and (not place or place in taken or self._has_items(place)):
                self._leave(name, found)
                continue
            taken.add(place)
            self._make(place, found)

    def _place(self, name: str) -> str:
        if len(self.waiting) == 1:
            return Menu.Place.MAIN
        return next((place for place, words in PLACES.items() if words.search(name)), "")

    def _has_items(self, place: str) -> bool:
        return MenuItem.objects.filter(menu__place=place, menu__language=self.run.language).exists()

    def _leave(self, name: str, found: Found) -> None:
        self.run.report.note("Menus without a place here", name, times=len(found))
        for _item, _row in found:
            self.run.report.outcome("nav_menu_item", "left out")

    def _make(self, place: str, found: Found) -> None:
        menu = Menu.objects.get_or_create(place=place, language=self.run.language)[0] if place else None
        made: dict[int, MenuItem] = {}
        for item, row in sorted(found, key=lambda each: each[0].order):
            if row.local_id is None and menu is not None:
                entry = self._entry(menu, item)
                what = self._save(entry, row) if entry else "left out"
                if entry and entry.pk:
                    made[item.wp_id] = entry
            else:
                what = "there already"
            self.run.report.outcome("nav_menu_item", what)
        self._put_below(made, found)

    def _put_below(self, made: dict[int, MenuItem], found: Found) -> None:
        for item, _row in found:
            parent = made.get(whole_number(item.last_meta("_menu_item_menu_item_parent")))
            if item.wp_id in made and parent is not None and not self._is_above(made[item.wp_id], parent):
                made[item.wp_id].parent = parent
                made[item.wp_id].save(update_fields=["parent"])

    def _is_above(self, entry: MenuItem, other: MenuItem | None) -> bool:
        while other is not None:
            if other.pk == entry.pk:
                return True
            other = other.parent
        return False

    def _save(self, entry: MenuItem, row: Imported) -> str:
        entry.save()
        row.local_id = entry.pk
        row.save(update_fields=["local_id"])
        return "brought over"

    def _entry(self, menu: Menu, item: Item) -> MenuItem | None:
        """Returns a menu item that leads somewhere, or None: its target was not brought over."""
        kind, target = item.last_meta("_menu_item_type"), whole_number(item.last_meta("_menu_item_object_id"))
        entry = MenuItem(menu=menu, label=item.title[:LONGEST_LABEL], order=min(item.order, 32_767))
        if item.status != "publish":
            return None
        if kind == "taxonomy":
            return self._to_term(entry, item.last_meta("_menu_item_object"), target)
        if kind == "post_type":
            return self._to_item(entry, target)
        url = item.last_meta("_menu_item_url")
        if kind != "custom" or not may_lead_to(url):
            return None
        entry.url = (self.holdings.address(url) or url)[:1000]
        return entry if entry.label else None

    def _to_term(self, entry: MenuItem, taxonomy: str, wp_id: int) -> MenuItem | None:
        kind = Imported.Kind.CATEGORY if taxonomy == "category" else Imported.Kind.TAG
        row = self.run.imported(kind).filter(wp_id=wp_id).first() if wp_id else None
        if row is None:
            return None
        if kind == Imported.Kind.CATEGORY:
            entry.category_id = row.local_id
        else:
            entry.tag = Tag.objects.filter(pk=row.local_id).first()
        return entry

    def _to_item(self, entry: MenuItem, wp_id: int) -> MenuItem | None:
        rows = self.run.imported(Imported.Kind.PAGE, Imported.Kind.ARTICLE)
        row = rows.filter(wp_id=wp_id).first() if wp_id else None
        if row is None or not row.address:
            return None
        if row.kind == Imported.Kind.PAGE:
            entry.page_id = row.local_id
        else:
            entry.url = row.address
            entry.label = entry.label or row.address
        return entry
