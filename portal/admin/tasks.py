"""The background tasks on the desk, in words of the newsroom."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy
from django_tasks_db.admin import DBTaskResultAdmin
from django_tasks_db.models import DBTaskResult

# Words of the library, which brings no Russian; ours are found for it.
BORROWED = (
    gettext_noop("Task Result"),
    gettext_noop("Task Results"),
    pgettext_lazy("Task", "Ready"),
    pgettext_lazy("Task", "Running"),
    pgettext_lazy("Task", "Failed"),
    pgettext_lazy("Task", "Successful"),
    gettext_noop("status"),
    gettext_noop("enqueued at"),
    gettext_noop("started at"),
    gettext_noop("finished at"),
    gettext_noop("args kwargs"),
    gettext_noop("priority"),
    gettext_noop("task path"),
    gettext_noop("worker id"),
    gettext_noop("queue name"),
    gettext_noop("backend name"),
    gettext_noop("run after"),
    gettext_noop("return value"),
    gettext_noop("exception class path"),
    gettext_noop("traceback"),
)

NAMES = {
    "articles.pictures.draw_renditions": _("draw the sizes of a picture"),
    "articles.bulk.running.go_on_later": _("go on with a change of many articles"),
    "articles.renaming.index_list": _("bring the search up to date after a change of name"),
    "portal.distribution.cards.draw_card": _("draw the card of a story for social networks"),
    "portal.distribution.pings.send_due": _("tell search engines"),
    "portal.people.letters.send_due": _("send letters"),
}

admin.site.unregister(DBTaskResult)


@admin.register(DBTaskResult)
class TaskAdmin(DBTaskResultAdmin):
    list_display = ("named", "status", "enqueued_at", "started_at", "finished_at")  # type: ignore[assignment]
    list_filter = ("status",)  # type: ignore[assignment]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description=_("task"))
    def named(self, result: Any) -> str:
        path = str(result.task_path)
        return str(NAMES.get(path, path.rpartition(".")[2].replace("_", " ")))
