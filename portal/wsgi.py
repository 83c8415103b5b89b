"""The way in for a WSGI server such as gunicorn: the page cache, and Django behind it."""

import os

from django.core.wsgi import get_wsgi_application

from lib.pagecache.wsgi import PageCacheFront

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = PageCacheFront(get_wsgi_application())
