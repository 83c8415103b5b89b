"""The moderators' queue: every comment with what speaks for and against it, decided in one press."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comments import spam
from comments.models import TRANSITIONS, PortalComment, Status
from comments.moderation import PERMISSION, Outcome, decide, latest_decisions


@dataclass(frozen=True)
class Decision:
    """A button: what becomes of a comment, in words, and the key that presses it."""

    status: Status
    verb: Any
    key: str


DECISIONS = [
    Decision(Status.APPROVED, gettext_lazy("Approve"), "a"),
    Decision(Status.REJECTED, gettext_lazy("Reject"), "r"),
    Decision(Status.SPAM, gettext_lazy("Spam"), "s"),
    Decision(Status.REMOVED, gettext_lazy("Remove"), "d"),
    Decision(Status.PENDING, gettext_lazy("Hold again"), "h"),
]
_KEY = re.compile(r"[1-9][0-9]{0,9}")
_SEEN = re.compile(rf"({_KEY.pattern}) ([a-z]+)")


def decisions_from(status: str) -> list[Decision]:
    """Returns the decisions that a comment with ``status`` allows."""
    return [decision for decision in DECISIONS if decision.status in TRANSITIONS[Status(status)]]


@dataclass(frozen=True)
class Card:
    """A comment as moderators see it."""

    comment: PortalComment

    @property
    def decisions(self) -> list[Decision]:
        return decisions_from(self.comment.status)

    @property
    def reasons(self) -> list[str]:
        return [str(spam.REASONS.get(code, code)) for code in self.comment.reasons]


class StatusFilter(admin.SimpleListFilter):
    """Shows what waits unless another status is asked for."""

    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(status.value, status.label) for status in Status]

    def value(self) -> str:
        given = super().value()
        return given if given in Status.values else Status.PENDING

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == self.value(), "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[PortalComment]) -> QuerySet[PortalComment]:
        return queryset.filter(status=self.value())


class Queue(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.cards = [Card(comment) for comment in self.result_list]
        self.bulk = self.cards[0].decisions if self.cards else []


@admin.register(PortalComment)
class PortalCommentAdmin(admin.ModelAdmin[PortalComment]):
    """Nothing is written or deleted here, only decided: a comment says what its author wrote."""

    list_display = ("comment",)
    list_filter = (StatusFilter,)
    list_select_related = ("article", "reply_to")
    list_per_page = list_max_show_all = 100
    search_fields = ("user_name", "user_email", "comment")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def waiting(self, request: HttpRequest) -> QuerySet[PortalComment]:
        """The comments that wait for a moderator; their number stands beside the menu entry."""
        return PortalComment.objects.waiting()

    def has_view_permission(self, request: HttpRequest, obj: PortalComment | None = None) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: PortalComment | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PortalComment | None = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> PortalComment | None:
        return super().get_object(request, object_id, from_field) if _KEY.fullmatch(object_id) else None

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Queue]:
        return Queue

    def get_ordering(self, request: HttpRequest) -> tuple[str]:
        """The oldest first where somebody waits for an answer, the newest first elsewhere."""
        return ("pk",) if request.GET.get("status", Status.PENDING) == Status.PENDING else ("-pk",)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "POST":
            return self._decide(request)
        return super().changelist_view(request, {"title": _("Comments")} | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One comment, what was decided about it, and the decisions there are, with a reason."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        comment = self.get_object(request, object_id)
        if comment is None:
            raise Http404
        context = self.admin_site.each_context(request) | {
            "title": _("Comment by %(name)s") % {"name": comment.user_name},
            "card": Card(comment),
            "log": comment.log.select_related("actor"),
            "queue": reverse("admin:comments_portalcomment_changelist"),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/comments/portalcomment/comment.html", context)

    def _decide(self, request: HttpRequest) -> HttpResponse:
        """Takes the decision of a button: «approved» for all chosen comments, or «approved 34» for one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        to, _space, one = request.POST.get("decide", "").partition(" ")
        if to not in Status.values:
            raise BadRequest("There is no such decision.")
        chosen = [one] if one else request.POST.getlist("chosen")
        seen = {key: status for key, status in map(_seen, request.POST.getlist("seen")) if str(key) in chosen}
        reason = request.POST.get("reason", "").replace("\0", "")[:300]
        outcome = decide(seen, Status(to), by=request.user, reason=reason)  # type: ignore[arg-type]  # signed in
        self._tell(request, outcome, Status(to))
        return redirect(request.get_full_path())

    def _tell(self, request: HttpRequest, outcome: Outcome, to: Status) -> None:
        number = len(outcome.changed)
        if number:
            words = ngettext("%(number)d comment: %(status)s.", "%(number)d comments: %(status)s.", number)
            messages.success(request, words % {"number": number, "status": to.label})
        elif not outcome.overtaken:
            messages.warning(request, _("No comment was chosen."))
        latest = latest_decisions(outcome.overtaken)
        for comment in outcome.overtaken:
            actor = latest[comment.pk].actor if comment.pk in latest else None
            by = actor and (actor.get_full_name() or actor.get_username())
            words = _("The comment by %(name)s was decided before you by %(actor)s: %(status)s. It stays so.")
            status = comment.get_status_display()
            messages.warning(request, words % {"name": comment.user_name, "actor": by or "—", "status": status})


def _seen(pair: str) -> tuple[int, str]:
    """Reads "34 pending": a comment and the status in which the moderator saw it."""
    match = _SEEN.fullmatch(pair)
    if match is None:
        raise BadRequest("The list of comments cannot be read.")
    return int(match[1]), match[2]
