"""Names and addresses of people in forms."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def one_line(text: str) -> str:
    """Returns ``text`` with its white space tidied. Raises ValidationError for signs that are no text."""
    tidy = " ".join(text.split())
    if not tidy.isprintable():
        raise ValidationError(_("A name consists of letters."))
    return tidy


class NameFields(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """The name of a person, and an address that nobody else has."""

    class Meta:
        model = User
        fields: Any = ("first_name", "last_name", "email")

    def clean_first_name(self) -> str:
        return one_line(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        return one_line(self.cleaned_data["last_name"])

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        others = User.objects.exclude(pk=self.instance.pk).filter(email__iexact=email)
        if email and others.exists():
            raise ValidationError(_("Somebody has this address already: %(login)s."), params={"login": others[0]})
        return email
