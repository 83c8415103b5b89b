"""Whole pages kept and served while they are current: docs/page-cache.md says how.

A public view is marked with ``cached_page`` and says with ``tag`` and ``expires`` what it shows; a model
that readers see derives from ``lib.pagecache.models.OnPages``; a write that tells nobody calls ``stamp``.
"""

from lib.pagecache.decorators import cached_page
from lib.pagecache.due import carry_out_when_due, stamp_due
from lib.pagecache.holes import hole
from lib.pagecache.rendering import expires, never_store, tag
from lib.pagecache.stamps import on_purge, stamp

__all__ = [
    "cached_page",
    "carry_out_when_due",
    "expires",
    "hole",
    "never_store",
    "on_purge",
    "stamp",
    "stamp_due",
    "tag",
]
