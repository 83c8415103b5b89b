"""Articles that readers must not know of, with a word of their own in everything that is said in them."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from articles import planned, publishing
from articles.content import Content, Reference, Signature
from articles.models import (
    Article,
    Author,
    CategoryPin,
    Correction,
    KeptText,
    Media,
    MostRead,
    Revision,
    Source,
    State,
    Tag,
    Typo,
    Update,
)
from portal.models import Pin, TickerItem
from tests.factories import make_category, make_comment, make_content, make_media, make_picture

WORDLESS = {"language", "comments_mode", "age_mark", "category", "categories", "related"}
"""Fields of text that choose from a list, and those that name what readers may know of anyway."""


@dataclass
class Nest:
    """The words of one article: ``zq``, its state and the field, in letters that a slug, a stem and a search keep."""

    state: str
    words: dict[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        word = f"zq{self.state}{name}".replace("_", "").lower()
        self.words[name] = word
        return word


def content_of(nest: Nest, **fixed: Any) -> Content:
    """Returns a content with a word in every field that can hold one; a field added tomorrow gets one by itself."""
    filled: dict[str, Any] = {}
    for each in fields(Content):
        if each.name in WORDLESS:
            continue
        if each.type in (str, "str"):
            filled[each.name] = f"Слово {nest.word(each.name)} здесь"
    hero, inner, file = (_media(nest, name) for name in ("hero", "inner", "file"))
    body = f'<p>{nest.word("body")}</p><figure><img src="{inner.url}" data-media="{inner.pk}"></figure>'
    body += f'<p><a href="{file.url}" data-media="{file.pk}">{nest.word("link")}</a></p>'
    filled |= {"hero": hero.pk, "body": body, "tags": [nest.word("tag")], "authors": [_author(nest)]}
    filled |= {"sources": [_source(nest)], "canonical_url": f"https://{nest.word('canonical')}.example/"}
    filled |= dict.fromkeys(("publish_at", "unpublish_at", "embargo_until"), "")
    return Content(**filled | fixed)


def _media(nest: Nest, name: str) -> Media:
    told = {part: nest.word(name + part) for part in ("alt", "caption", "credit")}
    return make_media(f"{nest.word(name + 'file')}.jpg", content=make_picture(64, 36), **told)


def _author(nest: Nest) -> Signature:
    author = Author.objects.create(name_ru=nest.word("authorru"), name_en=nest.word("authoren"))
    return Signature(author.pk)


def _source(nest: Nest) -> Reference:
    name, address = nest.word("sourcename"), f"https://{nest.word('sourcesite')}.example/"
    source = Source.objects.create(name=name, slug=nest.word("sourceslug"), url=address)
    return Reference(source.pk, f"{address}{nest.word('citation')}/")


def hide(state: str, now: datetime, by: User) -> tuple[Article, Nest]:
    """Returns an article in ``state``, and its words."""
    nest = Nest(state)
    later = now + timedelta(days=1)
    content = content_of(nest, category=make_category(f"Рубрика {state}").pk)
    if state == "planned":
        return _planned(nest, content, now, by)
    if state == "embargoed":
        content = replace(content, embargo_until=later.isoformat())
    article = publishing.start(content, by=by, now=now - timedelta(days=2))
    revision = article.revisions.get()
    begun = now - timedelta(days=1)
    if state in {"review", "ready"}:
        publishing.move_to(article, State(state))
    if state in {"scheduled", "embargoed"}:
        article = publishing.publish(article, revision, by=by, at=later, now=now)
    if state == "goneoff":
        article = publishing.publish(article, revision, by=by, at=begun, until=now - timedelta(hours=1), now=begun)
    if state in {"withdrawn", "binned"}:
        article = publishing.publish(article, revision, by=by, at=begun, now=begun)
    if state == "withdrawn":
        article = publishing.withdraw(article, now=now)
    if state == "binned":
        publishing.move_to_bin(article, now=now)
    _say_more(article, nest, now, by)
    return article, nest


def _planned(nest: Nest, content: Content, now: datetime, by: User) -> tuple[Article, Nest]:
    """A story that readers know, and a change of it that they do not know yet."""
    seen = make_content("Видимая всем", category=make_category("Видимая рубрика"))
    article = publishing.start(seen, by=by, now=now)
    begun = now - timedelta(days=1)
    article = publishing.publish(article, article.revisions.get(), by=by, at=begun, now=begun)
    change = publishing.save(article, replace(content, category=seen.category), by=by, now=now)
    article = planned.plan_change(article, change, by=by, at=now + timedelta(days=1), now=now)
    KeptText.objects.create(article=article, by=by, at=now, why="conflict", based_on=1, data=content.to_json())
    return article, nest


def _say_more(article: Article, nest: Nest, now: datetime, by: User) -> None:
    """Says more in the article than its content: whatever has a text and belongs to it."""
    before = now - timedelta(hours=2)
    Correction.objects.create(article=article, text=nest.word("correction"), published_at=before)
    Update.objects.create(article=article, at=before, note=nest.word("update"))
    Typo.objects.create(article=article, fragment=nest.word("typo"), note=nest.word("typonote"))
    kept = {"title": nest.word("kept"), "data": {}}
    KeptText.objects.create(article=article, by=by, at=now, why="conflict", based_on=1, **kept)
    older = Nest(f"{nest.state}older")
    revision = {"article": article, "number": 90, "kind": Revision.Kind.SAVE, "by": by, "at": now}
    Revision.objects.create(**revision, title=nest.word("revision"), data=content_of(older).to_json())
    nest.words |= {f"older {name}": word for name, word in older.words.items()}
    make_comment(article, nest.word("comment"), name=nest.word("commenter"))
    TickerItem.objects.create(article=article, language="ru")
    if article.category:
        CategoryPin.objects.create(article=article, category=article.category, order=1)
    MostRead.objects.create(article=article, language="ru", span=MostRead.Span.DAY, place=article.pk)
    Tag.objects.filter(name=nest.words["tag"]).update(description_ru=nest.word("tagabout"))
    _fill_further(article, nest, by, now)


KNOWN = {Correction, Update, Typo, KeptText, Revision, CategoryPin, MostRead, TickerItem, Pin}


def _fill_further(article: Article, nest: Nest, by: User, now: datetime) -> None:
    """Writes a word into every other model that belongs to an article, such as notes that are added tomorrow."""
    for relation in Article._meta.related_objects:
        model: Any = relation.related_model
        if model in KNOWN or model._meta.parents or not relation.one_to_many or not _texts(model):
            continue
        values: dict[str, Any] = {relation.field.name: article}
        for column in model._meta.concrete_fields:
            if column.name in values or column.primary_key or column.has_default() or column.null:
                continue
            values |= _value(model, column, nest, by, now)
        if values.keys() >= {column.name for column in _texts(model)}:
            model._default_manager.bulk_create([model(**values)])


def _texts(model: Any) -> list[Any]:
    return [
        column for column in model._meta.concrete_fields if isinstance(column, models.TextField) and not column.choices
    ]


def _value(model: Any, column: Any, nest: Nest, by: User, now: datetime) -> dict[str, Any]:
    if isinstance(column, models.TextField) or (isinstance(column, models.CharField) and column.blank):
        return {column.name: nest.word(f"{model.__name__}{column.name}")[: column.max_length or None]}
    if isinstance(column, models.DateTimeField):
        return {column.name: now}
    if isinstance(column, models.JSONField):
        return {column.name: [nest.word(f"{model.__name__}{column.name}")]}
    if isinstance(column, models.IntegerField):
        return {column.name: 1}
    if column.related_model is User:
        return {column.name: by}
    return {}
