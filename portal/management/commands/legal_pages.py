from typing import Any

from django.core.management.base import BaseCommand

from portal.legal import make_pages


class Command(BaseCommand):
    help = (
        "Makes the imprint, the personal data policy, the consent, the terms and the rules of the comments as pages "
        "with headings only, unpublished until somebody writes them. What is there already stays as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for page in make_pages():
            self.stdout.write(f"{page.get_absolute_url()}  {page.title}")
