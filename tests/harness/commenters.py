"""One process of a crowd of commenters, on the database and in the folder that the environment names.

python -m tests.harness.commenters open                prints the key of an article with one comment
python -m tests.harness.commenters write ARTICLE 3 25  writes 25 replies as reader 3, prints what was answered
python -m tests.harness.commenters approve ARTICLE     approves whatever comes, until everything is said
python -m tests.harness.commenters count ARTICLE       prints what is stored, and what the pages show
"""

import json
import os
import random
import re
import sys
import time
from collections import Counter
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
django.setup()

from django.core.management import call_command  # noqa: E402  # models need the setup above
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article  # noqa: E402
from comments.models import PortalComment, Status  # noqa: E402
from comments.moderation import decide  # noqa: E402
from comments.tickets import Ticket  # noqa: E402
from tests.factories import make_article, make_comment  # noqa: E402


def open_article() -> int:
    call_command("migrate", verbosity=0)
    article = make_article()
    make_comment(article)
    return article.pk


def write(article: int, reader: int, replies: int) -> dict[int, int]:
    """Answers comments of the one thread, each time another one; returns how often there was which status."""
    dice, answers = random.Random(reader), Counter[int]()
    for number in range(replies):
        approved = PortalComment.objects.approved().filter(article=article)
        parent = dice.choice(approved.values_list("pk", flat=True))
        said = {"text": f"Ответ {number} читателя {reader}", "name": f"Читатель {reader}", "email": "a@example.com"}
        said |= {"reply": str(parent), "ticket": Ticket.issue(timezone.now()).sign(article)}
        client = Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR=f"10.{reader}.{number}.1")
        answers[client.post(f"/comments/{article}/", said).status_code] += 1
    return answers


def approve(article: int) -> int:
    """Approves what waits, until nothing has come for two seconds; returns how many it were."""
    approved, idle_since = 0, time.monotonic()
    while time.monotonic() - idle_since < 2:
        waiting = PortalComment.objects.waiting().filter(article=article).values_list("pk", flat=True)[:20]
        if waiting:
            approved += len(decide(dict.fromkeys(waiting, Status.PENDING), Status.APPROVED, by=None).changed)
            idle_since = time.monotonic()
        time.sleep(0.02)
    return approved


def count(article: int) -> dict[str, Any]:
    page = Client(SERVER_NAME="127.0.0.1").get(Article.objects.get(pk=article).get_absolute_url()).text
    shown = [int(key) for key in re.findall(r'id="c([0-9]+)">', page)]
    stored = PortalComment.objects.filter(article=article)
    above = dict(stored.values_list("pk", "reply_to"))
    places = {key: place for place, key in enumerate(shown)}
    late = [key for key in shown if (parent := above[key]) and places[parent] > places[key]]
    return {
        "stored": stored.count(),
        "shown": len(set(shown)),
        "twice": len(shown) - len(set(shown)),
        "late": len(late),
    }


def main() -> None:
    acts: dict[str, Any] = {"open": open_article, "write": write, "approve": approve, "count": count}
    name, *numbers = sys.argv[1:]
    sys.stdout.write(json.dumps(acts[name](*map(int, numbers))))


if __name__ == "__main__":
    main()
