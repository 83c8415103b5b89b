"""Authors: a name on a page. No login is made, no mail is sent, and no address of a person is brought over."""

import re
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Author
from articles.models.people import free_slug
from portal.wordpress.models import Imported
from portal.wordpress.records import Person, Term, fingerprint
from portal.wordpress.run import Run

LONGEST_NAME = 200


class People:
    def __init__(self, run: Run) -> None:
        self.run = run
        self.known = lru_cache(maxsize=5_000)(self._known)

    def declare(self, person: Person) -> None:
        """Takes in an author that the export lists."""
        if self._row(person.login) is None:
            self._create(person)
        self.known.cache_clear()

    def creator(self, login: str, wp_id: int) -> int:
        """Returns the author of a post. One that the export does not list is made, and reported."""
        if found := self.known(login):
            return found
        self.run.report.note("Unknown authors", login, wp_id)
        person = Person(login, login or _("Unknown author"))
        self.known.cache_clear()
        return self._create(person)

    def co_author(self, term: Term) -> int:
        """Returns the author that the plugin Co-Authors Plus names: a login, or a guest without one."""
        slug = term.slug.removeprefix("cap-")
        for login in (term.name, slug):
            if found := self.known(login):
                return found
        self.known.cache_clear()
        return self._create(Person(slug, term.name or slug))

    def _known(self, login: str) -> int | None:
        row = self._row(login)
        return row.local_id if row else None

    def _row(self, login: str) -> Imported | None:
        return self.run.imported(Imported.Kind.AUTHOR).filter(identity=fingerprint(login.lower())).first()

    def _create(self, person: Person) -> int:
        nicename = nicename_of(person.login)
        author = self._author(person.name[:LONGEST_NAME], nicename)
        old = f"{self.run.site.path}/author/{nicename}/" if nicename else ""
        address = reverse("articles:author", args=[author.slug])
        Imported.objects.create(
            site=self.run.site.address,
            kind=Imported.Kind.AUTHOR,
            identity=fingerprint(person.login.lower()),
            old_address=self.run.site.key(old) if old else "",
            address=address,
            local_id=author.pk,
        )
        self.run.redirect(old, address, is_list=True)
        return author.pk

    def _author(self, name: str, nicename: str) -> Author:
        """An author that the portal has under this very name and address is the same person."""
        field = f"name_{self.run.language}"
        known = Author.objects.filter(slug=nicename, **{field: name}).first()
        return known or Author.objects.create(slug=free_slug(Author, nicename or name, None), **{field: name})


def nicename_of(login: str) -> str:
    """Returns the slug that WordPress makes of a login (sanitize_title): exports do not tell it."""
    return re.sub(r"-+", "-", re.sub(r"[^\w-]", "", re.sub(r"[\s.]+", "-", login.lower()))).strip("-")[:50]
