"""What editors have to see to in the media library: licences that have ended or will soon, where readers see them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights
from articles.models import Article, Media
from articles.models.media import MediaQuerySet
from articles.pictures import sources

SHELF_SIZE = 8
MOST = 100
"""Media that one group of the screen shows; the library has the rest."""
MOST_STORIES = 20
MOST_PAIRS = 5_000
"""Stories that are looked through for all media of a group together, the newest ones."""


@dataclass
class Story:
    """A story that readers see with the picture or file in it."""

    article: Article
    may_edit: bool


@dataclass
class Licensed:
    """A picture or file with an end of its licence, and the stories to act on."""

    media: Media
    small: str
    has_ended: bool
    stories: list[Story] = field(default_factory=list)
    more: int = 0
    """Stories beyond those."""
    may_describe: bool = False


@dataclass
class Group:
    title: str
    hint: str
    query: str
    """Where the library shows all of it."""
    rows: list[Licensed]
    kind: str = ""


@dataclass
class Shelf:
    title: str
    empty: str
    rows: list[Licensed]
    template = "admin/articles/media/_shelf.html"


def in_public(now: datetime) -> MediaQuerySet:
    """Returns the media that stand in articles which readers see at ``now``."""
    live = Article.objects.published(now)
    here = OuterRef("pk")
    within = Article.body_media.through.objects.filter(media=here, article__in=live.values("pk"))
    return Media.objects.in_library().filter(Exists(live.filter(hero=here)) | Exists(within))


def waiting(now: datetime) -> int:
    """Returns how many media with a licence that has ended stand where readers see them; at most 100."""
    return in_public(now).filter(licence_until__lt=timezone.localdate(now))[:100].count()


def shelf(user: User, now: datetime) -> Shelf:
    """Returns for «Today» what has ended and what ends within a week, where readers see it."""
    today = timezone.localdate(now)
    found = in_public(now).filter(licence_until__lte=today + timedelta(days=7)).order_by("licence_until", "pk")
    return Shelf(
        _("Licences that end"), _("No licence ends within a week."), _rows(found[:SHELF_SIZE], user, today, now)
    )


def licence_groups(user: User, now: datetime) -> list[Group]:
    """Returns what has ended and is public, what will end within 7 and 30 days, and what ended where nobody sees it."""
    today = timezone.localdate(now)
    public = in_public(now).values("pk")
    found = Media.objects.in_library().order_by("licence_until", "pk")
    ended = found.filter(licence_until__lt=today)
    wanted = [
        (_("Ended, and readers still see it"),
         _("Nothing is hidden by itself: choose another picture in each story, or write down the new end."),
         "licence=ended", ended.filter(pk__in=public), "bad"),
        (_("Ends within 7 days"), "", "licence=week",
         found.filter(licence_until__range=(today, today + timedelta(days=7))), "warn"),
        (_("Ends within 30 days"), "", "licence=soon",
         found.filter(licence_until__range=(today + timedelta(days=8), today + timedelta(days=30))), ""),
        (_("Ended, stands in no public story"), _("There is nothing to do, unless it is to be used again."),
         "licence=ended", ended.exclude(pk__in=public), ""),
    ]  # fmt: skip
    return [
        Group(title, hint, query, _rows(media[:MOST], user, today, now), kind)
        for title, hint, query, media, kind in wanted
    ]


def _rows(found: MediaQuerySet, user: User, today: date, now: datetime) -> list[Licensed]:
    """Fills in the stories, in four queries however many there are."""
    media = list(found)
    stories = _stories([each.pk for each in media], now)
    articles = Article.objects.defer("body").in_bulk({key for keys in stories.values() for key in keys[:MOST_STORIES]})
    mine = set(Article.objects.filter(rights.edited_by(user), pk__in=articles).values_list("pk", flat=True))
    rows = []
    for each in media:
        keys = stories.get(each.pk, [])
        shown = [Story(articles[key], key in mine) for key in keys[:MOST_STORIES]]
        rest, may_describe = len(keys) - len(shown), rights.may_describe(user, each)
        rows.append(Licensed(each, _small(each), each.licence_has_ended(today), shown, rest, may_describe))
    return rows


def _stories(media: list[int], now: datetime) -> dict[int, list[int]]:
    """Returns for each key of media the keys of the stories that readers see it in, the newest first."""
    live = Article.objects.published(now)
    through = Article.body_media.through.objects.filter(media__in=media, article__in=live.values("pk"))
    pairs = set(live.filter(hero__in=media).order_by("-pk").values_list("hero", "pk")[:MOST_PAIRS])
    pairs |= set(through.order_by("-article").values_list("media", "article")[:MOST_PAIRS])
    found: dict[int, list[int]] = {}
    for key, article in sorted(pairs, reverse=True):
        found.setdefault(key, []).append(article)
    return found


def _small(media: Media) -> str:
    if not media.is_image:
        return ""
    small = sources(media, "16x9")
    return small.jpeg_srcset.split(" ")[0] or small.src
