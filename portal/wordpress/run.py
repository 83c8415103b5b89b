"""What all parts of one import share."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from django.utils import timezone

from portal.models import Redirect
from portal.wordpress.models import Imported, ImportedQuerySet
from portal.wordpress.old_site import OldSite
from portal.wordpress.records import Site
from portal.wordpress.report import Report

SOURCE_KEYS = (
    ("istochnik", "istochnik_url"),
    ("source", "source_url"),
    ("source_name", "source_url"),
    ("td_source", "td_source_url"),
    ("_source", "_source_url"),
)
"""Custom fields in which sites keep the name and address of a source."""
LONGEST_ADDRESS = 1000


@dataclass
class Run:
    site: OldSite
    title: str
    language: str
    made_at: datetime
    report: Report
    media: Path | None = None
    source_keys: list[tuple[str, str]] = field(default_factory=lambda: list(SOURCE_KEYS))
    redirects: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, channel: Site, languages: list[str], default: str, report: Report) -> "Run":
        language = channel.language if channel.language in languages else default
        made_at = channel.made_at or timezone.now()
        return cls(OldSite(channel.address), channel.title, language, made_at, report)

    def imported(self, *kinds: str) -> ImportedQuerySet:
        return Imported.objects.of(self.site.address, *kinds)

    def redirect(self, old: str, new: str, *, is_list: bool = False) -> None:
        """Sends visitors of an old address to the new one, if it is another. Written with the batch.

        A list answers under one path in every language.
        """
        here = unquote(new.removeprefix(f"/{self.language}") if is_list else new)
        if old.rstrip("/") not in {"", here.rstrip("/")} and len(old) <= LONGEST_ADDRESS:
            self.redirects.setdefault(old, new)

    def write_redirects(self) -> None:
        """A redirect that editors made, or an earlier run, stays as it is."""
        rows, self.redirects = self.redirects, {}
        Redirect.objects.bulk_create((Redirect(old=old, new=new) for old, new in rows.items()), ignore_conflicts=True)
