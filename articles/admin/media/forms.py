"""The forms of the media library."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Media

SPLIT = ","
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TagsField(forms.CharField):
    """Tags separated by commas, as on the sheet of an article."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "vTextField", "list": "media-tags", "data-tags": "", "autocomplete": "off"}
        widget = forms.TextInput(attrs=attrs)
        usual: dict[str, Any] = {"required": False, "label": _("tags"), "widget": widget, "max_length": 1000}
        super().__init__(**(usual | kwargs))

    def clean(self, value: Any) -> list[str]:
        names = [" ".join(name.split()) for name in super().clean(value).split(SPLIT)]
        if any(len(name) > 60 for name in names):
            raise forms.ValidationError(_("A tag may have 60 letters."))
        return list(dict.fromkeys(name for name in names if name))

    def prepare_value(self, value: Any) -> Any:
        return f"{SPLIT} ".join(value) if isinstance(value, list) else value


class MediaForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """What is written about a picture or file."""

    tag_names = TagsField(help_text=_("Separated by commas. Readers do not see them."))

    class Meta:
        model = Media
        fields = ("alt", "caption", "credit", "licence", "licence_until", "focal_x", "focal_y")
        widgets = {"licence_until": DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["tag_names"].initial = [tag.name for tag in self.instance.tags.all()]


class DescribeForm(MediaForm):
    """One of the new ones, in short."""

    class Meta:
        model = Media
        fields = ("alt", "caption", "credit")
        widgets = {"caption": forms.Textarea(attrs={"rows": 2, "data-grow": ""})}


class SharedForm(forms.Form):
    """What is the same for many."""

    prefix = "shared"
    credit = forms.CharField(label=_("credit"), max_length=300, required=False)
    licence = forms.CharField(label=_("licence"), max_length=300, required=False)
    licence_until = forms.DateField(label=_("licence ends"), required=False, widget=DAY)
    tag_names = TagsField()


class BulkForm(SharedForm):
    """What to change on many that are in the library already: an empty field leaves what is there."""

    tag_names = TagsField(label=_("add tags"))
    tags_off = TagsField(label=_("take off tags"))
    clear = forms.MultipleChoiceField(
        label=_("empty these"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("credit", _("credit")), ("licence", _("licence")), ("licence_until", _("end of the licence"))],
    )

    def changes(self) -> dict[str, Any]:
        """Returns the fields to write and their values."""
        said = {name: self.cleaned_data[name] for name in ("credit", "licence", "licence_until")}
        changed = {name: value for name, value in said.items() if value}
        return changed | {name: None if name == "licence_until" else "" for name in self.cleaned_data["clear"]}

    @property
    def says_something(self) -> bool:
        return bool(self.changes() or self.cleaned_data["tag_names"] or self.cleaned_data["tags_off"])


class ExtendForm(forms.Form):
    """A new end of a licence."""

    key = forms.IntegerField(min_value=1, max_value=2**62)
    until = forms.DateField(required=False)
