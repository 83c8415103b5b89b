"""What can be done with many articles, each act told for one of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.content import Content, Signature
from articles.forms import MAX_TAGS
from articles.models import Author, Category
from articles.replacing import FIELDS, MOST_SHOWN, SNIPPETS, Replacement, Snippet

REASONS: dict[str, str | Promise] = {
    "edited": _("somebody saved it meanwhile"),
    "held": _("somebody is writing in it"),
    "rights": _("you may not change it"),
    "bin": _("it is in the bin"),
    "gone": _("it is gone"),
    "no_title": _("it would have no title"),
    "too_long": _("a field would become too long"),
    "too_many": _("it would have too many tags"),
    "state": _("its state does not allow it"),
    "ahead": _("changed, but not published: it has other changes that readers do not see yet"),
    "no_publish": _("changed, but not published: you may not publish it"),
    "blocked": _("changed, but not published: a check before publication blocks it"),
    "two": _("changed, but not published: in its category every text needs a second person"),
    "decided": _("somebody has published or withdrawn it since"),
    "over": _("its time on the site is over"),
    "two_again": _("in its category every text needs a second person"),
    "refused": _("it was refused"),
    "binned": _("what it stands on is in the bin itself"),
}
"""Why an article was not changed, or only in part."""
LIMITS = {"title": 500, "lead": 5_000, "body": 2_000_000}


class Refused(Exception):
    """The act cannot be done with this article; ``reason`` is a key of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Told:
    """What differs in one field."""

    label: str | Promise
    snippets: list[Snippet]
    more: int = 0


class Names:
    """What categories and authors are called that stand in some contents, or are asked for; in two queries."""

    def __init__(self, contents: Iterable[Content], asked: Mapping[str, Any]) -> None:
        every = list(contents)
        wanted = {asked.get(name) for name in ("category", "add", "remove") if isinstance(asked.get(name), int)}
        keys = wanted | {one.author for content in every for one in content.authors}
        self._categories = Category.objects.in_bulk(wanted | {content.category for content in every} - {None})
        self._authors = Author.objects.in_bulk(keys)

    def category(self, key: int | None) -> str:
        return str(self._categories.get(key or 0, "—"))

    def authors(self, content: Content) -> str:
        known = (str(self._authors[one.author]) for one in content.authors if one.author in self._authors)
        return ", ".join(known) or "—"


@dataclass(frozen=True)
class Act:
    """One kind of bulk change: a pure function from content to content, or a move to another state."""

    name: str
    label: str | Promise
    change: Callable[[Content, Mapping[str, Any]], Content] | None
    tell: Callable[[Content, Mapping[str, Any], "Names"], Iterator[Told]]


def changed(content: Content, act: Act, asked: Mapping[str, Any]) -> Content:
    """Returns ``content`` as it would be. Raises Refused for what no form would take either."""
    if act.change is None:
        return content
    new = act.change(content, asked)
    if content.title and not new.title:
        raise Refused("no_title")
    if any(len(getattr(new, name)) > most for name, most in LIMITS.items()):
        raise Refused("too_long")
    if len(new.tags) > MAX_TAGS:
        raise Refused("too_many")
    return new


def _into_category(content: Content, asked: Mapping[str, Any]) -> Content:
    others = [key for key in content.categories if key != asked["category"]]
    return replace(content, category=asked["category"], categories=others)


def _with_tags(content: Content, asked: Mapping[str, Any]) -> Content:
    gone = {name.casefold() for name in asked["remove"]}
    kept = [name for name in content.tags if name.casefold() not in gone]
    known = {name.casefold() for name in kept}
    return replace(content, tags=[*kept, *(name for name in asked["add"] if name.casefold() not in known)])


def _with_authors(content: Content, asked: Mapping[str, Any]) -> Content:
    """Whoever is taken away and replaced is so where they stand, with what they did."""
    gone, new = asked["remove"], asked["add"]
    signed = [replace(one, author=new) if gone and new and one.author == gone else one for one in content.authors]
    signed = [one for one in signed if one.author != gone]
    if new and not gone and new not in {one.author for one in signed}:
        signed.append(Signature(new))
    return replace(content, authors=list({(one.author, one.role): one for one in signed}.values()))


def _replacement(asked: Mapping[str, Any]) -> Replacement:
    return Replacement(asked["find"], asked["new"], asked["whole_words"], asked["match_case"])


def _replaced(content: Content, asked: Mapping[str, Any]) -> Content:
    wanted = _replacement(asked)
    texts: dict[str, Any] = {name: FIELDS[name](wanted, getattr(content, name)) for name in asked["fields"]}
    if "title" in texts:
        texts["title"] = " ".join(texts["title"].split())
    return replace(content, **texts)


def _tell_category(content: Content, asked: Mapping[str, Any], names: Names) -> Iterator[Told]:
    yield Told(_("category"), [Snippet("", names.category(content.category), names.category(asked["category"]), "")])


def _tell_tags(content: Content, asked: Mapping[str, Any], names: Names) -> Iterator[Told]:
    new = _with_tags(content, asked).tags
    yield Told(_("tags"), [Snippet("", ", ".join(content.tags) or "—", ", ".join(new) or "—", "")])


def _tell_authors(content: Content, asked: Mapping[str, Any], names: Names) -> Iterator[Told]:
    new = _with_authors(content, asked)
    yield Told(_("authors"), [Snippet("", names.authors(content), names.authors(new), "")])


LABELS = {"title": _("title"), "lead": _("lead"), "body": _("text")}


def _tell_replaced(content: Content, asked: Mapping[str, Any], names: Names) -> Iterator[Told]:
    wanted = _replacement(asked)
    for name in asked["fields"]:
        found = list(SNIPPETS[name](wanted, getattr(content, name)))
        if found:
            yield Told(LABELS[name], found[:MOST_SHOWN], max(0, len(found) - MOST_SHOWN))


MOVES: dict[str, str | Promise] = {
    "review": _("Send for review"),
    "ready": _("Mark as ready"),
    "draft": _("Back to draft"),
    "withdraw": _("Withdraw from the site"),
    "bin": _("Move to the bin"),
}
"""Where articles can be moved to. Publishing is no bulk act: each story goes out by a hand of its own."""


def _tell_move(content: Content, asked: Mapping[str, Any], names: Names) -> Iterator[Told]:
    yield Told(_("state"), [Snippet("", "", str(MOVES[asked["to"]]), "")])


ACTS = {
    act.name: act
    for act in (
        Act("category", _("Category"), _into_category, _tell_category),
        Act("tags", _("Tags"), _with_tags, _tell_tags),
        Act("authors", _("Authors"), _with_authors, _tell_authors),
        Act("replace", _("Find and replace"), _replaced, _tell_replaced),
        Act("state", _("State"), None, _tell_move),
    )
}
