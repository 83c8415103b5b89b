"""What search engines and social networks are told of an article, in the words of schema.org."""

from typing import Any

from django.core.files.storage import default_storage

from articles.models import Article, Author, Byline, Media
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


def news_article(article: Article, publisher: dict[str, Any]) -> dict[str, Any]:
    """Returns the article as a NewsArticle (https://schema.org/NewsArticle), what is unknown left out."""
    changed = article.updated_at or article.publish_at
    told = {
        "@type": "OpinionNewsArticle" if article.is_opinion else "NewsArticle",
        "mainEntityOfPage": absolute(article.get_absolute_url()),
        "headline": excerpt(article.title, 110),
        "description": description(article),
        "inLanguage": article.language,
        "datePublished": article.publish_at.isoformat() if article.publish_at else "",
        "dateModified": changed.isoformat() if changed else "",
        "articleSection": article.category.name if article.category else "",
        "keywords": [tag.name for tag in article.tags.all()],
        "image": [picture_address(article.hero, crop) for crop in CROPS] if article.hero else [],
        "author": [_person(each) for each in article.bylines.all() if each.role == Byline.Role.TEXT],
        "citation": [each.address or each.source.name for each in article.citations.all()],
        "correction": [each.text for each in article.public_corrections],
        "publisher": publisher,
    }
    return {name: value for name, value in told.items() if value}


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
