"""What is kept of a page or a fragment, and how it is written into the shared store."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from lib.pagecache.rendering import Hole

DIGEST_BYTES = 16


@dataclass
class Entry:
    """A page (segments of HTML with a hole between each two) or a fragment (one segment, no headers)."""

    segments: list[bytes]
    versions: dict[str, int]
    """The version of every tag shown, read in the snapshot the page was rendered in."""
    stored_at: float
    """Seconds since the epoch."""
    changes_at: float | None = None
    """When it changes by the clock, in seconds since the epoch."""
    holes: list[Hole] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    status: str = "200 OK"
    encoded: dict[str, tuple[str, bytes]] = field(default_factory=dict, compare=False)
    """Per content encoding the last whole body, with the ETag it belongs to. Never leaves this process."""

    def __post_init__(self) -> None:
        self.digest = _digest(self.segments)

    @property
    def size(self) -> int:
        """Bytes it takes in memory, whole body and compressed bodies included, roughly."""
        return 3 * sum(map(len, self.segments)) + 100 * len(self.versions) + 2_000

    def packed(self) -> bytes:
        """Returns the entry as bytes that ``unpack`` reads, with a checksum in front."""
        about = {
            "lengths": [len(segment) for segment in self.segments],
            "versions": self.versions,
            "stored_at": self.stored_at,
            "changes_at": self.changes_at,
            "holes": [[hole.name, hole.arguments, hole.language] for hole in self.holes],
            "headers": self.headers,
            "status": self.status,
        }
        packed = json.dumps(about).encode() + b"\n" + b"".join(self.segments)
        return _digest([packed]) + packed


def unpack(data: bytes) -> Entry:
    """Returns the entry that ``packed`` wrote. Raises ``ValueError`` if a byte of it is not as written."""
    checksum, packed = data[:DIGEST_BYTES], data[DIGEST_BYTES:]
    if _digest([packed]) != checksum:
        raise ValueError("The stored entry is damaged.")
    head, _, body = packed.partition(b"\n")
    about = json.loads(head)
    return Entry(
        segments=_cut(body, about["lengths"]),
        versions=about["versions"],
        stored_at=about["stored_at"],
        changes_at=about["changes_at"],
        holes=[Hole(name, tuple(arguments), language) for name, arguments, language in about["holes"]],
        headers=[(name, value) for name, value in about["headers"]],
        status=about["status"],
    )


def _cut(body: bytes, lengths: list[int]) -> list[bytes]:
    segments = []
    start = 0
    for length in lengths:
        segments.append(body[start : start + length])
        start += length
    return segments


def _digest(parts: Iterable[bytes]) -> bytes:
    digest = blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        digest.update(part)
    return digest.digest()
