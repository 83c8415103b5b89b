"""Rights as the desk names them: Django stores their names in English, whatever language an administrator reads."""

from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ACTS = {
    "add": gettext_lazy("to add"),
    "change": gettext_lazy("to change"),
    "delete": gettext_lazy("to delete"),
    "view": gettext_lazy("to look at"),
}


def told(permission: Permission) -> str:
    """Returns what ``permission`` allows, in the language of the reader."""
    model: Any = permission.content_type.model_class()
    if model is None:  # of a package that is gone
        return permission.name
    act = permission.codename.partition("_")[0]
    own = dict(model._meta.permissions)
    allowed = own.get(permission.codename) or ACTS.get(act) or permission.name
    return _("%(what)s: %(allowed)s") % {"what": model._meta.verbose_name, "allowed": allowed}


class PermissionsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """A choice of rights, each told by ``told``."""

    def label_from_instance(self, obj: Any) -> str:
        return told(obj)


class NamesPermissions:
    """An admin whose fields for rights tell them by ``told``; for a class before Django's own."""

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.related_model is Permission:
            kwargs["form_class"] = PermissionsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]
