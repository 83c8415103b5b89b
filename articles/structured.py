"""What search engines and social networks are told of an article, in the words of schema.org."""

from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage

from articles.models import Article, Author, Byline, Correction, Media
from lib.addresses import absolute
from lib.html import excerpt, plain_text

CROPS = ("16x9", "4x3", "1x1")
"""The ratios that Google's guide for articles asks for."""
DESCRIPTION_LENGTH = 200


def description(article: Article) -> str:
    """Returns what the article says in a sentence or two: written by an editor, its lead, or its first words."""
    words = " ".join(article.lead.split()) or plain_text(article.body)
    return article.seo_description or excerpt(words, DESCRIPTION_LENGTH)


def picture_address(media: Media, crop: str) -> str:
    """Returns the full address of the widest size of a picture, or of the picture itself until it is drawn."""
    widths = media.renditions.get(crop, {}).get("jpeg")
    if not widths:
        return absolute(media.url)
    return absolute(default_storage.url(media.rendition_path(crop, widths[-1], "jpeg")))


def news_article(
    article: Article, publisher: dict[str, Any], picture: str = "", translations: Iterable[Article] = ()
) -> dict[str, Any]:
    """Returns the article as a NewsArticle (https://schema.org/NewsArticle), what is unknown left out.

    ``picture`` is the address of what stands for one that it does not have.
    """
    changed = article.updated_at or article.publish_at
    told = {
        "@type": "OpinionNewsArticle" if article.is_opinion else "NewsArticle",
        "mainEntityOfPage": absolute(article.get_absolute_url()),
        "headline": excerpt(article.title, 110),
        "description": description(article),
        "inLanguage": article.language,
        "isAccessibleForFree": True,
        "datePublished": article.publish_at.isoformat() if article.publish_at else "",
        "dateModified": changed.isoformat() if changed else "",
        "articleSection": article.category.name if article.category else "",
        "keywords": [tag.name for tag in article.tags.all()],
        "image": [picture_address(article.hero, crop) for crop in CROPS] if article.hero else picture and [picture],
        "author": [_person(each) for each in article.bylines.all() if each.role == Byline.Role.TEXT] or publisher,
        "publisher": publisher,
        "sponsor": article.sponsor_name and {"@type": "Organization", "name": article.sponsor_name},
        **_sources(article),
        "correction": [_correction(each) for each in article.public_corrections],
        **_translations(article, translations),
    }
    return {name: value for name, value in told.items() if value}


def _sources(article: Article) -> dict[str, list[Any]]:
    """Returns what the article names as its sources, and the pages it is based on."""
    citations = list(article.citations.all())
    named = [{"@type": "CreativeWork", "name": str(each.source), "url": each.address} for each in citations]
    return {
        "citation": [{name: value for name, value in each.items() if value} for each in named],
        "isBasedOn": [each.url for each in citations if each.url],
    }


def _correction(correction: Correction) -> dict[str, str]:
    at = correction.published_at.isoformat()
    return {"@type": "CorrectionComment", "text": correction.text, "datePublished": at}


def _translations(article: Article, translations: Iterable[Article]) -> dict[str, list[dict[str, str]]]:
    """Returns the article in other languages; the one that was begun first is the original."""
    others = sorted(translations, key=lambda each: each.pk)
    original = [each for each in others[:1] if each.pk < article.pk]
    return {
        "translationOfWork": [_work(each) for each in original],
        "workTranslation": [] if original else [_work(each) for each in others],
    }


def _work(article: Article) -> dict[str, str]:
    return {"@type": "NewsArticle", "url": absolute(article.get_absolute_url()), "inLanguage": article.language}


def collection(name: str, address: str, articles: Iterable[Article]) -> dict[str, Any]:
    """Returns a list of articles as a CollectionPage (https://schema.org/CollectionPage)."""
    items = [
        {"@type": "ListItem", "position": position, "url": absolute(each.get_absolute_url())}
        for position, each in enumerate(articles, 1)
    ]
    listed = {"@type": "ItemList", "itemListElement": items}
    return {"@type": "CollectionPage", "name": name, "url": address} | ({"mainEntity": listed} if items else {})


def _person(byline: Byline) -> dict[str, str]:
    author = byline.author
    return {"@type": "Person", "name": author.name, "url": absolute(author.get_absolute_url())}


def profile(author: Author) -> dict[str, Any]:
    """Returns the page of an author as a ProfilePage (https://schema.org/ProfilePage), what is unknown left out."""
    told = {
        "@type": "Person",
        "name": author.name,
        "url": absolute(author.get_absolute_url()),
        "jobTitle": author.role,
        "description": author.bio,
        "image": picture_address(author.photo, "1x1") if author.photo else "",
        "sameAs": author.addresses,
    }
    return {"@type": "ProfilePage", "mainEntity": {name: value for name, value in told.items() if value}}


def breadcrumbs(steps: list[tuple[str, str]]) -> dict[str, Any]:
    """Returns the way to a page, as names and paths, as a BreadcrumbList."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
        for position, (name, path) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
