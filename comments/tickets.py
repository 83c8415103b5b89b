"""The ticket in a comment form: since when it is open, and the key that makes posting it twice harmless."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Self

from django.core.signing import BadSignature, Signer

LIFETIME = timedelta(days=1)


@dataclass(frozen=True)
class Ticket:
    key: str
    issued_at: datetime

    @classmethod
    def issue(cls, now: datetime) -> Self:
        return cls(token_hex(), now)

    @classmethod
    def read(cls, signed: str, article_id: int, now: datetime) -> Self:
        """Returns the ticket that ``sign`` wrote. Raises BadSignature if it is not ours, of another form or old."""
        key, _, issued = _signer(article_id).unsign(signed).partition(".")
        ticket = cls(key, datetime.fromtimestamp(int(issued), UTC))
        if ticket.age(now) > LIFETIME:
            raise BadSignature("The ticket is too old.")
        return ticket

    def sign(self, article_id: int) -> str:
        return _signer(article_id).sign(f"{self.key}.{int(self.issued_at.timestamp())}")

    def age(self, now: datetime) -> timedelta:
        return now - self.issued_at


def _signer(article_id: int) -> Signer:
    return Signer(salt=f"comments.ticket.{article_id}")
