"""The content of the newsroom, one subject a module."""

from articles.models.article import Article, ArticleTag, Byline, Citation, State, Tag
from articles.models.category import Category, CategoryPin
from articles.models.correction import Correction
from articles.models.listing import Listing
from articles.models.media import Media
from articles.models.missed import MissedSearch
from articles.models.people import Author, Source
from articles.models.reads import DailyReads, HourlyReads, MostRead
from articles.models.revision import Revision
from articles.models.search import Headline, SearchEntry
from articles.models.typo import Typo
from articles.models.update import Update

__all__ = [
    "Article",
    "ArticleTag",
    "Author",
    "Byline",
    "Category",
    "CategoryPin",
    "Citation",
    "Correction",
    "DailyReads",
    "Headline",
    "HourlyReads",
    "Listing",
    "Media",
    "MissedSearch",
    "MostRead",
    "Revision",
    "SearchEntry",
    "Source",
    "State",
    "Tag",
    "Typo",
    "Update",
]
