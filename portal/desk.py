"""The desk: Django's admin, its menu grouped by work instead of by app."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from ads import desk as ads_desk
from articles import desk as articles_desk
from comments import desk as comments_desk
from comments import moderation
from portal.models import SiteSettings

View = Callable[..., HttpResponseBase]

OTHERS = "*"
GROUPS: list[tuple[Any, str, tuple[str, ...]]] = [
    (
        _("Articles"),
        "newspaper",
        (
            "articles.Article",
            "articles.Category",
            "articles.Tag",
            "articles.Author",
            "articles.Source",
            "articles.Correction",
            "articles.MissedSearch",
            "articles.Typo",
            "portal.Page",
        ),
    ),
    (_("Media"), "image", ("articles.Media",)),
    (_("Front page"), "layout-dashboard", ("portal.FrontZone",)),
    (_("Comments"), "message-square", ("comments.*",)),
    (_("Advertising"), "megaphone", ("ads.*",)),
    (
        _("Settings"),
        "settings",
        (
            "portal.SiteSettings",
            "portal.Menu",
            "portal.Redirect",
            "portal.Distribution",
            "portal.Ping",
            "auth.User",
            "auth.Group",
            OTHERS,
        ),
    ),
]
"""The menu: a name, an icon, and what belongs there in this order. ``app.*`` is the rest of an app, ``*`` of all."""


HIDDEN = {"taggit.Tag"}
"""What libraries put on the desk that only confuses: the tags of the articles are our own."""


@dataclass
class Item:
    label: str
    address: str
    is_current: bool
    waiting: int = 0
    """How many things wait there for somebody: ``ModelAdmin.waiting(request)``, where it has one."""


@dataclass
class Group:
    label: str
    icon: str
    items: list[Item] = field(default_factory=list)

    @property
    def is_current(self) -> bool:
        return any(item.is_current for item in self.items)

    @property
    def waiting(self) -> int:
        return sum(item.waiting for item in self.items)


class DeskSite(admin.AdminSite):
    site_header = _("Newsroom")
    site_title = _("Newsroom")
    index_title = _("Today")
    empty_value_display = "—"

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        return super().admin_view(_with_sane_query(view), cacheable)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        apps = context["available_apps"]
        menu = SimpleLazyObject(lambda: list(self._groups(request, apps)))
        # Django's sign-in page has another «site» in its context, which would hide ours.
        site = SimpleLazyObject(SiteSettings.current)
        return context | {"desk_menu": menu, "index_address": reverse("admin:index"), "site": site}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """«Today»: to each what is their work."""
        shown = list(_today(cast(User, request.user), timezone.now()))
        return super().index(request, {"shelves": shown} | (extra_context or {}))

    def _groups(self, request: HttpRequest, apps: list[dict[str, Any]]) -> Iterator[Group]:
        named = {f"{app['app_label']}.{model['object_name']}": model for app in apps for model in app["models"]}
        models = {name: model for name, model in named.items() if name not in HIDDEN}
        for label, icon, wanted in GROUPS:
            group = Group(label, icon)
            for name in _matching(wanted, models):
                group.items.append(self._item(request, models.pop(name)))
            if group.items:
                yield group

    def _item(self, request: HttpRequest, model: dict[str, Any]) -> Item:
        address = model["admin_url"] or model["add_url"] or reverse("admin:index")
        waiting = getattr(self._registry[model["model"]], "waiting", lambda request: 0)
        return Item(model["name"], address, request.path.startswith(address), waiting(request))


def _today(user: User, now: datetime) -> Iterator[Any]:
    """Yields the shelves that are the work of ``user``; each names its template."""
    if user.has_perm("articles.change_article"):
        yield from articles_desk.shelves(user, now)
    if user.has_perm(moderation.PERMISSION):
        yield comments_desk.shelf()
    if user.has_perm("ads.view_flight"):
        yield from ads_desk.shelves(now)


def _with_sane_query(view: View) -> View:
    """Answers 400 to a query that Django's lists pass on to a database unchecked: a NUL byte, a number too large."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if any("\0" in text for name, values in request.GET.lists() for text in (name, *values)):
            raise BadRequest("NUL byte in the query")
        try:
            return view(request, *args, **kwargs)
        except OverflowError as error:
            if request.method == "POST":
                raise
            raise BadRequest("a number that no column holds") from error

    return answer


def _matching(wanted: Iterable[str], names: Iterable[str]) -> list[str]:
    """Returns ``names`` in the order in which ``wanted`` asks for them; another group may ask for the rest."""
    named = {each for _label, _icon, group in GROUPS for each in group}
    found: list[str] = []
    for want in wanted:
        for name in names:
            whole_app = f"{name.split('.')[0]}.*"
            rest = want == OTHERS and not {name, whole_app} & named
            if name not in found and (name == want or whole_app == want or rest):
                found.append(name)
    return found
