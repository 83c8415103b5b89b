"""«Типограф»: quotes, dashes and no-break spaces as print wants them, in Russian and in English.

Pure functions of a text. Nothing but quotes, dashes, dots and spaces ever changes: letters and digits stay as they
are. Each rule is applied until nothing changes any more, so that a text that was set is not set again. The rules
follow Milchin and Cheltsova's handbook for Russian and the Chicago Manual of Style for English, what both leave
open is left as it was written.
"""

import re
from collections.abc import Callable
from html import escape, unescape

from articles.typography_quotes import quoted

NBSP = "\u00a0"
OBJECT = "\ufffc"
"""Stands in a text for what is no text of it: a picture, code, a footnote."""
MOST_ROUNDS = 8

_BLANK = f"[ \t{NBSP}]"
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+(?:\.[\w-]+)*\.(?:ru|com|org|net|рф|info|su)\b\S*", re.I
)

Change = tuple[int, int, str]
"""From where to where something else stands."""
Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _rule(pattern: str, put: str | Callable[[re.Match[str]], str], flags: int = 0) -> Rule:
    return re.compile(pattern.replace("_", _BLANK), flags), put


def _range(match: re.Match[str]) -> str:
    """Only a span of rising numbers gets a dash: a score, a part of a telephone number or a name does not."""
    first, last = match[1], match[2]
    return f"{first}–{last}" if int(first) < int(last) and first[0] != "0" else match[0]


_SHORT = "а|и|о|у|в|к|с|во|до|за|из|на|не|ни|но|об|от|по|со|ко|да|без|при|про|для|под|над|или|обо"
_UNITS = (
    r"руб|тыс|млн|млрд|трлн|коп|км|см|мм|дм|кг|мг|га|мл|ч|мин|сек|шт|чел|экз|кв|куб|м|г|т|л|р|с|гг|вв|в|лет|года?|году"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
_BOTH: list[Rule] = [
    _rule(rf"[ \t]*{NBSP}_+|[ \t]+{NBSP}", NBSP),
    _rule(r"[ \t]{2,}", " "),
    _rule(r"(?<=[\w»”“)%₽°])_+(?=[,;:!?](?:[\s»”“)]|$)|\.(?:\s|$))", ""),
    _rule(r"(?<![.?!])\.{3}(?!\.)", "…"),
    _rule(r"(?<![\w.,/:–-])(\d{1,6})-(\d{1,6})(?![\w/–-])(?![.,:]\d)", _range),
    _rule(r"(?<![\w-])([IVX]{1,6})-([IVX]{1,6})(?![\w-])", r"\1–\2"),
    _rule(r"(?:(?<=^)|(?<=[\s(«„“])(?<!\d[\s]))-(?=\d)(?!\d+-)", "−", re.M),
    _rule(r"(?<![\d.,])(\d{1,3})((?:_\d{3})+)(?!\d)", lambda match: match[1] + re.sub(r"[ \t]", NBSP, match[2])),
    _rule(r"(?<=[№§])_*(?=\d)", NBSP),
    _rule(r"(?<=\d)[ \t](?=[%‰₽€$£°])", NBSP),
    _rule(r"(?<=\w)['’](?=\w)", "’"),
]
_RU: list[Rule] = [
    _rule(r"(?<=\S)(?<!\d)_(?:-{1,3}|[–—])(?=\s)|(?<=\S)_(?:--|---|[–—])(?=\s)|(?<=\d)_-(?=_+[^\W\d])", f"{NBSP}—"),
    _rule(r"^(?:-{1,3}|[–—])_+", f"—{NBSP}", re.M),
    _rule(rf"(?<![\w-])({_SHORT})[ \t](?=[\w«„\"(№§])", rf"\1{NBSP}", re.I),
    _rule(r"(?<=\w)[ \t](?=(?:же|ли|бы|ж|б|ль)(?![\w-]))", NBSP, re.I),
    _rule(r"(?<![\w.])([А-ЯЁA-Z]\.)[ \t](?=[А-ЯЁA-Z])", rf"\1{NBSP}"),
    _rule(r"(?<![\w])([А-ЯЁA-Z]\.[А-ЯЁA-Z]\.)[ \t](?=[А-ЯЁA-Z])", rf"\1{NBSP}"),
    _rule(r"([А-ЯЁ][а-яё]+)[ \t](?=[А-ЯЁ]\.[ \u00a0]?[А-ЯЁ]\.)", rf"\1{NBSP}"),
    _rule(rf"(?<=\d)[ \t](?=(?:{_UNITS})(?![\w]))", NBSP),
    _rule(r"(?<!\w)(и)[ \t](?=т\.)", rf"\1{NBSP}", re.I),
    _rule(r"(?<!\w)(т)\._*(?=[едпкнчо]\.)", rf"\1.{NBSP}", re.I),
    _rule(r"(?<!\w)(н)\._*(?=э\.)", rf"\1.{NBSP}", re.I),
    _rule(r"(?<!\w)(г|ул|пр|пл|пос|обл|стр|рис|табл|гл|ст|им|д|кв|корп|р)\.[ \t](?=[А-ЯЁ\d])", rf"\1.{NBSP}", re.I),
]
_EN: list[Rule] = [
    _rule(r"(?<=s)'(?=[\s.,;:!?]|$)", "’"),
    _rule(r"(?<=\S)_(?:--|---|[–—])(?=\s)|(?<=[^\d\s])_-(?=\s)", f"{NBSP}—"),
    _rule(r"(?<=[^\W\d])--(?=[^\W\d])", "—"),
    _rule(r"(?<!\w)(Mr|Mrs|Ms|Dr|Prof|St|No|p|pp|vol)\.[ \t](?=[A-Z\d])", rf"\1.{NBSP}"),
    _rule(r"(?<![\w.])([A-Z]\.)[ \t](?=[A-Z])", rf"\1{NBSP}"),
    _rule(r"(?<=\d)[ \t](?=(?:km|m|cm|mm|kg|g|t|l|mph|am|pm|a\.m|p\.m|percent|million|billion|trillion)(?!\w))", NBSP),
]
_RULES = {"ru": _BOTH + _RU, "en": _BOTH + _EN}


def typeset(text: str, language: str) -> str:
    """Returns plain ``text`` with the quotes, dashes and spaces of ``language``; Russian for an unknown one."""
    return _Line(text, []).set(language).text


class _Line:
    """A stretch of text, and the places in it where tags stand. Every change keeps the tags where they belong."""

    def __init__(self, text: str, cuts: list[int]) -> None:
        self.text, self.cuts = text, cuts

    def set(self, language: str) -> "_Line":
        for _round in range(MOST_ROUNDS):
            before = self.text
            for pattern, put in _RULES.get(language, _RULES["ru"]):
                self._change(
                    [
                        (*match.span(), match.expand(put) if isinstance(put, str) else put(match))
                        for match in pattern.finditer(self.text)
                    ]
                )
            self._change(quoted(self.text, language))
            if self.text == before:
                break
        return self

    def _change(self, changes: list[Change]) -> None:
        kept = [match.span() for match in _ADDRESS.finditer(self.text)] if changes else []
        for start, end, put in reversed(changes):
            if put != self.text[start:end] and not any(
                start < last and first < max(end, start + 1) for first, last in kept
            ):
                self.cuts = [self._moved(cut, start, end, put) for cut in self.cuts]
                self.text = self.text[:start] + put + self.text[end:]

    def _moved(self, cut: int, start: int, end: int, put: str) -> int:
        """Returns where a tag stands after a change: beside the same character as before, if that stays."""
        if cut <= start:
            return cut
        if cut >= end:
            return cut + len(put) - (end - start)
        before, after = self.text[start:cut], self.text[cut:end]
        if put.startswith(before):
            return start + len(before)
        return start + (len(put) - len(after) if put.endswith(after) else min(cut - start, len(put)))


_TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+|<", re.S)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_INLINE = {"a", "strong", "em", "s", "u", "sub", "sup", "mark", "abbr", "cite", "q", "b", "i", "span"}
_OPAQUE = {"code", "pre", "script", "style", "textarea"}


def typeset_html(html: str, language: str) -> str:
    """Returns clean ``html`` with its texts set; tags and attributes stay, and what stands in code.

    A sentence is one text, however many links and bold words it has; a footnote is a text of its own.
    """
    return "".join(_Setting(language).read(html))


class _Setting:
    """Reads HTML from its beginning, and sets each stretch of text when it ends."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.done: list[str] = []
        self.open: list[tuple[str, list[str]]] = [("", [])]
        self.opaque = ""

    def read(self, html: str) -> list[str]:
        for token in _TOKEN.findall(html):
            self._take(token)
        while len(self.open) > 1:
            self._close_note()
        self._flush()
        return self.done

    def _take(self, token: str) -> None:
        named = _NAME.match(token)
        name = named[1].lower() if named else ""
        closes = token.startswith("</")
        pieces = self.open[-1][1]
        if self.opaque:
            pieces[-1] += token
            self.opaque = "" if closes and name == self.opaque else self.opaque
        elif name in _OPAQUE and not closes:
            pieces.append(token)
            self.opaque = name
        elif token.startswith('<sup class="footnote"'):
            self.open.append((token, []))
        elif name == "sup" and closes and len(self.open) > 1 and not _open_sups(pieces):
            self._close_note(token)
        elif not named or name in _INLINE or name in {"br", "img"}:
            pieces.append(token)
        else:
            self._flush()
            self.done.append(token)

    def _close_note(self, end: str = "") -> None:
        begin, pieces = self.open.pop()
        self.open[-1][1].append(begin + _set(pieces, self.language) + end)

    def _flush(self) -> None:
        while len(self.open) > 1:
            self._close_note()
        pieces = self.open[0][1]
        self.done.append(_set(pieces, self.language))
        pieces.clear()


def _open_sups(pieces: list[str]) -> bool:
    return sum(piece.startswith("<sup") for piece in pieces) > sum(piece.startswith("</sup") for piece in pieces)


def _set(pieces: list[str], language: str) -> str:
    """Sets the texts among ``pieces`` as one line and puts the tags back where they stood."""
    text, tags, cuts = "", [], []
    for piece in pieces:
        if not piece.startswith("<") or piece == "<":
            text += unescape(piece)
            continue
        tags.append(piece)
        cuts.append(len(text))
        if not _is_plain_tag(piece):
            text += "\n" if piece.startswith("<br") else OBJECT
            cuts[-1] = len(text)
    line = _Line(text, cuts).set(language)
    return _woven(line, tags)


def _is_plain_tag(piece: str) -> bool:
    named = _NAME.match(piece)
    return bool(named and named[1].lower() in _INLINE and piece.count("<") == 1)


def _woven(line: _Line, tags: list[str]) -> str:
    woven, at = [], 0
    for tag, cut in zip(tags, line.cuts, strict=True):
        standing = 0 if _is_plain_tag(tag) else 1
        woven += [_escaped(line.text[at : max(at, cut - standing)]), tag]
        at = max(at, cut)
    return "".join([*woven, _escaped(line.text[at:])])


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace(NBSP, "&nbsp;")
