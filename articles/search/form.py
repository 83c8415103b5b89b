"""What a reader may ask of the search: words, and what to narrow the results down to. A plain GET form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from articles.forms import tree
from articles.models import Author, Category
from articles.search.filters import Filters
from articles.search.query import Query
from lib.days import midnight

PERIODS = {"week": (7, _("past week")), "month": (30, _("past month")), "year": (365, _("past year"))}
"""Days back from today, and their name."""
FILTERS = ("category", "author", "since", "until")
BY_DATE = "date"
MOST_AUTHORS = 500
"""More names nobody looks through; those who work here come first."""
_SPAN = [MinValueValidator(date(1000, 1, 1)), MaxValueValidator(date(9000, 1, 1))]


@dataclass(frozen=True)
class Choice:
    """A link that adds a filter, or takes it away where ``is_chosen``."""

    label: str
    address: str
    is_chosen: bool = False


class DayField(forms.DateField):
    """A day as browsers send it, or as Russians write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            validators=_SPAN,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": _("Give a date such as 2026-11-22.")},
            **kwargs,
        )


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("What to look for"),
        required=False,
        max_length=Query.most_characters,
        error_messages={
            "max_length": ngettext_lazy(
                "Too long: shorten it to %(limit_value)d character.",
                "Too long: shorten it to %(limit_value)d characters.",
                "limit_value",
            )
        },
    )
    category = forms.ChoiceField(
        label=_("Category"), required=False, error_messages={"invalid_choice": _("There is no such category.")}
    )
    author = forms.ChoiceField(
        label=_("Author"), required=False, error_messages={"invalid_choice": _("There is no such author.")}
    )
    since = DayField(label=_("From"))
    until = DayField(label=_("To"))
    period = forms.ChoiceField(
        required=False,
        choices=[(key, label) for key, (_days, label) in PERIODS.items()],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("There is no such period.")},
    )
    sort = forms.ChoiceField(
        required=False,
        choices=[(BY_DATE, _("newest first"))],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("There is no such order.")},
    )

    literally = forms.BooleanField(required=False)

    def __init__(self, asked: QueryDict) -> None:
        """``asked`` may be anything: NUL bytes are no part of a word, and of what is repeated the last counts."""
        self.asked = {name: asked.get(name, "").replace("\0", "") for name in asked if name in self.base_fields}
        super().__init__(self.asked)
        self._offer(
            "category", _("All categories"), [(path, _indented(*each)) for path, each in self.categories.items()]
        )
        self._offer("author", _("All authors"), [(slug, str(each)) for slug, each in self.authors.items()])

    @cached_property
    def categories(self) -> dict[str, tuple[Category, int]]:
        """Every category by its path, with its depth, in the order of the tree."""
        return {category.path: (category, depth) for category, depth in tree(Category.objects.shown())}

    @cached_property
    def authors(self) -> dict[str, Author]:
        shown = Author.objects.known(timezone.now()).only("slug", "name_ru", "name_en")
        known = {author.slug: author for author in shown.order_by("-is_active", "pk")[:MOST_AUTHORS]}
        if (asked := self.asked.get("author", "")) not in known and asked:
            known |= {author.slug: author for author in shown.filter(slug=asked)}
        return {author.slug: author for author in sorted(known.values(), key=str)}

    def _offer(self, name: str, everything: Any, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", everything), *choices]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one."))
        return given

    @property
    def query(self) -> Query:
        return Query(self.asked.get("q", ""))

    @property
    def filter_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FILTERS]

    @property
    def is_narrowed(self) -> bool:
        """Whether what is chosen, or wrong, stands among the filters that are folded away."""
        return any(self.asked.get(name) for name in FILTERS)

    @property
    def by_date(self) -> bool:
        return self.cleaned_data.get("sort") == BY_DATE

    def filters(self, now: datetime) -> Filters:
        """Returns what was chosen. Call it only when the form is valid."""
        given = self.cleaned_data
        since, until = given["since"], given["until"]
        if given["period"] and not (since or until):
            since = timezone.localdate(now) - timedelta(days=PERIODS[given["period"]][0])
        author = self.authors.get(given["author"])
        return Filters(
            categories=self._and_below(given["category"]),
            author=author.pk if author else None,
            since=midnight(since) if since else None,
            until=midnight(until + timedelta(days=1)) if until else None,
        )

    def _and_below(self, path: str) -> tuple[int, ...]:
        if not path:
            return ()
        every = self.categories.values()
        return tuple(each.pk for each, _depth in every if f"{each.path}/".startswith(f"{path}/"))

    def chosen(self) -> Iterator[Choice]:
        """Yields a link for every filter that takes it away."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if "category" in given:
            yield Choice(str(self.categories[given["category"]][0]), self.address(category=""), True)
        if "author" in given:
            yield Choice(str(self.authors[given["author"]]), self.address(author=""), True)
        for name, words in (("since", _("from %s")), ("until", _("to %s"))):
            if name in given:
                yield Choice(words % date_format(given[name], "j E Y"), self.address(**{name: ""}), True)
        if "period" in given and not given.keys() & {"since", "until"}:
            yield Choice(str(PERIODS[given["period"]][1]), self.address(period=""), True)

    def periods(self) -> Iterator[Choice]:
        """Yields a link for every other period than the chosen one."""
        current = "" if self.asked.get("since") or self.asked.get("until") else self.asked.get("period", "")
        for key, (_days, label) in PERIODS.items():
            if key != current:
                yield Choice(str(label), self.address(period=key, since="", until=""))

    def orders(self) -> Iterator[Choice]:
        for key, label in (("", _("best first")), (BY_DATE, _("newest first"))):
            yield Choice(str(label), self.address(sort=key), self.asked.get("sort", "") == key)

    def as_typed(self) -> str:
        return self.address(literally="1")

    def without_filters(self) -> str:
        return self.address(**dict.fromkeys((*FILTERS, "period"), ""))

    def address(self, **changes: str) -> str:
        """Returns the address of the same search with ``changes``, from its first page."""
        asked = QueryDict(mutable=True)
        asked.update({name: value for name, value in (self.asked | changes).items() if value})
        return f"?{asked.urlencode()}"


def _indented(category: Category, depth: int) -> str:
    return "\u2003" * depth + str(category)
