"""Inviting people: the form, and what became of the invitations."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import Group, User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.admin.bases import editor
from articles.forms import tree
from articles.models import Category
from portal.admin.names import NameFields
from portal.people import guards, invitations
from portal.people.invitations import Invitation
from portal.people.letters import Letter, mail_leaves
from portal.roles import title_of

SHOWN = 200


class InviteForm(NameFields):
    username = forms.CharField(
        label=gettext_lazy("Login"),
        required=False,
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text=gettext_lazy("Empty: made from the address."),
    )
    roles = forms.ModelMultipleChoiceField(
        Group.objects.none(), label=gettext_lazy("Roles"), widget=forms.CheckboxSelectMultiple
    )
    sections = forms.ModelMultipleChoiceField(
        Category.objects.none(),
        label=gettext_lazy("Sections in charge"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("For a section editor: where to edit and publish, with all that stands below."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the letter and the desk"), choices=settings.LANGUAGES)

    class Meta(NameFields.Meta):
        fields = ("email", "first_name", "last_name", "username")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["email"].required = fields["first_name"].required = True
        groups = guards.roles_given_by(by)
        fields["roles"].queryset = Group.objects.filter(pk__in=[group.pk for group in groups])
        fields["roles"].choices = [(group.pk, title_of(group)) for group in groups]
        fields["sections"].queryset = Category.objects.shown()
        fields["sections"].choices = [
            (category.pk, "\u2003" * depth + str(category)) for category, depth in tree(Category.objects.shown())
        ]

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"])
        if name and User.objects.filter(username__iexact=name).exists():
            raise ValidationError(_("Somebody has this login already."))
        return name


def invite(admin: Any, request: HttpRequest) -> HttpResponse:
    manager = editor(request)
    if not guards.may_invite(manager):
        raise PermissionDenied
    form = InviteForm(request.POST or None, by=manager, initial={"language": (get_language() or "ru")[:2]})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        invitation = invitations.invite(
            form.save(commit=False),
            roles=given["roles"],
            sections=given["sections"],
            language=given["language"],
            by=manager,
            now=timezone.now(),
        )
        admin.log_addition(request, invitation.user, _("Invited"))
        _tell(request, invitation)
        return redirect("admin:auth_user_invitations")
    context = admin.admin_site.each_context(request) | {"title": _("Invite"), "opts": admin.opts, "form": form}
    return TemplateResponse(request, "admin/people/invite.html", context)


def listed(admin: Any) -> Callable[..., HttpResponse]:
    """Returns the view of all invitations that were not accepted; its buttons send one again or call it back."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        if not guards.may_invite(editor(request)):
            raise PermissionDenied
        return _act(admin, request) if request.method == "POST" else _page(admin, request)

    return view


def _act(admin: Any, request: HttpRequest) -> HttpResponse:
    act, _colon, key = request.POST.get("act", "").partition(":")
    if act not in {"again", "call_back"} or not (key.isascii() and key.isdigit() and len(key) < 19):
        raise BadRequest("unknown act")
    invitation = get_object_or_404(Invitation.objects.select_related("user"), pk=key)
    if not guards.may_manage(editor(request), invitation.user):
        raise PermissionDenied
    try:
        _done(admin, request, act, invitation)
    except invitations.Spent:
        messages.error(request, _("The invitation was accepted meanwhile."))
    return redirect("admin:auth_user_invitations")


def _done(admin: Any, request: HttpRequest, act: str, invitation: Invitation) -> None:
    if act == "again":
        _tell(request, invitations.send_again(invitation, by=editor(request), now=timezone.now()))
        admin.log_change(request, invitation.user, _("Invited again"))
        return
    invitations.call_back(invitation, timezone.now())
    admin.log_change(request, invitation.user, _("The invitation was called back"))
    told = _("Called back: the link of %(email)s leads nowhere now.")
    messages.success(request, told % {"email": invitation.user.email})


def _tell(request: HttpRequest, invitation: Invitation) -> None:
    told = (
        _("The invitation is on its way to %(email)s.")
        if mail_leaves()
        else _("This site sends no mail. Pass the link below on to %(email)s yourself.")
    )
    messages.success(request, told % {"email": invitation.user.email})


def _page(admin: Any, request: HttpRequest) -> HttpResponse:
    now, leaves = timezone.now(), mail_leaves()
    found = Invitation.objects.filter(accepted_at=None).select_related("user", "by")
    shown = list(found.prefetch_related("letters", "user__groups")[:SHOWN])
    beyond = guards.out_of_reach(editor(request), [each.user for each in shown])
    may = guards.may_manage(editor(request))
    rows = []
    for invitation in shown:
        letter = next(iter(invitation.letters.all()), None)
        is_open = invitation.standing(now) == Invitation.Standing.OPEN
        failed = letter is not None and bool(letter.answer) and letter.state != Letter.State.SENT
        is_beyond = invitation.user_id in beyond
        rows.append(
            {
                "invitation": invitation,
                "roles": ", ".join(title_of(group) for group in invitation.user.groups.all()),
                "standing": invitation.standing(now),
                "letter": letter if leaves else None,
                "failed": failed,
                "link": invitation.link if is_open and (not leaves or failed) and not is_beyond else "",
                "is_open": is_open,
                "may": may and not is_beyond,
            }
        )
    context = admin.admin_site.each_context(request) | {
        "title": _("Invitations"),
        "opts": admin.opts,
        "rows": rows,
        "mail_leaves": leaves,
    }
    return TemplateResponse(request, "admin/people/invitations.html", context)
