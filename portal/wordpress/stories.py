"""Posts become articles: a place first, then their content, published through the desk's own acts."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import publishing
from articles.arrivals import Arrival, publish_arrivals
from articles.content import Content, Reference, Signature
from articles.models import Article, Revision, Source, State
from lib.html import plain_text
from portal.wordpress.content import Converted, convert
from portal.wordpress.embeds import host_of
from portal.wordpress.footnotes import FIELD, with_footnotes
from portal.wordpress.holdings import Holdings
from portal.wordpress.models import Imported
from portal.wordpress.people import People
from portal.wordpress.records import Item
from portal.wordpress.run import Run
from portal.wordpress.seo import canonical_url, description, is_hidden, primary_category, search_title
from portal.wordpress.terms import CATEGORY, TAG, Terms, ascii_slug

PUBLIC = {"publish", "future"}
KNOWN_STATUSES = PUBLIC | {"draft", "pending", "private", "trash"}
ZONE = ZoneInfo(settings.TIME_ZONE)


def is_public(item: Item) -> bool:
    """Whether readers may see it, now or at its time. What asks for a password is not public."""
    return item.status in PUBLIC and not item.password


def moment_of(item: Item, run: Run) -> datetime:
    """Returns the time of an item; that of the export when it has none."""
    return item.moment(ZONE) or run.made_at


def slug_of(item: Item) -> str:
    """Returns an address in Latin letters that is never empty."""
    return ascii_slug(item.slug.lower(), item.title) or str(item.wp_id or "story")


@dataclass
class Stories:
    run: Run
    holdings: Holdings
    terms: Terms
    people: People
    arrivals: list[Arrival] = field(default_factory=list)

    def place(self, found: list[tuple[Item, Imported]]) -> None:
        """Makes the rows of new articles, empty drafts still, so that every text can link to every other."""
        new = [(item, row) for item, row in found if row.local_id is None]
        articles = Article.objects.bulk_create(
            Article(language=self.run.language, slug=slug_of(item), created_at=moment_of(item, self.run))
            for item, _row in new
        )
        for (_item, row), article in zip(new, articles, strict=True):
            row.local_id = article.pk
        keys = [row.local_id for _item, row in found if row.local_id]
        slugs = dict(Article.objects.filter(pk__in=keys).values_list("pk", "slug"))
        for item, row in found:
            slug = slugs.get(row.local_id or 0, "")
            row.wp_id, row.old_address = item.wp_id, self.run.site.key(item.link) if item.link else ""
            row.address = reverse("articles:article", args=[row.local_id, slug]) if is_public(item) and slug else ""

    def fill(self, found: list[tuple[Item, Imported]]) -> list[str]:
        """Brings over the content of posts. Returns what happened; a story that editors changed is left alone."""
        articles = Article.objects.in_bulk([row.local_id for _item, row in found if row.local_id])
        written = set(Revision.objects.filter(article__in=articles).values_list("article", flat=True))
        self.arrivals = []
        outcomes = []
        for item, row in found:
            article = articles.get(row.local_id or 0)
            newest = article.revisions.newest() if article and article.pk in written else None
            outcomes.append(self._fill(article, newest, item, row) if article else "deleted here, left alone")
        publish_arrivals(self.arrivals)
        return outcomes

    def _fill(self, article: Article, newest: Revision | None, item: Item, row: Imported) -> str:
        self._note(item)
        text = with_footnotes(item.content, item.last_meta(FIELD))
        converted = convert(text, item.wp_id, self.holdings)
        content = self._content(item, converted)
        what = self._write(article, newest, content, item, row)
        self._note_all(converted, item)
        row.digest, row.missing = item.digest, converted.missing + self._misses_hero(item, content)
        row.data = {"status": _status(item)}
        return what

    def _write(self, article: Article, newest: Revision | None, content: Content, item: Item, row: Imported) -> str:
        if newest is not None and newest.kind != Revision.Kind.IMPORT:
            self.run.report.note("Changed on both sites, ours kept", content.title, item.wp_id)
            return "changed here, left alone"
        if newest is not None and newest.content == content and row.data.get("status") == _status(item):
            return "there already"
        if newest is None and is_public(item):
            at = moment_of(item, self.run)
            self.arrivals.append(Arrival(article, content, at, item.modified(ZONE) or at))
            self._remember(item, article)
            return "brought over"
        revision = newest if newest is not None and newest.content == content else None
        revision = revision or publishing.save(article, content, by=None, kind=Revision.Kind.IMPORT)
        self._settle(article, revision, item)
        return "brought over" if newest is None else "updated"

    def _settle(self, article: Article, revision: Revision, item: Item) -> None:
        """Gives the article the state that the post had."""
        if is_public(item):
            at = moment_of(item, self.run)
            article = publishing.publish(article, revision, by=None, at=at, now=item.modified(ZONE) or at)
            self._remember(item, article)
        elif article.state == State.PUBLISHED:
            publishing.withdraw(article)
        elif item.status == "pending" and article.state != State.WITHDRAWN:
            publishing.move_to(article, State.REVIEW)
        if item.status == "trash" and not article.in_bin:
            publishing.move_to_bin(article, now=moment_of(item, self.run))

    def _remember(self, item: Item, article: Article) -> None:
        """Leads the old address here. One of a story whose time has not come must not tell its title."""
        coming = item.status == "future"
        address = reverse("articles:article_by_id", args=[article.pk]) if coming else article.get_absolute_url()
        if not self.run.site.is_own(item.link):
            return
        old = self.run.site.old_path(item.link)
        self.run.redirect(old, address)
        if "?" not in old:
            for page in range(2, min(item.content.count("<!--nextpage-->"), 50) + 2):
                self.run.redirect(f"{old.rstrip('/')}/{page}/", address)

    def _content(self, item: Item, converted: Converted) -> Content:
        categories = self._categories(item)
        main = categories[0] if categories else None
        title = item.title
        return Content(
            language=self.run.language,
            title=title,
            lead=plain_text(item.excerpt) or converted.lead,
            body=converted.html,
            category=main,
            categories=categories[1:],
            tags=self._tags(item),
            authors=[Signature(pk) for pk in self._authors(item)],
            sources=self._sources(item),
            hero=self._hero(item),
            comments_mode=Article.Comments.OPEN if item.comments_open else Article.Comments.CLOSED,
            seo_title=search_title(item, self.run.title),
            seo_description=description(item, self.run.title),
            canonical_url=canonical_url(item, self.holdings),
            noindex=is_hidden(item),
            internal_note=_note_for_editors(item),
        )

    def _categories(self, item: Item) -> list[int]:
        """Returns the categories of a post, the main one first."""
        found = [self.terms.category(term.slug, term.name) for term in item.terms if term.taxonomy == CATEGORY]
        main = self.terms.primary(primary_category(item))
        return list(dict.fromkeys([main, *found] if main in found and main is not None else found))

    def _tags(self, item: Item) -> list[str]:
        names = [self.terms.tag(term.slug, term.name) for term in item.terms if term.taxonomy == TAG]
        return list(dict.fromkeys(names))

    def _authors(self, item: Item) -> list[int]:
        co_authors = [self.people.co_author(term) for term in item.terms if term.taxonomy == "author"]
        return list(dict.fromkeys(co_authors)) or [self.people.creator(item.creator, item.wp_id)]

    def _sources(self, item: Item) -> list[Reference]:
        for name_key, url_key in self.run.source_keys:
            name, url = plain_text(item.last_meta(name_key)), item.last_meta(url_key)
            if name.startswith(("http://", "https://")):
                name, url = host_of(name), url or name
            if name := name or host_of(url):
                source = Source.objects.filter(name=name[:300]).first() or Source.objects.create(name=name[:300])
                return [Reference(source.pk, url if _is_web_address(url) else "")]
        return []

    def _hero(self, item: Item) -> int | None:
        number = item.last_meta("_thumbnail_id")
        return self.holdings.number_of_media(int(number)) if number.isascii() and number.isdigit() else None

    def _misses_hero(self, item: Item, content: Content) -> int:
        missing = bool(item.last_meta("_thumbnail_id").strip("-01")) and content.hero is None
        if missing:
            self.run.report.note("Missing main pictures", item.last_meta("_thumbnail_id"), item.wp_id)
        return int(missing)

    def _note(self, item: Item) -> None:
        """Names what a post has and an article has no place for (yet)."""
        report = self.run.report
        if item.is_sticky:
            report.note("Sticky posts: pin them on the front page", item.title, item.wp_id)
        if item.password:
            report.note("Posts with a password: not public here", item.title, item.wp_id)
        if item.status not in KNOWN_STATUSES:
            report.note("Unknown statuses, now drafts", item.status, item.wp_id)
        if item.moment(ZONE) is None:
            report.note("Items without a date", item.title, item.wp_id)
        for term in item.terms:
            if term.taxonomy not in {CATEGORY, TAG, "author"}:
                report.note("Terms of other taxonomies", f"{term.taxonomy}: {term.slug}", item.wp_id)

    def _note_all(self, converted: Converted, item: Item) -> None:
        for (kind, name), times in converted.notes.items():
            self.run.report.note(f"In texts: {kind}", name, item.wp_id, times)


def _status(item: Item) -> str:
    return f"{item.status} {'password' if item.password else ''}".strip()


def _note_for_editors(item: Item) -> str:
    if item.password:
        return _("On the old site readers needed a password for it.")
    return _("On the old site it was private.") if item.status == "private" else ""


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= 1000
