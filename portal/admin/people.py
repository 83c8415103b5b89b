"""Who signs in, with which roles and sections: people and groups on the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
)
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from articles.admin.bases import TabularInline, editor
from articles.models import Author, Remit
from lib.moments import in_words
from portal.admin import inviting, leaving
from portal.admin.names import NameFields
from portal.admin.permissions import NamesPermissions
from portal.people import guards, telling
from portal.people.invitations import Invitation
from portal.roles import TITLES, title_of


class RolesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return title_of(obj)


class PasswordButton(ReadOnlyPasswordHashWidget):
    """The way to a new password, and nothing of the present one: how it is kept is no business of the newsroom."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"summary": []}


class NewPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """Sets a password. Whoever is not to sign in is switched off, not left without one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


class PersonForm(NameFields, UserChangeForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    password = ReadOnlyPasswordHashField(
        label=gettext_lazy("Password"),
        widget=PasswordButton,
        help_text=gettext_lazy("Nobody can see it, administrators neither."),
    )
    manager: User

    def clean(self) -> dict[str, Any]:
        """Nobody demotes oneself or the last administrator."""
        given = super().clean() or {}
        before = User.objects.get(pk=self.instance.pk)
        for name in ("is_superuser", "is_staff"):
            if name in given and getattr(before, name) and not given[name]:
                try:
                    guards.check_taking_down(before, by=self.manager)
                except guards.Refused as refusal:
                    self.add_error(name, ValidationError(str(refusal)))
        return given


class RemitInline(TabularInline):
    """The sections that a person is in charge of."""

    model = Remit
    extra = 1
    autocomplete_fields = ("category",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return editor(request).has_perm(guards.CHANGE)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Nobody puts a section into one's own charge but an administrator.
        manager = editor(request)
        return guards.may_manage(manager, obj) and (manager.is_superuser or manager.pk != getattr(obj, "pk", None))

    has_add_permission = has_delete_permission = has_change_permission


class StandingFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("works", _("works here")), ("invited", _("invited")), ("off", pgettext("of a person", "switched off"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        invited = {"is_active": False, "invitation__accepted_at": None, "invitation__isnull": False}
        if self.value() == "works":
            return queryset.filter(is_active=True)
        if self.value() == "invited":
            return queryset.filter(**invited)
        return queryset.filter(is_active=False).exclude(**invited) if self.value() == "off" else queryset


class RoleFilter(admin.SimpleListFilter):
    title = gettext_lazy("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(group.pk), title_of(group)) for group in Group.objects.order_by("pk")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        chosen = next((value for value, _title in self.lookup_choices if value == self.value()), None)
        return queryset.filter(groups=int(chosen)) if chosen else queryset


admin.site.unregister([User, Group])


@admin.register(User)
class UserAdmin(auth_admin.UserAdmin):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    form = PersonForm
    change_password_form = NewPasswordForm
    list_display = ("name", "roles", "sections", "standing", "seen")
    list_display_links = ("name",)
    list_filter = (StandingFilter, RoleFilter)
    list_select_related = ("invitation",)
    list_per_page = 100
    ordering = ("-is_active", "last_name", "first_name", "username")
    filter_horizontal = ("user_permissions",)
    inlines = (RemitInline,)
    actions = None
    change_form_template = "admin/people/person.html"
    change_list_template = "admin/people/list.html"
    show_facets = admin.ShowFacets.NEVER

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        found: QuerySet[User] = super().get_queryset(request)
        return found.prefetch_related("groups", "remits__category")

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def name(self, person: User) -> SafeString | str:
        login, name = person.get_username(), person.get_full_name()
        return format_html('{} <span class="quiet">{}</span>', name, login) if name else login

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, person: User) -> str:
        titles = [title_of(group) for group in person.groups.all()]
        return ", ".join([_("Administrator"), *titles] if person.is_superuser else titles) or "—"

    @admin.display(description=gettext_lazy("sections"))
    def sections(self, person: User) -> str:
        return ", ".join(str(remit) for remit in person.remits.all()) or "—"

    @admin.display(description=gettext_lazy("state"), ordering="-is_active")
    def standing(self, person: User) -> SafeString:
        kind, words = standing_of(person)
        return format_html('<span class="badge badge-{}">{}</span>', kind, words)

    @admin.display(description=gettext_lazy("last signed in"), ordering="last_login")
    def seen(self, person: User) -> str:
        return in_words(person.last_login) if person.last_login else "—"

    # One person

    def get_urls(self) -> list[URLPattern]:
        def named(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=f"auth_user_{name}")

        return [
            named("invitations/", inviting.listed(self), "invitations"),
            named("<int:pk>/off/", leaving.switch_off(self), "off"),
            named("<int:pk>/on/", leaving.switch_on(self), "on"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """People are invited; a password is their own affair."""
        return inviting.invite(self, request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        parts: list[Any] = [
            (None, {"fields": ("username", "password")}),
            (_("Name"), {"fields": ("first_name", "last_name", "email", "pen")}),
            (_("Work"), {"fields": ("groups", "may_do")}),
        ]
        if editor(request).is_superuser:
            fields = ("is_superuser", "is_staff", "user_permissions")
            parts.append((_("Further rights"), {"fields": fields, "classes": ("collapse",)}))
        return [*parts, (_("Dates"), {"fields": ("last_login", "date_joined")})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fixed = ("pen", "may_do", "last_login", "date_joined")
        is_self = obj is not None and obj.pk == editor(request).pk
        return (*fixed, "groups") if is_self and not editor(request).is_superuser else fixed

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.manager = editor(request)
        return form

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            given = [group.pk for group in guards.roles_given_by(editor(request))]
            groups = Group.objects.filter(pk__in=given).order_by("pk")
            return RolesField(groups, label=gettext_lazy("Roles"), required=False)
        return field

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Groups are made where they are kept, not beside a person."""
        if db_field.name == "groups":
            return self.formfield_for_manytomany(db_field, request, **kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keeps the groups that the manager may not give: they were not among the choices."""
        given = {group.pk for group in guards.roles_given_by(editor(request))}
        kept = [group for group in form.instance.groups.all() if group.pk not in given]
        super().save_related(request, form, formsets, change)
        form.instance.groups.add(*kept)

    @admin.display(description=gettext_lazy("name below stories"))
    def pen(self, person: User) -> SafeString | str:
        author = Author.objects.filter(user=person.pk).first()
        if author is None:
            return _("No author is tied to this login. It is chosen on the page of the author.")
        return format_html('<a href="{}">{}</a>', reverse("admin:articles_author_change", args=[author.pk]), author)

    @admin.display(description=gettext_lazy("may do"))
    def may_do(self, person: User) -> SafeString:
        lines = format_html_join("", "<li>{}</li>", ((line,) for line in telling.may_do(person)))
        return format_html('<ul class="may-do">{}</ul>', lines)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        person, manager = context.get("original"), editor(request)
        if person is not None:
            invitation = Invitation.objects.filter(user=person).first()
            context["may_manage"] = guards.may_manage(manager, person) and person.pk != manager.pk
            context["invitation"] = invitation if invitation and not invitation.accepted_at else None
            context["standing"] = standing_of(person)
            context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return guards.may_manage(editor(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only an administrator deletes people, and never the one who asks."""
        manager = editor(request)
        return manager.is_superuser and (obj is None or obj.pk != manager.pk)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        return [], {}, set(), []

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Deletes only who has left no trace; of the others it says what they would take along."""
        person = self.get_object(request, object_id)
        if not self.has_delete_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        reasons = leaving.reasons_to_keep(person, editor(request))
        if not reasons:
            return super().delete_view(request, object_id, extra_context)
        context = self.admin_site.each_context(request) | {
            "title": _("This person cannot be deleted"),
            "opts": self.opts,
            "person": person,
            "reasons": reasons,
        }
        status = 409 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/people/kept.html", context, status=status)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """One's own password is changed where the old one is asked for."""
        if self.get_object(request, id) == editor(request):
            return redirect("admin:password_change")
        answer: HttpResponse = super().user_change_password(request, id, form_url)
        return answer


def standing_of(person: User) -> tuple[str, str]:
    """Returns how somebody stands here: the kind of the badge, and words."""
    if person.is_active:
        return ("live", _("works here")) if person.is_staff else ("draft", _("no way to the desk"))
    invitation = getattr(person, "invitation", None)
    if invitation is None or invitation.accepted_at:
        return "withdrawn", pgettext("of a person", "switched off")
    standing = invitation.standing(timezone.now())
    if standing == Invitation.Standing.OPEN:
        return "review", _("invited")
    return "off", str(standing.label)


@admin.register(Group)
class GroupAdmin(NamesPermissions, auth_admin.GroupAdmin):
    """Only an administrator says what a group may: whoever could, could give themselves everything."""

    list_display = ("title",)
    actions = None
    change_form_template = "admin/people/group.html"

    @admin.display(description=gettext_lazy("group"), ordering="name")
    def title(self, group: Group) -> str:
        return title_of(group)

    def get_fields(self, request: HttpRequest, obj: Group | None = None) -> tuple[str, ...]:
        """A role of ours has its name in every language: it is not renamed."""
        return ("title" if obj and obj.name in TITLES else "name", "permissions")

    def get_readonly_fields(self, request: HttpRequest, obj: Group | None = None) -> tuple[str, ...]:
        return ("title",)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        group = context.get("original")
        context["role"] = title_of(group) if group else ""
        return super().render_change_form(request, context, *args, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return editor(request).is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return editor(request).is_superuser

    has_delete_permission = has_change_permission
