"""What the newsroom says to itself about an article. Readers never see it: no page, feed or preview asks for it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoteQuerySet(models.QuerySet["Note"]):
    def open(self) -> "NoteQuerySet":
        return self.filter(answers_to=None, resolved_at=None)

    def threads(self) -> "NoteQuerySet":
        """The first note of each thread with its answers; what is open stands first."""
        people = ("by", "resolved_by")
        answers = models.Prefetch("answers", Note.objects.select_related("by").prefetch_related("mentions"))
        found = self.filter(answers_to=None).select_related(*people).prefetch_related("mentions", answers)
        return found.order_by(models.F("resolved_at").desc(nulls_first=True), "-pk")


class Note(models.Model):
    class Field(models.TextChoices):
        """What of the sheet a note is about."""

        WHOLE = "", _("the whole story")
        TITLE = "title", _("title")
        LEAD = "lead", _("lead")
        BODY = "body", _("text")
        HERO = "hero", _("main picture")
        SOURCES = "sources", _("sources")
        SEO = "seo_title", _("search engines")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="notes")
    answers_to = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("note"))
    field = models.CharField(_("about"), max_length=20, choices=Field.choices, blank=True)
    quote = models.CharField(_("passage"), max_length=500, blank=True)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["pk"]
        indexes = [
            # Few are open at a time: «Today» asks only for those.
            models.Index(
                fields=["article"],
                name="note_open",
                condition=models.Q(resolved_at__isnull=True, answers_to__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
