"""Who signed in on the desk, and who failed: the logs of the library, to be read only, in words of the newsroom."""

from typing import Any

from axes.admin import AccessAttemptAdmin, AccessFailureLogAdmin, AccessLogAdmin
from axes.helpers import get_cool_off
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext

from lib.moments import in_words
from portal.people.sessions import device_of

# Words of the library, whose Russian is half a translation; ours are found for it.
BORROWED = (
    gettext_noop("access attempt"),
    gettext_noop("access attempts"),
    gettext_noop("access attempt expiration"),
    gettext_noop("access failure"),
    gettext_noop("access failures"),
    gettext_noop("access log"),
    gettext_noop("access logs"),
    gettext_noop("User Agent"),
    gettext_noop("IP Address"),
    gettext_noop("Username"),
    gettext_noop("Attempt Time"),
    gettext_noop("Logout Time"),
    gettext_noop("Failed Logins"),
    gettext_noop("Access lock out"),
    gettext_noop("Locked Out"),
)


def named(row: Any) -> str:
    return f"{row.username or '—'}, {in_words(row.attempt_time)}"


for model in (AccessAttempt, AccessFailureLog, AccessLog):
    model.__str__ = named  # the library names its rows in English only
    admin.site.unregister(model)


class LogAdmin:
    """For a class before the library's own: a log is read, its details stand in one list, and nobody edits it."""

    show_facets = admin.ShowFacets.NEVER

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of no row; whoever deletes one comes back to the list, which Django opens only to those who change some."""
        return obj is None and super().has_change_permission(request)  # type: ignore[misc]  # of an admin

    @admin.display(description=_("device"))
    def device(self, row: Any) -> str:
        return device_of(row.user_agent) or str(row.user_agent)[:60] or "—"


@admin.register(AccessAttempt)
class AttemptAdmin(LogAdmin, AccessAttemptAdmin):  # type: ignore[misc]  # the library has no types
    list_display = ("attempt_time", "username", "ip_address", "device", "failures_since_start", "standing")
    list_filter = ("attempt_time",)
    fields = ("username", "attempt_time", "failures_since_start", "standing", "ip_address", "user_agent")
    fieldsets = None
    readonly_fields = (*AccessAttemptAdmin.readonly_fields, "standing")

    @admin.display(description=_("state"))
    def standing(self, attempt: Any) -> str:
        """What a person has left; the library forgets an old attempt only at the next one."""
        if attempt.attempt_time < timezone.now() - get_cool_off():
            return str(_("no longer counts"))
        left = settings.AXES_FAILURE_LIMIT - attempt.failures_since_start
        if left <= 0:
            return str(_("locked out for now"))
        return str(ngettext("%d more try", "%d more tries", left) % left)

    @admin.action(description=_("Clean up expired attempts"), permissions=["delete"])
    def cleanup_expired_attempts(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """The library's own breaks: it looks for the time of a sign-in, which a press of a button does not have."""
        request.axes_attempt_time = timezone.now()  # type: ignore[attr-defined]  # read by the library
        number = self.handler.clean_expired_user_attempts(request=request)
        told = ngettext("%d expired attempt was removed.", "%d expired attempts were removed.", number)
        messages.success(request, told % number)


@admin.register(AccessFailureLog)
class FailureAdmin(LogAdmin, AccessFailureLogAdmin):  # type: ignore[misc]  # the library has no types
    list_display = ("attempt_time", "username", "ip_address", "device", "locked_out")
    list_filter = ("attempt_time", "locked_out")
    fields = ("username", "attempt_time", "locked_out", "ip_address", "user_agent")
    fieldsets = None


@admin.register(AccessLog)
class SignInAdmin(LogAdmin, AccessLogAdmin):  # type: ignore[misc]  # the library has no types
    list_display = ("attempt_time", "logout_time", "username", "ip_address", "device")
    list_filter = ("attempt_time",)
    fields = ("username", "attempt_time", "logout_time", "ip_address", "user_agent")
    fieldsets = None
