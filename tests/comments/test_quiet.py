"""Of the packages below our comments nothing is at work but their tables."""

from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.sites.models import Site
from django.core.management import call_command
from django.db.models.signals import post_save, pre_save
from django.template.backends.django import get_installed_libraries

from articles.models import Article
from comments.models import PortalComment, Status
from comments.quiet import QUIET_APPS
from tests.factories import make_comment


@pytest.mark.parametrize("module", ["urls", "views", "api", "templatetags", "moderation"])
def test_it_cannot_import_what_would_listen(module: str) -> None:
    with pytest.raises(ImportError):
        import_module(f"django_comments_xtd.{module}")


@pytest.mark.parametrize(("signal", "ours"), [(pre_save, set()), (post_save, {"comments.counts"})])
def test_it_listens_to_its_comments_with_its_own_functions_only(signal: object, ours: set[str]) -> None:
    listeners = signal._live_receivers(PortalComment)[0]  # type: ignore[attr-defined]
    assert {listener.__module__ for listener in listeners} == {"lib.pagecache.receivers"} | ours


def test_it_has_one_library_of_tags() -> None:
    libraries = get_installed_libraries()
    assert {"comments", "comments_xtd"} & libraries.keys() == set()
    assert "portal_comments" in libraries


def test_it_registers_one_model_of_comments() -> None:
    registered = {model._meta.label for model in admin.site._registry}
    assert {label for label in registered if label.split(".")[0] in ("comments", *QUIET_APPS)} == {
        "comments.PortalComment"
    }


@pytest.mark.django_db
def test_it_offers_one_right_to_moderate() -> None:
    call_command("migrate", verbosity=0)
    rights = Permission.objects.filter(content_type__app_label__in=("comments", *QUIET_APPS))
    assert [str(right.codename) for right in rights] == ["can_moderate"]


@pytest.mark.django_db
def test_it_names_the_site_after_the_settings() -> None:
    assert Site.objects.get_current().domain == urlsplit(settings.BASE_URL).netloc


def test_it_saves_a_parent_and_leaves_its_replies_held(article: Article) -> None:
    parent = make_comment(article)
    held = make_comment(to=parent, status=Status.PENDING)
    for _ in range(3):
        parent.save()
    held.refresh_from_db()
    assert (held.status, held.is_public, held.nested_count) == ("pending", False, 0)
