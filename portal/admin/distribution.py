"""On the desk: to which machines the site speaks, and what became of it."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin.bases import SearchAdmin
from lib.moments import in_words
from portal.admin.bases import OneRowAdmin
from portal.distribution.pings import Ping, send_again
from portal.models import Distribution

LATELY = timedelta(days=2)
"""How long a failure asks for attention in the menu."""


class DistributionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    class Meta:
        model = Distribution
        fields = [each.name for each in Distribution._meta.fields if each.editable and not each.primary_key]
        widgets = {name: forms.Textarea(attrs={"rows": rows}) for name, rows in (("websub_hubs", 2), ("robots", 6))}


@admin.register(Distribution)
class DistributionAdmin(OneRowAdmin):
    form = DistributionForm
    autocomplete_fields = ("share_picture",)
    readonly_fields = ("indexnow_key",)
    fieldsets = (
        (_("Links in social networks"), {"fields": ("share_picture",)}),
        (
            _("Proofs that the site is yours"),
            {
                "fields": tuple(f"{each}_token" for each in ("yandex", "google", "bing", "mailru", "zen", "facebook")),
                "description": _('Type the token alone: what stands in content="…" of the tag you were given.'),
            },
        ),
        (
            _("Feeds for aggregators"),
            {
                "fields": (
                    *("yandex_feed", "zen_feed", "zen_draft", "zen_format", "zen_index", "zen_comments"),
                    "zen_min_width",
                ),
                "description": _("Advertisements, stories marked 18+ and those kept out by editors are in neither."),
            },
        ),
        (_("Pings"), {"fields": ("websub_hubs", "indexnow", "indexnow_address", "indexnow_key")}),
        ("robots.txt", {"fields": ("robots",)}),
    )


@admin.register(Ping)
class PingAdmin(SearchAdmin):
    """What was announced and what was answered: to be read, and to be tried again."""

    list_display = ("when", "service", "what", "state", "attempts", "answer")
    list_filter = ("state", "service")
    list_display_links = None
    search_fields = ("address", "answer")
    actions = ("try_again",)
    show_full_result_count = False

    @admin.display(description=_("due"), ordering="due_at")
    def when(self, ping: Ping) -> str:
        return in_words(ping.due_at)

    @admin.display(description=_("address"))
    def what(self, ping: Ping) -> str:
        """The path alone: all that is announced is ours, and the whole address would fill the table."""
        path = unquote(urlsplit(ping.address).path)
        return format_html('<a href="{}">{}</a>', ping.address, Truncator(path).chars(40))

    def waiting(self, request: HttpRequest) -> QuerySet[Ping]:
        """The failures of the last days that nobody has seen to."""
        return Ping.objects.filter(state=Ping.State.FAILED, changed_at__gt=timezone.now() - LATELY)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Whoever may only look sends nothing."""
        return request.user.has_perm("portal.change_ping")

    @admin.action(description=_("Try again"), permissions=["retry"])
    def try_again(self, request: HttpRequest, pings: QuerySet[Ping]) -> None:
        number = send_again(pings, timezone.now())
        told = ngettext("%d ping is tried again.", "%d pings are tried again.", number) % number
        self.message_user(request, told, messages.SUCCESS if number else messages.WARNING)
