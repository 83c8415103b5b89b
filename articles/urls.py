"""Addresses of articles and of lists of them; the lists stand where WordPress has them."""

from django.urls import path, re_path, register_converter

from articles import archive_pages, corrections, feeds, list_pages, preview_pages, typo_pages, views
from articles.search import views as search
from lib import converters

register_converter(converters.IdConverter, "id")
register_converter(converters.YearConverter, "yyyy")
register_converter(converters.TwoDigitConverter, "dd")
register_converter(converters.FeedFormConverter, "form")

WORDPRESS_LISTS = r"category/.+|tag/[^/]+|author/[^/]+|[12]\d{3}(?:/\d\d){0,2}"

app_name = "articles"
urlpatterns = [
    path("news/", list_pages.latest, name="latest"),
    path("news/<id:pk>/", views.article, name="article_by_id"),
    path("news/<id:pk>/<str:slug>/", views.article, name="article"),
    path("feed/", feeds.site, name="feed"),
    path("feed/<form:form>/", feeds.site),
    re_path(r"^(?P<address>(?:category/.+/|tag/[^/]+/|author/[^/]+/)?)feed/(?:rss2?|rdf|feed)/$", feeds.by_old_name),
    path("category/<path:path>/feed/", feeds.category, name="category_feed"),
    path("category/<path:path>/feed/<form:form>/", feeds.category),
    path("tag/<str:slug>/feed/", feeds.tag, name="tag_feed"),
    path("tag/<str:slug>/feed/<form:form>/", feeds.tag),
    path("author/<slug:slug>/feed/", feeds.author, name="author_feed"),
    path("author/<slug:slug>/feed/<form:form>/", feeds.author),
    path("source/<slug:slug>/feed/", feeds.source, name="source_feed"),
    path("source/<slug:slug>/feed/<form:form>/", feeds.source),
    # WordPress numbers the pages of a list; ours have cursors, so the list itself is the honest answer.
    re_path(rf"^(?P<address>(?:{WORDPRESS_LISTS})/)?page/\d+/$", views.numbered_page),
    path("category/<path:path>/", list_pages.category, name="category"),
    path("tag/<str:slug>/", list_pages.tag, name="tag"),
    path("author/<slug:slug>/", list_pages.author, name="author"),
    path("authors/", list_pages.authors, name="authors"),
    path("source/<slug:slug>/", list_pages.source, name="source"),
    path("archive/", archive_pages.every_year, name="archive"),
    path("<yyyy:year>/", archive_pages.year, name="year"),
    path("<yyyy:year>/<dd:month>/", archive_pages.month, name="month"),
    path("<yyyy:year>/<dd:month>/<dd:day>/", archive_pages.day, name="day"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/feed/", corrections.feed, name="corrections_feed"),
    path("corrections/feed/<form:form>/", corrections.feed),
    path("preview/<str:token>/", preview_pages.outside, name="preview_link"),
    path("typo/<id:pk>/", typo_pages.typo, name="typo"),
    path("typo/<id:pk>/sent/", typo_pages.sent, name="typo_sent"),
    path("search/", search.results, name="search"),
    path("search/suggestions/", search.suggestions, name="suggestions"),
]
