"""Changing many articles at once: chosen, tried without effect, done in batches with a report, and taken back.

``acts`` says what can be done with one article, ``planning`` tries it, ``running`` does it: each article in a
transaction of its own that also marks its row, so that nothing is done twice though a worker is killed.
"""

from articles.bulk.acts import ACTS, REASONS, Act
from articles.bulk.planning import MOST, choose, plan
from articles.bulk.running import AT_ONCE, begin, begin_undoing, go_on, resume

__all__ = [
    "ACTS",
    "AT_ONCE",
    "MOST",
    "REASONS",
    "Act",
    "begin",
    "begin_undoing",
    "choose",
    "go_on",
    "plan",
    "resume",
]
