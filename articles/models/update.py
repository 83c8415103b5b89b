"""What readers were told is new in a story, each time it was."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from lib.pagecache.models import OnPages


class Update(OnPages):
    """Written when a change is published with a note. The article itself knows the newest one."""

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="updates", verbose_name=_("article"), editable=False
    )
    at = models.DateTimeField(_("time"), editable=False)
    note = models.CharField(_("what was updated"), max_length=300)

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.note

    def cache_tags(self) -> set[str]:
        return {f"article:{self.article_id}"}

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self._tell_article()

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        self._tell_article()
        return deleted

    def _tell_article(self) -> None:
        newest = Update.objects.filter(article=self.article_id).first()
        self.article.updated_at, self.article.update_note = (newest.at, newest.note) if newest else (None, "")
        self.article.save(update_fields=["updated_at", "update_note"])
