"""What readers must not know yet, or any more, leaks nowhere: a word in everything that is said is found on no page.

The canaries live in tests/harness/canaries.py. A field, a model, a page or a feed that is added later is looked at
by itself.
"""

import http.client
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from articles.models import Article, Author, Media, Source, Tag
from portal.models import Distribution, SiteSettings
from tests.factories import make_article, make_category
from tests.harness.canaries import Nest, hide

STATES = ("draft", "review", "ready", "scheduled", "embargoed", "withdrawn", "goneoff", "binned", "planned")
WERE_PUBLIC = {"withdrawn", "goneoff", "binned"}
"""Their address holds the words of the title: whoever asks by it knows them."""
LINK = re.compile(
    r'(?:href|src|action|content|url)="([^"]+)"|<(?:link|loc|guid|id)[^>]*>([^<]+)<|"(?:url|id)": ?"([^"]+)"'
)
MOST_PAGES = 600


@dataclass
class Answer:
    address: str
    status: int
    head: str
    body: str

    @property
    def whole(self) -> str:
        """All that was answered, as a reader or a program might look for a word in it."""
        return unquote(unescape(f"{self.head}\n{self.body}")).lower()


class Reader:
    """Asks a site for its pages, without following anything by itself."""

    def __init__(self, site: str) -> None:
        self.host = urlsplit(site).netloc

    def get(self, address: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.request(method, address, headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode(errors="replace")
        connection.close()
        head = "\n".join(f"{name}: {value}" for name, value in answer.getheaders() if name.lower() != "date")
        return Answer(address, answer.status, head, body)

    def crawl(self, begin: list[str]) -> Iterator[Answer]:
        """Yields what is answered at every address of ``begin``, and at whatever those pages lead to."""
        waiting, seen = deque(begin), set(begin)
        while waiting:
            answer = self.get(waiting.popleft())
            yield answer
            found = {self._here(unescape(next(filter(None, each)))) for each in LINK.findall(answer.body)}
            location = re.search(r"^location: (.*)$", answer.head, re.MULTILINE | re.IGNORECASE)
            found.add(self._here(location[1]) if location else "")
            new = {each for each in found if each and each not in seen} if len(seen) < MOST_PAGES else set()
            seen |= new
            waiting += sorted(new)

    def _here(self, link: str) -> str:
        parts = urlsplit(link.strip())
        if parts.netloc not in {"", self.host} or parts.scheme not in {"", "http", "https"}:
            return ""
        if not parts.path.startswith("/") or parts.path.startswith(("/static/", "/admin/")):
            return ""
        return quote(parts.path, safe="/%") + (f"?{parts.query}" if parts.query else "")


@pytest.fixture
def hidden(db: None, erin: User) -> dict[str, tuple[Article, Nest]]:
    """Returns what readers must not know, beside a story that they read and that is tied to all of it."""
    now = timezone.now()
    Distribution(yandex_feed=True, zen_feed=True).save()
    SiteSettings.current().save()
    found = {state: hide(state, now, erin) for state in STATES}
    ties = [article.pk for article, _nest in found.values()]
    links = "".join(f'<p><a href="/news/{key}/">раньше</a></p>' for key in ties)
    for number in range(4):
        make_article(f"Открытая новость {number}", category=make_category(f"Открытая {number}"), related=ties[:6])
    open_one = make_article("Открытая новость", body=f"<p>Текст.</p>{links}", related=ties[3:9], tags=["открытая"])
    draft = found["draft"][0]
    Article.objects.filter(pk=draft.pk).update(translation_group=open_one.translation_group, language="en")
    return found


def words_of(hidden: dict[str, tuple[Article, Nest]]) -> set[str]:
    return {word for _article, nest in hidden.values() for word in nest.words.values()}


def addresses(hidden: dict[str, tuple[Article, Nest]]) -> list[str]:
    """Returns every address that readers could try: those without a part to fill in, and what they could guess."""
    now = timezone.localtime()
    keys = [article.pk for article, _nest in hidden.values()]
    found = {f"/{each}" for each in fixed(get_resolver().url_patterns)}
    found |= {f"/news/{key}/" for key in keys} | {f"/news/{key}/x/" for key in keys}
    forms = [f"/{app}/{{}}/{rest}" for app in ("comments", "typo") for rest in ("", "new/", "form/", "sent/")]
    found |= {each.format(key) for each in forms for key in keys}
    found |= {f"/{now:%Y}/", f"/{now:%Y/%m}/", f"/{now:%Y/%m/%d}/", f"/sitemap-{now:%Y-%m}.xml"}
    found |= {"/sitemap-site.xml", "/sitemap-tags.xml", "/sitemap-tag.xml", "/feed/atom/", "/feed/json/"}
    lists = [*Tag.objects.all(), *Author.objects.all(), *Source.objects.all()]
    found |= {each.get_absolute_url() + rest for each in lists for rest in ("", "feed/")}
    found |= {f"/search/?q={quote(word)}" for word in ("слово", "здесь", "zq")}
    found |= {f"/search/suggestions/?q={quote(word)}" for word in ("слово", "zq")}
    return sorted(found | {f"/en{each}" for each in found if not each.startswith(("/sitemap", "/robots", "/_r"))})


def fixed(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Yields the addresses of the site that have no part to be filled in. The desk is not for readers."""
    for each in patterns:
        here = before + str(each.pattern).lstrip("^").rstrip("$").replace("\\.", ".").replace("\\Z", "")
        if here.startswith("admin"):
            continue
        if isinstance(each, URLResolver):
            yield from fixed(each.url_patterns, "" if before + str(each.pattern) in {"en/", "ru/"} else here)
        elif not re.search(r"[<(\[]", here):
            yield here


def leaks(answers: list[Answer], words: set[str]) -> list[str]:
    """Returns which word is told where, but for those that stand in the very address that was asked for."""
    found = []
    for answer in answers:
        asked = unquote(answer.address).lower()
        told = answer.whole
        found += [f"{word} at {answer.address}" for word in words if word in told and word not in asked]
    return found


def test_it_tells_nobody_what_is_not_to_be_read(site: str, hidden: dict[str, tuple[Article, Nest]]) -> None:
    words = words_of(hidden)
    assert len(words) > 300
    reader = Reader(site)
    answers = list(reader.crawl(addresses(hidden)))
    assert "zqplannedtitle" in words
    assert len(answers) > 200
    assert [each.address for each in answers if each.status >= 500] == []
    assert leaks(answers, words) == []
    again = [reader.get(each.address, "HEAD") for each in answers[:150]]
    assert leaks(again, words) == []
    asked = " ".join(unquote(each.address).lower() for each in answers)
    assert kept_in_files({word for word in words if word not in asked}) == []


def kept_in_files(words: set[str]) -> list[str]:
    """Returns which word is kept where by what answers readers: the stored pages and fragments, and the spool.

    The spool notes what was asked for in vain, so that words of addresses do not count.
    """
    folders = [Path(settings.PAGE_CACHE["STORE"]), Path(settings.SPOOL_DIR)]
    files = [file for folder in folders if folder.exists() for file in folder.rglob("*") if file.is_file()]
    assert any(file.parent == folders[0] for file in files)
    texts = {file: file.read_bytes().decode(errors="replace").lower() for file in files}
    return [f"{word} in {file}" for file, text in texts.items() for word in words if word in text]


def test_it_finds_no_word_of_it(site: str, hidden: dict[str, tuple[Article, Nest]]) -> None:
    reader = Reader(site)
    for _article, nest in hidden.values():
        for name in ("title", "lead", "body", "tag", "authorru", "sourcename", "herocaption"):
            word, nobody = nest.words[name], "q" * len(nest.words[name])
            for place in ("/search/", "/search/suggestions/"):
                found, control = (reader.get(f"{place}?q={each}").body.replace(each, "?") for each in (word, nobody))
                assert found == control, f"{place} knows {word}"


def test_it_answers_as_if_there_were_no_such_key(site: str, hidden: dict[str, tuple[Article, Nest]]) -> None:
    reader = Reader(site)
    keys = [
        article.pk for state, (article, _nest) in hidden.items() if state not in {"withdrawn", "goneoff", "planned"}
    ]
    for address in ("/news/{}/", "/en/news/{}/", "/news/{}/x/", "/typo/{}/", "/comments/{}/", "/comments/{}/new/"):
        nowhere = reader.get(address.format(10**9))
        for there in (reader.get(address.format(key)) for key in keys):
            assert (there.status, _without_length(there.head)) == (404, _without_length(nowhere.head))
            assert _without_keys(there.body) == _without_keys(nowhere.body)


def _without_length(head: str) -> str:
    return re.sub(r"Content-Length: \d+", "", head)


def _without_keys(body: str) -> str:
    """Returns a page without the key that was asked for, where it tells it again."""
    return re.sub(r"(news|typo|comments)(%2F|/)\d+", r"\1", body)


def test_it_links_no_file_of_it_and_gives_none_an_address_to_be_guessed(
    site: str, hidden: dict[str, tuple[Article, Nest]]
) -> None:
    tokens = set(Media.objects.values_list("token", flat=True))
    assert min(map(len, tokens)) >= 16
    told = [each for each in Reader(site).crawl(["/", "/en/", "/feed/", "/sitemap.xml", "/news/"]) if each.status < 400]
    assert [token for token in tokens for each in told if token in each.head + each.body] == []


def test_it_leads_on_from_no_key_to_an_address_with_words(site: str, hidden: dict[str, tuple[Article, Nest]]) -> None:
    reader = Reader(site)
    for state in WERE_PUBLIC:
        answer = reader.get(f"/news/{hidden[state][0].pk}/")
        assert answer.status in {404, 410}
        assert "zq" not in answer.whole
