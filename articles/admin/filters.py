"""The filters beside the list of articles."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk import working_copies
from articles.forms import tree
from articles.models import Article, Category, State


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("draft", _("draft")),
            ("review", _("in review")),
            ("ready", _("ready")),
            ("waiting", _("in review or ready")),
            ("scheduled", _("scheduled")),
            ("live", _("live")),
            ("off", _("taken off")),
            ("withdrawn", _("withdrawn")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        now = timezone.now()
        published = Q(state=State.PUBLISHED)
        wanted = {
            "waiting": Q(state__in=(State.REVIEW, State.READY)),
            "scheduled": published & Q(publish_at__gt=now),
            "live": published & Q(publish_at__lte=now) & (Q(unpublish_at=None) | Q(unpublish_at__gt=now)),
            "off": published & Q(unpublish_at__lte=now),
        } | {state: Q(state=state) for state in ("draft", "review", "ready", "withdrawn")}
        return queryset.filter(wanted.get(self.value() or "", Q()))


class CategoryFilter(admin.SimpleListFilter):
    """Articles of a category and of those below it; what is not published, by its newest revision."""

    title = gettext_lazy("category")
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.tree = tree(Category.objects.shown())
        return [(str(category.pk), "\u2003" * depth + str(category)) for category, depth in self.tree]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if not self.value():
            return queryset
        paths = [f"{category.path}/" for category, _depth in self.tree if str(category.pk) == self.value()]
        below = [category.pk for category, _depth in self.tree if f"{category.path}/".startswith(tuple(paths))]
        drafts = working_copies().filter(data__category__in=below)
        return queryset.filter(Q(category__in=below) | Q(pk__in=drafts.values("article")))


class MineFilter(admin.SimpleListFilter):
    title = gettext_lazy("whose")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", _("mine"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() != "1":
            return queryset
        signed = Article.objects.filter(bylines__author__user=request.user.pk)
        return queryset.filter(Q(created_by=request.user.pk) | Q(pk__in=signed.values("pk")))
