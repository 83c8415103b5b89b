"""Serves uploaded files on a laptop; on a real site the web server in front does (see docs/operations.md)."""

import re

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from articles.models import Media

SHOWN_IN_PLACE = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "audio/", "video/")
_ADDRESS = re.compile(r"([\w-]{16})/(?:v\d{1,9}/([\w.-]{1,100}))?", re.ASCII)


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answers with a file whose address holds its random token and version, so that it can be kept for ever.

    An address of a file that was replaced, and the one without a version, lead to the present file.
    """
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except (Http404, OSError):  # a name may be longer than any file system takes
        return _to_present_file(path)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    # Whatever somebody uploaded, it never runs as a page of this site.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if not str(response.headers.get("Content-Type", "")).startswith(SHOWN_IN_PLACE):
        response["Content-Disposition"] = "attachment"
        response["Cache-Control"] = "no-cache"  # a document is opened by its address: it may have been replaced
    return response


def _to_present_file(path: str) -> HttpResponseBase:
    asked = _ADDRESS.fullmatch(path)
    media = Media.objects.filter(token=asked[1]).first() if asked else None
    if asked is None or media is None:
        raise Http404
    present = str(media.file.name)
    crop, _dash, rest = (asked[2] or "").partition("-")
    width, _dot, extension = rest.partition(".")
    if width.isdigit() and int(width) in media.renditions.get(crop, {}).get(extension, ()):
        present = media.rendition_path(crop, int(width), extension)
    if present == path:  # the file itself is missing
        raise Http404
    response = HttpResponseRedirect(default_storage.url(present))
    response["Cache-Control"] = "no-cache"
    return response
