"""Requests that the site itself makes to other hosts, such that nobody can use it to reach what is private.

The standard library's client, because it lets us connect to the very address that was looked at: a client that
resolves the name once more could be led elsewhere in between (docs/decisions/, «pings»). No redirect is followed,
and of the answer only a few words are read.
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

TIMEOUT = 10.0
"""Seconds to connect, and for each step after it."""
MOST_WORDS = 300
"""How much of an answer is read: enough to tell an administrator what went wrong."""


class Unreachable(Exception):
    """Nothing was sent, or no answer came; the message says why."""


@dataclass(frozen=True)
class Reply:
    status: int
    words: str
    """The beginning of what was answered, on one line."""


def is_public(address: str) -> bool:
    """Says whether an IP address is of the internet at large: not of this machine, its network, or a special range."""
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast


@dataclass(frozen=True)
class Rules:
    """Where requests may go."""

    schemes: frozenset[str] = frozenset({"https"})
    may_connect: Callable[[str], bool] = is_public


PUBLIC = Rules()


def post(address: str, body: bytes, content_type: str, *, rules: Rules = PUBLIC) -> Reply:
    """Sends ``body`` to ``address`` and returns what is answered, whatever its status.

    Raises Unreachable when ``rules`` forbid it, or no answer comes.
    """
    headers = {"Content-Type": content_type, "User-Agent": "news-portal", "Connection": "close"}
    try:
        parts = urlsplit(address)
        if parts.scheme not in rules.schemes or not parts.hostname:
            raise Unreachable(f"{parts.scheme or 'nothing'}:// is not allowed")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        place = _allowed_place(parts.hostname, port, rules)
        connection = _Connection(parts.hostname, port, place, secure=parts.scheme == "https")
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return Reply(answer.status, " ".join(answer.read1(MOST_WORDS).decode(errors="replace").split()))
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:  # the last: a name or a port that cannot be
        raise Unreachable(f"{type(error).__name__}: {error}") from error


def _allowed_place(host: str, port: int, rules: Rules) -> str:
    """Returns the IP address to connect to. One that is not allowed among several is reason enough to refuse."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(rules.may_connect(each) for each in found):
        raise Unreachable(f"{host} is not a public address")
    return found[0]


class _Connection(http.client.HTTPConnection):
    """A connection to ``place``, whatever the name of the host says by now; the certificate must fit the name."""

    def __init__(self, host: str, port: int, place: str, *, secure: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._place = place
        self._tls = ssl.create_default_context() if secure else None

    def connect(self) -> None:
        self.sock = socket.create_connection((self._place, self.port), self.timeout)
        if self._tls:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)
