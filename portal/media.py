"""Serves uploaded files on a laptop; on a real site the web server in front does (see docs/operations.md)."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

SHOWN_IN_PLACE = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "audio/", "video/")


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answers with a file whose address holds its random token and version, so that it can be kept for ever."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    if not str(response.headers.get("Content-Type", "")).startswith(SHOWN_IN_PLACE):
        # A page somebody uploaded must never run as a page of this site.
        response["Content-Disposition"] = "attachment"
    return response
