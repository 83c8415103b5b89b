"""Taking in what readers saw misspelt, not too much from one place, and closing it."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Count, Q

from articles.models import Article, Typo

LIMITS = ((timedelta(minutes=10), 6), (timedelta(days=1), 30))
"""How many typos one address may send within how long."""
MOST_OPEN = 50
"""How many may wait at one story: whoever has many addresses fills no list with them."""


class Flood(Exception):
    """Too much at once; ``wait`` is how long to keep quiet at most."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Too many typos; wait {wait}.")
        self.wait = wait


def report(article: Article, fragment: str, note: str, *, ip_hash: str, now: datetime) -> Typo:
    """Stores a typo for the editors; what waits there in the same words already is returned instead.

    Raises Flood when there were too many from ``ip_hash``, or when too many wait at the article.
    """
    known = Typo.objects.waiting().filter(article=article, fragment=fragment, note=note).first()
    if known is not None:
        return known
    _refuse_flood(article, ip_hash, now)
    longest, _most = LIMITS[-1]
    Typo.objects.filter(at__lte=now - longest).exclude(ip_hash="").update(ip_hash="")  # no limit looks so far back
    return Typo.objects.create(article=article, fragment=fragment, note=note, ip_hash=ip_hash, at=now)


def _refuse_flood(article: Article, ip_hash: str, now: datetime) -> None:
    longest, _most = LIMITS[-1]
    recent = Typo.objects.filter(ip_hash=ip_hash, at__gt=now - longest) if ip_hash else Typo.objects.none()
    within = recent.aggregate(
        **{f"within_{number}": Count("pk", filter=Q(at__gt=now - wait)) for number, (wait, _most) in enumerate(LIMITS)}
    )
    for number, (wait, most) in enumerate(LIMITS):
        if (within[f"within_{number}"] or 0) >= most:
            raise Flood(wait)
    if Typo.objects.waiting().filter(article=article)[:MOST_OPEN].count() >= MOST_OPEN:
        raise Flood(longest)


def close(typo: Typo, *, by: User, now: datetime) -> None:
    """Notes who has seen to a typo; where it came from is forgotten."""
    typo.state, typo.closed_by, typo.closed_at, typo.ip_hash = Typo.State.DONE, by, now, ""
    typo.save(update_fields=["state", "closed_by", "closed_at", "ip_hash"])


def open_again(typo: Typo) -> None:
    typo.state, typo.closed_by, typo.closed_at = Typo.State.OPEN, None, None
    typo.save(update_fields=["state", "closed_by", "closed_at"])
