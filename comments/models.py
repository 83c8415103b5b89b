"""What readers say about articles, and what moderators decided about it."""

from secrets import token_hex
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_comments.abstracts import CommentAbstractModel
from django_comments_xtd.models import XtdComment

from articles.models import Article
from comments.paths import WIDTH, PathField, depth
from lib.pagecache.models import OnPages


class Status(models.TextChoices):
    PENDING = "pending", pgettext_lazy("of a comment", "waiting")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    SPAM = "spam", _("spam")
    REMOVED = "removed", _("removed")


TRANSITIONS = {
    Status.PENDING: {Status.APPROVED, Status.REJECTED, Status.SPAM},
    Status.APPROVED: {Status.REMOVED, Status.PENDING},
    Status.REJECTED: {Status.APPROVED},
    Status.SPAM: {Status.APPROVED},
    Status.REMOVED: {Status.APPROVED},
}
"""What a moderator may make of a comment. Back to PENDING: somebody reported it."""


class CommentQuerySet(models.QuerySet["PortalComment"]):
    def approved(self) -> Self:
        """Comments that anyone may read. Whatever readers see starts here."""
        return self.filter(status=Status.APPROVED)

    def waiting(self) -> Self:
        return self.filter(status=Status.PENDING)


class PortalComment(XtdComment, OnPages):
    """A reader's comment. Of xtd's thread columns none is used: ``reply_to`` and ``path`` say where it stands."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="comments", verbose_name=_("article"))
    reply_to = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replies", verbose_name=_("in reply to"), editable=False
    )
    path = PathField()
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PENDING)
    reasons = models.JSONField(_("why held"), default=list, editable=False)
    """What the checks of comments/spam.py found, as their codes."""
    key = models.CharField(max_length=64, unique=True, default=token_hex, editable=False)
    """The key of the form it came with: whoever posts that form again finds this comment."""
    ip_hash = models.CharField(max_length=32, blank=True, editable=False, db_index=True)
    text_digest = models.CharField(max_length=32, blank=True, editable=False, db_index=True)

    objects = CommentQuerySet.as_manager()  # type: ignore[assignment, misc]  # not xtd's

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]
        default_permissions = ()
        permissions = [("can_moderate", _("Can moderate comments"))]
        indexes = [
            models.Index(fields=["status"], name="comment_status"),
            models.Index(fields=["article", "status"], name="comment_count"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "path"], name="comment_place"),
            models.CheckConstraint(name="comment_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="comment_has_a_path", condition=~Q(path="")),
            models.CheckConstraint(
                name="comment_answers_another", condition=Q(reply_to=None) | ~Q(reply_to=F("xtdcomment_ptr"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_name}: {self.comment[:50]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves the rows of the comment, and nothing of any other. Raises ValueError if it answers elsewhere."""
        if self.reply_to and self.reply_to.article_id != self.article_id:
            raise ValueError("A comment answers a comment on the same article.")
        if self._state.adding:
            self.content_type = ContentType.objects.get_for_model(Article)
            self.object_pk = str(self.article_id)
            self.site_id = settings.SITE_ID
            self.submit_date = self.submit_date or timezone.now()
        self.is_public = self.status == Status.APPROVED
        self.is_removed = self.status == Status.REMOVED
        CommentAbstractModel.save(self, *args, **kwargs)  # past XtdComment.save, which renumbers whole threads

    def get_absolute_url(self) -> str:  # type: ignore[override]  # no pattern for the anchor
        """Returns an address that leads to the page on which the comment stands at the time."""
        with translation.override(self.article.language):
            return reverse("comments:comment", args=[self.article_id, self.pk])

    def cache_tags(self) -> set[str]:
        """The pages of the thread, but only if they show the comment: a flood of held ones costs readers nothing."""
        return {thread_tag(self.article_id)} if self.status == Status.APPROVED else set()

    @property
    def thread(self) -> str:
        return self.path[:WIDTH]

    @property
    def depth(self) -> int:
        return depth(self.path)


class CommentCount(models.Model):
    """How many comments on an article readers can see. Written by ``comments/counts.py`` alone."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    number = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.article_id}: {self.number}"


def thread_tag(article_id: int) -> str:
    """Returns the cache tag of everything that readers say about an article."""
    return f"comments:{article_id}"


class ModerationLog(models.Model):
    """One decision about one comment."""

    comment = models.ForeignKey(PortalComment, models.PROTECT, related_name="log", verbose_name=_("comment"))
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("moderator"))
    from_status = models.CharField(_("status before"), max_length=10, choices=Status.choices)
    to_status = models.CharField(_("status after"), max_length=10, choices=Status.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="decision_is_allowed",
                condition=Q(
                    *(Q(from_status=old, to_status__in=sorted(new)) for old, new in TRANSITIONS.items()),
                    _connector=Q.OR,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
