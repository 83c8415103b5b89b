"""Categories with their tree, and tags."""

import re
from functools import lru_cache

from django.urls import reverse

from articles.models import Category, Tag
from articles.models.tags import present_names
from lib.html import plain_text
from lib.slugs import latin_slug
from portal.wordpress.models import Imported
from portal.wordpress.records import Term, fingerprint
from portal.wordpress.run import Run

CATEGORY, TAG = "category", "post_tag"
LONGEST_PATH = 700
LONGEST_TAG = 100


class Terms:
    def __init__(self, run: Run) -> None:
        self.run = run
        self.declared: dict[str, Term] = {}
        self.tag = lru_cache(maxsize=10_000)(self._tag)
        self.category = lru_cache(maxsize=10_000)(self._category)

    def declare(self, term: Term) -> None:
        """Takes in a term that the export lists. Categories wait for ``plant``: a parent may come later."""
        if term.taxonomy == CATEGORY:
            self.declared.setdefault(term.slug, term)
        elif term.taxonomy == TAG:
            self.tag(term.slug, term.name, term.wp_id)
        elif term.taxonomy != "nav_menu":
            self.run.report.note("Terms of other taxonomies", term.taxonomy)

    def plant(self) -> None:
        """Makes the declared categories, those above first."""
        for slug in self.declared:
            for each in reversed(self._line_above(slug)):
                self._known_category(each) or self._make_category(each)

    def _line_above(self, slug: str) -> list[str]:
        """Returns the slug and those above it up to the root. A circle is broken, a missing parent left out."""
        line = [slug]
        while parent := self.declared[line[-1]].parent:
            if parent in line or parent not in self.declared:
                self.run.report.note("Categories without their parent", line[-1])
                self.declared[line[-1]].parent = ""
                break
            line.append(parent)
        return line

    def _known_category(self, slug: str) -> int | None:
        row = self._row(Imported.Kind.CATEGORY, slug)
        return row.local_id if row else None

    def _row(self, kind: str, slug: str) -> Imported | None:
        return self.run.imported(kind).filter(identity=fingerprint(slug)).first()

    def _category(self, slug: str, name: str) -> int:
        """Returns the category of a post. One that the export does not list stands at the root."""
        if found := self._known_category(slug):
            return found
        self.run.report.note("Categories that the export does not list", name)
        self.declared[slug] = Term(0, CATEGORY, slug, name)
        return self._make_category(slug)

    def primary(self, wp_id: int) -> int | None:
        """Returns the category with a number of WordPress."""
        row = self.run.imported(Imported.Kind.CATEGORY).filter(wp_id=wp_id).first() if wp_id else None
        return row.local_id if row else None

    def _make_category(self, slug: str) -> int:
        term = self.declared[slug]
        parent = Category.objects.filter(pk=self._known_category(term.parent) or 0).first() if term.parent else None
        category = self._own_or_new(term, parent)
        old = f"{self.run.site.path}/category/{'/'.join(reversed(self._line_above(slug)))}/"
        self._keep(Imported.Kind.CATEGORY, term, old, category.get_absolute_url(), category.pk)
        return category.pk

    def _own_or_new(self, term: Term, parent: Category | None) -> Category:
        """A category that editors made before under this address is the same one; another gets a number."""
        language = self.run.language
        name = term.name[:200] or term.slug[:200]
        stem = ascii_slug(term.slug, name) or "category"
        if parent and len(parent.path) + len(stem) + 8 > LONGEST_PATH:
            self.run.report.note("Categories without their parent", term.slug)
            parent = None
        slug, number = stem, 1
        while found := Category.objects.filter(path=f"{parent.path}/{slug}" if parent else slug).first():
            if not Imported.objects.filter(kind=Imported.Kind.CATEGORY, local_id=found.pk).exists():
                return found
            number += 1
            slug = f"{stem}-{number}"
        names = {f"name_{language}": name, f"description_{language}": plain_text(term.description)}
        return Category.objects.create(parent=parent, slug=slug, **names)

    def _tag(self, slug: str, name: str, wp_id: int = 0) -> str:
        """Returns the name of a tag here. Tags of one name are one tag."""
        if row := self._row(Imported.Kind.TAG, slug):
            return str(row.data["name"])
        name = " ".join(name.split())[:LONGEST_TAG] or slug[:LONGEST_TAG]
        name = present_names([name])[name]
        tag = Tag.objects.filter(name=name).first()
        if tag is None:
            latin = ascii_slug(slug, "")
            free = latin and not Tag.objects.filter(slug=latin).exists()
            tag = Tag.objects.create(name=name, slug=latin if free else "")
        elif Imported.objects.filter(kind=Imported.Kind.TAG, local_id=tag.pk).exists():
            self.run.report.note("Tags of one name, now one tag", name)
        address = reverse("articles:tag", args=[tag.slug])
        self._keep(
            Imported.Kind.TAG, Term(wp_id, TAG, slug, name), f"{self.run.site.path}/tag/{slug}/", address, tag.pk
        )
        return name

    def _keep(self, kind: str, term: Term, old: str, address: str, local_id: int) -> None:
        Imported.objects.create(
            site=self.run.site.address,
            kind=kind,
            identity=fingerprint(term.slug),
            wp_id=term.wp_id,
            old_address=self.run.site.key(old),
            address=address,
            local_id=local_id,
            data={"name": term.name[:LONGEST_TAG]} if kind == Imported.Kind.TAG else {},
        )
        self.run.redirect(old, address, is_list=True)


def ascii_slug(slug: str, name: str, longest: int = 80) -> str:
    """Returns a slug as it is when it is Latin, else one made from ``name``, else from the slug."""
    if re.fullmatch(r"[a-z0-9_-]+", slug) and len(slug) <= longest:
        return slug
    return latin_slug(name, longest) or latin_slug(slug, longest)
