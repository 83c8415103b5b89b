"""The share of hits while the newsroom works, against the same site with its shared parts written into the pages.

    python benchmarks/hits.py                                  on SQLite, in a temporary folder
    python benchmarks/hits.py --seconds 60 --readers 40
    DATABASE_URL=postgres://… python benchmarks/hits.py        on PostgreSQL, in an empty database

In every second of the play a story is published, a comment is approved and what was read is counted and ranked; then
each reader asks both sites for the same page. The play does not follow the clock: its shares depend on no machine.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
CATEGORIES = ("Город", "Экономика", "Общество", "Культура", "Спорт", "Наука")
KINDS = {"front": 0.25, "category": 0.15, "article": 0.6}


class Site:
    """The portal behind a page cache of its own, with holes or without."""

    def __init__(self, folder: Path, *, has_holes: bool) -> None:
        from django.core.wsgi import get_wsgi_application

        from lib.pagecache.pages import PageCache
        from lib.pagecache.stores import DirectoryStore, Memory
        from lib.pagecache.versions import versions_of_default
        from lib.pagecache.wsgi import PageCacheFront

        size = 512 * 1024 * 1024
        cache = PageCache(Memory(size), DirectoryStore(folder, "benchmark", size), versions_of_default())
        self._application = PageCacheFront(get_wsgi_application(), cache)
        self._has_holes = has_holes
        self.states: Counter[tuple[str, str]] = Counter()
        self.seconds = 0.0

    def ask(self, kind: str, path: str) -> None:
        from lib.pagecache import misses
        from lib.pagecache.rendering import Render

        told: list[Any] = []
        # A rendering without a list of holes writes each part in place: its tags become those of the page.
        misses.Render = Render if self._has_holes else lambda now, holes: Render(now)
        start = time.perf_counter()
        body = self._application(environ(path), lambda status, headers, info=None: told.extend((status, dict(headers))))
        b"".join(body)
        getattr(body, "close", lambda: None)()
        self.seconds += time.perf_counter() - start
        assert told[0].startswith("200"), (path, told)
        self.states[kind, told[1]["X-Cache"]] += 1

    def share(self, kind: str) -> float:
        hits, misses = (self.states[kind, state] for state in ("hit", "miss"))
        return hits / (hits + misses)


def environ(path: str) -> dict[str, Any]:
    from urllib.parse import urlsplit

    from django.conf import settings

    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": urlsplit(settings.BASE_URL).netloc,
        "HTTP_ACCEPT_ENCODING": "gzip, br",
        "wsgi.url_scheme": "http",
        "wsgi.input": sys.stdin.buffer,
        "wsgi.errors": sys.stderr,
    }


class Newsroom:
    """A site of ``articles`` stories, the newest first, and the dice of those who write and read."""

    def __init__(self, articles: int) -> None:
        from django.utils import timezone

        from tests.factories import make_article, make_category

        self.dice = random.Random(1)
        self.categories = [make_category(name) for name in CATEGORIES]
        self._make = make_article
        begin = timezone.now() - timedelta(hours=articles)
        self.stories = [self._story(begin + timedelta(hours=number)) for number in range(articles)][::-1]
        self.zipf = list(accumulate(1 / rank for rank in range(1, articles + 1)))

    def _story(self, at: Any) -> Any:
        category = self.dice.choice(self.categories)
        tags = [f"тег {self.dice.randrange(40)}"]
        return self._make(f"Новость {self.dice.random()}", at=at, category=category, tags=tags)

    def story(self) -> Any:
        """Returns a story that somebody reads or speaks of: the newest most, old ones seldom."""
        return self.dice.choices(self.stories[: len(self.zipf)], cum_weights=self.zipf)[0]

    def work(self) -> None:
        from django.utils import timezone

        from comments.models import Status
        from comments.moderation import decide
        from tests.factories import make_comment

        waiting = make_comment(self.story(), status=Status.PENDING)
        self.stories.insert(0, self._story(timezone.now()))
        decide({waiting.pk: Status.PENDING}, Status.APPROVED, by=None)

    def pages(self, readers: int) -> Iterator[tuple[str, str, Any]]:
        for kind in self.dice.choices(list(KINDS), KINDS.values(), k=readers):
            story = self.story()
            category = self.dice.choice(self.categories).get_absolute_url()
            yield kind, {"front": "/", "category": category, "article": story.get_absolute_url()}[kind], story


def count(read: Counter[int]) -> None:
    """What the counter does, which on a real site ranks once a minute."""
    from django.db import transaction
    from django.utils import timezone

    from articles import most_read, reads

    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        reads.add({(key, hour): number for key, number in read.items()})
    most_read.rank(timezone.now())


def play(newsroom: Newsroom, sites: list[Site], seconds: int, readers: int) -> None:
    for _second in range(seconds):
        newsroom.work()
        read: Counter[int] = Counter()
        for kind, path, story in newsroom.pages(readers):
            for site in sites:
                site.ask(kind, path)
            read[story.pk] += kind == "article"
        count(+read)


def main(folder: Path, wanted: argparse.Namespace) -> None:
    newsroom = Newsroom(wanted.articles)
    with_holes, without = Site(folder / "holes", has_holes=True), Site(folder / "whole", has_holes=False)
    for _kind, path, _story in newsroom.pages(wanted.readers * 4):
        for site in (with_holes, without):  # both begin with what a morning has left in the cache
            site.ask("before", path)
    with_holes.seconds = without.seconds = 0.0
    play(newsroom, [with_holes, without], wanted.seconds, wanted.readers)
    print(f"{'share of hits':12} {'with holes':>12} {'in the page':>12}")
    for kind in KINDS:
        print(f"{kind:12} {with_holes.share(kind):12.1%} {without.share(kind):12.1%}")
    ratio = without.seconds / with_holes.seconds
    print(f"{'answered in':12} {with_holes.seconds:10.1f} s {without.seconds:10.1f} s   {ratio:.1f} times as long")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=30, help="seconds of the play")
    parser.add_argument("--readers", type=int, default=40, help="pages asked for in each of them")
    parser.add_argument("--articles", type=int, default=200)
    return parser.parse_args()


if __name__ == "__main__":
    wanted = arguments()
    with tempfile.TemporaryDirectory(prefix="portal-benchmark-") as name:
        os.environ |= {"PORTAL_DATA_DIR": name, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("prepare")
        main(Path(name), wanted)
        connections.close_all()
