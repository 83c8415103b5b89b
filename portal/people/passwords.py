"""«Forgot your password?»: a letter with a link, and no word to strangers about who works here.

What is typed is only written down; the worker looks whose address it is. So a known address and an unknown one are
answered by the same work, in the same time.
"""

from datetime import datetime, timedelta

from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from lib.addresses import absolute
from lib.throttle import Throttle
from portal.models.site import SiteSettings
from portal.people.letters import Letter, Words, post, writes

ASKS = Throttle("password", times=6, seconds=3600)
"""How often an address of the network may ask."""
PAUSE = timedelta(minutes=10)
"""Between two letters to one address."""


def ask(email: str, language: str, now: datetime) -> None:
    """Has a letter written to ``email``, if somebody has it. Nothing tells the caller."""
    post(Letter.Kind.PASSWORD, email, language, now)


@writes(Letter.Kind.PASSWORD)
def written(letter: Letter, now: datetime) -> Words | None:
    people = list(PasswordResetForm().get_users(letter.to))
    before = Letter.objects.filter(kind=Letter.Kind.PASSWORD, to__iexact=letter.to, created_at__gt=now - PAUSE)
    if not people or before.filter(pk__lt=letter.pk).exists():
        return None
    site = SiteSettings.current().name
    context = {"site_name": site, "people": [(person.get_username(), link_for(person)) for person in people]}
    return Words(_("New password for the newsroom of «%(site)s»") % {"site": site}, _text(context))


def link_for(person: User) -> str:
    """Returns the address where ``person`` sets a new password; it holds once, and for ``PASSWORD_RESET_TIMEOUT``."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    return absolute(reverse("password_reset_confirm", args=[key, default_token_generator.make_token(person)]))


def _text(context: dict[str, object]) -> str:
    return render_to_string("portal/people/password.txt", context)
