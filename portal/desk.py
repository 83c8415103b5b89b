"""The desk: Django's admin, its menu grouped by work instead of by app."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ads import desk as ads_desk
from articles import desk as articles_desk
from articles import media_desk, reading_now
from comments import desk as comments_desk
from comments import moderation
from portal.finding import find
from portal.models import SiteSettings
from portal.people.preferences import preferred_by, speak
from portal.troubles import troubles
from portal.waiting import counted

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
            "portal.MissingAddress",
            "portal.Distribution",
            "portal.Ping",
            "auth.User",
            "auth.Group",
            OTHERS,
        ),
    ),
]
"""The menu: a name, an icon, and what belongs there in this order. ``app.*`` is the rest of an app, ``*`` of all."""


@dataclass
class Item:
    label: str
    address: str
    is_current: bool
    model: Any = None
    waiting: int = 0
    """How many things wait there for somebody: ``ModelAdmin.waiting(request)``, where it has one: a number, or rows."""


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
        from articles.admin import unsaved  # as in get_urls

        return unsaved.given_back(self, super().admin_view(_with_sane_query(view), cacheable))

    def get_urls(self) -> list[Any]:
        from portal.admin.bin import bin_screen  # this module is the home of the site that they need
        from portal.admin.profile import profile

        screens = {"profile": profile, "bin": bin_screen, "find": require_safe(self.find)}
        own = [path(f"{name}/", self.admin_view(screen), name=name) for name, screen in screens.items()]
        public = self.admin_view(self.public_page)
        own.append(path("r/<path:content_type_id>/<path:object_id>/", public, name="view_on_site"))
        return [*own, *super().get_urls()]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Signs in, and has the browser speak the language that the person prefers."""
        response = super().login(request, extra_context)
        if request.method == "POST" and isinstance(request.user, User) and (language := preferred_by(request.user)):
            speak(response, language)
        return response

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from portal.admin.bin import has_bin  # as in get_urls

        context = super().each_context(request)
        apps = context["available_apps"]
        menu = SimpleLazyObject(lambda: self._menu(request, apps))
        # Django's sign-in page has another «site» in its context, which would hide ours.
        site = SimpleLazyObject(SiteSettings.current)
        return context | {
            "desk_menu": menu,
            "index_address": reverse("admin:index"),
            "find_address": reverse("admin:find"),
            "bin_address": SimpleLazyObject(lambda: reverse("admin:bin") if has_bin(request) else ""),
            "site": site,
        }

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """«Today»: to each what is their work."""
        user, now = cast(User, request.user), timezone.now()
        shown = {"shelves": list(_today(user, now)), "troubles": troubles(user, now)}
        return super().index(request, shown | (extra_context or {}))

    def public_page(self, request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponseBase:
        """Leads to the page of a thing, as Django does, but only who may see the thing on the desk.

        The address of a story that is scheduled holds words of its title.
        """
        key = content_type_id if content_type_id.isdecimal() and len(content_type_id) < 10 else "0"
        kind = ContentType.objects.filter(pk=key).first()
        of = self._registry.get(cast(Any, kind.model_class())) if kind else None
        if of is None or not of.has_view_or_change_permission(request):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def find(self, request: HttpRequest) -> HttpResponseBase:
        """What is found by a few letters: as JSON for the command line, as a page without script."""
        context = self.each_context(request)
        text = request.GET.get("q", "")
        found = find(text, cast(User, request.user), context["desk_menu"], timezone.now())
        if request.GET.get("as") == "json":
            return JsonResponse({"found": [each.told() for each in found]})
        told = {"title": _("Find"), "q": text, "found": found}
        return TemplateResponse(request, "admin/desk/find.html", context | told)

    def _groups(self, request: HttpRequest, apps: list[dict[str, Any]]) -> Iterator[Group]:
        models = {f"{app['app_label']}.{model['object_name']}": model for app in apps for model in app["models"]}
        for label, icon, wanted in GROUPS:
            group = Group(label, icon)
            for name in _matching(wanted, models):
                group.items.append(self._item(request, models.pop(name)))
            if group.items:
                yield group

    def _item(self, request: HttpRequest, model: dict[str, Any]) -> Item:
        address = model["admin_url"] or model["add_url"] or reverse("admin:index")
        return Item(model["name"], address, request.path.startswith(address), model["model"])

    def _menu(self, request: HttpRequest, apps: list[dict[str, Any]]) -> list[Group]:
        groups = list(self._groups(request, apps))
        items = {item.model: item for group in groups for item in group.items}
        asked = {model: getattr(self._registry[model], "waiting", None) for model in items}
        for model, number in counted({model: ask(request) for model, ask in asked.items() if ask}).items():
            items[model].waiting = number
        return groups


def _today(user: User, now: datetime) -> Iterator[Any]:
    """Yields the shelves that are the work of ``user``; each names its template."""
    if user.has_perm("articles.change_article"):
        for shelf in articles_desk.shelves(user, now):
            if isinstance(shelf, articles_desk.Shelf) and shelf.query == "state=live":
                reading_now.tell(shelf.lines, now)
            yield shelf
    if user.has_perm("articles.change_media"):
        yield media_desk.shelf(user, now)
    if user.has_perm(moderation.PERMISSION):
        yield comments_desk.shelf()
    if user.has_perm("ads.view_flight"):
        yield from ads_desk.shelves(now)


def _with_sane_query(view: View) -> View:
    """Answers 400 to a query that Django's lists do not bear: a NUL byte, a number too large, filters that are none."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if any("\0" in text for name, values in request.GET.lists() for text in (name, *values)):
            raise BadRequest("NUL byte in the query")
        try:
            response = view(request, *args, **kwargs)
        except OverflowError as error:
            if request.method == "POST":
                raise
            raise BadRequest("a number that no column holds") from error
        if getattr(response, "template_name", "") == "admin/invalid_setup.html":  # blames the database
            raise BadRequest("filters that this list does not have")
        return response

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
