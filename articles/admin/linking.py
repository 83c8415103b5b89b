"""What a link in a text can lead to: stories, categories, tags, and what others offer, found by words of a title."""

from dataclasses import asdict, dataclass
from datetime import datetime
from os.path import commonprefix

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.models import Article, Headline
from articles.search.suggesting import names_beginning
from articles.search.words import plain_words, stem
from articles.signals import links_asked
from lib.moments import in_words

MOST_STORIES = 8
MOST_NAMES = 4
MOST_WORDS = 6
LONGEST = 100


@dataclass(frozen=True)
class Target:
    """Something that a link can lead to."""

    kind: str
    label: str
    address: str
    """From the root of the site. That of a story holds its number, so that it leads there whatever it is called."""
    warning: str = ""


def targets(request: HttpRequest) -> JsonResponse:
    """Returns what has the words of ``q`` in its title, in any form: ``{"found": […]}``, the newest stories first."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    language = request.GET.get("language", "")
    language = language if language in {"ru", "en"} else "ru"
    found = _found(text, language, timezone.now()) if text else []
    return JsonResponse({"found": [asdict(each) for each in found]})


def _found(text: str, language: str, now: datetime) -> list[Target]:
    beginnings = tuple(dict.fromkeys(_beginning(word) for word in plain_words(text)))[:MOST_WORDS]
    if not beginnings:
        return []
    answers = links_asked.send(Article, text=text, language=language)
    others = [Target(*each) for _listener, several in answers for each in several or ()]
    return [*_stories(text, beginnings, language, now), *others, *_names(beginnings, language, now)]


def _beginning(word: str) -> str:
    """Returns what all forms of ``word`` begin with."""
    return commonprefix([word, stem(word)]) or word


def _stories(text: str, beginnings: tuple[str, ...], language: str, now: datetime) -> list[Target]:
    keys = Headline.objects.newest(language, beginnings, now=now, limit=MOST_STORIES, ahead=True)
    if text.isascii() and text.isdigit() and len(text) < 10:
        keys = [int(text), *keys]
    stories = Article.objects.in_lists().only("title", "slug", "language", "publish_at", "unpublish_at", "state")
    found = stories.in_bulk(keys)
    return [_story(found[key], now) for key in dict.fromkeys(keys) if key in found]


def _story(article: Article, now: datetime) -> Target:
    warning = ""
    if article.publish_at and article.is_scheduled(now):
        when = in_words(article.publish_at)
        warning = _("Not on the site before %(when)s: until then the link leads nowhere.") % {"when": when}
    elif article.has_gone_off(now):
        warning = _("Off the site: the link leads nowhere.")
    return Target(_("story"), str(article), article.get_absolute_url(), warning)


def _names(beginnings: tuple[str, ...], language: str, now: datetime) -> list[Target]:
    kinds = {"category": _("category"), "tag": _("tag"), "author": _("author")}
    with override(language):
        found = names_beginning(beginnings, language, now=now)[:MOST_NAMES]
    return [Target(kinds[each.kind], each.label, each.address) for each in found]
