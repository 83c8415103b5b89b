"""A newsroom whose process is killed while it publishes, on the database and in the folder that the environment names.

python -m tests.harness.publishers open           prints the key of a draft
python -m tests.harness.publishers publish KEY    publishes it
python -m tests.harness.publishers untold KEY     publishes it and is killed after the commit, before anybody is told
python -m tests.harness.publishers half_told KEY  publishes it and is killed when everybody was told, before that commit
python -m tests.harness.publishers count          what the counter does each time
python -m tests.harness.publishers effects KEY    prints how often each effect has come about
"""

import json
import os
import signal
import sys
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
django.setup()

from django.core.management import call_command  # noqa: E402  # models need the setup above
from django.utils import timezone  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from articles import announcing, publishing  # noqa: E402
from articles.models import Announcement, Article, Listing, SearchEntry  # noqa: E402
from portal.models import Distribution, Ping  # noqa: E402
from tests.factories import make_category, make_draft  # noqa: E402


def open_newsroom() -> int:
    call_command("migrate", verbosity=0)
    Distribution(indexnow=True, indexnow_address="https://search.example/").save()
    return make_draft(category=make_category()).pk


def publish(key: int) -> None:
    article = Article.objects.get(pk=key)
    publishing.publish(article, article.revisions.get(), by=None, now=timezone.now())


def untold(key: int) -> None:
    announcing._tell = _die
    publish(key)


def half_told(key: int) -> None:
    Announcement.delete = _die  # type: ignore[method-assign]
    publish(key)


def _die(*args: object, **kwargs: object) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def count() -> None:
    call_command("count", verbosity=0)


def effects(key: int) -> dict[str, int]:
    return {
        "live": Article.objects.published().filter(pk=key).count(),
        "listed": Listing.objects.filter(article=key, key="all").count(),
        "found": SearchEntry.objects.filter(article=key).count(),
        "pings": Ping.objects.filter(article=key).count(),
        "cards": DBTaskResult.objects.filter(task_path="portal.distribution.cards.draw_card").count(),
        "untold": Announcement.objects.count(),
    }


def main() -> None:
    acts: dict[str, Any] = {
        "open": open_newsroom,
        "publish": publish,
        "untold": untold,
        "half_told": half_told,
        "count": count,
        "effects": effects,
    }
    name, *numbers = sys.argv[1:]
    sys.stdout.write(json.dumps(acts[name](*map(int, numbers))))


if __name__ == "__main__":
    main()
