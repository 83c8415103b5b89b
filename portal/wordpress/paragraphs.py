"""Paragraphs from line breaks, as WordPress makes them when it shows a classic text (wpautop, formatting.php)."""

import re

_BLOCKS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|"
    "address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|"
    "details|menu|summary|iframe|audio|video|object|center"
)
_PRE = re.compile(r"<(pre|script|style|textarea)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[A-Za-z/!][^>]*>")
_DOUBLE_BREAK = re.compile(r"<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)
_BLOCK_OPENS = re.compile(rf"(<(?:{_BLOCKS})[\s/>])", re.IGNORECASE)
_BLOCK_CLOSES = re.compile(rf"(</(?:{_BLOCKS})>)", re.IGNORECASE)
_RULE = re.compile(r"(<hr\b[^>]*>)", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n+")
_ONLY_BLOCK = re.compile(rf"<p>\s*(</?(?:{_BLOCKS})(?=[\s/>])[^>]*>)", re.IGNORECASE)
_ONLY_BLOCK_END = re.compile(rf"(</?(?:{_BLOCKS})(?=[\s/>])[^>]*>)\s*</p>", re.IGNORECASE)
_BREAK_AFTER_BLOCK = re.compile(rf"(</?(?:{_BLOCKS})(?=[\s/>])[^>]*>)\s*<br />", re.IGNORECASE)
_BREAK_BEFORE_END = re.compile(
    r"<br />(\s*</?(?:p|li|div|dl|dd|dt|th|pre|td|ul|ol|blockquote|figcaption|figure)\b[^>]*>)", re.IGNORECASE
)
_EMPTY = re.compile(r"<p>\s*</p>")
_SAVED = re.compile("\ue000(\\d+)\ue000")


def with_paragraphs(text: str) -> str:
    """Returns classic text with `<p>` for blank lines and `<br>` for single ones, `<pre>` left as it is."""
    if not text.strip():
        return ""
    saved: list[str] = []
    text = _PRE.sub(lambda match: _save(saved, match[0]), text.replace("\ue000", ""))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _TAG.sub(lambda tag: tag[0].replace("\n", " "), text)
    text = _DOUBLE_BREAK.sub("\n\n", text)
    text = _BLOCK_OPENS.sub(r"\n\n\1", text)
    text = _BLOCK_CLOSES.sub(r"\1\n\n", text)
    text = _RULE.sub(r"\1\n\n", text)
    paragraphs = [part.strip("\n") for part in _BLANK_LINES.split(text)]
    text = "\n".join(f"<p>{part}</p>" for part in paragraphs if part.strip())
    text = _without_wrapped_blocks(text)
    return _SAVED.sub(lambda match: saved[int(match[1])], text) if saved else text


def _save(saved: list[str], text: str) -> str:
    saved.append(text)
    return f"\n\n\ue000{len(saved) - 1}\ue000\n\n"


def _without_wrapped_blocks(text: str) -> str:
    """A block that stands alone needs no paragraph around it, and no line break beside it."""
    text = _EMPTY.sub("", text)
    text = _ONLY_BLOCK.sub(r"\1", text)
    text = _ONLY_BLOCK_END.sub(r"\1", text)
    text = re.sub(r"<p>\s*(\ue000\d+\ue000)\s*</p>", r"\1", text)
    text = re.sub(r"(?<!\n)\n(?!<p>|\n|<(?:/|pre))", "<br />\n", text)
    text = _BREAK_AFTER_BLOCK.sub(r"\1", text)
    return _BREAK_BEFORE_END.sub(r"\1", text)
