"""Addresses of articles and of lists of them; the lists stand where WordPress has them."""

from django.urls import path, re_path, register_converter

from articles import feeds, views
from articles.search.views import results
from lib import converters

register_converter(converters.IdConverter, "id")
register_converter(converters.YearConverter, "yyyy")
register_converter(converters.TwoDigitConverter, "dd")
register_converter(converters.FeedFormConverter, "form")

app_name = "articles"
urlpatterns = [
    path("news/", views.latest, name="latest"),
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
    re_path(r"^(?P<address>(?:category/.+|tag/[^/]+|author/[^/]+)/)?page/\d+/$", views.numbered_page),
    path("category/<path:path>/", views.category, name="category"),
    path("tag/<str:slug>/", views.tag, name="tag"),
    path("author/<slug:slug>/", views.author, name="author"),
    path("source/<slug:slug>/", views.source, name="source"),
    path("<yyyy:year>/<dd:month>/<dd:day>/", views.day, name="day"),
    path("search/", results, name="search"),
]
