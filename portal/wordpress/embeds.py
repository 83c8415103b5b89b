"""What other sites showed inside a text (videos, posts, players) becomes a plain link.

Where our pages know the provider (``lib.embeds``), a link on a line of its own is shown as a box that asks before it
loads anything; every other one stays a link.
"""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from lib.embeds import embed_of
from portal.wordpress.tree import Node

URL = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_VIDEO = {
    "youtube.com": "YouTube", "youtu.be": "YouTube", "youtube-nocookie.com": "YouTube", "vimeo.com": "Vimeo",
    "player.vimeo.com": "Vimeo", "rutube.ru": "Rutube", "wordpress.tv": "WordPress.tv", "videopress.com": "VideoPress",
    "dzen.ru": "Дзен", "dailymotion.com": "Dailymotion", "tiktok.com": "TikTok", "twitch.tv": "Twitch",
    "vkvideo.ru": "VK Видео",
}  # fmt: skip
_POST = {
    "t.me": "Telegram", "twitter.com": "Twitter", "x.com": "X", "facebook.com": "Facebook", "ok.ru": "Одноклассники",
    "instagram.com": "Instagram", "vk.com": "ВКонтакте", "vk.ru": "ВКонтакте",
}  # fmt: skip
_SOUND = {"soundcloud.com": "SoundCloud", "music.yandex.ru": "Яндекс Музыка", "spotify.com": "Spotify"}


def host_of(url: str) -> str:
    """Returns the host of an address without «www.», empty for an address that has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""


def watch_address(url: str) -> str:
    """Returns the page where people see what a frame shows; the address itself for services not known here."""
    url = f"https:{url}" if url.startswith("//") else url
    embed = embed_of(url)
    return embed.address if embed else url


def label(url: str) -> str:
    """Returns the words of the link."""
    host = host_of(url)
    if "/video" in url and host in {"vk.com", "vk.ru", "ok.ru"}:
        return _("Video: %s") % _POST[host]
    if host in _VIDEO:
        return _("Video: %s") % _VIDEO[host]
    if host in _POST:
        return _("Post: %s") % _POST[host]
    if host in _SOUND:
        return _("Sound: %s") % _SOUND[host]
    return url.partition("://")[2].rstrip("/") or url


def embed_link(url: str) -> Node:
    """Returns the link that stands where something was embedded."""
    address = watch_address(url)
    return Node("a", {"href": address}, [label(address)])
