"""The attempts to sign in on the desk, as the library has them, but that its button does what it says."""

from typing import Any

from axes.admin import AccessAttemptAdmin
from axes.models import AccessAttempt
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

admin.site.unregister(AccessAttempt)


@admin.register(AccessAttempt)
class AttemptAdmin(AccessAttemptAdmin):  # type: ignore[misc]  # the library has no types
    @admin.action(description=_("Clean up expired attempts"), permissions=["delete"])
    def cleanup_expired_attempts(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """The library's own breaks: it looks for the time of a sign-in, which a press of a button does not have."""
        request.axes_attempt_time = timezone.now()  # type: ignore[attr-defined]  # read by the library
        number = self.handler.clean_expired_user_attempts(request=request)
        told = ngettext("%d expired attempt was removed.", "%d expired attempts were removed.", number)
        messages.success(request, told % number)
