"""The part of the sitemap that is not articles: front pages, categories, static pages."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from articles.models import Category
from portal.models import Page


@dataclass(frozen=True)
class Place:
    address: str
    modified_at: datetime | None = None

    def get_absolute_url(self) -> str:
        return self.address


def site_entries() -> list[Place]:
    """Returns the addresses of the site itself, in every language."""
    places = []
    categories = list(Category.objects.shown())
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            places.append(Place(reverse("front")))
            places += [Place(category.get_absolute_url()) for category in categories]
    return places + [Place(page.get_absolute_url(), page.modified_at) for page in Page.objects.published()]
