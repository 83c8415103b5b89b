"""What the packages below our comments leave behind with every migration, put right."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.sites.models import Site

QUIET_APPS = ("django_comments", "django_comments_xtd", "sites")


def name_the_site(using: str, **kwargs: Any) -> None:
    """Names the one site after PORTAL_BASE_URL: comments point to it, and Django asks it for the host."""
    host = urlsplit(settings.BASE_URL).netloc
    Site.objects.using(using).update_or_create(pk=settings.SITE_ID, defaults={"domain": host, "name": host[:50]})


def withdraw_rights(using: str, **kwargs: Any) -> None:
    """Takes the rights of the quiet apps off the list: beside ours they grant nothing, and mislead."""
    Permission.objects.using(using).filter(content_type__app_label__in=QUIET_APPS).delete()
