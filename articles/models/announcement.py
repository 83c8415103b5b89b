"""What is still to be told of an article."""

from django.db import models


class Announcement(models.Model):
    """A signal that waits to be sent. Written with the change it tells of, deleted with what its listeners write.

    So a change that is committed is told of once, whatever ends the process in between: see articles/announcing.py.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"
        GONE_OFF = "gone_off"

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="announcements")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    first = models.BooleanField(default=False)
    """Whether the article was never published before."""
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind}: {self.article_id}"
