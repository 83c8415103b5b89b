"""Where a story can be shared: plain links, so that no network hears of a reader who does not press one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Network:
    """A place to share in; the address has ``{url}``, ``{title}`` or ``{both}``. Without one it takes a script."""

    label: Any
    address: str = ""


NETWORKS = {
    "vk": Network(_("VKontakte"), "https://vk.com/share.php?url={url}&title={title}"),
    "telegram": Network("Telegram", "https://t.me/share/url?url={url}&text={title}"),
    "whatsapp": Network("WhatsApp", "https://wa.me/?text={both}"),
    "ok": Network(_("Odnoklassniki"), "https://connect.ok.ru/offer?url={url}&title={title}"),
    "max": Network("MAX", "https://max.ru/:share?text={both}"),
    "x": Network("X", "https://x.com/intent/post?url={url}&text={title}"),
    "facebook": Network("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    "email": Network(_("By email"), "mailto:?subject={title}&body={url}"),
    "copy": Network(_("Copy link")),
    "native": Network(_("Other app…")),
}
"""All there are, by the names under which the site settings keep them."""


def usual() -> list[str]:
    """Returns what a new site offers."""
    return ["vk", "telegram", "whatsapp", "ok", "max", "email", "copy", "native"]


@dataclass(frozen=True)
class ShareLink:
    code: str
    label: Any
    address: str


def links(codes: Iterable[str], url: str, title: str) -> Iterator[ShareLink]:
    """Yields the links of a story in the order of ``codes``; a code that nobody knows any more is left out."""
    words = {"url": quote(url, safe=""), "title": quote(title, safe=""), "both": quote(f"{title} {url}", safe="")}
    for code in codes:
        if network := NETWORKS.get(code):
            yield ShareLink(code, network.label, network.address.format(**words))
