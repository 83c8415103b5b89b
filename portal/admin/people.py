"""Who signs in, and with which role."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.roles import title_of


class RolesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    def label_from_instance(self, obj: Any) -> str:
        return title_of(obj)


admin.site.unregister([User, Group])


@admin.register(User)
class UserAdmin(auth_admin.UserAdmin):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["form_class"] = RolesField
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class GroupAdmin(auth_admin.GroupAdmin):
    list_display = ("title",)

    @admin.display(description=_("group"), ordering="name")
    def title(self, group: Group) -> str:
        return title_of(group)
