"""What is asked for each kind of bulk change. ``asked`` is what the change keeps."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.bulk.acts import LABELS, MOVES
from articles.fields import PlainText
from articles.forms import MAX_TAGS, category_choices
from articles.models import Author, Tag
from articles.widgets import SuggestInput


class AskForm(forms.Form):
    """``asked`` returns the parameters of a valid form as they are kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)

    def asked(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CategoryForm(AskForm):
    category = forms.TypedChoiceField(label=gettext_lazy("New category"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["category"]
        field.choices = [("", "—"), *category_choices()]


class TagsForm(AskForm):
    add = PlainText(
        label=gettext_lazy("Add tags"), required=False, max_length=3000, widget=SuggestInput("tag", several=True)
    )
    remove = PlainText(
        label=gettext_lazy("Take tags away"),
        required=False,
        max_length=3000,
        widget=SuggestInput("tag", several=True),
        help_text=gettext_lazy("Separated by commas."),
    )

    def clean_add(self) -> list[str]:
        return _names(self.cleaned_data["add"])

    def clean_remove(self) -> list[str]:
        return _names(self.cleaned_data["remove"])

    def clean(self) -> dict[str, Any]:
        if not self.errors and not (self.cleaned_data["add"] or self.cleaned_data["remove"]):
            raise ValidationError(_("Name a tag to add or to take away."))
        return self.cleaned_data


def _names(text: str) -> list[str]:
    names = [" ".join(name.split()) for name in text.split(",")]
    once = list({name.casefold(): name for name in reversed(names) if name}.values())[::-1]
    longest = Tag._meta.get_field("name").max_length or 100
    if len(once) > MAX_TAGS or any(len(name) > longest for name in once):
        raise ValidationError(_("Too many tags, or too long a one."))
    return once


class AuthorsForm(AskForm):
    add = PlainText(label=gettext_lazy("Add an author"), required=False, max_length=200, widget=SuggestInput("author"))
    remove = PlainText(
        label=gettext_lazy("Take an author away"),
        required=False,
        max_length=200,
        widget=SuggestInput("author"),
        help_text=gettext_lazy("Both together: the one takes the place of the other, in the order of the byline."),
    )

    def clean_add(self) -> int | None:
        return _author(self.cleaned_data["add"])

    def clean_remove(self) -> int | None:
        return _author(self.cleaned_data["remove"])

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not self.errors and not (told["add"] or told["remove"]):
            raise ValidationError(_("Name an author to add or to take away."))
        if not self.errors and told["add"] == told["remove"]:
            raise ValidationError(_("These are the same author."))
        return told


def _author(name: str) -> int | None:
    if not name:
        return None
    named = Author.objects.filter(name_ru=name) | Author.objects.filter(name_en=name) | Author.objects.filter(slug=name)
    found = list(named.filter(binned_at=None).values_list("pk", "slug")[:5])
    if len(found) == 1:
        return int(found[0][0])
    if not found:
        raise ValidationError(_("There is no author «%(name)s»."), params={"name": name})
    told = {"name": name, "addresses": ", ".join(slug for _pk, slug in found)}
    raise ValidationError(
        _("Several authors are called «%(name)s». Write the address instead: %(addresses)s."), params=told
    )


class ReplaceForm(AskForm):
    find = PlainText(label=gettext_lazy("Find"), max_length=300, strip=False)
    new = PlainText(label=gettext_lazy("Replace with"), required=False, max_length=300, strip=False)
    fields_ = forms.MultipleChoiceField(
        label=gettext_lazy("Where"), choices=list(LABELS.items()), widget=forms.CheckboxSelectMultiple
    )
    whole_words = forms.BooleanField(label=gettext_lazy("Whole words only"), required=False)
    match_case = forms.BooleanField(label=gettext_lazy("Capitals as they are typed"), required=False)

    def clean_find(self) -> str:
        if not self.cleaned_data["find"].strip():
            raise ValidationError(_("Type what is to be found."))
        return str(self.cleaned_data["find"])

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not self.errors and told["find"] == told["new"]:
            raise ValidationError(_("Both are the same."))
        return told

    def asked(self) -> dict[str, Any]:
        told = super().asked()
        return {"fields": told.pop("fields_")} | told


class StateForm(AskForm):
    to = forms.ChoiceField(label=gettext_lazy("What is done"), choices=list(MOVES.items()), widget=forms.RadioSelect)
    reason = PlainText(
        label=gettext_lazy("Reason for the authors"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed when texts go back to be drafts."),
    )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("to") == "draft" and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Tell the authors why."))
        return self.cleaned_data


FORMS: dict[str, type[AskForm]] = {
    "category": CategoryForm,
    "tags": TagsForm,
    "authors": AuthorsForm,
    "replace": ReplaceForm,
    "state": StateForm,
}
FIRST: dict[str, dict[str, Any]] = {"replace": {"fields_": list(LABELS), "whole_words": True, "match_case": True}}
