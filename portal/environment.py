"""Readers of environment variables that answer a wrong value with one clear sentence."""

import atexit
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()


def web_address(name: str, default: str) -> str:
    """Returns the origin in variable ``name``, such as ``https://news.example``, without a closing slash."""
    value = str(env.str(name, default=default)).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(f"{name} must be an address like https://news.example, not «{value}».")
    return value


def language(name: str, default: str) -> str:
    """Returns the site language in variable ``name``: ``ru`` or ``en``."""
    value = str(env.str(name, default=default))
    if value not in {"ru", "en"}:
        raise ImproperlyConfigured(f"{name} must be ru or en, not «{value}».")
    return value


def time_zone(name: str, default: str) -> str:
    """Returns the IANA time zone in variable ``name``; dates and day archives follow it."""
    value = str(env.str(name, default=default))
    if value not in available_timezones():
        raise ImproperlyConfigured(f"{name} must be a time zone like Europe/Moscow, not «{value}».")
    return value


def whole_number(name: str, default: int, least: int, most: int) -> int:
    """Returns the whole number in variable ``name``, which must lie in ``least`` … ``most``."""
    value = str(env.str(name, default=str(default)))
    if not (value.isascii() and value.isdigit() and least <= int(value[:20]) <= most):
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}, not «{value}».")
    return int(value)


def switch(name: str, default: bool) -> bool:
    """Returns whether variable ``name`` is on (1, true, yes, on) or off (0, false, no, off)."""
    value = str(env.str(name, default="1" if default else "0")).lower()
    if value not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not «{value}».")
    return value in {"1", "true", "yes", "on"}


def passing_data_dir() -> Path:
    """Returns a new data directory that is gone when the process ends: tests leave nothing behind."""
    path = Path(tempfile.mkdtemp(prefix="portal-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def local_secret_key(data_dir: Path) -> str:
    """Returns ``SECRET_KEY``, or on a laptop a key made once and kept in the data directory."""
    if given := env.str("SECRET_KEY", default=""):
        return str(given)
    file = data_dir / "secret_key"
    try:
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    except FileExistsError:
        pass
    return file.read_text(encoding="ascii")


def database(url: str) -> dict[str, dict[str, Any]]:
    """Returns ``DATABASES`` for ``url``: ``default``, and ``reader``, which only ever reads one snapshot.

    The engines are ours (``lib/pagecache/backends``): they write the new versions of what a transaction
    touched just before it commits.
    """
    try:
        default = dict(env.db_url_config(url))
    except Exception as error:
        raise ImproperlyConfigured(f"DATABASE_URL «{url}» cannot be read: {error}") from error
    reader = dict(default)
    if default.get("ENGINE", "").endswith("sqlite3"):
        default |= _sqlite("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;", "IMMEDIATE")
        reader |= _sqlite("PRAGMA query_only=ON;", "DEFERRED")
        # Tests use a file too: a database in memory locks and shares its connection otherwise.
        default["TEST"] = {"NAME": f"{default['NAME']}.test"}
    elif default.get("ENGINE", "").endswith("postgresql"):
        default |= {
            "ENGINE": "lib.pagecache.backends.postgresql",
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
        reader |= default
        reader["OPTIONS"] = default.get("OPTIONS", {}) | {
            "options": "-c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on"
        }
    else:
        raise ImproperlyConfigured("DATABASE_URL must start with sqlite:/// or postgres://.")
    return {"default": default, "reader": reader | {"TEST": {"MIRROR": "default"}}}


def _sqlite(init_command: str, transaction_mode: str) -> dict[str, Any]:
    options = {"transaction_mode": transaction_mode, "timeout": 20, "init_command": init_command}
    return {"ENGINE": "lib.pagecache.backends.sqlite3", "OPTIONS": options}
