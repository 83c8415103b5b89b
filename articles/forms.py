"""The editing form: everything an editor writes, as plain fields over ``articles.content.Content``."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.body import tied
from articles.content import EMBARGO_FIELDS, PLANNED_FIELDS, Content, Reference, Signature
from articles.fields import KeyField, PlainText
from articles.models import Article, Author, Byline, Category, Media, Source, Tag
from articles.models.tags import as_called_now
from articles.related import MOST_PICKS
from articles.timing import TimingForm
from articles.translations import linked
from articles.widgets import EditorWidget, HeroWidget, SuggestInput
from lib import html, pasted

if TYPE_CHECKING:
    FormSet = forms.BaseFormSet[forms.Form]
else:  # Django's class takes no parameter when it runs
    FormSet = forms.BaseFormSet

MAX_TAGS = 30
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
# «… (№ 12)» as it is suggested, 12 alone, or the address of the story.
_STORY = re.compile(r"(?:^|№\s*)([1-9][0-9]{0,17})\)?\s*$|/news/([1-9][0-9]{0,17})(?:/|$)")


def category_choices() -> list[tuple[int, str]]:
    """Returns the categories as a tree for a select: those below are indented."""
    return [(category.pk, "\u2003" * depth + str(category)) for category, depth in tree(Category.objects.shown())]


def tree(categories: Iterable[Category]) -> list[tuple[Category, int]]:
    """Returns categories in the order of the tree, each with its depth below its topmost one here."""
    every = sorted(categories, key=lambda each: (each.order, each.path))
    here = {category.pk for category in every}

    def below(parent: int | None, depth: int) -> Iterable[tuple[Category, int]]:
        for category in every:
            if (category.parent_id if category.parent_id in here else None) == parent:
                yield category, depth
                yield from below(category.pk, depth + 1)

    return list(below(None, 0))


class BylineForm(forms.Form):
    key = KeyField(widget=forms.HiddenInput)
    name = PlainText(label=_("name"), required=False, max_length=200, widget=SuggestInput("author"))
    role = forms.ChoiceField(label=_("role"), choices=Byline.Role.choices, required=False)


class BaseBylines(FormSet):
    """The names of a byline in their order: an author is chosen by name, or by address where two share it."""

    signatures: list[Signature]

    def clean(self) -> None:
        rows = [form.cleaned_data for form in self.forms if form.is_valid() and form.cleaned_data.get("name")]
        wanted = {row["name"] for row in rows}
        named = Author.objects.filter(binned_at=None)
        found = list(named.filter(Q(name_ru__in=wanted) | Q(name_en__in=wanted) | Q(slug__in=wanted))) if wanted else []
        signatures = [Signature(self._author(row, found).pk, row["role"] or Byline.Role.TEXT) for row in rows]
        self.signatures = list({(one.author, one.role): one for one in signatures}.values())

    def _author(self, row: dict[str, Any], found: list[Author]) -> Author:
        name = row["name"]
        matching = {author for author in found if name in {author.name_ru, author.name_en, author.slug}}
        kept = {author for author in matching if author.pk == row["key"]}
        if len(kept or matching) == 1:
            return (kept or matching).pop()
        if not matching:
            raise ValidationError(_("There is no author «%(name)s».") % {"name": name})
        addresses = ", ".join(sorted(author.slug for author in matching))
        message = _("Several authors are called «%(name)s». Write the address instead: %(addresses)s.")
        raise ValidationError(message % {"name": name, "addresses": addresses})


Bylines = forms.formset_factory(BylineForm, BaseBylines, extra=1, max_num=20, absolute_max=60)


class CitationForm(forms.Form):
    key = KeyField(widget=forms.HiddenInput)
    name = PlainText(label=_("source"), required=False, max_length=300, widget=SuggestInput("source"))
    url = forms.URLField(
        label=_("address of the page"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    kind = forms.ChoiceField(label=_("kind"), choices=Source.Kind.choices, required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("url") and not self.cleaned_data.get("name"):
            self.cleaned_data["name"] = urlsplit(self.cleaned_data["url"]).hostname or ""
        return self.cleaned_data


class BaseCitations(FormSet):
    """The sources in their order. A name that is new makes a new source when the form is saved."""

    def references(self) -> list[Reference]:
        """Returns the sources as content keeps them, and makes those that are new."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        known = {source.name: source for source in Source.objects.filter(name__in={row["name"] for row in rows})}
        return [Reference(self._source(row, known).pk, row["url"]) for row in rows]

    def _source(self, row: dict[str, Any], known: dict[str, Source]) -> Source:
        name = row["name"]
        if name not in known:
            address = urlsplit(row["url"])
            site = f"{address.scheme}://{address.netloc}/" if address.netloc else ""
            known[name] = Source.objects.create(name=name, url=site, kind=row["kind"] or Source.Kind.OTHER)
        return known[name]


Citations = forms.formset_factory(CitationForm, BaseCitations, extra=1, max_num=20, absolute_max=60)


class RelatedForm(forms.Form):
    story = PlainText(label=_("story"), required=False, max_length=700, widget=SuggestInput("article"))


class BaseRelated(FormSet):
    """The stories chosen to stand below, in their order: each by its number or address, or by its exact title."""

    article: Article | None = None
    keys: list[int]

    def clean(self) -> None:
        named = [
            row["story"] for row in (form.cleaned_data for form in self.forms if form.is_valid()) if row.get("story")
        ]
        self.keys = list(dict.fromkeys(self._key(name) for name in named))
        if len(self.keys) > MOST_PICKS:
            raise ValidationError(_("No more than %(most)d related stories."), params={"most": MOST_PICKS})

    def _key(self, name: str) -> int:
        key = story_key(name)
        if self.article and key == self.article.pk:
            raise ValidationError(_("A story cannot stand below itself."))
        return key


Related = forms.formset_factory(RelatedForm, BaseRelated, extra=1, max_num=MOST_PICKS, absolute_max=60)


def story_key(name: str) -> int:
    """Returns the key of the story named by ``story_name``, its number, its address or its title.

    Raises ValidationError where there is none.
    """
    numbered = _STORY.search(name)
    stories = Article.objects.filter(binned_at=None)
    found = stories.filter(pk=numbered[1] or numbered[2]) if numbered else stories.filter(title=name)
    key = found.order_by("-pk").values_list("pk", flat=True).first()
    if key is None:
        message = _("There is no story «%(name)s». Choose a suggestion, or write its number or its address.")
        raise ValidationError(message, params={"name": name})
    return key


def story_name(article: Article, title: str = "") -> str:
    """Returns how a story is named where one is chosen: its title, and its number, which tells it from others."""
    return f"{title or article.title} (№ {article.pk})"


def _label(name: str) -> Any:
    """Returns what the article's own field is called."""
    field: Any = Article._meta.get_field(name)
    return field.verbose_name


class ContentForm(TimingForm):
    """An article as it is written. ``publishing`` asks for what readers cannot do without."""

    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    standing = PlainText(required=False, max_length=200, widget=forms.HiddenInput)
    sheet = forms.RegexField("^[0-9a-f]{32}$", required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_label("language"), choices=settings.LANGUAGES)
    kicker = PlainText(label=_label("kicker"), required=False, max_length=200)
    title = PlainText(
        label=_label("title"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 1, "data-grow": ""})
    )
    lead = PlainText(
        label=_label("lead"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2, "data-grow": ""})
    )
    body = PlainText(label=_label("body"), required=False, max_length=2_000_000, widget=EditorWidget)
    category = forms.TypedChoiceField(label=_label("category"), required=False, coerce=int, empty_value=None)
    categories = forms.TypedMultipleChoiceField(
        label=_label("categories"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    tags = PlainText(
        label=_label("tags"),
        required=False,
        max_length=3000,
        widget=SuggestInput("tag", several=True),
        help_text=_("Separated by commas."),
    )
    hero = KeyField(label=_label("hero"), widget=HeroWidget)
    hero_caption = PlainText(
        label=_label("hero_caption"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": ""}),
        help_text=_("Empty: the caption from the library."),
    )
    comments_mode = forms.ChoiceField(label=_label("comments_mode"), choices=Article.Comments.choices)
    is_opinion = forms.BooleanField(label=_label("is_opinion"), required=False)
    age_mark = forms.ChoiceField(
        label=_label("age_mark"), required=False, choices=[("", _("as the site")), *Article.AgeMark.choices]
    )
    sponsor_name = PlainText(label=_label("sponsor_name"), required=False, max_length=200)
    sponsor_erid = PlainText(label=_label("sponsor_erid"), required=False, max_length=100)
    seo_title = PlainText(label=_label("seo_title"), required=False, max_length=300)
    seo_description = PlainText(
        label=_label("seo_description"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    canonical_url = forms.URLField(
        label=_label("canonical_url"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=_("If the text appeared somewhere else first."),
    )
    noindex = forms.BooleanField(label=_label("noindex"), required=False)
    no_aggregators = forms.BooleanField(label=_label("no_aggregators"), required=False)
    internal_note = PlainText(
        label=_("internal note"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": ""}),
        help_text=_("For the newsroom only; readers never see it."),
    )
    reason = PlainText(label=_("reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self,
        *args: Any,
        article: Article | None = None,
        may_publish: bool = True,
        publishing: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.article, self.publishing = article, publishing
        fields: dict[str, Any] = self.fields
        for name in (*PLANNED_FIELDS, "change_at", "keep_plan"):
            fields[name].disabled = not may_publish  # what an editor has planned stays
        fields["categories"].choices = category_choices()
        fields["category"].choices = [("", "—"), *fields["categories"].choices]
        # Rows that were sent are never compared with what is stored: an equal one would count as empty.
        self.bylines: Any = Bylines(**self._rows("authors"))
        self.citations: Any = Citations(**self._rows("sources"))
        self.related: Any = cast(Any, Related(**self._rows("related")))
        self.related.article = article

    def _rows(self, name: str) -> dict[str, Any]:
        return {"prefix": name} | ({"data": self.data} if self.is_bound else {"initial": self.initial.get(name)})

    def is_valid(self) -> bool:
        rows = (self.bylines, self.citations, self.related)
        return all([super().is_valid(), *(each.is_valid() for each in rows)])

    def clean_language(self) -> str:
        """Keeps the language of an article that has a translation into the one that was chosen."""
        language = str(self.cleaned_data["language"])
        for other in linked(self.article) if self.article else []:
            if other.language == language:
                message = _("«%(title)s» is its translation into this language. Unlink it first.")
                raise ValidationError(message, params={"title": other})
        return language

    def clean_title(self) -> str:
        """Makes one line of it; a no-break space is there on purpose."""
        return _SPACES.sub(" ", self.cleaned_data["title"]).strip()

    def clean_body(self) -> str:
        return tied(pasted.without_empty(html.clean(pasted.tidied(self.cleaned_data["body"]))))

    def clean_tags(self) -> list[str]:
        """Returns the names once each, however they are capitalised."""
        names = [" ".join(name.split()) for name in self.cleaned_data["tags"].split(",")]
        once = as_called_now(name for name in names if name)
        if len(once) > MAX_TAGS:
            raise ValidationError(_("No more than %(most)d tags."), params={"most": MAX_TAGS})
        longest = Tag._meta.get_field("name").max_length or 100
        if too_long := next((name for name in once if len(name) > longest), None):
            raise ValidationError(_("This tag is too long: %(tag)s"), params={"tag": too_long})
        return once

    def clean_hero(self) -> int | None:
        key = self.cleaned_data["hero"]
        if key is not None and not Media.objects.images().in_library().filter(pk=key).exists():
            raise ValidationError(_("There is no such picture in the library."))
        return key if key is None else int(key)

    def clean(self) -> dict[str, Any]:
        if self.publishing:
            for name in ("title", "category"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed before readers may see it."))
        return super().clean()

    def content(self) -> Content:
        """Returns what was written, of a valid form. Sources that are new are made."""
        plain = {name: self.cleaned_data[name] for name in PLAIN_FIELDS} | self.planned() | self.embargoed()
        rows = {
            "authors": self.bylines.signatures,
            "sources": self.citations.references(),
            "related": self.related.keys,
        }
        return Content(**plain, **rows)


PLAIN_FIELDS = frozenset(Content.__dataclass_fields__) - {
    "authors",
    "sources",
    "related",
    *PLANNED_FIELDS,
    *EMBARGO_FIELDS,
}


def written(content: Content) -> dict[str, Any]:
    """Returns ``content`` as the form shows it, names instead of keys."""
    authors = Author.objects.in_bulk([one.author for one in content.authors])
    sources = Source.objects.in_bulk([one.source for one in content.sources])
    stories = Article.objects.defer("body").in_bulk(content.related)
    return {name: getattr(content, name) for name in PLAIN_FIELDS} | {
        "tags": ", ".join(as_called_now(content.tags)),
        "authors": [
            {"key": one.author, "name": str(authors[one.author]), "role": one.role}
            for one in content.authors
            if one.author in authors
        ],
        "sources": [
            {"key": one.source, "name": str(sources[one.source]), "url": one.url, "kind": sources[one.source].kind}
            for one in content.sources
            if one.source in sources
        ],
        "related": [{"story": story_name(stories[key])} for key in content.related if key in stories],
    }
