"""What an export says, as plain values: the site, its authors, its terms and its items."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote

from lib.html import plain_text

NO_DATE = "0000-00-00 00:00:00"


@dataclass
class Record:
    """One element of the channel, as it stands in the file: its fields, groups of fields and terms."""

    name: str
    fields: dict[str, str] = field(default_factory=dict)
    groups: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    terms: list[tuple[str, str, str]] = field(default_factory=list)

    def get(self, *names: str) -> str:
        return next((text for name in names if (text := self.fields.get(name, "").strip())), "")

    def number(self, name: str) -> int:
        return whole_number(self.get(name))

    def all(self, name: str) -> list[dict[str, str]]:
        """Returns the groups of one kind, such as ``wp:postmeta``."""
        return [fields for group, fields in self.groups if group == name]

    def item_terms(self) -> list["Term"]:
        """Returns the terms of an item. WXR 1.0 lists each twice, once without a nicename, and tags as «tag»."""
        named = [one for one in self.terms if one[1]] or self.terms
        taxonomies = {"tag": "post_tag", "": "category"}
        found = {}
        for domain, nicename, text in named:
            name = plain_text(text)
            term = Term(0, taxonomies.get(domain, domain), term_slug(nicename or name), name or decoded(nicename))
            found[term.taxonomy, term.slug] = term
        return list(found.values())

    def digest(self) -> str:
        """Returns a hash of everything but the comments: they change without the text being touched."""
        kept = [(name, fields) for name, fields in self.groups if name != "wp:comment"]
        return fingerprint(self.fields, kept, self.terms)


def whole_number(text: str) -> int:
    """Returns the number that ``text`` is, 0 for anything that is none or fits no column."""
    text = text.strip()
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else 0


@dataclass
class Site:
    """The channel itself. Its address is the base of all addresses in the file."""

    address: str
    title: str
    language: str
    made_at: datetime | None
    version: str

    @classmethod
    def of(cls, channel: Record) -> "Site":
        address = channel.get("wp:base_blog_url", "wp:base_site_url", "link").rstrip("/")
        language = channel.get("language")[:2].lower()
        version = channel.get("wp:wxr_version")
        return cls(address, plain_text(channel.get("title")), language, _mail_date(channel.get("pubDate")), version)


@dataclass
class Person:
    """A ``wp:author``. WordPress exports no more of a person than login, mail and names."""

    login: str
    name: str

    @classmethod
    def of(cls, record: Record) -> "Person":
        login = record.get("wp:author_login")
        full = f"{record.get('wp:author_first_name')} {record.get('wp:author_last_name')}".strip()
        return cls(login, plain_text(record.get("wp:author_display_name") or full or login))


TERM_FIELDS = {
    "wp:category": ("category", "wp:category_nicename", "wp:category_parent", "wp:cat_name", "wp:category_description"),
    "wp:tag": ("post_tag", "wp:tag_slug", "", "wp:tag_name", "wp:tag_description"),
    "wp:term": ("", "wp:term_slug", "wp:term_parent", "wp:term_name", "wp:term_description"),
}


@dataclass
class Term:
    """A category, tag or term of another taxonomy. ``parent`` is a slug, as in the file."""

    wp_id: int
    taxonomy: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""

    @classmethod
    def of(cls, record: Record) -> "Term":
        taxonomy, slug, parent, name, description = TERM_FIELDS[record.name]
        named = plain_text(record.get(name))
        return cls(
            wp_id=record.number("wp:term_id"),
            taxonomy=taxonomy or record.get("wp:term_taxonomy"),
            slug=term_slug(record.get(slug) or named),
            name=named or decoded(record.get(slug)),
            parent=term_slug(record.get(parent)),
            description=record.get(description),
        )


def term_slug(text: str) -> str:
    """Returns the one form in which slugs of terms are compared: decoded, in lower case."""
    return decoded(text).lower().strip()


def decoded(text: str) -> str:
    """Returns a slug or path without percent signs; a character that WordPress cut in two is left out."""
    return unquote(text, errors="ignore")


@dataclass
class Item:
    """A post, page, attachment, menu item or whatever a plugin made of one."""

    wp_id: int
    type: str
    status: str
    title: str
    link: str
    guid: str
    slug: str
    creator: str
    content: str
    excerpt: str
    parent: int
    order: int
    password: str
    is_sticky: bool
    comments_open: bool
    attachment_url: str
    terms: list[Term]
    meta: list[tuple[str, str]]
    comments: list[dict[str, str]]
    dates: dict[str, str]
    digest: str

    @classmethod
    def of(cls, record: Record) -> "Item":
        meta = [(one.get("wp:meta_key", ""), one.get("wp:meta_value", "")) for one in record.all("wp:postmeta")]
        return cls(
            wp_id=record.number("wp:post_id"),
            type=record.get("wp:post_type") or "post",
            status=record.get("wp:status") or "publish",
            title=plain_text(record.get("title")),
            link=record.get("link"),
            guid=record.get("guid"),
            slug=record.get("wp:post_name").removesuffix("__trashed"),
            creator=record.get("dc:creator"),
            content=record.fields.get("content:encoded", ""),
            excerpt=record.get("excerpt:encoded"),
            parent=record.number("wp:post_parent"),
            order=record.number("wp:menu_order"),
            password=record.get("wp:post_password"),
            is_sticky=record.get("wp:is_sticky") == "1",
            comments_open=record.get("wp:comment_status") != "closed",
            attachment_url=record.get("wp:attachment_url"),
            terms=record.item_terms(),
            meta=meta,
            comments=record.all("wp:comment"),
            dates={name: record.get(name) for name in DATE_FIELDS},
            digest=record.digest(),
        )

    def all_meta(self, key: str) -> list[str]:
        """Returns every value of a custom field that is not empty, in the order of the file."""
        return [value for name, value in self.meta if name == key and value.strip()]

    def last_meta(self, *keys: str) -> str:
        """Returns the newest value of the first of ``keys`` that has one. WordPress itself reads the last row."""
        return next((values[-1].strip() for key in keys if (values := self.all_meta(key))), "")

    def moment(self, zone: tzinfo) -> datetime | None:
        """Returns when it was published: by GMT, else by local time in ``zone``, else by the feed's date."""
        by_clock = _date(self.dates["wp:post_date_gmt"], UTC) or _date(self.dates["wp:post_date"], zone)
        return by_clock or _mail_date(self.dates["pubDate"])

    def modified(self, zone: tzinfo) -> datetime | None:
        """Returns when it was last changed. Only exports since WordPress 5.7 say so."""
        return _date(self.dates["wp:post_modified_gmt"], UTC) or _date(self.dates["wp:post_modified"], zone)


DATE_FIELDS = ("wp:post_date_gmt", "wp:post_date", "wp:post_modified_gmt", "wp:post_modified", "pubDate")


def _date(text: str, zone: tzinfo) -> datetime | None:
    try:
        found = None if text == NO_DATE else datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if found and found.year > 1 else None


def _mail_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _date(found.replace(tzinfo=None).isoformat(), found.tzinfo or UTC)


def fingerprint(*parts: Any) -> str:
    """Returns a hash of ``parts``, the same in every run."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
