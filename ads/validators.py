"""What may be written into a booking: addresses, taxpayer numbers, places."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from ads.slots import SLOTS

_WEB = URLValidator(schemes=["https"])
_LOCAL = re.compile(r"/(?![/\\_])[\w\-./?=&%#~]*", re.ASCII)
INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
"""Of the check digits of a taxpayer number (order of the Russian tax service MMV-7-6/435@)."""


def validate_target(address: str) -> None:
    """Lets through https addresses without a password in them, and paths on this site."""
    if _LOCAL.fullmatch(address):
        return
    _WEB(address)
    if "@" in urlsplit(address).netloc or "\\" in address:
        raise ValidationError(_("An address with a name or password in it is not allowed."))


def validate_inn(number: str) -> None:
    """Checks the digits of an INN: 10 of a company, 12 of a person."""
    if not re.fullmatch("[0-9]{10}|[0-9]{12}", number):
        raise ValidationError(_("An INN has 10 or 12 digits."))
    for place in range(9 if len(number) == 10 else 10, len(number)):
        weights = INN_WEIGHTS[len(INN_WEIGHTS) - place :]
        total = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False))
        if total % 11 % 10 != int(number[place]):
            raise ValidationError(_("This INN has a wrong digit."))


def validate_slots(keys: Any) -> None:
    if not isinstance(keys, list) or not keys or not all(key in SLOTS for key in keys):
        raise ValidationError(_("Choose the places where it is shown."))
