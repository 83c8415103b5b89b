from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.models import Article
from portal.demo.signins import PASSWORD, SIGN_INS
from portal.demo.week import fill


class Command(BaseCommand):
    help = "Fills an empty site with a week of an invented city's news, in Russian and English, and one login a role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pictures", type=int, help="Draw only so many pictures, to be quick.")

    def handle(self, *args: Any, pictures: int | None, **options: Any) -> None:
        if not (settings.DEMO or settings.ON_A_LAPTOP):
            raise CommandError("The demo makes logins with a known password. Set PORTAL_DEMO=1 if you want that here.")
        if Article.objects.exists():
            self.stdout.write("There are articles already: nothing was changed.")
            return
        count = fill(timezone.now(), pictures)
        self.stdout.write(f"{count} stories. Sign in at {settings.BASE_URL}/admin/ with the password {PASSWORD}:")
        for person in SIGN_INS:
            self.stdout.write(f"  {person.username:14} {person.name}, {person.title}")
