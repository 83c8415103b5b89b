"""Whether a form came from one of our own pages, told to the view instead of answered for it.

For forms that must come back with what was typed: Django's own refusal would cost the reader the text. The view
is ``csrf_exempt`` and asks here.
"""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware


class _Check(CsrfViewMiddleware):
    """Tells that a request must be refused, and leaves the answer to the view."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def is_forged(request: HttpRequest) -> bool:
    """Says whether the token or the origin of a POST is wrong."""
    return _Check(_unused).process_view(request, _unused, (), {}) is not None


def _unused(*args: Any) -> Any:
    """Stands for the view that the middleware would call."""
