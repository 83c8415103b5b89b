"""Videos and posts of other sites, recognised by the address at which people see them.

Nothing here asks another site for anything. An address that is not certainly the one of a video or a post is
not recognised at all: what becomes the address of a frame is put together from the number of the video alone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

FRAME_HOSTS = (
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://rutube.ru",
    "https://vk.com",
    "https://vkvideo.ru",
    "https://t.me",
)
"""Every host a frame may come from, for the content security policy. vk.com and vkvideo.ru lead to each other."""

_LONGEST = 2000
_YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)
_YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v)/([\w-]{11})/?", re.ASCII)
_OFFSET = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)
_VIMEO_PATH = re.compile(
    r"/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/)?(\d{5,12})(?:/([0-9a-f]{6,20}))?/?", re.ASCII
)
_RUTUBE_PATH = re.compile(r"/(?:(video|shorts|play/embed|live/video)|video/(private))/([0-9a-f]{32})/?")
_RUTUBE_KEY = re.compile(r"[\w-]{10,40}", re.ASCII)
_VK_VIDEO = re.compile(r"(video|clip)(-?\d{1,12})_(\d{1,12})", re.ASCII)
_VK_HASH = re.compile(r"[0-9a-f]{8,40}")
_TELEGRAM_PATH = re.compile(r"/(?:s/)?([A-Za-z]\w{3,31})/([1-9]\d{0,9})/?", re.ASCII)


@dataclass(frozen=True)
class Embed:
    """A video or post of another site."""

    provider: str
    """``youtube``, ``vimeo``, ``rutube``, ``vk`` or ``telegram``."""
    frame: str
    """The address for a frame; its host is one of ``FRAME_HOSTS``."""
    address: str
    """The page at the provider where people see the same."""
    shape: str = "video"
    """``video`` is wide, ``tall`` is a short film held upright, ``post`` is as high as its words."""


def embed_of(address: str) -> Embed | None:
    """Returns the video or post at ``address``; None for every other address, and for whatever looks like one."""
    if len(address) > _LONGEST or not address.isascii() or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        ordinary = parts.port is None and parts.username is None and parts.password is None
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not ordinary or address != address.strip():
        return None
    find = _PROVIDERS.get((parts.hostname or "").removeprefix("www.").removeprefix("m."))
    return find(parts) if find else None


def _first(parts: SplitResult, name: str) -> str:
    return parse_qs(parts.query).get(name, [""])[0]


def _youtube(parts: SplitResult) -> Embed | None:
    path = _YOUTUBE_PATH.fullmatch(parts.path)
    found = path[1] if path else _first(parts, "v") if parts.path in {"/watch", "/watch/"} else ""
    return _youtube_video(found, parts, is_short=parts.path.startswith("/shorts/"))


def _youtu_be(parts: SplitResult) -> Embed | None:
    return _youtube_video(parts.path.strip("/"), parts)


def _youtube_video(number: str, parts: SplitResult, *, is_short: bool = False) -> Embed | None:
    if not _YOUTUBE_ID.fullmatch(number):
        return None
    start = _seconds(_first(parts, "t") or _first(parts, "start"))
    frame = f"https://www.youtube-nocookie.com/embed/{number}?rel=0" + (f"&start={start}" if start else "")
    watch = f"https://www.youtube.com/watch?v={number}" + (f"&t={start}s" if start else "")
    if is_short:
        return Embed("youtube", frame, f"https://www.youtube.com/shorts/{number}", "tall")
    return Embed("youtube", frame, watch)


def _seconds(offset: str) -> int:
    """Reads ``90``, ``90s`` or ``1h2m3s``; anything else is the beginning."""
    match = _OFFSET.fullmatch(offset)
    hours, minutes, seconds = (int(number or 0) for number in match.groups()) if match else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def _vimeo(parts: SplitResult) -> Embed | None:
    match = _VIMEO_PATH.fullmatch(parts.path)
    if match is None:
        return None
    secret = match[2] or _first(parts, "h")
    secret = secret if re.fullmatch(r"[0-9a-f]{6,20}", secret) else ""
    frame = f"https://player.vimeo.com/video/{match[1]}?dnt=1" + (f"&h={secret}" if secret else "")
    return Embed("vimeo", frame, f"https://vimeo.com/{match[1]}" + (f"/{secret}" if secret else ""))


def _rutube(parts: SplitResult) -> Embed | None:
    match = _RUTUBE_PATH.fullmatch(parts.path)
    if match is None:
        return None
    key = _first(parts, "p")
    key = f"?p={key}" if _RUTUBE_KEY.fullmatch(key) else ""
    kind = match[2] or match[1]
    page = {"private": "video/private", "shorts": "shorts", "live/video": "live/video"}.get(kind, "video")
    shape = "tall" if kind == "shorts" else "video"
    frame = f"https://rutube.ru/play/embed/{match[3]}/{key}"
    return Embed("rutube", frame, f"https://rutube.ru/{page}/{match[3]}/{key}", shape)


def _vk(parts: SplitResult) -> Embed | None:
    """VK writes a video as ``/video-1_2``, as ``/anything?z=video-1_2/…``, and in its frames as oid and id."""
    if parts.path == "/video_ext.php":
        match = _VK_VIDEO.fullmatch(f"video{_first(parts, 'oid')}_{_first(parts, 'id')}")
    else:
        own = parts.path.removeprefix("/").partition("/")[0]
        match = _VK_VIDEO.fullmatch(own) or _VK_VIDEO.fullmatch(_first(parts, "z").partition("/")[0])
    if match is None:
        return None
    kind, owner, number = match.groups()
    secret = _first(parts, "hash")
    secret = f"&hash={secret}" if _VK_HASH.fullmatch(secret) else ""
    frame = f"https://vkvideo.ru/video_ext.php?oid={owner}&id={number}&hd=2{secret}"
    page = frame if secret else f"https://vkvideo.ru/{kind}{owner}_{number}"
    return Embed("vk", frame, page, "tall" if kind == "clip" else "video")


def _telegram(parts: SplitResult) -> Embed | None:
    match = _TELEGRAM_PATH.fullmatch(parts.path)
    if match is None:
        return None
    post = f"https://t.me/{match[1]}/{match[2]}"
    return Embed("telegram", f"{post}?embed=1", post, "post")


_PROVIDERS: dict[str, Callable[[SplitResult], Embed | None]] = {
    "youtube.com": _youtube,
    "music.youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "youtu.be": _youtu_be,
    "vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo,
    "rutube.ru": _rutube,
    "vk.com": _vk,
    "vk.ru": _vk,
    "vkvideo.ru": _vk,
    "t.me": _telegram,
    "telegram.me": _telegram,
}
"""What reads the addresses of each host, written without «www.» and «m.»."""
HOSTS = tuple(_PROVIDERS)
"""The hosts at which people see videos and posts, without «www.» and «m.»."""
