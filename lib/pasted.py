"""HTML of other programs, made into the tags that our texts have, before ``lib.html.clean`` takes out the rest.

The desk's editor does the same and more while something is pasted (static/desk/editor/paste.js). This is for what comes
without it: from the plain field, from an import, from a program.
"""

import re
from html import escape, unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_BLOCK = re.compile(r"<(?:p|h[1-6]|ul|ol|dl|table|blockquote|figure|pre|div|hr|details|aside|audio|video)\b", re.I)
_BLANK_LINE = re.compile(r"(?:\r?\n[ \t]*){2,}|(?:<br ?/?>\s*){2,}")
_HIDDEN = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<!\[(?:if|endif)[^<>]*>"
    r"|<(style|script|xml|title|noscript)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>"
    r"|<(span|div|p)\b[^<>]*mso-(?:list:\s*ignore|element:\s*comment|hide:\s*all)[^<>]*>"
    r"(?:(?!</?\2\b).|<\2\b[^<>]*>(?:(?!</?\2\b).)*</\2>)*</\2\s*>",
    re.I | re.S,
)
_COMMENT = re.compile(r"<a\b[^<>]*class=[\"']?msocom(?:anchor|off)\b[^<>]*>(?:(?!</?a\b).)*</a>", re.I | re.S)
_EMOJI = re.compile(r"<img\b(?=[^<>]*class=\"[^\"<>]*emoji)[^<>]*\salt=\"([^\"<>]{1,16})\"[^<>]*>", re.I)
_RENAMED = {"b": "strong", "i": "em", "del": "s", "strike": "s", "h1": "h2", "h5": "h4", "h6": "h4", "center": "p"}
_TAG = re.compile(r"<(/?)(b|i|del|strike|h1|h5|h6|center)(?=[\s>/])[^<>]*>", re.I)
_NORMAL = re.compile(r"<b\b[^<>]*(?<!-)font-weight:\s*(?:normal|400)[^<>]*>", re.I)
_DIV = re.compile(
    r"<div\b[^<>]*>((?:(?!</?(?:div|p|h[1-6]|ul|ol|table|blockquote|figure|pre)\b).)+)</div>", re.I | re.S
)
_STYLED = re.compile(r"<span\b[^<>]*style=(\"[^\"]*\"|'[^']*')[^>]*>((?:(?!</?span\b).)*)</span>", re.I | re.S)
_ITEM = r"<p\b[^<>]*mso-list:\s*l\d+\s+level1\b[^<>]*>(?:(?!</p>).)*</p>"
_ITEMS = re.compile(rf"(?:{_ITEM}\s*)+", re.I | re.S)
_PARAGRAPH = re.compile(r"<p\b[^<>]*>(.*?)</p>", re.I | re.S)
_EMPTY = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")
_HREF = re.compile(r"""(<a\b[^<>]*\shref=)("[^"]*"|'[^']*')""", re.I)
MOST_NESTED = 4
"""Spans in spans that are read for their styles."""
TRACKERS = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|yclid|ysclid|msclkid|mc_[ce]id|igshid|_openstat|_hsenc|_hsmi|etext|cmpid|vero_id", re.I
)
"""Names of the query that only say where a reader came from."""


def tidied(html: str) -> str:
    """Returns ``html`` with the tags of our texts. Text without any paragraph gets one for each of its parts.

    Lists of Word become lists (one level of them), bold and italic styles become tags, trackers go from links. What has
    nothing of it stays as it is.
    """
    html = _EMOJI.sub(r"\1", _COMMENT.sub("", _HIDDEN.sub("", html)))
    html = _NORMAL.sub("<span>", html)  # Google wraps a whole text so; its end tag falls away
    html = _ITEMS.sub(_listed, html)
    html = _DIV.sub(r"<p>\1</p>", html)
    for _depth in range(MOST_NESTED):
        html = _STYLED.sub(_restyled, html)
    html = _TAG.sub(lambda match: f"<{match[1]}{_RENAMED[match[2].lower()]}>", html)
    html = _HREF.sub(_straightened, html)
    return html if _BLOCK.search(html) else _in_paragraphs(html)


def without_empty(html: str) -> str:
    """Returns clean ``html`` without what other programs leave in it: empty paragraphs, classes that are gone."""
    return _EMPTY.sub("", html.replace(' class=""', ""))


def _listed(match: re.Match[str]) -> str:
    items = [inner[1] for inner in _PARAGRAPH.finditer(match[0])]
    return "<ul>" + "".join(f"<li>{item.strip()}</li>" for item in items) + "</ul>"


def _restyled(match: re.Match[str]) -> str:
    style, inner = match[1].replace(" ", "").lower(), match[2]
    if not inner.strip():
        return inner
    if re.search(r"font-weight:(bold|[6-9]00)", style):
        inner = f"<strong>{inner}</strong>"
    if "font-style:italic" in style:
        inner = f"<em>{inner}</em>"
    return f"<s>{inner}</s>" if "line-through" in style else inner


def _straightened(match: re.Match[str]) -> str:
    address = unescape(match[2][1:-1])
    straight = without_trackers(_past_detours(address))
    return match[0] if straight == address else f'{match[1]}"{escape(straight)}"'


def _past_detours(address: str) -> str:
    """Google and VK lead every link through a page of theirs."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    name = {"www.google.com/url": "q", "vk.com/away.php": "to"}.get(f"{parts.netloc}{parts.path}", "")
    onward = dict(parse_qsl(parts.query)).get(name, "")
    return onward if onward.startswith(("http://", "https://")) else address


def without_trackers(address: str) -> str:
    """Returns ``address`` without what of its query only serves to count readers; unchanged if it has none of it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not TRACKERS.fullmatch(pair[0])]
    return address if len(kept) == len(pairs) else urlunsplit(parts._replace(query=urlencode(kept)))


def _in_paragraphs(text: str) -> str:
    parts = [part.strip() for part in _BLANK_LINE.split(text)]
    return "".join(f"<p>{part}</p>" for part in parts if part)
