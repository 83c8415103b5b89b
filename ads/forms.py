"""The forms of the desk: a creative takes a picture with care, a flight chooses its places."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ads.models import Creative, Flight
from ads.slots import SLOTS, all_sizes, places_for
from lib.images import Refused, clean_picture

if TYPE_CHECKING:
    CreativeModelForm = forms.ModelForm[Creative]
    FlightModelForm = forms.ModelForm[Flight]
else:  # Django's class takes no parameters when it runs
    CreativeModelForm = FlightModelForm = forms.ModelForm

MAX_BYTES = 300 * 1024
"""What an ad may weigh (IAB LEAN: 300 KB for the large sizes)."""


class CreativeForm(CreativeModelForm):
    class Meta:
        model = Creative
        fields = ("campaign", "name", "image", "alt", "target", "erid")

    def clean_image(self) -> Any:
        upload = self.cleaned_data["image"]
        if "image" not in self.changed_data:
            return upload
        if upload.size > MAX_BYTES:
            raise ValidationError(_("The picture weighs more than %d KB.") % (MAX_BYTES // 1024))
        try:
            picture = clean_picture(upload.read())
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        if not places_for(picture.width, picture.height):
            raise ValidationError(_size_refused(picture.width, picture.height))
        self.instance.width, self.instance.height = picture.width, picture.height
        return ContentFile(picture.data, name=f"{upload.name.rpartition('.')[0] or 'banner'}.{picture.extension}")


def _size_refused(width: int, height: int) -> str:
    sizes = ", ".join(map(str, all_sizes()))
    found = {"width": width, "height": height, "sizes": sizes}
    return _("No place has %(width)d × %(height)d. Sizes, or twice as much for dense screens: %(sizes)s.") % found


class FlightForm(FlightModelForm):
    slots = forms.MultipleChoiceField(
        label=gettext_lazy("places"),
        choices=lambda: [(slot.key, _described(slot.key)) for slot in SLOTS.values()],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Flight
        fields = (
            "campaign", "name", "status", "starts_at", "ends_at", "slots", "tier", "weight", "goal_type", "goal",
            "daily_cap", "categories", "tags", "language",
        )  # fmt: skip


def _described(key: str) -> str:
    slot = SLOTS[key]
    desktop, phone = (", ".join(map(str, sizes)) for sizes in (slot.desktop, slot.phone))
    sizes = _("%(desktop)s; on phones %(phone)s") % {"desktop": desktop, "phone": phone}
    return f"{slot.name} ({sizes})"
