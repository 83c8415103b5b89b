"""The checks before a publication on the desk: the panel of the sheet, how much each weighs, and who overrode them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.bases import DeskAdmin, ModelAdmin, editor
from articles.autosaving import keepable
from articles.checks import RULES, Finding, Level, findings, gate
from articles.checks.levels import choose, levels_for, levels_of
from articles.content import Content
from articles.forms import ContentForm
from articles.models import Article, CheckLevel, CheckOverride, Revision


def panel(user: User, article: Article | None, content: Content | None, now: Any) -> dict[str, Any]:
    """Returns what the panel shows of ``content``; of a sheet on which nothing is written yet, nothing."""
    found = findings(content, article, levels_for(user), now) if content else []
    return _shown(found, user) | {"is_checked": content is not None}


def _shown(found: list[Finding], user: User) -> dict[str, Any]:
    blocking = sum(finding.blocks for finding in found)
    return {
        "findings": found,
        "blocking": blocking,
        "warnings": len(found) - blocking,
        "may_override": user.has_perm(gate.OVERRIDE),
    }


def pass_through(request: HttpRequest, article: Article, revision: Revision, now: Any) -> None:
    """Lets what is about to be published pass, or raises gate.Blocked; keeps why it passed in spite of something."""
    user, reason = editor(request), request.POST.get("override_reason", "").replace("\0", "")
    found = gate.pass_through(revision.content, article, user, now, reason=reason)
    gate.log(article, revision, found, user, now, reason=reason)


def stopped(user: User, article: Article | None, form: ContentForm, blocked: gate.Blocked) -> dict[str, Any]:
    """Says on the form that it was not published, and why; returns what the panel shows."""
    form.add_error(None, _("Not published: this stands against it. What you typed is all here."))
    for finding in blocked.findings:
        form.add_error(None, finding.spot.message)
    if user.has_perm(gate.OVERRIDE):
        form.add_error(None, _("To publish in spite of it, give a reason under «Before publication»."))
    content, _wrong = keepable(form, Content())
    return panel(user, article, content, timezone.now())


def answered(
    desk: ModelAdmin, request: HttpRequest, article: Article | None, form: ContentForm, newest: Revision | None
) -> HttpResponse:
    """Answers a sheet that is being written what the checks say of it as it stands."""
    content, _wrong = keepable(form, newest.content if newest else Content())
    shown = panel(editor(request), article, content, timezone.now())
    html = render_to_string("admin/articles/article/_findings.html", shown, request)
    short = render_to_string("admin/articles/article/_findings_short.html", shown, request)
    return JsonResponse({"html": html, "short": short, "blocking": shown["blocking"]})


class LevelsForm(forms.Form):
    """The levels of every rule, for everybody or for a role; an empty choice is what holds otherwise."""

    def __init__(self, *args: Any, group: Group | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        general, chosen = levels_of(None), levels_of(group)
        for name, rule in RULES.items():
            inherited = (general[name] or rule.level) if group else rule.level
            otherwise = _("as for everybody (%s)") if group else _("as it comes (%s)")
            choices = [("", otherwise % inherited.label), *Level.choices]
            field = forms.ChoiceField(label=rule.title, help_text=rule.why, choices=choices, required=False)
            field.initial = chosen[name] or ""
            self.fields[name] = field

    def levels(self) -> dict[str, Level | None]:
        return {name: Level(value) if value else None for name, value in self.cleaned_data.items()}


@admin.register(CheckLevel)
class CheckLevelAdmin(DeskAdmin):
    """One page: the rules, and how much each weighs for everybody or for the role of ``?role=``."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        roles = list(Group.objects.filter(permissions__codename="change_article").distinct().order_by("name"))
        group = _role(request, roles)
        form = LevelsForm(request.POST or None, group=group)
        if request.method == "POST":
            if not form.is_valid():
                raise BadRequest("There is no such level.")
            choose(group, form.levels())
            self.log_change(request, group or CheckLevel(rule="*"), _("Checks before publication changed"))
            messages.success(request, _("Saved. It holds from the next publication on."))
            return redirect(request.get_full_path())
        context = self.admin_site.each_context(request) | {
            "title": _("Checks before publication"),
            "opts": self.opts,
            "form": form,
            "roles": roles,
            "role": group,
        }
        return TemplateResponse(request, "admin/articles/checklevel/levels.html", context)


def _role(request: HttpRequest, roles: list[Group]) -> Group | None:
    key = request.GET.get("role", "")
    found = next((role for role in roles if str(role.pk) == key), None)
    if key and found is None:
        raise Http404
    return found


@admin.register(CheckOverride)
class CheckOverrideAdmin(DeskAdmin):
    """Who published in spite of what, and why. Nothing is changed here."""

    list_display = ("at", "story", "by", "against", "reason")
    list_display_links = None
    list_select_related = ("article", "by")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-pk",)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_delete_permission = has_change_permission

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("article__body")

    @admin.display(description=gettext_lazy("article"))
    def story(self, override: CheckOverride) -> str:
        return format_html('<a href="../article/{}/change/">{}</a>', override.article_id, override.article)

    @admin.display(description=gettext_lazy("what blocked it"))
    def against(self, override: CheckOverride) -> str:
        return format_html_join("", "{}<br>", ((message,) for _rule, message in override.findings))
