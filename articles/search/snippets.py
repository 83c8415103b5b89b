"""A few words of an article around what was looked for."""

from bisect import bisect_right

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.search.words import WORD, stem

LENGTH = 240
BEFORE = 60
"""Characters of a snippet, and of those the ones that stand before the first hit."""
CLOSE = 60
"""Characters within which hits belong together."""
REACH = 20_000
"""Characters of a text in which hits are looked for."""

Span = tuple[int, int]


def snippet(text: str, wanted: set[str]) -> SafeString:
    """Returns the part of a plain ``text`` that has most of the ``wanted`` stems, each hit marked, as HTML."""
    text = text[:REACH]
    hits = _hits(text, wanted)
    start, end = _window(text, _richest(hits))
    inside = [span for span, _stem in hits if start <= span[0] and span[1] <= end]
    opening, closing = "…" if start else "", "…" if end < len(text) else ""
    return format_html("{}{}{}", opening, _marked(text, start, end, inside), closing)


def marked(text: str, wanted: set[str]) -> SafeString:
    """Returns the whole of a plain ``text`` with the ``wanted`` stems marked, as HTML."""
    return _marked(text, 0, len(text), [span for span, _stem in _hits(text[:REACH], wanted)])


def _hits(text: str, wanted: set[str]) -> list[tuple[Span, str]]:
    words = ((match.span(), stem(match[0])) for match in WORD.finditer(text))
    return [(span, found) for span, found in words if found in wanted]


def _richest(hits: list[tuple[Span, str]]) -> int:
    """Returns where the hit begins after which most different stems follow closely; 0 without hits."""
    starts = [span[0] for span, _stem in hits]
    best, richness = 0, 0
    for number, start in enumerate(starts):
        near = hits[number : bisect_right(starts, start + CLOSE)]
        if (different := len({found for _span, found in near})) > richness:
            best, richness = start, different
    return best


def _window(text: str, hit: int) -> Span:
    """Returns the span around ``hit``, from word to word; what stands before «…» at its end is no comma."""
    start = 0 if hit <= BEFORE else text.find(" ", hit - BEFORE, hit) + 1 or hit
    if start + LENGTH >= len(text):
        return start, len(text)
    space = text.rfind(" ", start, start + LENGTH)
    end = len(text[: max(space, 0)].rstrip(" .,;:—–-"))
    return start, end if end > start else start + LENGTH


def _marked(text: str, start: int, end: int, spans: list[Span]) -> SafeString:
    """Returns a span of ``text`` as HTML, with ``<mark>`` around the spans in it."""
    edges = [start, *(edge for span in spans for edge in span), end]
    plain = [text[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2)]
    hits = [format_html("<mark>{}</mark>", text[slice(*span)]) for span in spans]
    return format_html_join("", "{}{}", zip(plain, [*hits, ""], strict=True))
