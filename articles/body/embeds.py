"""A paragraph that is only a link to a video or a post becomes a box that asks before it shows it."""

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from articles.body.blocks import Block, Library, link_alone
from lib.embeds import embed_of
from lib.html import plain_text

NAMES = {
    "youtube": "YouTube",
    "vimeo": "Vimeo",
    "rutube": "Rutube",
    "vk": gettext_lazy("VK Video"),
    "telegram": "Telegram",
}


def shown(block: Block, library: Library) -> str | None:
    """Returns the box of a video or post of another site; None for every other block."""
    link = link_alone(block)
    embed = embed_of(link.attributes.get("href", "")) if link else None
    if link is None or embed is None:
        return None
    words = plain_text(link.inner)
    title = "" if "://" in words or not words else words
    return render_to_string(
        "articles/_body_embed.html", {"embed": embed, "name": NAMES[embed.provider], "title": title}
    )
