"""What every model on the desk has in common; portal, comments and ads build on it too."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect
from django.contrib.auth.models import User
from django.db.models import Q, TextField, URLField
from django.http import HttpRequest

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    BaseInline = admin.TabularInline[Any, Any]
else:  # Django's classes take no parameters when they run
    ModelAdmin = admin.ModelAdmin
    BaseInline = admin.TabularInline


def editor(request: HttpRequest) -> User:
    """Returns who is signed in; the desk lets nobody else in."""
    return cast(User, request.user)


def any_case(field: str, word: str) -> Q:
    """Returns a condition that ``field`` contains ``word`` however it is capitalised.

    SQLite compares only Latin letters without case, so a Russian word is tried as people write it.
    """
    found = Q()
    for form in {word, word.lower(), word.upper(), word.capitalize(), word.title()}:
        found |= Q(**{f"{field}__icontains": form})
    return found


class KeySelect(AutocompleteSelect):
    """Shows nothing as chosen where what was sent is no key; the field says that it is none."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        keys = [each for each in map(str, value) if each.isascii() and each.isdigit() and len(each) < 19]
        return super().optgroups(name, keys, attr)


class ChosenByKey:
    """Offers ``autocomplete_fields`` in a select that takes any text without breaking."""

    def formfield_for_foreignkey(self: Any, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KeySelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]  # of an admin


GROWING_TEXTS: dict[Any, Any] = {
    TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2, "data-grow": ""})},
    URLField: {"assume_scheme": "https"},
}


class TabularInline(ChosenByKey, BaseInline):
    """An inline as we like it."""

    formfield_overrides = GROWING_TEXTS


class DeskAdmin(ChosenByKey, ModelAdmin):
    """A model admin as we like it: texts in fields that grow, no counts beside the filters."""

    show_facets = admin.ShowFacets.NEVER
    formfield_overrides = GROWING_TEXTS


class SearchAdmin(DeskAdmin):
    """Searches ``search_fields`` without regard to case in Russian as well."""

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> tuple[Any, bool]:
        for word in search_term.split()[:10]:
            found = Q()
            for field in self.search_fields:
                found |= any_case(field, word)
            queryset = queryset.filter(found)
        return queryset, False
