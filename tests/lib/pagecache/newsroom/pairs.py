"""Pairs of stories that always change together: a page that shows two states gives itself away.

The stories of pair ``n`` are ``10 n`` and ``10 n + 1``; both bear the number of their present state. The
second stands in category ``10 n`` in even states and in ``10 n + 1`` in odd ones.
"""

import re
import time
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lib.pagecache import cached_page, hole, stamp, tag
from tests.lib.pagecache.newsroom.ledger import PAIRS, Ledger
from tests.lib.pagecache.newsroom.models import Category, Story

REQUESTS_PER_COMMIT = 3


class Undone(Exception):
    """A transaction that comes to nothing."""


@cached_page
def pair(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(f"{number}:{_state(10 * number)}={_state(10 * number + 1)}")


@cached_page
def holed(request: HttpRequest, number: int) -> HttpResponse:
    return render(request, "holed.html", {"number": number, "left": _state(10 * number)})


@hole("right")
def right(number: str) -> str:
    return _state(10 * int(number) + 1)


@cached_page
def shelves(request: HttpRequest, number: int) -> HttpResponse:
    """Shows beside the first story whichever of the two categories holds the second."""
    found = [_second_story(number, side) for side in (0, 1)]
    return HttpResponse(f"{number}:{_state(10 * number)}={''.join(found)}")


@cached_page
def all_pairs(request: HttpRequest) -> HttpResponse:
    tag("pairs")
    titles = dict(Story.objects.values_list("pk", "title"))
    return HttpResponse(" ".join(f"{n}:{titles[10 * n]}={titles[10 * n + 1]}" for n in range(PAIRS)))


@transaction.atomic
def found() -> None:
    Story.objects.all().delete()
    Category.objects.all().delete()
    for number in range(PAIRS):
        for side in (0, 1):
            Category.objects.create(pk=10 * number + side, name="Shelf")
        for side in (0, 1):
            Story.objects.create(pk=10 * number + side, title="0", category_id=10 * number)


def write(ledger: Ledger, writer: int, writers: int, requests: int) -> int:
    """Changes the pairs of this writer until the readers have made their requests. Returns the commits.

    All writers together keep to a commit per REQUESTS_PER_COMMIT: faster, and readers would see nothing but
    misses, while SQLite, which does not queue its writers, would let one starve.
    """
    chance = Random(writer)
    state = 0
    while (answered := ledger.requests()) < requests:
        if answered < state * writers * REQUESTS_PER_COMMIT:
            time.sleep(0.001)
            continue
        state += 1
        number = chance.randrange(writer, PAIRS, writers)
        if chance.random() < 0.2:
            _change_and_undo(number)
        with transaction.atomic():
            _change(number, state, silently=chance.random() < 0.3)
        ledger.acknowledge(number, state)
    return state


def read(
    get: Callable[[str, dict[str, str]], dict[str, Any]], ledger: Ledger, reader: int, requests: int
) -> dict[str, int]:
    """Asks for pages by chance. Returns how often they were hits and misses, older than known, and mixed."""
    chance = Random(1_000 + reader)
    seen = Counter[str]()
    for answered in range(1, requests + 1):
        page = chance.choice(["/pair/{}/", "/holed/{}/", "/shelves/{}/", "/pairs/"])
        known = ledger.acknowledged()
        answer = get(page.format(chance.randrange(PAIRS)), {})
        seen[answer["headers"]["x-cache"]] += 1
        for number, left, right in re.findall(r"(\d+):(-?\d+)=(\S*)", answer["body"]):
            seen["mixed"] += left != right
            seen["older"] += int(left) < known[int(number)]
            seen["states"] += 1
        ledger.count(reader, answered)
    return seen


def _state(story: int) -> str:
    tag(f"story:{story}")
    return Story.objects.get(pk=story).title


def _second_story(number: int, side: int) -> str:
    tag(f"category:{10 * number + side}")
    stories = Story.objects.filter(pk=10 * number + 1, category_id=10 * number + side)
    return "".join(story.title for story in stories)


def _change(number: int, state: int, silently: bool) -> None:
    stamp("pairs")
    first, second = (10 * number, 10 * number + 1)
    category = 10 * number + state % 2
    if silently:
        Story.objects.filter(pk__in=[first, second]).update(title=str(state))
        Story.objects.filter(pk=second).update(category_id=category)
        stamp(f"story:{first}", f"story:{second}", f"category:{10 * number}", f"category:{10 * number + 1}")
        return
    for story in Story.objects.filter(pk__in=[first, second]).order_by("pk"):
        story.title = str(state)
        if story.pk == second:
            story.category_id = category
        story.save()


def _change_and_undo(number: int) -> None:
    try:
        with transaction.atomic():
            _change(number, -1, silently=False)
            raise Undone
    except Undone:
        pass
