"""Sound, films and files of the library: a link on a line of its own becomes a player or a card."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from articles.body.blocks import Block, Library, link_alone, trusted
from articles.models import Media
from lib.addresses import absolute
from lib.html import attributes_of, plain_text

PLAYED = {
    ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".wav": "audio/wav",
    ".mp4": "video/mp4", ".webm": "video/webm",
}  # fmt: skip
"""What browsers play, by the end of the file's name: servers do not agree on the types of some."""

_PLAYER = re.compile(
    r"(?:<figure[^>]*>\s*)?<(audio|video)\b([^>]*)>.*?</\1>\s*(?:<figcaption>(.*?)</figcaption>\s*)?(?:</figure>)?",
    re.DOTALL,
)
_LIKE_ADDRESS = re.compile(r"(?:https?:/)?/\S+$")
_LINK = re.compile(r"<(a|audio|video)\b([^>]*)>")
_TIE = re.compile(r' data-media="[^"]*"')
_ADDRESS = re.compile(r'\b(href|src)="[^"]*"')


def shown(block: Block, library: Library) -> str | None:
    """Returns the player or the card of a file of the library; None for every other block."""
    link = link_alone(block)
    if link and (found := library.get(link.attributes.get("data-media", ""))) and not found.is_image:
        return _shown(found, link.inner)
    player = _PLAYER.fullmatch(block.html) if block.tag in {"audio", "video", "figure"} else None
    if player and (found := library.get(attributes_of(player[2]).get("data-media", ""))) and not found.is_image:
        return _shown(found, player[3] or "")
    return None


def _shown(media: Media, words: str) -> str:
    suffix = PurePosixPath(media.file.name or "").suffix
    played = PLAYED.get(suffix, "")
    said = plain_text(words)
    says_nothing = said in {"", media.original_name, PurePosixPath(media.file.name or "").name} or bool(
        _LIKE_ADDRESS.match(said)
    )
    context = {
        "media": media,
        "name": str(media) if says_nothing else trusted(words),
        "is_named": not says_nothing or bool(media.caption),
        "content_type": played,
        "tag": played.partition("/")[0],
        "kind": suffix.removeprefix(".").upper(),
    }
    return render_to_string(f"articles/_body_{'player' if played else 'file'}.html", context)


def current(html: str, library: Library) -> str:
    """Gives links and players that name their media the address it has now: a file may have been replaced."""

    def renewed(match: re.Match[str]) -> str:
        found = library.get(attributes_of(match[2]).get("data-media", ""))
        if found is None:
            return _TIE.sub("", match[0])
        attributes = _ADDRESS.sub(rf'\1="{found.url}"', _TIE.sub("", match[2]))
        return f"<{match[1]}{attributes}>"

    return _LINK.sub(renewed, html) if "data-media=" in html else html


def tied(html: str) -> str:
    """Returns clean HTML whose links and players name the media of the library that they lead to.

    Writers paste addresses; ``data-media`` ties a link to the file, so that the library knows where it is used and
    a link survives its replacement. A tie that a link brings along without leading there is taken off.
    """
    tokens = {token for match in _LINK.finditer(html) if (token := _token(match[2]))}
    keys: dict[str, int] = {}
    if tokens:
        keys = dict(Media.objects.in_library().filter(token__in=tokens).values_list("token", "pk"))

    def tie(match: re.Match[str]) -> str:
        key = keys.get(_token(match[2]))
        named = f' data-media="{key}"' if key else ""
        attributes = _TIE.sub("", match[2])
        return f"<{match[1]}{attributes}{named}>"

    return _LINK.sub(tie, html)


def _token(attributes: str) -> str:
    """Returns the token of the media that a link leads to, empty if it leads elsewhere."""
    named = attributes_of(attributes)
    address = named.get("href") or named.get("src") or ""
    try:
        whole = urlsplit(absolute(address))
        root = urlsplit(absolute(default_storage.url("")))
    except ValueError:
        return ""
    if whole.netloc != root.netloc or not whole.path.startswith(root.path):
        return ""
    return unquote(whole.path.removeprefix(root.path)).partition("/")[0][:16]
