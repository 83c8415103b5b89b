"""Old addresses that lead to new ones."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from articles.models import Author, Category, Tag
from portal.models import Redirect


@transaction.atomic
def remember(old: str, new: str) -> None:
    """Sends visitors of ``old`` to ``new`` from now on, in one step: what led to ``old`` leads to ``new`` too."""
    Redirect.objects.filter(old=new).delete()
    Redirect.objects.filter(new=old).update(new=new)
    Redirect.objects.update_or_create(old=old, defaults={"new": new})


def remember_category(*, old_path: str, category: Category, **_: Any) -> None:
    """Listens to ``category_moved``."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            remember(reverse("articles:category", args=[old_path]), category.get_absolute_url())


def remember_list(*, instance: Author | Tag, **signal: Any) -> None:
    """Listens to ``pre_save`` of authors and tags."""
    before = type(instance).objects.filter(pk=instance.pk).first()
    if before is None or before.slug == instance.slug:
        return
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            remember(before.get_absolute_url(), instance.get_absolute_url())
