"""Articles as readers see them. What editors see is the newest Revision."""

from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.category import Category, steps_above
from articles.models.correction import Correction
from articles.models.listing import Cursor, Listing
from articles.models.people import Author
from articles.models.tags import ArticleTag
from lib.bin import Binnable
from lib.days import Span
from lib.pagecache.models import OnPages
from lib.slugs import latin_slug


class State(models.TextChoices):
    """What is stored. «Scheduled» and «live» follow from PUBLISHED and the clock."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    READY = "ready", _("ready")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, now: datetime | None = None) -> Self:
        """Articles that anyone may read at ``now``. Whatever readers see starts here."""
        now = now or timezone.now()
        still = Q(unpublish_at=None) | Q(unpublish_at__gt=now)
        return self.filter(still, state=State.PUBLISHED, binned_at=None, publish_at__lte=now)

    def in_lists(self) -> Self:
        """Articles that have listing rows: live and scheduled ones."""
        return self.filter(state=State.PUBLISHED, binned_at=None)

    def listed(
        self,
        key: str,
        language: str,
        *,
        before: Cursor | None = None,
        span: Span | None = None,
    ) -> Self:
        """Articles of one list (see Listing), the newest first, after a cursor and within a span of time."""
        # One filter() call: every condition must meet the same listing row.
        wanted = Q(listings__key=key, listings__language=language)
        if span is not None:
            wanted &= Q(listings__publish_at__gte=span.since)
            # One upper bound: of two, SQLite may begin at the later one and read on from there.
            if before is None or before.publish_at >= span.until:
                before = None
                wanted &= Q(listings__publish_at__lt=span.until)
        if before is not None:
            # The first condition alone lets the index find its place; the second settles equal times.
            wanted &= Q(listings__publish_at__lte=before.publish_at)
            wanted &= Q(listings__publish_at__lt=before.publish_at) | Q(listings__article__lt=before.article)
        return self.filter(wanted).order_by("-listings__publish_at", "-listings__article_id")

    def for_aggregators(self) -> Self:
        """Articles that may be given to news aggregators: no advertisement, and nothing an editor keeps from them."""
        return self.filter(sponsor_name="", noindex=False, no_aggregators=False)

    def for_cards(self) -> Self:
        """Joins what a card in a list shows, and leaves out the text, which it does not."""
        return self.select_related("category", "hero").defer("body")

    def with_bylines(self) -> Self:
        return self.prefetch_related(Prefetch("bylines", Byline.objects.select_related("author__photo")))

    def for_page(self) -> Self:
        """Joins what the article's own page shows."""
        citations = Prefetch("citations", Citation.objects.select_related("source"))
        return self.with_bylines().select_related("category", "hero").prefetch_related(citations, "tags", "corrections")


class Article(Binnable, OnPages):
    class Comments(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed, old ones shown")
        HIDDEN = "hidden", _("none")

    class AgeMark(models.TextChoices):
        ALL = "0+", "0+"
        SIX = "6+", "6+"
        TWELVE = "12+", "12+"
        SIXTEEN = "16+", "16+"
        EIGHTEEN = "18+", "18+"

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    translation_group = models.UUIDField(default=uuid4, editable=False, db_index=True)
    slug = models.SlugField(_("address"), max_length=200, blank=True, editable=False)
    kicker = models.CharField(_("kicker"), max_length=200, blank=True)
    title = models.TextField(_("title"), blank=True)
    lead = models.TextField(_("lead"), blank=True)
    body = models.TextField(_("text"), blank=True)
    category = models.ForeignKey(
        "articles.Category",
        models.PROTECT,
        null=True,
        related_name="main_articles",
        verbose_name=_("category"),
    )
    categories = models.ManyToManyField(
        "articles.Category", related_name="further_articles", verbose_name=_("further categories")
    )
    tags = TaggableManager(through=ArticleTag, verbose_name=_("tags"))
    authors = models.ManyToManyField("articles.Author", through="articles.Byline", related_name="articles")
    related = models.JSONField(_("related stories"), default=list, blank=True)
    """The keys of the stories that an editor chose to stand below, in their order. Some may be gone by now."""
    hero = models.ForeignKey(
        "articles.Media", models.PROTECT, null=True, related_name="hero_of", verbose_name=_("main picture")
    )
    hero_caption = models.TextField(_("caption"), blank=True)
    body_media = models.ManyToManyField("articles.Media", related_name="in_text_of", editable=False)
    comments_mode = models.CharField(_("comments"), max_length=10, choices=Comments.choices, default=Comments.OPEN)
    is_opinion = models.BooleanField(_("opinion"), default=False)
    sponsor_name = models.CharField(_("sponsor"), max_length=200, blank=True)
    sponsor_erid = models.CharField(_("ad token (erid)"), max_length=100, blank=True)
    age_mark = models.CharField(_("age mark"), max_length=3, choices=AgeMark.choices, blank=True)
    seo_title = models.CharField(_("title for search engines"), max_length=300, blank=True)
    seo_description = models.TextField(_("description for search engines"), blank=True)
    canonical_url = models.URLField(_("original address"), max_length=1000, blank=True)
    noindex = models.BooleanField(_("hide from search engines"), default=False)
    no_aggregators = models.BooleanField(_("keep out of Yandex and Dzen"), default=False)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    unpublish_at = models.DateTimeField(_("take off at"), null=True, blank=True)
    first_published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    modified_at = models.DateTimeField(_("changed"), null=True, editable=False)
    updated_at = models.DateTimeField(_("updated for readers"), null=True, editable=False)
    update_note = models.CharField(_("what was updated"), max_length=300, blank=True)
    live_revision = models.ForeignKey("articles.Revision", models.PROTECT, null=True, related_name="+", editable=False)
    gone_note = models.TextField(_("what readers are told"), blank=True)
    """Why the story is gone, on the page that answers 410."""
    gone_shows_title = models.BooleanField(_("name the title"), default=False)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name=_("instead of it"), editable=False
    )
    """The story to which the address of a gone one leads."""
    planned_revision = models.ForeignKey(
        "articles.Revision", models.PROTECT, null=True, related_name="+", editable=False
    )
    """What readers will see instead from ``change_at`` on: see articles/planned.py."""
    change_at = models.DateTimeField(_("change planned for"), null=True, editable=False)
    newest = models.ForeignKey("articles.Revision", models.SET_NULL, null=True, related_name="+", editable=False)
    """The newest revision. Written by ``articles.publishing.save``, for lists of the desk."""
    touched_at = models.DateTimeField(_("changed by editors"), default=timezone.now, editable=False)
    """When editors last saved, moved, published or withdrew it: the desk's list goes by it."""
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
        editable=False,
    )

    objects = ArticleQuerySet.as_manager()

    comment_count = 0
    """How many comments readers can see. Not stored here: set by those who hear ``cards_shown``."""

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-pk"]
        indexes = [
            # Partial: a full one would seem better to SQLite than those that find an article.
            models.Index(fields=["binned_at"], name="article_in_bin", condition=Q(binned_at__isnull=False)),
            models.Index(fields=["unpublish_at"], name="article_goes_off", condition=Q(unpublish_at__isnull=False)),
            models.Index(fields=["change_at"], name="article_changes", condition=Q(change_at__isnull=False)),
            models.Index(fields=["touched_at", "id"], name="article_touched"),
            models.Index(fields=["state", "touched_at", "id"], name="article_state_touched"),
            # All that sitemaps count by. It begins with what no list asks for: SQLite takes it for nothing else.
            models.Index(
                fields=["noindex", "state", "publish_at", "modified_at", "unpublish_at", "binned_at"],
                name="article_in_sitemap",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["translation_group", "language"], name="one_translation_a_language"),
            models.CheckConstraint(
                name="published_has_a_time", condition=~Q(state=State.PUBLISHED) | Q(publish_at__isnull=False)
            ),
            models.CheckConstraint(
                name="goes_off_after_it_appears",
                condition=Q(unpublish_at=None) | Q(publish_at=None) | Q(unpublish_at__gt=F("publish_at")),
            ),
            models.CheckConstraint(
                name="a_planned_change_has_a_time",
                condition=Q(planned_revision=None, change_at=None)
                | Q(planned_revision__isnull=False, change_at__isnull=False, state=State.PUBLISHED),
            ),
        ]
        permissions = [
            ("publish_article", _("Can publish and withdraw articles")),
            ("override_checks", _("Can publish in spite of the checks")),
            ("edit_every_article", _("Can edit the articles of everybody in every category")),
            ("delete_for_good", _("Can delete for good what is in the bin")),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    def get_absolute_url(self) -> str:
        with translation.override(self.language):
            if not self.slug:  # it never had a title
                return reverse("articles:article_by_id", args=[self.pk])
            return reverse("articles:article", args=[self.pk, self.slug])

    def cache_tags(self) -> set[str]:
        return {f"article:{self.pk}", f"translations:{self.translation_group}"}

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug and self.title:
            self.slug = latin_slug(self.title)
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "slug"}
        super().save(*args, **kwargs)

    def take_language(self, language: str) -> None:
        """Changes the language, still to be saved. A group that has an article in it already is left."""
        if language == self.language:
            return
        self.language = language
        group = Article.objects.filter(translation_group=self.translation_group, language=language)
        if group.exclude(pk=self.pk).exists():
            self.translation_group = uuid4()

    def is_scheduled(self, now: datetime) -> bool:
        return self.state == State.PUBLISHED and self.publish_at is not None and self.publish_at > now

    def is_live(self, now: datetime) -> bool:
        started = self.state == State.PUBLISHED and self.publish_at is not None and self.publish_at <= now
        return started and self.binned_at is None and not self.has_gone_off(now)

    def has_gone_off(self, now: datetime) -> bool:
        return self.unpublish_at is not None and self.unpublish_at <= now

    def forget_planned_change(self) -> bool:
        """Takes back a change that was planned, still to be saved. Returns whether there was one."""
        planned = self.change_at is not None
        self.planned_revision = self.change_at = None
        return planned

    @property
    def cursor(self) -> Cursor:
        """This article's place in a list by date. Raises ValueError when it has no time."""
        if self.publish_at is None:
            raise ValueError("An article without a time stands in no list.")
        return Cursor(self.publish_at, self.pk)

    @property
    def public_corrections(self) -> list[Correction]:
        """The corrections that readers may see by now."""
        now = timezone.now()
        return [each for each in self.corrections.all() if each.published_at <= now]

    @property
    def introduced_authors(self) -> list[Author]:
        """Who wrote the text, as far as there is something to say about them."""
        writers = [each.author for each in self.bylines.all() if each.role == Byline.Role.TEXT]
        return [each for each in dict.fromkeys(writers) if (each.bio or each.email) and not each.in_bin]

    def list_keys(self) -> set[str]:
        """Returns the lists this article stands in, from its rows as they are now."""
        keys = {"all"} | {f"category:{pk}" for pk in self._categories_and_above()}
        keys |= {f"tag:{pk}" for pk in self.tags.values_list("pk", flat=True)}
        keys |= {f"author:{pk}" for pk in self.authors.values_list("pk", flat=True)}
        keys |= {f"source:{pk}" for pk in self.citations.values_list("source", flat=True)}
        return keys | ({"opinion"} if self.is_opinion else set())

    def _categories_and_above(self) -> set[int]:
        """Returns the keys of the article's categories and of every category above them, in two queries."""
        categories = [*self.categories.all(), *([self.category] if self.category else [])]
        paths = {above for each in categories for above in steps_above(each.path)}
        above = Category.objects.filter(path__in=paths).values_list("pk", flat=True) if paths else []
        return {each.pk for each in categories} | set(above)

    def relist(self) -> set[str]:
        """Writes the listing rows anew; returns the cache tags of the lists it left and joined."""
        before = {tag for row in self.listings.all() for tag in row.cache_tags}
        self.listings.all().delete()
        if self.state != State.PUBLISHED or self.publish_at is None or self.in_bin:
            return before
        span = {"publish_at": self.publish_at, "unpublish_at": self.unpublish_at}
        rows = [Listing(key=key, language=self.language, article=self, **span) for key in sorted(self.list_keys())]
        Listing.objects.bulk_create(rows)
        return before | {tag for row in rows for tag in row.cache_tags}


class Byline(models.Model):
    """An author of an article and what they did, in the order of the page."""

    class Role(models.TextChoices):
        TEXT = "text", _("Text")
        PHOTO = "photo", _("Photo")
        VIDEO = "video", _("Video")
        TRANSLATION = "translation", _("Translation")

    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines")
    author = models.ForeignKey("articles.Author", models.PROTECT, related_name="bylines")
    role = models.CharField(_("role"), max_length=15, choices=Role.choices, default=Role.TEXT)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["article", "author", "role"], name="byline_once")]

    def __str__(self) -> str:
        return f"{self.author} ({self.get_role_display()})"


class Citation(models.Model):
    """A source of an article and the page that was used."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="citations")
    source = models.ForeignKey("articles.Source", models.PROTECT, related_name="citations")
    url = models.URLField(_("address of the page"), max_length=1000, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        ordering = ["order"]

    def __str__(self) -> str:
        return str(self.source)

    @property
    def address(self) -> str:
        return self.url or self.source.url
