"""Old addresses that lead to new ones."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from articles.models import Author, Category, Source, Tag
from portal.models import Redirect

FEEDS = ("feed/", "feed/atom/", "feed/json/")
"""Where the feeds of a list stand below its page."""


@transaction.atomic
def remember(old: str, new: str) -> None:
    """Sends visitors of ``old`` to ``new`` from now on, in one step: what led to ``old`` leads to ``new`` too."""
    Redirect.objects.filter(old=new).delete()
    Redirect.objects.update_or_create(old=old, defaults={"new": new, "kind": Redirect.Kind.MOVED})


def remember_category(*, old_path: str, category: Category, **_: Any) -> None:
    """Listens to ``category_moved``."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            _remember_list(reverse("articles:category", args=[old_path]), category.get_absolute_url())


def remember_list(*, instance: Author | Source | Tag, **signal: Any) -> None:
    """Listens to ``pre_save`` of authors, sources and tags."""
    before = type(instance).objects.filter(pk=instance.pk).first()
    if before is None or before.slug == instance.slug:
        return
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            _remember_list(before.get_absolute_url(), instance.get_absolute_url())


def remember_tag(*, old: Tag, tag: Tag, **_: Any) -> None:
    """Listens to ``tag_merged``."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            _remember_list(old.get_absolute_url(), tag.get_absolute_url())


def _remember_list(old: str, new: str) -> None:
    """Remembers the page of a list and its feeds, which programs ask for that nobody corrects by hand."""
    for ending in ("", *FEEDS):
        remember(f"{old}{ending}", f"{new}{ending}")
