"""Rules about pictures: what is said instead of them, whose they are, and for how long."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.checks.rules import Level, Rule, Spot, Subject


def _hero(subject: Subject) -> Iterator[Spot]:
    if subject.content.hero is None:
        yield Spot(_("There is no main picture."), "hero")


def _alt(subject: Subject) -> Iterator[Spot]:
    for picture, field, block in subject.pictures:
        if not picture.alt:
            yield Spot(_("A picture has no text for those who do not see it: %s") % picture, field, block)


def _credit(subject: Subject) -> Iterator[Spot]:
    for picture, field, block in subject.pictures:
        if not picture.credit:
            yield Spot(_("A picture has no credit: %s") % picture, field, block)


def _licence(subject: Subject) -> Iterator[Spot]:
    """Counts on the day on which the story appears, if that is still to come."""
    day = timezone.localdate(max(subject.now, subject.planned or subject.now))
    for picture, field, block in subject.pictures:
        if picture.licence_until and picture.licence_until < day:
            ended = date_format(picture.licence_until, "j E Y")
            told = {"picture": picture, "day": ended}
            yield Spot(_("The licence of a picture ends on %(day)s: %(picture)s") % told, field, block)


RULES = (
    Rule(
        "hero",
        gettext_lazy("Main picture"),
        gettext_lazy("Lists and links in messengers look poor without one."),
        Level.WARNING,
        _hero,
    ),
    Rule(
        "alt",
        gettext_lazy("Descriptions of pictures"),
        gettext_lazy("Those who do not see the picture hear this. Write it in the library."),
        Level.BLOCKING,
        _alt,
    ),
    Rule(
        "credit",
        gettext_lazy("Credits of pictures"),
        gettext_lazy("Whoever took the picture has a right to be named."),
        Level.WARNING,
        _credit,
    ),
    Rule(
        "licence",
        gettext_lazy("Licences of pictures"),
        gettext_lazy("A picture whose licence has ended by the time of publication costs a claim: take another."),
        Level.BLOCKING,
        _licence,
    ),
)
