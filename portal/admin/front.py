"""«Front page» on the desk: one screen on which the front page of a language is arranged, and its log."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.admin.bases import ModelAdmin, editor
from lib import clock
from portal.admin import front_acts
from portal.admin.front_forms import PinForm, PreviewForm, ZoneForm, quick_previews
from portal.admin.front_screen import Screen, found_stories
from portal.admin.ticker import RuleForm, Ticker
from portal.arranging import changes
from portal.arranging.telling import sentence
from portal.front import FrontChange, FrontZone
from portal.frontpage import arrange

ON_THE_SCREEN, ON_A_PAGE = 8, 50
LANGUAGES = dict(settings.LANGUAGES)


@admin.register(FrontZone)
class FrontZoneAdmin(ModelAdmin):
    """No list and no forms of Django's: everything is done on the screen."""

    def get_urls(self) -> list[URLPattern]:
        def named(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=f"portal_{name}")

        return [
            named("", require_safe(self.screen_view), "frontzone_changelist"),
            named("<slug:language>/", require_safe(self.screen_view), "front_screen"),
            named("<slug:language>/arrange/", require_POST(self.arrange_view), "front_arrange"),
            named("<slug:language>/stories/", require_safe(self.stories_view), "front_stories"),
            named("<slug:language>/preview/", require_safe(self.preview_view), "front_preview"),
            named("<slug:language>/log/", require_safe(self.log_view), "front_log"),
            named("<slug:language>/ticker/", require_http_methods(["GET", "HEAD", "POST"])(self.ticker_view), "ticker"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Zones are added on the screen."""
        return False

    def screen_view(self, request: HttpRequest, language: str = settings.LANGUAGE_CODE) -> HttpResponse:
        self._admit(request, language)
        initial = {"article": _key(request.GET.get("story", "")), "place": request.GET.get("place", "")}
        form = PinForm(initial=initial, now=timezone.now())
        return self._screen(request, language, pin_form=form)

    def arrange_view(self, request: HttpRequest, language: str) -> HttpResponse:
        """Does what a button of the screen says; answers 409 where somebody else came first."""
        self._admit(request, language, change=True)
        now = timezone.now()
        try:
            wish = front_acts.wish(language, request.POST, now)
            based_on = _key(request.POST.get("based_on", "")) or 0
            done = changes.change(language, wish.name, wish.act, based_on=based_on, by=editor(request), now=now)
        except front_acts.Unfit as unfit:
            return self._unfit(request, language, unfit)
        except changes.MovedOn as moved:
            return self._moved_on(request, language, moved, now)
        except changes.Refused as refused:
            return self._refused(request, language, refused, now)
        messages.success(request, sentence(done) if done else _("Nothing has changed: it stands like this already."))
        return redirect(f"{reverse('admin:portal_front_screen', args=[language])}#{wish.focus}")

    def stories_view(self, request: HttpRequest, language: str) -> HttpResponse:
        """The stories that may be pinned, as a part of the screen, while an editor types."""
        self._admit(request, language)
        now = timezone.now()
        screen = Screen(language, arrange(language, now), now)
        return TemplateResponse(request, "admin/portal/front/_stories.html", _stories(request.GET, language, screen))

    def preview_view(self, request: HttpRequest, language: str) -> HttpResponse:
        """The page as it will be, for staff alone; kept nowhere."""
        self._admit(request, language)
        form = PreviewForm(request.GET)
        if not form.is_valid():
            return self._screen(request, language, status=400, preview_form=form)
        moment: datetime = form.cleaned_data["at"]
        back = reverse("admin:portal_front_screen", args=[language])
        with translation.override(language), clock.set_to(moment):
            context = {"front": arrange(language, moment), "preview_at": moment, "back": back}
            page = render_to_string("portal/front.html", context, request)
        return HttpResponse(page, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})

    def log_view(self, request: HttpRequest, language: str) -> HttpResponse:
        self._admit(request, language)
        before = _key(request.GET.get("before", ""))
        found = FrontChange.objects.filter(language=language).select_related("by")
        if before:
            found = found.filter(number__lt=before)
        log = list(found[: ON_A_PAGE + 1])
        context = self._context(request, language) | {
            "title": _("What was changed on the front page"),
            "log": _told(log[:ON_A_PAGE]),
            "older": log[ON_A_PAGE - 1].number if len(log) > ON_A_PAGE else None,
        }
        return TemplateResponse(request, "admin/portal/front/log.html", context)

    def ticker_view(self, request: HttpRequest, language: str) -> HttpResponse:
        self._admit(request, language, change=request.method == "POST")
        desk = Ticker(self, request, language)
        extra: dict[str, Any] = {}
        if request.method == "POST":
            try:
                unfit = desk.act()
            except changes.Refused as refused:
                extra = {"refused": str(refused)}
            else:
                if unfit is None:
                    messages.success(request, _("Saved."))
                    return redirect("admin:portal_ticker", language)
                extra = {"rule_form" if isinstance(unfit, RuleForm) else "line_form": unfit}
        context = self._context(request, language) | {"title": _("Ticker")} | desk.context() | extra
        return TemplateResponse(request, "admin/portal/front/ticker.html", context, status=400 if extra else 200)

    def _admit(self, request: HttpRequest, language: str, *, change: bool = False) -> None:
        if language not in LANGUAGES:
            raise Http404("no language of this site")
        if not (self.has_change_permission(request) if change else self.has_view_or_change_permission(request)):
            raise PermissionDenied

    def _context(self, request: HttpRequest, language: str) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {
            "opts": self.opts,
            "language": language,
            "languages": LANGUAGES,
            "may_arrange": self.has_change_permission(request),
            "based_on": changes.newest_number(language),
        }

    def _screen(self, request: HttpRequest, language: str, *, status: int = 200, **extra: Any) -> HttpResponse:
        now = timezone.now()
        screen = Screen(language, arrange(language, now), now)
        log = FrontChange.objects.filter(language=language).select_related("by")[:ON_THE_SCREEN]
        context = self._context(request, language) | {
            "title": _("Front page"),
            "zones": _with_forms(screen, language, extra.pop("unfit", None)),
            "spots": screen.spots(),
            "pin_form": PinForm(now=now),
            "add_form": ZoneForm(language=language),
            "preview_form": PreviewForm(),
            "quick_previews": quick_previews(now),
            "log": _told(log),
        }
        typed = request.POST if request.method == "POST" else request.GET
        context |= _stories(typed, language, screen) | extra
        return TemplateResponse(request, "admin/portal/front/screen.html", context, status=status)

    def _unfit(self, request: HttpRequest, language: str, unfit: front_acts.Unfit) -> HttpResponse:
        named = {"pin": "pin_form", "add": "add_form", "settle": "unfit"}[unfit.name]
        return self._screen(request, language, status=400, **{named: unfit.form})

    def _refused(self, request: HttpRequest, language: str, refused: changes.Refused, now: datetime) -> HttpResponse:
        extra: dict[str, Any] = {"refused": str(refused)}
        if request.POST.get("act") == "pin":
            extra["pin_form"] = PinForm(request.POST, now=now)
        return self._screen(request, language, status=400, **extra)

    def _moved_on(self, request: HttpRequest, language: str, moved: changes.MovedOn, now: datetime) -> HttpResponse:
        """Says what the others did, and offers to do what was wanted on top of it."""
        name = request.POST.get("act", "").partition(":")[0]
        wanted = sentence(FrontChange(act=name, words=moved.words, at=now)) if moved.words else ""
        sent = [(key, value) for key, value in request.POST.items() if key not in {"csrfmiddlewaretoken", "based_on"}]
        extra: dict[str, Any] = {"newer": _told(moved.newer), "wanted": wanted, "sent": sent}
        if name == "pin":
            extra["pin_form"] = PinForm(request.POST, now=now)
        return self._screen(request, language, status=409, **extra)


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _told(log: Any) -> list[tuple[FrontChange, str]]:
    return [(each, sentence(each)) for each in log]


def _with_forms(screen: Screen, language: str, unfit: ZoneForm | None) -> list[tuple[Any, ZoneForm]]:
    """Returns each zone with the form of its settings: with what was typed, where that had errors."""
    sent = {unfit.instance.pk: unfit} if unfit else {}
    return [
        (each, sent.get(each.zone.pk) or ZoneForm(instance=each.zone, language=language)) for each in screen.shown()
    ]


def _stories(typed: QueryDict, language: str, screen: Screen) -> dict[str, Any]:
    """Returns what the list of stories shows: those that match what is typed, and the one chosen before."""
    words = typed.get("q", "").replace("\0", "").strip()[:100]
    chosen = _key(typed.get("article") or typed.get("story") or "")
    stories = found_stories(language, words, chosen, screen.now)
    return {"q": words, "chosen": chosen, "stories": [(each, screen.where(each.pk)) for each in stories]}
