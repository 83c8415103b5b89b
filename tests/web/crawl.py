"""Finds the pages of a running site by its links, a few of each kind."""

import re
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from django.urls import Resolver404, resolve
from django.utils.translation import override

OF_EACH_KIND = 6
"""How many pages of one template are enough."""
SKIPPED = re.compile(r"^/(admin|media|static|_r)/")
PAGES = "text/html"


@dataclass
class Found:
    html: dict[str, str] = field(default_factory=dict)
    """The HTML of each page, by its path with the query."""
    kinds: dict[str, list[str]] = field(default_factory=dict)
    """The pages of each kind: language and name of the view."""
    broken: dict[str, int] = field(default_factory=dict)
    """Links that lead to no page, with the status."""


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"a", "link", "form"}:
            wanted = dict(attrs)
            self.links += [value for name in ("href", "action") if (value := wanted.get(name))]


def crawl(site: str, also: list[str]) -> Found:
    """Follows the links of ``site`` from its front page, and reads the addresses ``also``."""
    found, waiting, seen, kinds = Found(), ["/", "/en/"], {"/", "/en/"}, Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kinds[kind] >= OF_EACH_KIND:
            continue
        kinds[kind] += 1
        status, html = read(site + path)
        if status != 200:
            found.broken[path] = status
        elif html:
            found.html[path] = html
            found.kinds.setdefault(kind, []).append(path)
            new = dict.fromkeys(each for link in Links(html).links if (each := within(site, path, link)))
            waiting += [each for each in new if each not in seen]
            seen.update(new)
    for path in also:
        _status, found.html[path] = read(site + quote(path, safe="/?=&"))
    return found


def within(site: str, path: str, link: str) -> str:
    """Returns the path of ``link`` on the page ``path`` if it leads to a page of the same site, or ""."""
    full = urlsplit(urljoin(site + path, link))
    if f"{full.scheme}://{full.netloc}" != site or SKIPPED.match(full.path):
        return ""
    return full.path + (f"?{full.query}" if full.query else "")


def kind_of(path: str) -> str:
    language = "en" if path.startswith("/en/") else "ru"
    try:
        with override(language):
            return f"{language} {resolve(urlsplit(path).path).view_name}"
    except Resolver404:
        return f"{language} {path}"


def read(address: str) -> tuple[int, str]:
    """Returns the status of an address and its text; "" if it is not HTML. A redirect is followed on the same site."""
    full = urlsplit(address)
    with closing(HTTPConnection(full.netloc)) as connection:
        connection.request("GET", urlunsplit(("", "", full.path, full.query, "")), headers={"Accept": PAGES})
        answer = connection.getresponse()
        if answer.status in {301, 302}:
            return read(urljoin(address, answer.headers["Location"]))
        is_html = answer.headers.get_content_type() == PAGES
        return answer.status, answer.read().decode() if is_html else ""
