"""Where people are signed in: sessions that know whose they are, so that one can see and end one's own.

The engine of ``SESSION_ENGINE``, as Django's documentation extends its own ("Extending database-backed session
engines"). A session holds when and on what device it began; nothing of readers, who have none.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from lib.visitors import address_of

BEGAN = "began"
"""Where a session notes its beginning."""
BROWSERS = {
    "YaBrowser": "Яндекс Браузер",
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
"""What browsers call themselves and where they run; those that also name others come first."""


class Session(AbstractBaseSession):
    # No constraint: a login that ends while its person is deleted must not fail for it.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, db_constraint=False, related_name="sessions"
    )

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        return SessionStore


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session: Any = super().create_model_instance(data)
        session.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return cast(Session, session)


@dataclass(frozen=True)
class Place:
    """Where somebody is signed in."""

    name: str
    """Stands for the session on pages: whoever reads the key itself could use it."""
    since: datetime | None
    device: str
    address: str
    is_here: bool


def note_beginning(*, request: HttpRequest, now: datetime | None = None, **signal: Any) -> None:
    """Listens to ``user_logged_in``: notes when, on what device and from where a session begins."""
    agent = request.headers.get("User-Agent", "") if request.META else ""
    since = (now or timezone.now()).isoformat()
    request.session[BEGAN] = {"at": since, "device": device_of(agent), "address": address_of(request)}


def device_of(agent: str) -> str:
    """Returns a ``User-Agent`` in words that its owner recognises; "" if it says nothing that we know."""
    browser = next((name for word, name in BROWSERS.items() if re.search(rf"\b{word}/", agent)), "")
    system = next((name for word, name in SYSTEMS.items() if word in agent), "")
    return ", ".join(filter(None, [browser, system]))


def places(user: User, here: str | None, now: datetime) -> list[Place]:
    """Returns where ``user`` is signed in, the place with the session key ``here`` first, then the newest."""
    # A password that was changed since ends sessions without deleting them.
    proof = user.get_session_auth_hash()
    found = []
    for session in Session.objects.filter(user=user.pk, expire_date__gt=now):
        data = session.get_decoded()
        if data.get("_auth_user_hash") == proof:
            found.append(_place(session.session_key, data.get(BEGAN, {}), here))
    return sorted(found, key=lambda place: (place.is_here, str(place.since)), reverse=True)


def _place(key: str, began: dict[str, str], here: str | None) -> Place:
    since = datetime.fromisoformat(began["at"]) if "at" in began else None
    return Place(name_of(key), since, began.get("device") or _("unknown device"), began.get("address", ""), key == here)


def name_of(key: str) -> str:
    """Returns what stands for a session on pages."""
    return salted_hmac("portal.session", key, algorithm="sha256").hexdigest()[:24]


def end_session(user: User, name: str) -> bool:
    """Signs ``user`` out in the place with this name; says whether there was one."""
    keys = [key for key in Session.objects.filter(user=user.pk).values_list("pk", flat=True) if name_of(key) == name]
    return bool(Session.objects.filter(user=user.pk, pk__in=keys).delete()[0])


def end_sessions(user: User, *, but: str | None = None) -> int:
    """Signs ``user`` out everywhere, except in the session with the key ``but``; returns in how many places."""
    return Session.objects.filter(user=user.pk).exclude(session_key=but or "").delete()[0]
