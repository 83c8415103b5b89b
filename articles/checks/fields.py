"""Rules about the fields around the text."""

import re
from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.checks.rules import Level, Rule, Spot, Subject
from articles.models import Article
from lib.slugs import latin_slug

LONG_TITLE = 120
SHORT_LEAD, LONG_LEAD = 40, 400
SAME_TITLE_DAYS = 60
ADULT_MARKS = {"16+", "18+"}
# What Russian law wants marked for those over 16 (436-FZ, articles 9 and 10), by the stems of its words.
_GROWN_UP = re.compile(
    r"\b(?:самоубий|суицид|покончил\w* с собой|наркоти|наркоман|изнасил|порногра|проституц|расчлен|"
    r"suicid|narcotic|drug abuse|porn|rape[sd]?\b)",
    re.IGNORECASE,
)


def _title(subject: Subject) -> Iterator[Spot]:
    if not subject.content.title:
        yield Spot(_("There is no title."), "title")


def _title_length(subject: Subject) -> Iterator[Spot]:
    if len(subject.content.title) > LONG_TITLE:
        yield Spot(_("The title has %d characters.") % len(subject.content.title), "title")


def _same_title(subject: Subject) -> Iterator[Spot]:
    """Looks among equal addresses, which come of the title and have an index; capitals make no difference."""
    slug = latin_slug(subject.content.title)
    if not slug:
        return
    since = subject.now - timedelta(days=SAME_TITLE_DAYS)
    others = Article.objects.in_lists().filter(slug=slug, publish_at__gte=since, language=subject.content.language)
    wanted = subject.content.title.casefold()
    for other in others.only("title").order_by("-pk")[:20]:
        if other.title.casefold() == wanted and other != subject.article:
            yield Spot(_("Another story has this title: № %d.") % other.pk, "title")
            return


def _lead(subject: Subject) -> Iterator[Spot]:
    if not subject.content.lead:
        yield Spot(_("There is no lead."), "lead")


def _lead_length(subject: Subject) -> Iterator[Spot]:
    length = len(subject.content.lead)
    if length and not SHORT_LEAD <= length <= LONG_LEAD:
        yield Spot(_("The lead has %d characters.") % length, "lead")


def _category(subject: Subject) -> Iterator[Spot]:
    if subject.content.category is None:
        yield Spot(_("There is no category."), "category")


def _tags(subject: Subject) -> Iterator[Spot]:
    if not subject.content.tags:
        yield Spot(_("There are no tags."), "tags")


def _signed(subject: Subject) -> Iterator[Spot]:
    if not subject.content.authors and not subject.content.sources:
        yield Spot(_("Neither an author nor a source is named."), "authors-0-name")


def _source(subject: Subject) -> Iterator[Spot]:
    if not subject.content.sources:
        yield Spot(_("No source is named."), "sources-0-name")


def _age_mark(subject: Subject) -> Iterator[Spot]:
    content = subject.content
    found = _GROWN_UP.search(f"{content.title} {content.lead} {subject.text}")
    if found and content.age_mark not in ADULT_MARKS:
        yield Spot(_("The text speaks of what may need the mark 16+ or 18+: «%s…».") % found[0], "age_mark")


def _age_mark_chosen(subject: Subject) -> Iterator[Spot]:
    if not subject.content.age_mark:
        yield Spot(_("No age mark is chosen."), "age_mark")


def _sponsor(subject: Subject) -> Iterator[Spot]:
    if subject.content.sponsor_name and not subject.content.sponsor_erid:
        yield Spot(_("The sponsored story has no ad token (erid)."), "sponsor_erid")


def _related(subject: Subject) -> Iterator[Spot]:
    wanted = subject.content.related
    seen = set(Article.objects.published(subject.now).filter(pk__in=wanted).values_list("pk", flat=True))
    if hidden := [f"№ {key}" for key in wanted if key not in seen]:
        message = _("Readers do not see a story that was chosen to stand below: %s") % ", ".join(hidden)
        yield Spot(message, "related-0-story")


RULES = (
    Rule(
        "title",
        gettext_lazy("Title"),
        gettext_lazy("Without it nobody can find or open the story."),
        Level.BLOCKING,
        _title,
    ),
    Rule(
        "title_length",
        gettext_lazy("Length of the title"),
        gettext_lazy("Search engines and social networks cut what is longer than about 120 characters."),
        Level.WARNING,
        _title_length,
    ),
    Rule(
        "same_title",
        gettext_lazy("Title used already"),
        gettext_lazy("Readers take two stories of one title for one. Compared with the last 60 days."),
        Level.WARNING,
        _same_title,
    ),
    Rule(
        "lead",
        gettext_lazy("Lead"),
        gettext_lazy("Lists, search engines and messengers show it."),
        Level.WARNING,
        _lead,
    ),
    Rule(
        "lead_length",
        gettext_lazy("Length of the lead"),
        gettext_lazy("Below 40 characters it says little, beyond 400 it is cut in lists."),
        Level.WARNING,
        _lead_length,
    ),
    Rule(
        "category",
        gettext_lazy("Category"),
        gettext_lazy("A story without one stands in no section."),
        Level.BLOCKING,
        _category,
    ),
    Rule(
        "tags",
        gettext_lazy("Tags"),
        gettext_lazy("They lead to the story, and find the related ones."),
        Level.WARNING,
        _tags,
    ),
    Rule(
        "signed",
        gettext_lazy("Author or source"),
        gettext_lazy("Readers want to know whose words these are."),
        Level.WARNING,
        _signed,
    ),
    Rule(
        "source",
        gettext_lazy("Source"),
        gettext_lazy("For newsrooms that name one below every story."),
        Level.OFF,
        _source,
    ),
    Rule(
        "age_mark",
        gettext_lazy("Age mark fits the text"),
        gettext_lazy("The law asks for 16+ or 18+ where a text speaks of suicide, drugs or violence. Decide yourself."),
        Level.WARNING,
        _age_mark,
    ),
    Rule(
        "age_mark_chosen",
        gettext_lazy("Age mark is chosen"),
        gettext_lazy("For newsrooms that mark every story by itself rather than as the site."),
        Level.OFF,
        _age_mark_chosen,
    ),
    Rule(
        "sponsor",
        gettext_lazy("Token of advertising"),
        gettext_lazy("The law asks for an erid on every advertisement. The operator of advertising data gives it out."),
        Level.BLOCKING,
        _sponsor,
    ),
    Rule(
        "related",
        gettext_lazy("Related stories are published"),
        gettext_lazy("A story that readers do not see is left out below."),
        Level.WARNING,
        _related,
    ),
)
