"""Fields of the desk that are more than an input. Each works as a plain field where there is no script."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models import Media
from lib.embeds import HOSTS

BUTTONS = [
    [("undo", "undo-2", _("Undo")), ("redo", "redo-2", _("Redo"))],
    [
        ("heading2", "heading-2", _("Heading")),
        ("heading3", "heading-3", _("Smaller heading")),
        ("heading4", "heading-4", _("Smallest heading")),
    ],
    [("bold", "bold", _("Bold")), ("italic", "italic", _("Italic")), ("strike", "strikethrough", _("Struck out"))],
    [
        ("link", "link", _("Link")),
        ("unlink", "unlink", _("Remove the link")),
        ("footnote", "superscript", _("Make the selected words a footnote")),
    ],
    [
        ("bulletList", "list", _("List")),
        ("orderedList", "list-ordered", _("Numbered list")),
        ("blockquote", "text-quote", _("Quotation")),
        ("pullQuote", "quote", _("Pull quote")),
    ],
    [
        ("figure", "image", _("Picture from the library")),
        ("gallery", "images", _("Gallery of several pictures")),
        ("file", "paperclip", _("Sound, film or file from the library")),
        ("embed", "square-play", _("Video or post of another site")),
        ("table", "table", _("Table")),
        ("horizontalRule", "minus", _("Line between parts")),
    ],
    [("fullscreen", "maximize", _("Whole screen"))],
]
TABLE_BUTTONS = [
    ("addRowAfter", "between-horizontal-start", _("Add a row")),
    ("addColumnAfter", "between-vertical-start", _("Add a column")),
    ("deleteRow", "rows-2", _("Delete the row")),
    ("deleteColumn", "columns-2", _("Delete the column")),
    ("toggleHeaderRow", "panel-top", _("Header row")),
    ("caption", "captions", _("Caption of the table")),
    ("deleteTable", "trash-2", _("Delete the table")),
]
"""The tools of the editor: command (see static/desk/editor.js), icon, what it is called."""


class EditorWidget(forms.Textarea):
    """A text with headings, lists, quotes, tables and pictures from the library; without script, its HTML."""

    class Media:
        js = (forms.Script("desk/editor.js", type="module"), forms.Script("desk/picker.js", type="module"))
        css = {"all": ["desk/editor.css"]}

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        textarea = super().render(name, value, (attrs or {}) | {"rows": 24, "data-editor": ""}, renderer)
        tools = {"groups": BUTTONS, "table": TABLE_BUTTONS, "embed_hosts": " ".join(HOSTS)}
        return render_to_string("admin/desk/_editor.html", {"textarea": textarea} | tools)


class HeroWidget(forms.NumberInput):
    """A picture of the library, chosen in the picker; without script, by its number."""

    class Media:
        js = (forms.Script("desk/picker.js", type="module"),)

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        number = super().render(name, value, attrs, renderer)
        key = str(value or "")
        known = key.isascii() and key.isdigit() and len(key) < 19
        picture = Media.objects.images().filter(pk=key).first() if known else None
        return render_to_string("admin/desk/_hero.html", {"number": number, "picture": picture})


class MomentInput(forms.DateTimeInput):
    """The browser's own date and time field."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class SuggestInput(forms.TextInput):
    """A name that is suggested while it is typed: ``what`` is author, source or tag."""

    def __init__(self, what: str, *, several: bool = False) -> None:
        super().__init__({"data-suggest": what, "autocomplete": "off"} | ({"data-several": ""} if several else {}))


class OrderedChoices(forms.CheckboxSelectMultiple):
    """Choices with a number each that says in which order the chosen ones stand."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = [str(each) for each in value or []]
        labels = {str(key): label for key, label in self.choices}
        rows = [
            {"value": key, "label": labels[key], "is_chosen": key in chosen}
            for key in [*(key for key in chosen if key in labels), *(key for key in labels if key not in chosen)]
        ]
        return render_to_string("admin/desk/_ordered.html", {"name": name, "rows": rows})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Returns what is chosen, by its number; where one is missing or none, it comes last."""

        def place(key: str) -> int:
            written = data.get(f"{name}-{key}", "")
            return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 10**9

        return sorted(dict.fromkeys(data.getlist(name)), key=place)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False
