"""Fields of the desk that are more than an input. Each works as a plain field where there is no script."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.body.length import WORDS_A_MINUTE
from articles.editor_tools import TABLE_TOOLS, TOOLS
from articles.models import Media
from lib.embeds import HOSTS

PACE = WORDS_A_MINUTE[settings.LANGUAGE_CODE[:2]]
"""Words a minute by which the editor tells how long a text is to read."""


class EditorWidget(forms.Textarea):
    """A text with headings, lists, quotes, tables and pictures from the library; without script, its HTML."""

    class Media:
        js = (forms.Script("desk/editor.js", type="module"), forms.Script("desk/picker.js", type="module"))
        css = {"all": ["desk/editor.css"]}

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        textarea = super().render(name, value, (attrs or {}) | {"rows": 24, "data-editor": ""}, renderer)
        tools = {
            "groups": TOOLS,
            "table": TABLE_TOOLS,
            "embed_hosts": " ".join(HOSTS),
            "pace": PACE,
            "menu": f"{name}_menu",
        }
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
