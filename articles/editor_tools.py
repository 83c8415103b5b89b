"""The tools of the text editor: what stands in its bar, how it is called, and the keys that do the same."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ARROWS = {"ArrowUp": "↑", "ArrowDown": "↓", "ArrowLeft": "←", "ArrowRight": "→"}


class Tool(NamedTuple):
    """A button of the bar; what it does stands in static/desk/editor/commands.js under its ``command``."""

    command: str
    icon: str
    label: str | Promise
    keys: str = ""
    """As in ``aria-keyshortcuts``: «Control+Alt+Q». Letters are those of a Latin layout, whatever they print."""
    insertable: bool = False
    """Offered after «/» at the beginning of an empty line too."""

    @property
    def keys_told(self) -> str:
        told = self.keys.replace("Control", "Ctrl")
        for key, sign in ARROWS.items():
            told = told.replace(key, sign)
        return told


TOOLS = [
    [Tool("undo", "undo-2", _("Undo"), "Control+Z"), Tool("redo", "redo-2", _("Redo"), "Control+Shift+Z")],
    [
        Tool("heading2", "heading-2", _("Heading"), "Control+Alt+2", insertable=True),
        Tool("heading3", "heading-3", _("Smaller heading"), "Control+Alt+3", insertable=True),
        Tool("heading4", "heading-4", _("Smallest heading"), "Control+Alt+4"),
    ],
    [
        Tool("bold", "bold", _("Bold"), "Control+B"),
        Tool("italic", "italic", _("Italic"), "Control+I"),
        Tool("strike", "strikethrough", _("Struck out"), "Control+Shift+X"),
        Tool("clear", "remove-formatting", _("Without formatting"), "Control+Alt+0"),
    ],
    [
        Tool("link", "link", _("Link"), "Control+K"),
        Tool("unlink", "unlink", _("Remove the link")),
        Tool("footnote", "superscript", _("Make the selected words a footnote"), "Control+Alt+N"),
    ],
    [
        Tool("bulletList", "list", _("List"), "Control+Shift+8", insertable=True),
        Tool("orderedList", "list-ordered", _("Numbered list"), "Control+Shift+7", insertable=True),
        Tool("blockquote", "text-quote", _("Quotation"), "Control+Shift+B", insertable=True),
        Tool("pullQuote", "quote", _("Pull quote"), "Control+Alt+Q", insertable=True),
    ],
    [
        Tool("figure", "image", _("Picture from the library"), "Control+Alt+P", insertable=True),
        Tool("gallery", "images", _("Gallery of several pictures"), "Control+Alt+G", insertable=True),
        Tool("describe", "scan-text", _("Description and credit of the picture"), "Control+Alt+A"),
        Tool("file", "paperclip", _("Sound, film or file from the library"), "Control+Alt+O", insertable=True),
        Tool("embed", "square-play", _("Video or post of another site"), "Control+Alt+V", insertable=True),
        Tool("table", "table", _("Table"), "Control+Alt+B", insertable=True),
        Tool("horizontalRule", "minus", _("Line between parts"), "Control+Alt+H", insertable=True),
    ],
    [
        Tool("typography", "case-sensitive", _("Typography: quotes, dashes, spaces"), "Control+Alt+Y"),
        Tool("fullscreen", "maximize", _("Whole screen"), "Control+Shift+F"),
        Tool("help", "keyboard", _("Keys and help"), "Control+/"),
    ],
]
TABLE_TOOLS = [
    Tool("addRowBefore", "between-horizontal-end", _("Add a row above"), "Alt+Shift+ArrowUp"),
    Tool("addRowAfter", "between-horizontal-start", _("Add a row"), "Alt+Shift+ArrowDown"),
    Tool("addColumnBefore", "between-vertical-end", _("Add a column before"), "Alt+Shift+ArrowLeft"),
    Tool("addColumnAfter", "between-vertical-start", _("Add a column"), "Alt+Shift+ArrowRight"),
    Tool("deleteRow", "rows-2", _("Delete the row"), "Alt+Shift+Backspace"),
    Tool("deleteColumn", "columns-2", _("Delete the column"), "Alt+Shift+Delete"),
    Tool("toggleHeaderRow", "panel-top", _("Header row"), "Alt+Shift+H"),
    Tool("caption", "captions", _("Caption of the table"), "Alt+Shift+C"),
    Tool("deleteTable", "trash-2", _("Delete the table")),
]
WRITING_KEYS = [
    (_("To the bar of tools; Esc leads back"), "Alt+F10"),
    (_("List of what can be put here, at the beginning of an empty line"), "/"),
    (_("New line in the same paragraph"), "Shift+Enter"),
    (_("Inner list and back; next and previous cell of a table"), "Tab, Shift+Tab"),
    (_("Paste as plain text"), "Ctrl+Shift+V"),
]
"""What the keyboard does besides pressing the tools."""
