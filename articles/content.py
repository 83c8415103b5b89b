"""What an editor writes: the whole content of an article as one plain value.

A Revision keeps it as JSON; publishing copies it to the rows that readers see. Rows are named by their
primary keys, tags by their names, so that a revision can be read without any query.
"""

from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass
class Signature:
    """One name of a byline: the author's key and what they did."""

    author: int
    role: str = "text"


@dataclass
class Reference:
    """One source: its key and the address of the very page that was used, if there is one."""

    source: int
    url: str = ""


@dataclass
class Content:
    language: str = "ru"
    kicker: str = ""
    title: str = ""
    lead: str = ""
    body: str = ""
    category: int | None = None
    categories: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    authors: list[Signature] = field(default_factory=list)
    sources: list[Reference] = field(default_factory=list)
    related: list[int] = field(default_factory=list)
    hero: int | None = None
    hero_caption: str = ""
    comments_mode: str = "open"
    is_opinion: bool = False
    sponsor_name: str = ""
    sponsor_erid: str = ""
    age_mark: str = ""
    seo_title: str = ""
    seo_description: str = ""
    canonical_url: str = ""
    noindex: bool = False
    no_aggregators: bool = False
    internal_note: str = ""
    publish_at: str = ""
    unpublish_at: str = ""
    update_note: str = ""
    embargo_until: str = ""
    embargo_lifted: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Content":
        """Reads a stored content. A field that did not exist when it was written has its default."""
        known = {name: value for name, value in data.items() if name in FIELD_NAMES}
        known["authors"] = [Signature(**one) for one in data.get("authors", [])]
        known["sources"] = [Reference(**one) for one in data.get("sources", [])]
        return cls(**known)


FIELD_NAMES = frozenset(each.name for each in fields(Content))
COPIED_FIELDS = (
    "language",
    "kicker",
    "title",
    "lead",
    "body",
    "hero_caption",
    "comments_mode",
    "is_opinion",
    "sponsor_name",
    "sponsor_erid",
    "age_mark",
    "seo_title",
    "seo_description",
    "canonical_url",
    "noindex",
    "no_aggregators",
    "related",
)
"""Fields that publishing copies to the article as they are. The internal note is not among them."""
PLANNED_FIELDS = ("publish_at", "unpublish_at", "update_note")
"""What is meant to happen when the article is published. Publishing does not copy it: it is told by the editor.

Times are written by ISO 8601. Of a published story, which has its times, ``publish_at`` is when a change of it comes.
"""
EMBARGO_FIELDS = ("embargo_until", "embargo_lifted")
"""Until when nobody outside may read the text, and why an embargo was lifted: see articles/embargo.py."""
