"""Static pages keep their addresses."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from django.db import transaction
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone

from lib.html import plain_text
from lib.pagecache import stamp
from portal.models import Page
from portal.wordpress.content import convert
from portal.wordpress.footnotes import FIELD, with_footnotes
from portal.wordpress.holdings import Holdings
from portal.wordpress.models import Imported
from portal.wordpress.records import Item, decoded, fingerprint
from portal.wordpress.run import Run
from portal.wordpress.seo import description
from portal.wordpress.stories import ZONE, is_public, moment_of, slug_of

LONGEST_PATH = 480
LONGEST_TITLE = 500


@dataclass
class Pages:
    run: Run
    holdings: Holdings

    def place(self, item: Item, row: Imported) -> None:
        """Gives a page its address: that of the old site, if it can be had."""
        page = Page.objects.filter(pk=row.local_id).first() if row.local_id else None
        if page is None:
            path = self._free_path(self._wanted_path(item))
            title = item.title[:LONGEST_TITLE] or path
            page = Page.objects.create(language=self.run.language, path=path, title=title, is_published=False)
        row.wp_id, row.local_id, row.parent = item.wp_id, page.pk, item.parent
        row.old_address = self.run.site.key(item.link) if item.link else ""
        row.address = page.get_absolute_url() if is_public(item) and item.status != "future" else ""

    def _wanted_path(self, item: Item) -> str:
        path = self.run.site.inner_path(item.link) if "?" not in item.link else ""
        steps = path.split("/") if path else [decoded(item.slug) or slug_of(item)]
        clean = [re.sub(r"-+", "-", re.sub(r"[^\w-]+", "-", step)).strip("-") for step in steps]
        return "/".join(step for step in clean if step)[:LONGEST_PATH].strip("/-") or f"page-{item.wp_id}"

    def _free_path(self, wanted: str) -> str:
        """Returns a path that neither another page nor another part of the site has."""
        wanted = wanted if _leads_to_pages(wanted) else f"pages/{wanted}"
        path, number = wanted, 1
        while Page.objects.filter(language=self.run.language, path=path).exists():
            number += 1
            path = f"{wanted}-{number}"
        return path

    @transaction.atomic
    def fill(self, item: Item, row: Imported) -> str:
        """Brings over the text of a page. Returns what happened; one that editors changed is left alone."""
        page = Page.objects.filter(pk=row.local_id or 0).first()
        if page is None:
            return "deleted here, left alone"
        text = with_footnotes(item.content, item.last_meta(FIELD))
        converted = convert(text, item.wp_id, self.holdings)
        for (kind, name), times in converted.notes.items():
            self.run.report.note(f"In texts: {kind}", name, item.wp_id, times)
        values = self._values(item, page, converted.html)
        before, after = row.data.get("written", ""), _written(values)
        row.digest, row.missing = item.digest, converted.missing
        if before == after:
            return "there already"
        if before and before != _written({name: getattr(page, name) for name in values}):
            self.run.report.note("Changed on both sites, ours kept", item.title, item.wp_id)
            return "changed here, left alone"
        self._write(page, values, item.modified(ZONE) or moment_of(item, self.run))
        row.data = {"written": after}
        self._remember(item, page)
        return "updated" if before else "brought over"

    def _values(self, item: Item, page: Page, html: str) -> dict[str, Any]:
        shown = is_public(item) and item.status != "future"
        return {
            "title": item.title[:LONGEST_TITLE] or page.path,
            "body": html,
            "seo_description": description(item, self.run.title) or plain_text(item.excerpt),
            "is_published": shown,
            "binned_at": moment_of(item, self.run) if item.status == "trash" else None,
        }

    def _write(self, page: Page, values: dict[str, Any], modified: datetime) -> None:
        for name, value in values.items():
            setattr(page, name, value)
        page.save()
        Page.objects.filter(pk=page.pk).update(modified_at=min(modified, timezone.now()))
        stamp(*page.cache_tags())

    def _remember(self, item: Item, page: Page) -> None:
        old = self.run.site.old_path(item.link)
        if page.is_published and self.run.site.is_own(item.link) and not _answers_otherwise(old):
            self.run.redirect(old, page.get_absolute_url())


def _leads_to_pages(path: str) -> bool:
    try:
        return resolve(unquote(reverse("page", args=[path]))).url_name == "page"
    except (NoReverseMatch, Resolver404):
        return False


def _answers_otherwise(path: str) -> bool:
    """Whether another part of the site has this address. An address with a query was WordPress's alone."""
    try:
        return "?" not in path and resolve(path).url_name != "page"
    except Resolver404:
        return False


def _written(values: dict[str, Any]) -> str:
    return fingerprint({name: str(value) for name, value in sorted(values.items())})
