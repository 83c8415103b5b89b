"""Addresses of threads, of the form, and of what became of a comment."""

from django.urls import path, re_path, register_converter

from comments import views
from lib.converters import IdConverter

register_converter(IdConverter, "number")

app_name = "comments"
urlpatterns = [
    re_path(r"^sent/(?P<key>[0-9a-f]{64})/$", views.sent, name="sent"),
    path("<number:article_id>/", views.comments, name="comments"),
    path("<number:article_id>/new/", views.new, name="new"),
    path("<number:article_id>/form/", views.form, name="form"),
    path("<number:article_id>/<number:pk>/", views.comment, name="comment"),
]
