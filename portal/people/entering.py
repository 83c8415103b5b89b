"""The doors of the newsroom for those who are not signed in: an accepted invitation, a forgotten password."""

from math import ceil
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.people import invitations, passwords, sessions
from portal.people.letters import mail_leaves
from portal.people.preferences import prefer

BACKEND = "django.contrib.auth.backends.ModelBackend"
pages = require_http_methods(["GET", "HEAD", "POST"])


@pages
@never_cache
@sensitive_post_parameters()
def accept(request: HttpRequest, pk: str, token: str) -> HttpResponse:
    """Lets somebody who was invited choose a password, in the language of the invitation; opening it spends nothing."""
    try:
        invitation = invitations.opened(int(pk), token, timezone.now())
        with translation.override(invitation.language):
            return _accepted(request, invitation) if request.method == "POST" else _door(request, invitation)
    except invitations.Spent:
        return render(request, "admin/people/spent.html", status=410)


def _accepted(request: HttpRequest, seen: invitations.Invitation) -> HttpResponse:
    now = timezone.now()
    with transaction.atomic():
        invitation = invitations.opened(seen.pk, seen.token, now, lock=True)
        form = SetPasswordForm(invitation.user, request.POST)
        if not form.is_valid():
            return _door(request, invitation, form)
        form.save()
        invitations.accept(invitation, now)
    login(request, invitation.user, backend=BACKEND)
    messages.success(request, _("Welcome! Your login is %(login)s.") % {"login": invitation.user.get_username()})
    response = redirect("admin:index")
    prefer(invitation.user, invitation.language, response)
    return response


def _door(request: HttpRequest, invitation: invitations.Invitation, form: Any = None) -> HttpResponse:
    context = {"invitation": invitation, "form": form or SetPasswordForm(invitation.user), "user": None}
    return render(request, "admin/people/accept.html", context)


class AskForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("Your email address"), max_length=254)


@pages
@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Asks for the address, and answers the same to every one."""
    if request.method != "POST":
        return render(request, "admin/people/forgotten.html", {"form": AskForm()})
    form, now = AskForm(request.POST), timezone.now()
    if not form.is_valid():
        return render(request, "admin/people/forgotten.html", {"form": form})
    if wait := passwords.ASKS.wait(request, now.timestamp()):
        minutes = ceil(wait / 60)
        form.add_error(None, _("Too often from your network. Try again in %(minutes)d min.") % {"minutes": minutes})
        answer = render(request, "admin/people/forgotten.html", {"form": form}, status=429)
        answer["Retry-After"] = str(wait)
        return answer
    passwords.ask(form.cleaned_data["email"], _language(), now)
    return redirect("password_reset_done")


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


@require_safe
@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "admin/people/asked.html", {"mail_leaves": mail_leaves()})


class NewPassword(PasswordResetConfirmView):
    template_name = "admin/people/new_password.html"
    success_url = reverse_lazy("admin:login")

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        person: User = form.user
        sessions.end_sessions(person)
        messages.success(self.request, _("The new password is set. Sign in with it."))
        return answer
