"""Keeps what the library knows of where media are used, and how alike they look."""

from collections.abc import Iterable

from django.db.models import QuerySet

from articles.body import media_in
from articles.content import Content
from articles.models import Article, Media, MediaLook, MediaUse, Revision
from lib.looks import NEAR, bands_of, difference

BATCH = 500


def shown_in(content: Content) -> set[int]:
    """Returns the keys of the media in ``content``, above the text and within it."""
    return {*media_in(content.body), *([content.hero] if content.hero else [])}


def note_uses(article: Article, content: Content) -> None:
    """Notes which media the newest revision of ``article`` shows. Call in the transaction that writes it."""
    wanted = shown_in(content)
    known = set(MediaUse.objects.filter(article=article).values_list("media", flat=True))
    if known == wanted:
        return
    MediaUse.objects.filter(article=article, media__in=known - wanted).delete()
    _write([(article.pk, key) for key in wanted - known])


def note_uses_of_new(contents: Iterable[tuple[int, Content]]) -> None:
    """The same for many articles that nothing has been noted of: pairs of their keys and their contents."""
    _write([(article, key) for article, content in contents for key in sorted(shown_in(content))])


def _write(pairs: list[tuple[int, int]]) -> None:
    there = set(Media.objects.filter(pk__in={key for _article, key in pairs}).values_list("pk", flat=True))
    MediaUse.objects.bulk_create(
        [MediaUse(article_id=article, media_id=key) for article, key in pairs if key in there], ignore_conflicts=True
    )


def recount_uses() -> int:
    """Notes the uses of all articles anew, a batch at a time; returns how many there are."""
    newest: QuerySet[Revision] = Revision.objects.filter(pk__gt=0)
    done = 0
    for article in Article.objects.only("pk").order_by("pk").iterator(BATCH):
        revision = newest.filter(article=article.pk).order_by("-number").first()
        if revision is not None:
            note_uses(article, revision.content)
            done += 1
    return done


def note_look(media: Media) -> None:
    """Notes the bands of how a picture looks, so that those that look nearly the same find each other."""
    media.looks.all().delete()
    if media.look is not None:
        MediaLook.objects.bulk_create(MediaLook(media=media, band=band) for band in bands_of(media.look))


def lookalikes(media: Media) -> list[Media]:
    """Returns other pictures of the library that look the same or nearly so, the likest first; at most eight."""
    if media.look is None:
        return []
    near = MediaLook.objects.filter(band__in=bands_of(media.look)).exclude(media=media.pk).values("media")
    look = media.look
    found = Media.objects.in_library().filter(pk__in=near, look__isnull=False)[:BATCH]
    told = sorted((difference(look, each.look or 0), each.pk, each) for each in found)
    return [each for bits, _key, each in told if bits <= NEAR][:8]


def copies(media: Media) -> list[Media]:
    """Returns other media of the library with the same content."""
    return list(Media.objects.in_library().filter(sha256=media.sha256).exclude(pk=media.pk)[:8])
