"""Revisions: everything an article ever said, and who wrote it when. Never rewritten."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles.content import Content


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest(self) -> "Revision | None":
        return self.order_by("-number").first()

    def working_copies(self) -> Self:
        """What editors go on with and readers do not see yet: drafts, and changes that are not published."""
        newer = Revision.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
        unseen = Q(article__live_revision=None) | ~Q(pk=F("article__live_revision"))
        return self.filter(~Exists(newer), unseen, article__binned_at=None)

    def showing(self, media_key: int) -> Self:
        """Revisions with this picture, above the text or within it."""
        within = Q(data__body__icontains=f'data-media="{media_key}"')  # the form in which lib.html writes it
        return self.filter(Q(data__hero=media_key) | within)

    def articles_with(self, field: str, part: str, key: int) -> set[int]:
        """Returns the keys of the articles whose content names ``key``, as ``part`` of an entry of ``field``.

        Such as the ``author`` of ``authors``. Read here, since SQLite cannot search within a JSON list.
        """
        entries: Any = self.values_list("article", f"data__{field}")
        return {article for article, named in entries if any(entry[part] == key for entry in named or [])}


class Revision(models.Model):
    """The whole content of an article at one moment. The newest one is what editors see."""

    class Kind(models.TextChoices):
        AUTOSAVE = "autosave", _("autosaved")
        SAVE = "save", _("saved")
        PUBLISH = "publish", _("published")
        RESTORE = "restore", _("restored")
        IMPORT = "import", _("imported")
        BULK = "bulk", _("changed in bulk")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    """Grows with every text that is kept, and stands for that text alone: what is written over moves on to the next."""
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("editor")
    )
    at = models.DateTimeField(_("saved"))
    title = models.TextField(_("title"), blank=True)
    data = models.JSONField(_("content"))
    sheet = models.CharField(max_length=32, blank=True, editable=False)
    """The open sheet that wrote it, by which that sheet knows its own words again."""

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["article", "-number"]
        indexes = [models.Index(fields=["sheet"], name="revision_of_sheet", condition=~Q(sheet=""))]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    @property
    def is_autosave(self) -> bool:
        return self.kind == self.Kind.AUTOSAVE

    def is_of(self, sheet: str, by: Any) -> bool:
        """Says whether it was written on ``sheet`` by ``by``; a sheet without a name wrote nothing."""
        return bool(sheet) and self.sheet == sheet and self.by == by

    @property
    def content(self) -> Content:
        return Content.from_json(self.data)
