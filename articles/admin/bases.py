"""What every model on the desk has in common; portal, comments and ads build on it too."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet, TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lib.any_case import any_case
from lib.desk_fields import DESK_FIELDS

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    BaseInline = admin.TabularInline[Any, Any]
else:  # Django's classes take no parameters when they run
    ModelAdmin = admin.ModelAdmin
    BaseInline = admin.TabularInline


def editor(request: HttpRequest) -> User:
    """Returns who is signed in; the desk lets nobody else in."""
    return cast(User, request.user)


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


class TabularInline(ChosenByKey, BaseInline):
    """An inline as we like it."""

    formfield_overrides = DESK_FIELDS


class DeskAdmin(ChosenByKey, ModelAdmin):
    """A model admin as we like it: texts in fields that grow, no counts beside the filters."""

    show_facets = admin.ShowFacets.NEVER
    formfield_overrides = DESK_FIELDS


class StateFilter(admin.SimpleListFilter):
    """Shows the things in the first of their ``states``, what is to be done, unless another one is asked for."""

    title = _("state")
    parameter_name = "state"
    states: type[TextChoices]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.states.choices)

    def value(self) -> str:
        given = super().value()
        return given if given in self.states.values else self.states.values[0]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == self.value(), "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(state=self.value())


class SearchAdmin(DeskAdmin):
    """Searches ``search_fields`` without regard to case in Russian as well."""

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> tuple[Any, bool]:
        for word in search_term.split()[:10]:
            found = Q()
            for field in self.search_fields:
                found |= any_case(field, word)
            queryset = queryset.filter(found)
        return queryset, False
