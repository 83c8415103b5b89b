"""The way in for a WSGI server such as gunicorn: the page cache, and Django behind it."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application


def _application() -> Any:
    django = get_wsgi_application()
    from lib.pagecache.wsgi import PageCacheFront  # has models, so the apps must be there first

    return PageCacheFront(django)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = _application()
