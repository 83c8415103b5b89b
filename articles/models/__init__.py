"""The content of the newsroom, one subject a module."""

from articles.models.announcement import Announcement
from articles.models.article import Article, Byline, Citation, State
from articles.models.bulk import BulkChange, BulkRow
from articles.models.category import Category, CategoryPin
from articles.models.checking import CheckLevel, CheckOverride
from articles.models.correction import Correction
from articles.models.kept import KeptText
from articles.models.listing import Listing
from articles.models.media import Media, MediaLook, MediaTag, MediaVersion
from articles.models.media_uses import MediaUse, Use
from articles.models.missed import MissedSearch
from articles.models.move import Move
from articles.models.note import Note
from articles.models.people import Author, Source
from articles.models.presence import Hold, Presence, TakeOver
from articles.models.preview_link import PreviewLink
from articles.models.reads import DailyReads, HourlyReads, MostRead
from articles.models.remit import Remit
from articles.models.revision import Revision
from articles.models.saved_list import SavedList
from articles.models.search import Headline, SearchEntry
from articles.models.tags import ArticleTag, Tag, TagName
from articles.models.typo import Typo
from articles.models.update import Update

__all__ = [
    "Announcement",
    "Article",
    "ArticleTag",
    "Author",
    "BulkChange",
    "BulkRow",
    "Byline",
    "Category",
    "CategoryPin",
    "CheckLevel",
    "CheckOverride",
    "Citation",
    "Correction",
    "DailyReads",
    "Headline",
    "Hold",
    "HourlyReads",
    "KeptText",
    "Listing",
    "Media",
    "MediaLook",
    "MediaTag",
    "MediaUse",
    "MediaVersion",
    "MissedSearch",
    "MostRead",
    "Move",
    "Note",
    "Remit",
    "Presence",
    "Revision",
    "SavedList",
    "SearchEntry",
    "Source",
    "State",
    "Tag",
    "TagName",
    "TakeOver",
    "Typo",
    "Update",
    "Use",
    "PreviewLink",
]
