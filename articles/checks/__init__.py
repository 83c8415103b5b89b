"""What an editor may have forgotten before a story goes out: small rules, each of which warns or blocks.

How much a rule weighs is chosen for everybody and for each role (``levels``). Publishing itself knows nothing of it:
whoever offers to publish, schedule or change for readers asks ``gate.pass_through`` first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from articles.checks import fields, links, pictures, text
from articles.checks.rules import Level, Rule, Spot, Subject
from articles.content import Content
from articles.models import Article

__all__ = ["RULES", "Finding", "Level", "Rule", "Subject", "findings"]

RULES: dict[str, Rule] = {rule.name: rule for rule in (*fields.RULES, *text.RULES, *pictures.RULES, *links.RULES)}


@dataclass(frozen=True)
class Finding:
    """A rule that is broken, where, and how much that weighs."""

    rule: Rule
    level: Level
    spot: Spot

    @property
    def blocks(self) -> bool:
        return self.level == Level.BLOCKING


def findings(content: Content, article: Article | None, levels: Mapping[str, Level], now: datetime) -> list[Finding]:
    """Returns what rules find in ``content``, what blocks standing first. In few queries, however long it is."""
    subject = Subject(content, article, now)
    found = [*_found(subject, levels)]
    return [each for each in found if each.blocks] + [each for each in found if not each.blocks]


def _found(subject: Subject, levels: Mapping[str, Level]) -> Iterator[Finding]:
    for name, rule in RULES.items():
        level = levels.get(name, rule.level)
        if level != Level.OFF:
            yield from (Finding(rule, level, spot) for spot in rule.broken(subject))
