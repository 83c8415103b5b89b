"""What people of the newsroom prefer, wherever they sign in."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpResponse


class Preference(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preference")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.language


def prefer(user: User, language: str, response: HttpResponse) -> None:
    """Keeps the language of the desk with the person, and tells the browser of this ``response``."""
    Preference.objects.update_or_create(user=user, defaults={"language": language})
    speak(response, language)


def speak(response: HttpResponse, language: str) -> None:
    """Has the browser ask for the desk in ``language`` from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def preferred_by(user: User) -> str:
    """Returns the language in which ``user`` wants the desk, or "" if it was never said."""
    return Preference.objects.filter(user=user).values_list("language", flat=True).first() or ""
