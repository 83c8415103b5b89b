"""What several of the site's own pages on the desk share."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from articles.admin.bases import DeskAdmin


class OneRowAdmin(DeskAdmin):
    """A model of one row, which has ``current()``: the menu opens its form directly."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return self.changeform_view(request, "1")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        model: Any = self.model
        return model.current()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
