"""A site of its own around the page cache: none of the portal's models, pages or middleware."""

import os
from pathlib import Path

from csp.constants import NONCE, SELF

from portal.environment import database

DATA_DIR = Path(os.environ["NEWSROOM_DIR"])
BASE_URL = "https://news.example"
ALLOWED_HOSTS = ["news.example", "alias.example"]
SECRET_KEY = "for tests only"
USE_TZ = True
DEBUG_PROPAGATE_EXCEPTIONS = True
DATABASES = database(os.environ["NEWSROOM_DATABASE"])
if replica := os.environ.get("NEWSROOM_REPLICA"):
    DATABASES["reader"] = database(replica)["reader"]
DATABASE_ROUTERS = ["lib.pagecache.routing.ReaderRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "lib.pagecache.apps.PageCacheConfig",
    "tests.lib.pagecache.newsroom",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "tests.lib.pagecache.newsroom.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": [SELF], "script-src": [SELF, NONCE]}}
PAGE_CACHE = {
    "ENABLED": os.environ.get("NEWSROOM_CACHE", "on") == "on",
    "READER": "reader",
    "STORE": os.environ.get("NEWSROOM_STORE", str(DATA_DIR / "pages")),
    "STORE_MB": 8,
    "MEMORY_MB": 8,
    "QUERY": ["before", "q"],
    "SURROGATE_KEYS": True,
    "SOURCES": [],
}
