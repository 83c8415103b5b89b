"""Who advertises, what is booked, what is shown, and how often it was seen.

Rows that money or history hangs on are protected: an advertiser with a campaign, a flight with counts stay.
"""

import secrets
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ads.validators import validate_inn, validate_slots, validate_target
from lib.pagecache.models import OnPages
from lib.slugs import latin_slug

SLOTS_TAG = "ads:slots"
"""The cache tag of every box for ads."""


class Advertiser(models.Model):
    """Who pays, with what the law wants to be named beside an ad (38-FZ, article 18.1)."""

    class Form(models.TextChoices):
        COMPANY = "company", _("company")
        SOLE_TRADER = "sole_trader", _("sole trader")
        PERSON = "person", _("person")
        FOREIGN = "foreign", _("foreign company or person")

    name = models.CharField(_("name"), max_length=200, help_text=_("As the newsroom calls them."))
    legal_form = models.CharField(_("legal form"), max_length=12, choices=Form.choices, default=Form.COMPANY)
    legal_name = models.CharField(_("legal name"), max_length=300, help_text=_("Stands beside each of their ads."))
    inn = models.CharField(
        _("taxpayer number (INN)"), max_length=12, blank=True, db_index=True, validators=[validate_inn]
    )
    registration = models.CharField(
        _("foreign registration number"), max_length=50, blank=True, help_text=_("Where there is no INN.")
    )
    website = models.URLField(_("website"), blank=True)
    contact = models.TextField(_("contact"), blank=True, help_text=_("Stays in the newsroom."))

    class Meta:
        verbose_name = _("advertiser")
        verbose_name_plural = _("advertisers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Campaign(OnPages):
    class Kind(models.TextChoices):
        PAID = "paid", _("paid")
        BARTER = "barter", _("barter")
        SOCIAL = "social", _("social advertising")
        SELF_PROMO = "self_promo", _("our own, for the site itself")

    advertiser = models.ForeignKey(Advertiser, models.PROTECT, related_name="campaigns", verbose_name=_("advertiser"))
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PAID)
    contract = models.CharField(_("contract"), max_length=200, blank=True, help_text=_("Number and date."))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.advertiser}: {self.name}"

    def cache_tags(self) -> set[str]:
        return {SLOTS_TAG}

    @property
    def needs_erid(self) -> bool:
        return settings.ADS_REQUIRE_ERID and self.kind != self.Kind.SELF_PROMO


def image_path(creative: "Creative", filename: str) -> str:
    """Returns where the picture of a creative is kept: under a random token nobody can guess."""
    name = PurePosixPath(filename)
    return f"{creative.token}/{latin_slug(name.stem, 60) or 'banner'}{name.suffix.lower()}"


def new_token() -> str:
    return secrets.token_urlsafe(12)


class Creative(OnPages):
    """A picture that leads somewhere. Once it was seen it stays as it is: another picture is another creative."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="creatives", verbose_name=_("campaign"))
    name = models.CharField(_("name"), max_length=200, help_text=_("In reports, such as «Windows, 728 × 90»."))
    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    image = models.FileField(_("picture"), upload_to=image_path, max_length=200)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    alt = models.CharField(
        _("text instead of the picture"), max_length=300, help_text=_("The words that stand in the picture.")
    )
    target = models.CharField(
        _("leads to"),
        max_length=1000,
        validators=[validate_target],
        help_text=_("An address with https://, or a page of this site such as /advertising/."),
    )
    erid = models.CharField(
        "erid",
        max_length=100,
        blank=True,
        validators=[RegexValidator(r"\A[A-Za-z0-9]+\Z", _("Latin letters and digits, in the case you were given."))],
    )

    class Meta:
        verbose_name = _("creative")
        verbose_name_plural = _("creatives")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def cache_tags(self) -> set[str]:
        return {SLOTS_TAG}

    @property
    def landing(self) -> str:
        """Where a click leads: the target, with the erid in clear, its case kept (RKN recommendations of 2023)."""
        if not self.erid:
            return self.target
        parts = urlsplit(self.target)
        others = [pair for pair in parts.query.split("&") if pair and not pair.startswith("erid=")]
        return parts._replace(query="&".join([*others, f"erid={self.erid}"])).geturl()

    @property
    def leaves_the_site(self) -> bool:
        return not self.target.startswith("/")

    @property
    def was_seen(self) -> bool:
        return self.pk is not None and self.counts.exists()


class FlightQuerySet(models.QuerySet["Flight"]):
    def booked(self, now: datetime) -> Self:
        """Live flights that run or will."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now), status=Flight.Status.LIVE)

    def running(self, now: datetime) -> Self:
        return self.booked(now).filter(starts_at__lte=now)


class Flight(OnPages):
    """When, where and how often the creatives of a campaign are shown."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        LIVE = "live", _("live")
        PAUSED = "paused", _("paused")
        DONE = "done", _("done")

    class Tier(models.IntegerChoices):
        """Who comes first. The gaps are for guaranteed delivery and ad networks."""

        SPONSORSHIP = 0, _("sponsorship: before all others")
        WEIGHTED = 20, _("ordinary: by weight")
        HOUSE = 40, _("house ad: where nothing else fits")

    class Goal(models.TextChoices):
        NONE = "none", _("no goal: until the end date")
        SEEN = "seen", _("times seen")
        CLICKS = "clicks", _("clicks")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="flights", verbose_name=_("campaign"))
    name = models.CharField(_("name"), max_length=200)
    status = models.CharField(_("state"), max_length=6, choices=Status.choices, default=Status.DRAFT)
    tier = models.PositiveSmallIntegerField(_("priority"), choices=Tier.choices, default=Tier.WEIGHTED)
    weight = models.PositiveIntegerField(
        _("weight"), default=10, help_text=_("One of weight 20 is shown twice as often as one of weight 10; 0 never.")
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    slots = models.JSONField(_("places"), default=list, validators=[validate_slots])
    categories = models.TextField(
        _("only in categories"),
        blank=True,
        help_text=_("Their addresses with commas, such as: gorod, ekonomika/selo. Those below them count as well."),
    )
    tags = models.TextField(_("only with tags"), blank=True, help_text=_("With commas. One of them is enough."))
    language = models.CharField(
        _("only in language"), max_length=7, blank=True, choices=settings.LANGUAGES, help_text=_("None: in every one.")
    )
    goal_type = models.CharField(_("goal"), max_length=6, choices=Goal.choices, default=Goal.NONE)
    goal = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    daily_cap = models.PositiveIntegerField(_("times seen a day, at most"), null=True, blank=True)
    creatives = models.ManyToManyField(
        Creative, through="Rotation", related_name="flights", verbose_name=_("creatives")
    )

    objects = FlightQuerySet.as_manager()

    class Meta:
        verbose_name = _("flight")
        verbose_name_plural = _("flights")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "starts_at"], name="flight_running")]
        constraints = [
            models.CheckConstraint(
                name="flight_ends_after_start", condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="flight_goal_known", condition=Q(goal_type="none") | Q(goal__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.name}"

    def clean(self) -> None:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It ends before it starts.")})
        if self.goal_type != self.Goal.NONE and not self.goal:
            raise ValidationError({"goal": _("Say how many.")})

    def cache_tags(self) -> set[str]:
        return {SLOTS_TAG}

    def next_change(self, now: datetime) -> datetime | None:
        """Returns when it starts, or else when it ends; None if neither is to come."""
        return min((moment for moment in (self.starts_at, self.ends_at) if moment and moment > now), default=None)


def words(text: str) -> frozenset[str]:
    """Returns the words between the commas of ``text``, in small letters."""
    return frozenset(word.strip().casefold().strip("/") for word in text.split(",") if word.strip())


class RotationQuerySet(models.QuerySet["Rotation"]):
    def of(self, flights: FlightQuerySet) -> Self:
        """Returns the rotations of ``flights`` with all that is shown of them, in one query."""
        return self.filter(flight__in=flights).select_related("flight__campaign__advertiser", "creative")


class Rotation(OnPages):
    """One of the creatives that a flight shows in turn."""

    flight = models.ForeignKey(Flight, models.CASCADE, related_name="rotations", verbose_name=_("flight"))
    creative = models.ForeignKey(Creative, models.PROTECT, related_name="rotations", verbose_name=_("creative"))
    weight = models.PositiveIntegerField(_("weight"), default=10)

    objects = RotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("creative of the flight")
        verbose_name_plural = _("creatives of the flight")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["flight", "creative"], name="rotation_once")]

    def __str__(self) -> str:
        return str(self.creative)

    def clean(self) -> None:
        if self.creative_id and self.flight.campaign_id and self.creative.campaign_id != self.flight.campaign_id:
            raise ValidationError({"creative": _("This creative belongs to another campaign.")})

    def cache_tags(self) -> set[str]:
        return {SLOTS_TAG}


class DailyCount(models.Model):
    """How often a creative of a flight was seen and clicked in a place on one day (of the site's time zone)."""

    flight = models.ForeignKey(Flight, models.PROTECT, related_name="counts", verbose_name=_("flight"))
    creative = models.ForeignKey(Creative, models.PROTECT, related_name="counts", verbose_name=_("creative"))
    slot = models.CharField(_("place"), max_length=40)
    day = models.DateField(_("day"))
    seen = models.PositiveBigIntegerField(_("seen"), default=0)
    clicks = models.PositiveBigIntegerField(_("clicks"), default=0)

    class Meta:
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")
        ordering = ["day", "flight", "creative", "slot"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["flight", "day", "creative", "slot"], name="count_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.flight} {self.slot}"


class DailyRefusal(models.Model):
    """How often an event of one day was not counted, and why."""

    day = models.DateField(_("day"))
    kind = models.CharField(_("event"), max_length=5)
    reason = models.CharField(_("reason"), max_length=20)
    number = models.PositiveBigIntegerField(_("how often"), default=0)

    class Meta:
        verbose_name = _("what was not counted")
        verbose_name_plural = _("what was not counted")
        ordering = ["-day", "kind", "reason"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["day", "kind", "reason"], name="refusal_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.reason}"


def increase(model: type[models.Model], key: dict[str, Any], amounts: dict[str, int]) -> None:
    """Adds ``amounts`` to the columns of the row that ``key`` names, which is made if need be."""
    row, _new = model._default_manager.get_or_create(**key)
    model._default_manager.filter(pk=row.pk).update(**{name: F(name) + number for name, number in amounts.items()})
