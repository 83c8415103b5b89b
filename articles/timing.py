"""When an article is on the site, and when a change of it comes: the fields of the sheet, and what they begin with."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.content import Content
from articles.fields import MomentField, PlainText
from articles.models import Article, Revision, State
from lib.moments import in_words

KEEP, DROP = "keep", "drop"


def _label(name: str) -> Any:
    """Returns what the article's own field is called."""
    field: Any = Article._meta.get_field(name)
    return field.verbose_name


class TimingForm(forms.Form):
    """The times of an article. ``publishing`` asks whether they can come true."""

    article: Article | None = None
    publishing = False
    act = "save"
    """What the button does: ``times`` changes them alone, ``replan`` puts this text in place of a planned one."""

    publish_at = MomentField(label=_label("publish_at"), help_text=gettext_lazy("Empty: at once."))
    unpublish_at = MomentField(label=_label("unpublish_at"), help_text=gettext_lazy("Empty: it stays."))
    change_at = MomentField(label=gettext_lazy("show the change at"), help_text=gettext_lazy("Empty: at once."))
    keep_plan = forms.ChoiceField(
        label=gettext_lazy("if this is published at once, the planned change"),
        required=False,
        choices=[
            ("", gettext_lazy("choose")),
            (KEEP, gettext_lazy("still comes at its time, in place of this")),
            (DROP, gettext_lazy("is dropped")),
        ],
    )
    update_note = PlainText(label=_label("update_note"), required=False, max_length=300)
    embargo_until = MomentField(
        label=gettext_lazy("embargo until"), help_text=gettext_lazy("Nobody outside may read it before.")
    )

    def clean_publish_at(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["publish_at"]
        now = timezone.now()
        if self._comes_true and self.article and self.article.is_live(now) and moment and moment > now:
            raise ValidationError(
                _("Readers see this story already; with a time to come it would leave the site. Withdraw it first.")
            )
        return moment

    def clean_embargo_until(self) -> datetime | None:
        """Refuses to bring forward what is in force: that takes a reason."""
        moment: datetime | None = self.cleaned_data["embargo_until"]
        before: datetime | None = self.initial.get("embargo_until")
        if before and before > timezone.now() and (moment is None or moment < before):
            raise ValidationError(
                _("Until %(when)s. To end it sooner, lift it, with a reason."), params={"when": in_words(before)}
            )
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        now = timezone.now()
        begins = self._begins(now)
        ends = cleaned.get("unpublish_at")
        if self._comes_true and ends and ends <= max(begins or now, now):
            self.add_error("unpublish_at", _("This must be later than the time of publication, and than now."))
        if self.publishing:
            self._check_change(now)
        self._check_embargo(begins if self._comes_true else self._scheduled_for(now))
        return cleaned

    @property
    def _comes_true(self) -> bool:
        """Whether the times hold for readers when this is done."""
        return self.publishing or self.act == "times"

    def is_change(self, now: datetime) -> bool:
        """Whether what is published is a change of what readers see."""
        return self.article is not None and self.article.is_live(now)

    def _begins(self, now: datetime) -> datetime | None:
        if self.act == "replan" and self.article:
            return self.article.change_at
        name = "change_at" if self.is_change(now) and self.publishing else "publish_at"
        return self.cleaned_data.get(name) or now

    def _scheduled_for(self, now: datetime) -> datetime | None:
        return self.article.publish_at if self.article and self.article.is_scheduled(now) else None

    def _check_change(self, now: datetime) -> None:
        """Asks of a change what cannot be guessed: a time that is over, or what becomes of another that is planned."""
        if self.act == "replan" or self.article is None or not self.is_change(now) or "change_at" in self.errors:
            return
        at = self.cleaned_data.get("change_at")
        if at and at <= now:
            self.add_error("change_at", _("This time is over. Leave it empty to publish at once."))
        if not at and self.article.change_at and not self.cleaned_data.get("keep_plan"):
            message = _("A change is planned for %(when)s. Say what becomes of it.")
            self.add_error("keep_plan", message % {"when": in_words(self.article.change_at)})

    def _check_embargo(self, begins: datetime | None) -> None:
        until = self.cleaned_data.get("embargo_until")
        if begins and until and begins < until and until > timezone.now():
            message = _(
                "Under embargo until %(when)s: no reader may see it before. Choose a later time, or lift the embargo."
            )
            self.add_error("embargo_until", message % {"when": in_words(until)})

    def planned(self) -> dict[str, str]:
        """Returns what is meant to happen when it is published, of a form whose planned fields are valid."""
        said = self.cleaned_data
        times = {"publish_at": said["publish_at"], "unpublish_at": said["unpublish_at"]}
        if self.article and self.article.state == State.PUBLISHED:  # it has times; a change of it may have one
            times = {"publish_at": said["change_at"]}
        return {"update_note": said["update_note"]} | {name: written(moment) for name, moment in times.items()}

    def embargoed(self) -> dict[str, str]:
        """Returns the embargo, and why an earlier one was lifted as long as there is none."""
        until = self.cleaned_data["embargo_until"]
        why = "" if until else self.initial.get("embargo_lifted", "")
        return {"embargo_until": written(until), "embargo_lifted": why}


def written(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def timing(article: Article | None, newest: Revision | None) -> dict[str, Any]:
    """Returns when an article is on the site, to the minute, and what is planned for it, as the form shows it.

    What ``newest`` plans counts until it is published.
    """
    if article is None or newest is None:
        return {}
    planned = newest.content if newest.pk != article.live_revision_id else Content()
    times: dict[str, datetime | None] = {
        "publish_at": _read(planned.publish_at),
        "unpublish_at": _read(planned.unpublish_at),
        "embargo_until": _read(newest.content.embargo_until),
    }
    if article.state == State.PUBLISHED:
        times["change_at"] = _change_at(article, newest, times["publish_at"])
        times |= {"publish_at": article.publish_at, "unpublish_at": article.unpublish_at}
    to_the_minute = {name: at and at.replace(second=0, microsecond=0) for name, at in times.items()}
    return to_the_minute | {"update_note": planned.update_note, "embargo_lifted": newest.content.embargo_lifted}


def _change_at(article: Article, newest: Revision, meant: datetime | None) -> datetime | None:
    if article.change_at and newest.pk == article.planned_revision_id:
        return article.change_at
    return meant if meant and meant > timezone.now() else None


def _read(moment: str) -> datetime | None:
    return datetime.fromisoformat(moment) if moment else None


def standing(article: Article | None) -> str:
    """Returns the state and the times of an article in one line, by which a sheet knows that they have changed."""
    if article is None:
        return ""
    change = f" {article.change_at}" if article.change_at else ""
    return f"{article.state} {article.publish_at} {article.unpublish_at}{change}"
