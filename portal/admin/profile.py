"""«My profile»: one's name, the language of the desk, what one may do, and where one is signed in."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from articles.admin.bases import editor
from portal.admin.names import NameFields
from portal.people import sessions, telling
from portal.people.preferences import prefer, preferred_by
from portal.roles import title_of


class ProfileForm(NameFields):
    language = forms.ChoiceField(label=gettext_lazy("Language of the desk"), choices=settings.LANGUAGES)

    class Meta(NameFields.Meta):
        fields = ("first_name", "last_name")


def set_desk_language(request: HttpRequest) -> HttpResponseBase:
    """Django's switch of the language, which remembers it for whoever is signed in."""
    response = set_language(request)
    chosen = request.POST.get("language", "")
    if isinstance(request.user, User) and chosen in dict(settings.LANGUAGES):
        prefer(request.user, chosen, response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    person = editor(request)
    if request.method != "POST":
        return _page(request, _form(request))
    act, _colon, name = request.POST.get("act", "").partition(":")
    if act == "save":
        return _save(request)
    if act == "end":
        return _told(request, int(sessions.end_session(person, name)))
    if act == "end_others":
        return _told(request, sessions.end_sessions(person, but=request.session.session_key))
    raise BadRequest("unknown act")


def _form(request: HttpRequest, data: Any = None) -> ProfileForm:
    person = editor(request)
    language = preferred_by(person) or translation.get_language()
    # A copy: what was typed and is wrong must not stand in the head of the page.
    return ProfileForm(data, instance=User.objects.get(pk=person.pk), initial={"language": language})


def _save(request: HttpRequest) -> HttpResponse:
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form)
    person = form.save()
    with translation.override(form.cleaned_data["language"]):
        messages.success(request, _("Saved."))
    response = redirect("admin:profile")
    prefer(person, form.cleaned_data["language"], response)
    return response


def _told(request: HttpRequest, number: int) -> HttpResponse:
    told = ngettext("Signed out in %d place.", "Signed out in %d places.", number) % number
    messages.success(request, told if number else _("You are signed in nowhere else."))
    return redirect("admin:profile")


def _page(request: HttpRequest, form: ProfileForm) -> HttpResponse:
    person = editor(request)
    places = sessions.places(person, request.session.session_key, timezone.now())
    context = admin.site.each_context(request) | {
        "title": _("My profile"),
        "form": form,
        "person": person,
        "roles": [title_of(group) for group in person.groups.all()],
        "may_do": telling.may_do(person),
        "places": places,
        "others": sum(not place.is_here for place in places),
    }
    return TemplateResponse(request, "admin/people/profile.html", context)
