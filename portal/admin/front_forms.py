"""The forms of the front page screen: pin a story until a time, set a zone, choose the moment of a preview."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Category
from lib.days import midnight_after
from portal.arranging.changes import Spot
from portal.arranging.zones import addable
from portal.front import FrontZone

EVENING, MORNING = time(20), time(9)
LARGEST_KEY = 2**63 - 1
A_YEAR = timedelta(days=365)


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a date and a time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A moment within a year from now."""

    widget = MomentInput

    def clean(self, value: Any) -> datetime | None:
        found: datetime | None = super().clean(value)
        if found is not None and found > timezone.now() + A_YEAR:
            raise forms.ValidationError(_("This is more than a year away."))
        return found


def ends(now: datetime) -> dict[str, datetime | None]:
    """Returns the quick choices for an end, by name, with their moments; «own» is None: it is written beside."""
    here = timezone.localtime(now)
    evening = timezone.make_aware(datetime.combine(here.date(), EVENING))
    morning = timezone.make_aware(datetime.combine(midnight_after(now).date(), MORNING))
    choices = {"hour": now + timedelta(hours=1), "evening": evening, "tomorrow": morning}
    return {name: moment for name, moment in choices.items() if moment > now} | {"own": None, "none": None}


LABELS = {
    "hour": gettext_lazy("for an hour"),
    "evening": gettext_lazy("until the evening (20:00)"),
    "tomorrow": gettext_lazy("until tomorrow, 9:00"),
    "own": gettext_lazy("until this time:"),
    "none": gettext_lazy("without an end"),
}


class EndForm(forms.Form):
    """An end: a quick choice, or a time of one's own. ``end()`` is the moment, None for none."""

    ends = forms.ChoiceField(label=gettext_lazy("Until when"), widget=forms.RadioSelect, initial="evening")
    until = MomentField(label=gettext_lazy("Own time"), required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.choices = ends(now)
        field: Any = self.fields["ends"]
        field.choices = [(name, LABELS[name]) for name in self.choices]
        if field.initial not in self.choices:
            field.initial = "tomorrow"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("ends") == "own" and not given.get("until") and "until" not in self.errors:
            self.add_error("until", _("Write the time."))
        return given

    def end(self) -> datetime | None:
        chosen = self.cleaned_data["ends"]
        written: datetime | None = self.cleaned_data["until"]
        return written if chosen == "own" else self.choices[chosen]


class PinForm(EndForm):
    """A story, a place and an end."""

    article = forms.IntegerField(
        label=gettext_lazy("Story"),
        min_value=1,
        max_value=LARGEST_KEY,
        error_messages={"required": gettext_lazy("Choose a story.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Place on the page"),
        max_length=70,
        error_messages={"required": gettext_lazy("Choose a place.")},
    )

    def clean_place(self) -> Spot:
        try:
            return Spot.parse(self.cleaned_data["place"])
        except ValueError as error:
            raise forms.ValidationError(_("Choose a place.")) from error


class ZoneForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    class Meta:
        model = FrontZone
        fields = ("kind", "category", "title", "size")

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"zone_{kwargs['instance'].pk if kwargs.get('instance') else 'new'}_%s")
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["category"].queryset = Category.objects.shown()
        if self.instance.pk is None:
            kinds = dict(FrontZone.Kind.choices)
            fields["kind"].choices = [(kind, kinds[kind]) for kind in addable(language)]
            fields["title"].help_text = _("Empty: its usual name.")
        else:
            del fields["kind"]
            if self.instance.kind != FrontZone.Kind.CATEGORY:
                del fields["category"]


class PreviewForm(forms.Form):
    at = MomentField(label=gettext_lazy("The page at"))

    def clean_at(self) -> datetime:
        moment: datetime = self.cleaned_data["at"]
        if moment < timezone.now() - timedelta(minutes=1):
            raise forms.ValidationError(_("This time is over. Choose a time to come."))
        return moment


def quick_previews(now: datetime) -> list[tuple[str, str]]:
    """Returns labels and values of the moments that are one press away."""
    here = timezone.localtime(now)
    evening = timezone.make_aware(datetime.combine(here.date(), time(18)))
    morning = timezone.make_aware(datetime.combine(midnight_after(now).date(), MORNING))
    moments = [here + timedelta(hours=1), *([evening] if evening > now + timedelta(hours=1) else []), morning]
    return [(_moment(each, here), timezone.localtime(each).strftime("%Y-%m-%dT%H:%M")) for each in moments]


def _moment(moment: datetime, here: datetime) -> str:
    local = timezone.localtime(moment)
    return date_format(local, "H:i" if local.date() == here.date() else "j E, H:i")
