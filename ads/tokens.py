"""The token that an ad on a page carries: what was decided, signed, so that a beacon can say nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Self

from django.core.signing import BadSignature, Signer

_signer = Signer(salt="ads.token")


@dataclass(frozen=True)
class Token:
    flight: int
    creative: int
    slot: str
    minute: int
    """Minutes since 1970 at which it was decided; 0 in a link that stands in a stored page."""
    nonce: str

    @classmethod
    def issue(cls, flight: int, creative: int, slot: str, now: datetime) -> Self:
        return cls(flight, creative, slot, int(now.timestamp() // 60), token_urlsafe(12))

    @classmethod
    def for_stored_page(cls, flight: int, creative: int, slot: str) -> Self:
        """Returns a token for a link that many readers share: it leads somewhere and is never counted."""
        return cls(flight, creative, slot, 0, "")

    @classmethod
    def read(cls, signed: str) -> Self:
        """Returns the token that ``sign`` wrote. Raises BadSignature for anything else."""
        try:
            flight, creative, slot, minute, nonce = _signer.unsign(signed).split(".")
            return cls(int(flight), int(creative), slot, int(minute), nonce)
        except (ValueError, UnicodeError) as error:
            raise BadSignature("not a token of ours") from error

    def sign(self) -> str:
        return _signer.sign(f"{self.flight}.{self.creative}.{self.slot}.{self.minute}.{self.nonce}")

    @property
    def is_shared(self) -> bool:
        return not self.nonce

    def age(self, now: datetime) -> timedelta:
        return now - datetime.fromtimestamp(self.minute * 60, UTC)
