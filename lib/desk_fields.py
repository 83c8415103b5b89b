"""How the desk shows the fields of every model."""

from typing import Any

from django.contrib.admin.widgets import AdminSplitDateTime, AdminTextareaWidget
from django.db.models import DateTimeField, TextField, URLField
from django.forms import URLInput
from django.utils.translation import gettext_lazy as _


class NamedMoment(AdminSplitDateTime):
    """Django's two fields for a moment, each with a name for those who do not see them."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for widget, name in zip(self.widgets, (_("Date"), _("Time")), strict=True):
            widget.attrs["aria-label"] = name


DESK_FIELDS: dict[Any, Any] = {
    DateTimeField: {"widget": NamedMoment},
    TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2, "data-grow": ""})},
    URLField: {"assume_scheme": "https", "widget": URLInput(attrs={"class": "vURLField"})},
}
"""For ``formfield_overrides``: moments with names, texts that grow, addresses that are safe unless told otherwise."""
