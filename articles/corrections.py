"""What the newsroom had to put right, the newest first: a page and a feed of each language."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Min, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.feeds import FORMS, NOT_A_PAGE, NOTHING_YET
from articles.models import Article, Correction, Listing
from articles.models.listing import Cursor, list_tag
from lib import pagecache
from lib.pagecache import cached_page

PAGE_SIZE = 20
FEED_SIZE = 50
TEMPLATES = {
    "rss": "articles/corrections.xml",
    "atom": "articles/corrections.atom",
    "json": "articles/corrections.json",
}


@dataclass(frozen=True)
class CorrectionPage:
    corrections: list[Correction]
    is_first: bool
    older: Cursor | None
    """Where the next page begins; None on the last."""


def correction_page(language: str, now: datetime, *, before: Cursor | None = None, size: int) -> CorrectionPage:
    """Returns corrections that readers may see, of stories that they may see, and tells the page cache of it."""
    # Asked of each correction in turn, from the newest on: SQLite would otherwise list every article there is.
    readable = Exists(Article.objects.published(now).filter(pk=OuterRef("article"), language=language))
    found = Correction.objects.filter(readable, published_at__lte=now).select_related("article")
    if before is not None:
        same_time = Q(published_at=before.publish_at, pk__lt=before.article)
        found = found.filter(Q(published_at__lt=before.publish_at) | same_time)
    rows = list(found.defer("article__body").order_by("-published_at", "-pk")[: size + 1])
    pagecache.tag("corrections", list_tag("all", language), *(f"article:{each.article_id}" for each in rows))
    pagecache.expires(Correction.objects.filter(published_at__gt=now).aggregate(next=Min("published_at"))["next"])
    pagecache.expires(Listing.objects.next_change(["all"], language, now))
    for each in rows:
        pagecache.expires(each.article.unpublish_at)
    shown = rows[:size]
    older = Cursor(shown[-1].published_at, shown[-1].pk) if len(rows) > size else None
    return CorrectionPage(shown, before is None, older)


@require_safe
@cached_page
def corrections(request: HttpRequest) -> HttpResponse:
    try:
        before = Cursor.parse(request.GET["before"]) if "before" in request.GET else None
    except ValueError as error:
        raise Http404(str(error)) from error
    page = correction_page(str(get_language()), timezone.now(), before=before, size=PAGE_SIZE)
    if before is not None and not page.corrections:
        raise Http404("past the end")
    return TemplateResponse(request, "articles/corrections.html", {"page": page})


@require_safe
@cached_page
def feed(request: HttpRequest, form: str = "rss") -> HttpResponse:
    page = correction_page(str(get_language()), timezone.now(), size=FEED_SIZE)
    changed = max((each.published_at for each in page.corrections), default=NOTHING_YET)
    context = {"page": page, "changed": changed}
    kind = FORMS[form].content_type
    return TemplateResponse(request, TEMPLATES[form], context, content_type=kind, headers=NOT_A_PAGE)
