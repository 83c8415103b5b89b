"""The form of a comment. Whatever is wrong with it, it comes back with what was typed."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.core.signing import BadSignature
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from comments.models import PortalComment
from comments.text import one_line, tidy
from comments.tickets import Ticket

MOST_LETTERS = 3_000
_KEY = re.compile(r"[0-9]{1,10}")


class TextField(forms.CharField):
    def to_python(self, value: Any) -> str | None:
        return super().to_python(tidy(str(value or "")))


class NameField(forms.CharField):
    def to_python(self, value: Any) -> str | None:
        return super().to_python(one_line(str(value or "")))


class CommentForm(forms.Form):
    """A comment on ``article``, in reply to the comment that ``reply`` names, if it does.

    Somebody who is signed in is asked for neither name nor address.
    """

    text = TextField(
        label=gettext_lazy("Comment"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea({"rows": 6}),
    )
    name = NameField(label=gettext_lazy("Name"), max_length=50, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=gettext_lazy("Email"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )
    subject = forms.CharField(required=False, max_length=1_000)
    """The trap: people do not see it, programs fill it in."""
    ticket = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, article: Article, user: User | AnonymousUser, reply: str, now: datetime
    ) -> None:
        super().__init__(data, auto_id="comment-%s", use_required_attribute=False)
        self.article = article
        self.now = now
        self.parent = find_parent(article, reply)
        self.lost_its_parent = bool(reply) and self.parent is None
        self.current_ticket = Ticket.issue(now)
        if isinstance(user, User):
            self.author: User | None = user
            del self.fields["name"], self.fields["email"]
        else:
            self.author = None

    def clean_ticket(self) -> Ticket:
        try:
            self.current_ticket = Ticket.read(self.cleaned_data["ticket"], self.article.pk, self.now)
        except BadSignature:
            self.add_error(None, _("This form was open for a long time. Please look at your text and send it again."))
        return self.current_ticket

    def clean(self) -> dict[str, Any]:
        if self.lost_its_parent:
            self.add_error(None, _("The comment you answer is no longer there. Send yours again to add it by itself."))
        return self.cleaned_data

    @property
    def signed_ticket(self) -> str:
        """The ticket for the next attempt: the same one while it is good."""
        return self.current_ticket.sign(self.article.pk)


def find_parent(article: Article, reply: str) -> PortalComment | None:
    """Returns the comment to be answered, if readers of ``article`` can see it."""
    if not _KEY.fullmatch(reply):
        return None
    return PortalComment.objects.approved().filter(article=article, pk=int(reply)).first()
