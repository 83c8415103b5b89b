"""What a link to a page looks like in a messenger or a social network, and what search engines are told of the site."""

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.urls import reverse

from articles.models import Article, Media
from articles.pictures import CARD_WIDTH, RATIOS
from lib import pagecache
from lib.addresses import absolute
from portal.distribution.cards import HEIGHT, WIDTH, Card
from portal.distribution.settings import Distribution
from portal.models.site import SiteSettings

DESCRIPTION_LENGTH = 300


@dataclass(frozen=True)
class LinkPicture:
    """A picture beside a link: its full address, its size in pixels, its type, and what is seen."""

    url: str
    width: int
    height: int
    content_type: str
    alt: str = ""


def of_media(media: Media, crop: str = "16x9") -> LinkPicture:
    """Returns ``media`` in the width that networks ask for, or as it is until its sizes are drawn."""
    pagecache.tag(f"media:{media.pk}")
    widths = media.renditions.get(crop, {}).get("jpeg")
    if not widths:
        return LinkPicture(absolute(media.url), media.width or 1, media.height or 1, media.content_type, media.alt)
    width = next((each for each in widths if each >= CARD_WIDTH), widths[-1])
    url = absolute(default_storage.url(media.rendition_path(crop, width, "jpeg")))
    return LinkPicture(url, width, round(width / RATIOS[crop]), "image/jpeg", media.alt)


def of_article(article: Article) -> LinkPicture | None:
    """Returns the main picture of ``article``, or its drawn card; None while there is neither."""
    if article.hero:
        return of_media(article.hero)
    card = Card.objects.filter(article=article).first()
    return LinkPicture(card.url, WIDTH, HEIGHT, "image/png", str(article)) if card else None


def of_site(distribution: Distribution) -> LinkPicture | None:
    return of_media(distribution.share_picture) if distribution.share_picture else None


def organization(site: SiteSettings) -> dict[str, Any]:
    """Returns who publishes the site, in the words of https://schema.org/NewsMediaOrganization."""
    logo = site.logo
    told = {
        "@type": "NewsMediaOrganization",
        "@id": absolute("/#publisher"),
        "name": site.name,
        "url": absolute(reverse("front")),
        "description": site.description,
        "logo": logo
        and {"@type": "ImageObject", "url": absolute(logo.url), "width": logo.width, "height": logo.height},
        "email": site.email,
        "telephone": site.phone,
        "address": site.address,
    }
    return {name: value for name, value in told.items() if value}


def website(site: SiteSettings, language: str) -> dict[str, Any]:
    """Returns the site itself and how it is searched, in the words of https://schema.org/WebSite."""
    address = f"{absolute(reverse('articles:search'))}?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "@id": absolute(f"{reverse('front')}#site"),
        "name": site.name,
        "url": absolute(reverse("front")),
        "inLanguage": language,
        "publisher": {"@id": absolute("/#publisher")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": address},
            "query-input": "required name=search_term_string",
        },
    }
