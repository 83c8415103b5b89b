"""A week of news: every text goes the way of a real one, from the reporter through the editor to the reader."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation

from articles import publishing
from articles.content import Content, Reference, Signature
from articles.models import Article, Correction, State
from articles.typos import report
from lib.html import clean
from portal.demo import advertising, readership
from portal.demo.files import Files
from portal.demo.gallery import Gallery
from portal.demo.markup import Text, dated, texts, to_html
from portal.demo.newsroom import times_before
from portal.demo.readers import comment
from portal.demo.signins import put_in_charge, sign_up
from portal.demo.site import Places, arrange, settle
from portal.demo.typography import typeset
from portal.models import Pin

TEXTS = Path(__file__).parent / "texts"
TRANSLATED_AFTER = timedelta(minutes=40)
EVERY_NINTH = 9
"""How often a story of the English edition comes out that is no translation."""
EVERY_SEVENTH = 7
"""How often somebody leaves a story that is still in work, so that the desk's list has a week behind it."""
IN_WORK = {State.DRAFT, State.REVIEW, State.READY, "scheduled"}


@transaction.atomic
def fill(now: datetime, pictures: int | None = None) -> int:
    """Fills an empty site with the week before ``now``; returns the number of stories. All of it, or nothing.

    ``pictures`` limits how many are drawn.
    """
    users = sign_up()
    places = Places(users)
    settle(places)
    put_in_charge(users, places.categories)
    newsroom = Newsroom(places, Gallery(pictures), users, timezone.localtime(now))
    newsroom.work()
    comment(newsroom.stories, users["moderator"], now)
    zones = arrange(newsroom.stories, now)
    advertising.book(now)
    readership.read(newsroom.now)
    for language, kind, story in newsroom.pins:
        Pin.objects.create(zone=zones[language, kind], article=story, position=1, until=now + timedelta(days=7))
    return len(newsroom.stories)


class Newsroom:
    def __init__(self, places: Places, gallery: Gallery, users: dict[str, User], now: datetime) -> None:
        self.places, self.gallery, self.files, self.now = places, gallery, Files(), now
        self.reporter, self.editor, self.publisher = (users[name] for name in ("reporter", "editor", "publisher"))
        self.stories: dict[str, Article] = {}
        self.pins: list[tuple[str, str, Article]] = []

    def work(self) -> None:
        """Writes the week of both editions, the oldest story first; the English one translates from the Russian."""
        in_work = (at - timedelta(minutes=16) for at in islice(times_before(self.now), 1, None, EVERY_SEVENTH))
        russian = _timed(texts(TEXTS / "ru"), times_before(self.now), in_work)
        seldom = islice(times_before(self.now), 5, None, EVERY_NINTH)
        out = {text.name: at for text, at in russian if text.head.get("state") not in IN_WORK}
        english = [
            (text, out[original] + TRANSLATED_AFTER if (original := text.head.get("translates")) in out else at)
            for text, at in _timed(texts(TEXTS / "en"), seldom, in_work)
        ]
        told = [(at, "ru", text) for text, at in russian] + [(at, "en", text) for text, at in english]
        for at, language, text in sorted(told, key=lambda story: story[0]):
            self._tell(text, language, at, self.stories.get(text.head.get("translates", "")))

    def _tell(self, text: Text, language: str, at: datetime, original: Article | None = None) -> None:
        with translation.override(language):
            content = self._content(text, language, timezone.localtime(at))
        draft = publishing.start(content, by=self.reporter, now=at - timedelta(minutes=70))
        if original is not None:
            draft.translation_group = original.translation_group
            draft.save(update_fields=["translation_group"])
        writer = self.reporter if text.head.get("state") == State.DRAFT else self.editor
        publishing.save(draft, content, by=writer, now=at - timedelta(minutes=9))
        self.stories[text.name] = story = self._take_on(draft, text.head, at)
        if zone := text.head.get("pin"):
            self.pins.append((language, zone, story))

    def _take_on(self, draft: Article, head: dict[str, Any], at: datetime) -> Article:
        """Brings a draft to the state that its head names."""
        state = head.get("state", "published")
        if state in {State.REVIEW, State.READY}:
            publishing.move_to(draft, State.REVIEW, by=self.reporter, now=at - timedelta(minutes=7))
        if state == State.READY:
            publishing.move_to(draft, State.READY, by=self.editor, now=at)
        if state in {State.DRAFT, State.REVIEW, State.READY}:
            return draft
        if state == "scheduled":
            return self._publish(draft, at=self.now + timedelta(hours=head["in_hours"]), now=at)
        story = self._publish(draft, at=at, now=at)
        if state == State.WITHDRAWN:
            return publishing.withdraw(story, now=at + timedelta(hours=2))
        return self._follow_up(story, head, at)

    def _publish(self, story: Article, **when: Any) -> Article:
        revision = story.revisions.latest("number")
        return publishing.publish(story, revision, by=self.publisher, **when)

    def _follow_up(self, story: Article, head: dict[str, Any], at: datetime) -> Article:
        """Adds what the newsroom learnt later: updates, a correction, and what readers saw misspelt."""
        later = min(at + timedelta(minutes=95), self.now - timedelta(minutes=2))
        notes = head.get("updates", [])
        for before_the_last, note in zip(range(len(notes) - 1, -1, -1), notes, strict=True):
            moment = max(at, later - before_the_last * timedelta(minutes=25))
            story = self._publish(story, update_note=typeset(note), now=moment)
        for fragment, note in head.get("typos", []):
            report(story, fragment, note, ip_hash="", now=later)
        if text := head.get("correction"):
            kind = head.get("correction_kind", Correction.Kind.CORRECTION)
            Correction.objects.create(article=story, kind=kind, text=typeset(text), published_at=later)
        return story

    def _content(self, text: Text, language: str, day: datetime) -> Content:
        head = text.head
        kicker, title, lead = (typeset(dated(head.get(name, ""), day)) for name in ("kicker", "title", "lead"))
        html = to_html(dated(text.body, day), lambda name: self.gallery.tag(name, language), self.files.tag)
        categories, picture = self.places.categories, head.get("picture")
        return Content(
            language=language,
            kicker=kicker,
            title=title,
            lead=lead,
            body=clean(html),
            category=categories[head["category"]].pk,
            categories=[categories[path].pk for path in head.get("also", [])],
            tags=head.get("tags", []),
            authors=[self._signature(name) for name in head["authors"]],
            sources=[Reference(self.places.sources[name].pk) for name in head.get("sources", [])],
            related=[self.stories[name].pk for name in head.get("related", [])],
            hero=self.gallery.media(picture, language).pk if picture else None,
            hero_caption=typeset(head.get("caption", "")),
            comments_mode=head.get("comments", "open"),
            is_opinion=head.get("opinion", False),
            sponsor_name=typeset(head.get("sponsor", "")),
            sponsor_erid=head.get("erid", ""),
            internal_note=head.get("note", ""),
        )

    def _signature(self, written: str) -> Signature:
        """Reads «sosnin:photo»; who is named without a role wrote the text."""
        name, _colon, role = written.partition(":")
        return Signature(self.places.authors[name].pk, role or "text")


def _timed(stories: list[Text], times: Iterator[datetime], in_work: Iterator[datetime]) -> list[tuple[Text, datetime]]:
    """Gives each story its time and returns them as they were written, the oldest first.

    ``stories`` begin with the newest. A translation takes no turn of its own: it follows its original.
    """
    timed: list[tuple[Text, datetime]] = []
    for text in stories:
        if text.head.get("state") in IN_WORK:
            timed.append((text, next(in_work)))
        elif "translates" in text.head and timed:
            timed.append((text, timed[-1][1]))
        else:
            timed.append((text, next(times)))
    return sorted(timed, key=lambda story: story[1])
