"""Every setting of the portal. The environment decides; the defaults run on a laptop.

A wrong value stops the start with one clear sentence (see ``portal/environment.py``). docs/operations.md
lists the variables for those who run a site.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lib.embeds import FRAME_HOSTS
from portal.environment import (
    database,
    env,
    language,
    local_secret_key,
    passing_data_dir,
    switch,
    time_zone,
    web_address,
    whole_number,
)

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
DATA_DIR = passing_data_dir() if TESTING else Path(env.str("PORTAL_DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

# The site

PORT = whole_number("PORT", default=8000, least=1, most=65_535)
"""Where ``manage.py serve`` listens, on 127.0.0.1."""
BASE_URL = web_address("PORTAL_BASE_URL", default=f"http://127.0.0.1:{PORT}")
_host = urlsplit(BASE_URL).hostname or ""
ON_A_LAPTOP = _host in {"127.0.0.1", "localhost", "::1"}
HTTPS = BASE_URL.startswith("https://")
DEMO = switch("PORTAL_DEMO", default=False)
"""Whether the sign-in page offers the people of the demo newsroom. Never on a real site."""

DEBUG = switch("PORTAL_DEBUG", default=False)
SECRET_KEY = local_secret_key(DATA_DIR) if ON_A_LAPTOP else env.str("SECRET_KEY")
ALLOWED_HOSTS = [_host, *env.list("PORTAL_ALLOWED_HOSTS", default=[])]
if ON_A_LAPTOP:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# Apps and the way through them

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "comments.apps.CommentsConfig",
    "ads.apps.AdsConfig",
    "articles.apps.ArticlesConfig",
    "lib.pagecache.apps.PageCacheConfig",
    "lib.spool.apps.SpoolConfig",
    "portal.apps.DeskConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Quiet forms of what comments.PortalComment stands on (docs/decisions/0003-guarded-comments-xtd.md).
    "comments.apps.QuietSitesConfig",
    "comments.apps.QuietContribConfig",
    "comments.apps.QuietXtdConfig",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "taggit",
    "axes",
    "lucide",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.may_change",
    "csp.middleware.CSPMiddleware",
    "portal.policy.widened",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.LanguageMiddleware",
    "portal.middleware.no_nul",
    "portal.astray.noting",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# Data

DATABASES = database(env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"))
DATABASE_ROUTERS = ["lib.pagecache.routing.ReaderRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PAGE_CACHE = {
    "ENABLED": switch("PORTAL_PAGE_CACHE", default=not (TESTING or DEBUG)),
    "READER": "default" if TESTING else "reader",
    # A Redis address, or a directory.
    "STORE": env.str("REDIS_URL", default=str(DATA_DIR / "pages")),
    "STORE_MB": whole_number("PORTAL_PAGE_CACHE_DISK_MB", default=512, least=1, most=1_000_000),
    "MEMORY_MB": whole_number("PORTAL_PAGE_CACHE_MB", default=64, least=1, most=1_000_000),
    # Anything else in a query string is dropped from the key, and from what the view sees.
    "QUERY": ["before", "p", "page_id"],
    # For a CDN that can be told which pages to drop; nginx needs larger header buffers then.
    "SURROGATE_KEYS": switch("PORTAL_SURROGATE_KEYS", default=False),
    # When any of it changes, so may every page.
    "SOURCES": [
        *(BASE_DIR / name for name in ("portal", "articles", "comments", "ads", "lib", "templates", "locale")),
        DATA_DIR / "static" / "staticfiles.json",
    ],
}

MEDIA_ROOT = Path(env.str("PORTAL_MEDIA_DIR", default=str(DATA_DIR / "media")))
MEDIA_URL = "/media/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "lib.static.HashedFiles"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_HANDLERS = [
    "lib.uploading.LimitUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # an article form with a long text, not a file
MAX_UPLOAD_BYTES = whole_number("PORTAL_MAX_UPLOAD_MB", default=50, least=1, most=10_240) * 1024 * 1024
MAX_IMAGE_PIXELS = 40_000_000

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if TESTING else "django_tasks_db.DatabaseBackend"
    }
}

# Languages and time

LANGUAGE_CODE = language("PORTAL_LANGUAGE", default="ru")
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
TIME_ZONE = time_zone("PORTAL_TIME_ZONE", default="Europe/Moscow")
USE_TZ = True

# Lists

THIN_LIST = whole_number("PORTAL_THIN_LIST", default=3, least=0, most=100)
"""How few stories make the page of a tag or a source too thin for search engines."""

# Comments

SITE_ID = 1
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "comments.models.PortalComment"
TRUSTED_PROXIES = whole_number("PORTAL_TRUSTED_PROXIES", default=0, least=0, most=9)
"""How many proxies of ours write X-Forwarded-For; with 0, one that connects from this machine is believed."""

# What readers do

SPOOL_DIR = DATA_DIR / "spool"
"""Where events of readers wait to be counted. On a local disk: see lib/spool/files.py."""

# Ads

ADS_REQUIRE_ERID = switch("PORTAL_ADS_REQUIRE_ERID", default=LANGUAGE_CODE == "ru")
"""Whether an ad that is paid for needs the identifier of Russian law (38-FZ, article 18.1) to be shown."""

# Search

SEARCHES_A_MINUTE = 0 if TESTING else whole_number("PORTAL_SEARCHES_A_MINUTE", default=30, least=0, most=100_000)
"""How many searches an address may make in a minute; 0 is no limit."""
THROTTLE_DIR = DATA_DIR / "throttle"
"""Where lib/throttle.py counts requests, in files of half a megabyte. On a local disk."""

# Signing in

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a test of a page is no test of argon2
    if TESTING
    else [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
SESSION_ENGINE = "portal.people.sessions"
PASSWORD_RESET_TIMEOUT = 86_400  # a day
CSRF_FAILURE_VIEW = "portal.views.form_refused"
AXES_ENABLED = not TESTING
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "admin/lockout.html"
AXES_CLIENT_IP_CALLABLE = "lib.visitors.address_of"
AXES_VERBOSE = False

# What browsers are told

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # One list for every page: a frame is made only by a reader's click in a text (static/js/embeds.js), and no
        # text and no field of the desk may hold one.
        "frame-src": list(FRAME_HOSTS),
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# What is written down

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("PORTAL_LOG_LEVEL", default="INFO")},
    "loggers": {"django": {"level": "WARNING"}, "axes": {"level": "WARNING"}},
}

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = env.str("PORTAL_FROM_EMAIL", default=f"portal@{_host}")

if TESTING:  # the threads of a test's server keep no connection, so that its database can be dropped
    DATABASES = {alias: each | {"CONN_MAX_AGE": 0} for alias, each in DATABASES.items()}

if TESTING:  # a request that asks the database once per row fails
    INSTALLED_APPS += ["zeal"]
    MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
