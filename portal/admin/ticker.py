"""The ticker on the desk: the lines of a language with their times, and the rule that finds stories by itself."""

import re
from typing import Any

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.bases import ModelAdmin
from articles.models import Article, Category
from portal.admin.front_forms import LARGEST_KEY, EndForm, MomentField
from portal.admin.front_screen import found_stories
from portal.arranging.changes import Refused
from portal.arranging.pins import pinnable
from portal.ticker import TickerItem, TickerRule, lines

ACT = re.compile(r"(rule|save|remove|up|down)(?::([0-9]{1,18}))?", re.ASCII)
MOST_ITEMS = 100


class LineForm(EndForm):
    """A line of the ticker: a story, a text or both, an address, and from when until when."""

    article = forms.IntegerField(
        label=gettext_lazy("Story"), required=False, min_value=1, max_value=LARGEST_KEY, widget=forms.HiddenInput
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": ""}),
        help_text=gettext_lazy("Empty: the title of the story."),
    )
    url = forms.CharField(
        label=gettext_lazy("Other address"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Empty: the address of the story, or none."),
    )
    starts_at = MomentField(label=gettext_lazy("From"), required=False, help_text=gettext_lazy("Empty: at once."))
    field_order = ("text", "url", "starts_at")

    def __init__(self, *args: Any, item: TickerItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item

    @classmethod
    def of(cls, item: TickerItem, **kwargs: Any) -> "LineForm":
        """Returns the form with what ``item`` says."""
        if item._state.adding:
            return cls(item=item, **kwargs)
        ends = "own" if item.ends_at else "none"
        initial = {"article": item.article_id, "text": item.text, "url": item.url, "starts_at": item.starts_at}
        return cls(item=item, initial=initial | {"ends": ends, "until": item.ends_at}, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.errors:
            return given
        item = self.item
        item.text, item.url, item.starts_at, item.ends_at = given["text"], given["url"], given["starts_at"], self.end()
        item.article = self._story(given["article"])
        if item.ends_at and item.ends_at <= self.now:
            raise ValidationError({"until": _("This time is over. Choose a time to come.")})
        try:
            item.clean()
        except ValidationError as error:
            raise _on_our_fields(error) from error
        return given

    def _story(self, key: int | None) -> Article | None:
        if key is None or key == self.item.article_id:
            return self.item.article if key else None
        try:
            return pinnable(self.item.language, key, self.now)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused


def _on_our_fields(error: ValidationError) -> ValidationError:
    """The end is written in a field of another name here."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError({"until" if name == "ends_at" else name: each for name, each in error.error_dict.items()})


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    class Meta:
        model = TickerRule
        fields = ("is_on", "size", "hours", "category", "tag", "beside")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"auto_id": "rule_%s"} | kwargs))
        fields: dict[str, Any] = self.fields
        fields["category"].queryset = Category.objects.shown()
        fields["tag"].widget = forms.TextInput({"data-suggest": "tag", "autocomplete": "off"})
        fields["tag"].to_field_name = "name"
        fields["tag"].error_messages["invalid_choice"] = _("There is no such tag.")
        if self.instance.tag:
            self.initial["tag"] = self.instance.tag.name


class Ticker:
    """What the screen of the ticker shows, and what its buttons do, for one language."""

    def __init__(self, admin: ModelAdmin, request: HttpRequest, language: str) -> None:
        self.admin = admin
        self.request = request
        self.language = language
        self.now = timezone.now()

    def act(self) -> "LineForm | RuleForm | None":
        """Does what a button says; returns the form that has errors, or None. Raises Refused or BadRequest."""
        match = ACT.fullmatch(self.request.POST.get("act", ""))
        if match is None:
            raise BadRequest("unknown act")
        name, key = match[1], int(match[2]) if match[2] else None
        if name == "rule":
            return self._set_rule()
        if name == "save":
            return self._save(self.item(key) if key else TickerItem(language=self.language))
        if key is None:
            raise BadRequest("which line?")
        item = self.item(key)
        if name == "remove":
            self.admin.log_deletions(self.request, TickerItem.objects.filter(pk=key))
            item.delete()
        else:
            self._shift(item, up=name == "up")
        return None

    def item(self, key: int) -> TickerItem:
        """Returns a line of this language. Raises Refused."""
        found = TickerItem.objects.filter(pk=key, language=self.language).select_related("article").first()
        if found is None:
            raise Refused(_("This line is not there any more."))
        return found

    def _save(self, item: TickerItem) -> LineForm | None:
        form = LineForm(self.request.POST, item=item, now=self.now)
        if not form.is_valid():
            return form
        if item._state.adding and TickerItem.objects.filter(language=self.language).count() >= MOST_ITEMS:
            raise Refused(_("There are too many lines. Remove those that have ended."))
        with transaction.atomic():
            log = self.admin.log_addition if item._state.adding else self.admin.log_change
            item.save()
            log(self.request, item, str(item))
        return None

    def _set_rule(self) -> RuleForm | None:
        form = RuleForm(self.request.POST, instance=TickerRule.of(self.language))
        if not form.is_valid():
            return form
        with transaction.atomic():
            rule = form.save()
            self.admin.log_change(self.request, rule, ", ".join(form.changed_data))
        return None

    @transaction.atomic
    def _shift(self, item: TickerItem, *, up: bool) -> None:
        items = [each for each in self._items() if not self._is_over(each)]
        place = next((number for number, each in enumerate(items) if each.pk == item.pk), None)
        other = None if place is None else place - 1 if up else place + 1
        if place is None or other is None or not 0 <= other < len(items):
            return
        items[place], items[other] = items[other], items[place]
        for order, each in enumerate(items):
            if each.order != order:
                each.order = order
                each.save()

    def _items(self) -> list[TickerItem]:
        return list(TickerItem.objects.filter(language=self.language).select_related("article"))

    def _is_over(self, item: TickerItem) -> bool:
        return item.ends_at is not None and item.ends_at <= self.now

    def context(self) -> dict[str, Any]:
        """Returns what the template shows: the form, the lines by their time, the rule, and what readers see now."""
        typed = self.request.POST if self.request.method == "POST" else self.request.GET
        form = self._form(typed.get("line", ""))
        words = typed.get("q", "").replace("\0", "").strip()[:100]
        story = typed.get("article", "")
        chosen = int(story) if re.fullmatch("[0-9]{1,18}", story, re.ASCII) else form.item.article_id
        items = self._items()
        over = [item for item in items if self._is_over(item)]
        return {
            "line_form": form,
            "q": words,
            "chosen": chosen,
            "stories": [(each, "") for each in found_stories(self.language, words, chosen, self.now)],
            "items": [(item, self._standing(item)) for item in items if item not in over],
            "over": over,
            "shown": lines(self.language, self.now),
            "rule_form": RuleForm(instance=TickerRule.of(self.language)),
        }

    def _form(self, line: str) -> LineForm:
        """Returns the form of the line that is to be changed, or an empty one."""
        key = int(line) if re.fullmatch("[0-9]{1,18}", line, re.ASCII) else 0
        found = TickerItem.objects.filter(pk=key, language=self.language).select_related("article").first()
        return LineForm.of(found or TickerItem(language=self.language), now=self.now)

    def _standing(self, item: TickerItem) -> str:
        """Says why readers do not see a line now; nothing where they do."""
        if item.starts_at and item.starts_at > self.now:
            return _("has not begun yet")
        if item.article and not item.article.is_live(self.now):
            return _("readers do not see the story")
        return ""
