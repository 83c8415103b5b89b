"""Revisions: everything an article ever said, and who wrote it when. Never rewritten."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content import Content


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest(self) -> "Revision | None":
        return self.order_by("-number").first()


class Revision(models.Model):
    """The whole content of an article at one moment. The newest one is what editors see."""

    class Kind(models.TextChoices):
        AUTOSAVE = "autosave", _("autosaved")
        SAVE = "save", _("saved")
        PUBLISH = "publish", _("published")
        RESTORE = "restore", _("restored")
        IMPORT = "import", _("imported")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("editor")
    )
    at = models.DateTimeField(_("saved"))
    title = models.TextField(_("title"), blank=True)
    data = models.JSONField(_("content"))

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["article", "-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    @property
    def content(self) -> Content:
        return Content.from_json(self.data)
