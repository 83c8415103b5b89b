"""What an editor may have forgotten before a story goes out. Nothing here forbids to publish."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.body import media_in
from articles.content import Content
from articles.models import Article, Media
from lib.html import plain_text

LONG_TITLE = 120


def checks(content: Content) -> list[str]:
    """Returns in words what is worth a look in ``content``; empty when all is well."""
    return [*_of_the_text(content), *_of_the_pictures(content)]


def _of_the_text(content: Content) -> Iterator[str]:
    if not content.title:
        yield _("There is no title.")
    elif len(content.title) > LONG_TITLE:
        yield _("The title is long: search engines and social networks cut it.")
    if not content.lead:
        yield _("There is no lead: lists and search engines show it.")
    if not plain_text(content.body):
        yield _("There is no text.")
    if content.category is None:
        yield _("There is no category.")
    if not content.authors and not content.sources:
        yield _("Neither an author nor a source is named.")
    seen = Article.objects.published().filter(pk__in=content.related).values_list("pk", flat=True)
    if hidden := [f"№ {key}" for key in content.related if key not in set(seen)]:
        yield _("Readers do not see a story that was chosen to stand below: %s") % ", ".join(hidden)
    if content.sponsor_name and not content.sponsor_erid:
        yield _("The sponsored story has no ad token (erid).")


def _of_the_pictures(content: Content) -> Iterator[str]:
    if content.hero is None:
        yield _("There is no main picture.")
    today = timezone.localdate()
    shown = {*media_in(content.body), *([content.hero] if content.hero else [])}
    for picture in Media.objects.images().filter(pk__in=shown):
        if not picture.alt:
            yield _("A picture has no text for those who do not see it: %s") % picture
        if not picture.credit:
            yield _("A picture has no credit: %s") % picture
        if picture.licence_until and picture.licence_until < today:
            yield _("The licence of a picture has ended: %s") % picture
