"""What each known shortcode becomes. The rest of the conversion deals with the HTML that is made here."""

import re
from collections.abc import Callable
from html import escape

from portal.wordpress.embeds import URL
from portal.wordpress.library import Attachment, Library
from portal.wordpress.records import whole_number
from portal.wordpress.shortcodes import Shortcode

CAPTIONS = {"caption", "wp_caption"}
PLAYERS = {"audio": "audio", "video": "video", "wpvideo": "video"}
EMBEDS = {
    "embed", "youtube", "vimeo", "rutube", "soundcloud", "googlemaps", "tweet", "twitter", "instagram", "facebook",
    "telegram", "vk", "dailymotion", "ted", "iframe", "playlist",
}  # fmt: skip
ADS = {"adrotate", "quads", "adinserter", "the_ad", "the_ad_group", "the_ad_placement", "ads", "adsense", "wp_ad"}
KNOWN = CAPTIONS | PLAYERS.keys() | EMBEDS | ADS | {"gallery"}
_PICTURE = re.compile(r"\s*((?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?)(.*)$", re.DOTALL | re.IGNORECASE)
_BY_NUMBER = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}


class Expander:
    """Expands the shortcodes of one post."""

    def __init__(self, post: int, library: Library, note: Callable[[str, str], None]) -> None:
        self.post = post
        self.library = library
        self.note = note

    def __call__(self, code: Shortcode) -> str | None:
        if code.name in CAPTIONS:
            return _caption(code)
        if code.name == "gallery":
            return self._gallery(code)
        if code.name in PLAYERS:
            return self._player(code)
        if code.name in EMBEDS:
            return self._embed(code)
        if code.name in ADS or code.name.startswith(("ad_", "ads_", "adsense")):
            self.note("advertisement", code.name)
            return ""
        return None

    def _gallery(self, code: Shortcode) -> str:
        wanted = _numbers(code.get("ids", "include"))
        left_out = set(_numbers(code.get("exclude")))
        found = [one for one in self.library.attachments(self.post, wanted) if one.wp_id not in left_out]
        if found:
            return f'\n\n<figure class="wp-block-gallery">{"".join(map(_gallery_picture, found))}</figure>\n\n'
        self.note("gallery without pictures", "gallery")
        return ""

    def _player(self, code: Shortcode) -> str:
        kinds = ("src", "mp4", "webm", "ogv", "m4v", "mov", "mp3", "m4a", "ogg", "wav", "flac")
        url = code.get(*kinds) or _first_url(code)
        if not url:
            self.note("shortcode", code.name)
            return ""
        tag = PLAYERS[code.name]
        return f'\n\n<{tag} controls src="{escape(url)}"></{tag}>\n\n'

    def _embed(self, code: Shortcode) -> str:
        number = code.get("id") or next(iter(code.values), "")
        url = _first_url(code)
        if not url and code.name in _BY_NUMBER and re.fullmatch(r"[\w-]{5,20}", number):
            url = _BY_NUMBER[code.name].format(number)
        if not url:
            self.note("shortcode", code.name)
            return code.inner or ""
        return f"\n\n<p>{escape(url)}</p>\n\n"


def _caption(code: Shortcode) -> str:
    """The caption stands after the picture, or in an attribute as WordPress wrote it before 3.4."""
    match = _PICTURE.match(code.inner or "")
    picture, words = (match[1], match[2]) if match else ("", code.inner or "")
    caption = " ".join((code.get("caption") or words).split())
    side = code.get("align")
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'\n\n<figure class="{escape(side)}">{" ".join(picture.split())}{caption}</figure>\n\n'


def _gallery_picture(one: Attachment) -> str:
    caption = f"<figcaption>{escape(one.caption)}</figcaption>" if one.caption else ""
    image = f'<img class="wp-image-{one.wp_id}" src="{escape(one.url)}" alt="{escape(one.alt)}">'
    return f"<figure>{image}{caption}</figure>"


def _numbers(text: str) -> list[int]:
    return [number for part in text.split(",") if (number := whole_number(part))]


def _first_url(code: Shortcode) -> str:
    places = [code.inner or "", *code.attributes.values(), *code.values]
    return next((match[0] for place in places if (match := URL.search(place))), "")
