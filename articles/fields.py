"""Fields of the desk's forms that take anything a browser may send."""

import re
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from articles.widgets import MomentInput

# Everything Unicode calls a control character, but for tab and line breaks. PostgreSQL refuses NUL.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
MAX_KEY = 10**18
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class PlainText(forms.CharField):
    """A text field that quietly drops control characters, which come along when text is pasted."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(_CONTROL.sub("", value) if isinstance(value, str) else value))


class KeyField(forms.IntegerField):
    """The key of a row, within what every database can hold; empty is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=MAX_KEY, required=False, **kwargs)


class MomentField(forms.DateTimeField):
    """A date and time in the newsroom's zone, within a span that every database can keep."""

    def __init__(self, **kwargs: Any) -> None:
        span = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        defaults: dict[str, Any] = {"required": False, "widget": MomentInput, "validators": span}
        super().__init__(**defaults | kwargs)
