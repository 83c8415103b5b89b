"""Notes on the sheet, beside the text. A script sends them by themselves; without one the text comes along."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import notes, rights
from articles.admin.bases import editor
from articles.fields import PlainText
from articles.models import Article, Note

SHOWN = 50


class Person(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_full_name()} (@{obj.username})" if obj.get_full_name() else f"@{obj.username}"


class NoteForm(forms.Form):
    note_text = PlainText(
        label=gettext_lazy("note"), max_length=3000, widget=forms.Textarea(attrs={"rows": 2, "data-grow": ""})
    )
    note_to = Person(label=gettext_lazy("for whom"), queryset=User.objects.none(), required=False)
    note_field = forms.ChoiceField(label=gettext_lazy("about"), choices=Note.Field.choices, required=False)
    note_quote = PlainText(
        label=gettext_lazy("passage"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 1})
    )
    answers_to = forms.IntegerField(min_value=1, max_value=10**18, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        fields: dict[str, Any] = self.fields
        fields["note_to"].queryset = notes.people()[: notes.MOST_PEOPLE] if not self.is_bound else notes.people()
        fields["note_to"].empty_label = _("nobody in particular")


def on_sheet(request: HttpRequest, article: Article | None, form: NoteForm | None = None) -> dict[str, Any]:
    """Returns what the sheet shows of an article's notes; nothing to those who do not write at the desk."""
    user, now = editor(request), timezone.now()
    if article is None or not user.has_perm(rights.WRITE):
        return {}
    threads = list(article.notes.threads()[:SHOWN])
    for note in (each for thread in threads for each in (thread, *thread.answers.all())):
        note.may_be_deleted = not article.in_bin and notes.may_delete(note, user, now)  # read by the template
    return {
        "threads": threads,
        "open_notes": sum(thread.resolved_at is None for thread in threads),
        "may_note": not article.in_bin,
        "note_form": form or NoteForm(),
        "notes_address": reverse("admin:articles_article_notes", args=[article.pk]),
    }


def received(request: HttpRequest, article: Article) -> NoteForm | None:
    """Does what was pressed in the thread. Returns the form if it has to be filled in again.

    Raises PermissionDenied or Http404, with words on why, for what cannot be done.
    """
    user = editor(request)
    if not user.has_perm(rights.WRITE):
        raise PermissionDenied(_("You have no right to leave notes."))
    if article.in_bin:
        raise PermissionDenied(_("The article is in the bin: notes there can only be read."))
    act, _colon, key = request.POST.get("note", "").partition(":")
    if act == "add":
        return _added(request, article, user, key)
    note = _note(article, key)
    now = timezone.now()
    if act == "settle" and note.answers_to_id is None:
        notes.settle(note, by=user, now=now)
    elif act == "open" and note.answers_to_id is None:
        notes.open_again(note)
    elif act == "delete":
        try:
            notes.delete(note, by=user, now=now)
        except notes.Refused as refusal:
            raise PermissionDenied(_("This note cannot be taken back any more.")) from refusal
    else:
        raise BadRequest("unknown act")
    return None


def _added(request: HttpRequest, article: Article, user: User, key: str) -> NoteForm | None:
    """Adds a note, or the answer to the note ``key``, whose field has that number in its name."""
    root = _note(article, key) if key else None
    sent = request.POST.copy()
    if root is not None:
        sent["note_text"] = sent.get(f"answer-{root.pk}", "")
        for name in ("note_to", "note_field", "note_quote"):
            sent.pop(name, None)
    form = NoteForm(sent)
    if not form.is_valid():
        return form
    said = form.cleaned_data
    about = {} if root else {"field": said["note_field"], "quote": " ".join(said["note_quote"].split())}
    asked = [said["note_to"]] if said["note_to"] and not root else []
    notes.add(article, said["note_text"].strip(), by=user, now=timezone.now(), to=asked, answers_to=root, **about)
    return None


def _note(article: Article, key: str) -> Note:
    known = key.isascii() and key.isdigit() and len(key) < 19
    note = article.notes.filter(pk=key).first() if known else None
    if note is None:
        raise Http404(_("This note is not there any more: its author has taken it back."))
    return note


def answer(admin: Any, request: HttpRequest, article: Article) -> HttpResponse:
    """What the script asks for, the thread alone; without a script, the sheet with all that was typed on it."""
    by_script = request.headers.get("Accept") == "text/x-part"
    try:
        form = received(request, article)
    except (PermissionDenied, Http404) as refusal:
        status = 404 if isinstance(refusal, Http404) else 403
        if by_script:
            return HttpResponse(str(refusal), status=status, content_type="text/plain; charset=utf-8")
        return _refused(admin, request, article, str(refusal), status)
    if by_script:
        context = on_sheet(request, article, form) | {"article": article}
        return TemplateResponse(request, "admin/articles/article/_notes.html", context, status=422 if form else 200)
    return _sheet_again(admin, request, article, form)


def _refused(admin: Any, request: HttpRequest, article: Article, reason: str, status: int) -> HttpResponse:
    from articles.admin import editing  # it shows the notes itself

    _act, _colon, key = request.POST.get("note", "").partition(":")
    said = request.POST.get(f"answer-{key}" if key else "note_text", "")
    return editing.refused(admin, request, article, reason, status=status, refused_note=said)


def _sheet_again(admin: Any, request: HttpRequest, article: Article, form: NoteForm | None) -> HttpResponse:
    from articles.admin import editing  # it shows the notes itself

    if form is None:
        messages.success(request, _("The notes are up to date."))
    if "based_on" in request.POST:
        may = rights.may_write(editor(request), article)
        if not may:
            told = _("The text below is not saved: you have no right to change this story as it is now.")
            messages.warning(request, told)
        return editing.typed_again(admin, request, article, request.POST, may=may, **on_sheet(request, article, form))
    if form is not None:
        messages.error(request, _("Write something into the note first."))
    return redirect(reverse("admin:articles_article_change", args=[article.pk]) + "#notes")
