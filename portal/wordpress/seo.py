"""What the plugins Yoast SEO, Rank Math and All in One SEO kept for search engines."""

import re

from lib.html import plain_text
from portal.wordpress.library import Library
from portal.wordpress.records import Item, whole_number

TITLES = ("_yoast_wpseo_title", "rank_math_title", "_aioseo_title", "_aioseop_title")
DESCRIPTIONS = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "_aioseop_description")
CANONICALS = ("_yoast_wpseo_canonical", "rank_math_canonical_url", "_aioseo_canonical_url")
PRIMARY = ("_yoast_wpseo_primary_category", "rank_math_primary_category")
_VARIABLE = re.compile(r"%%?([a-z_]+)%%?|#([a-z_]+)")
LONGEST_TITLE = 300
LONGEST_URL = 1000


def search_title(item: Item, site: str) -> str:
    """Returns the title for search engines, with its variables filled in; empty when it is the title itself."""
    title = _filled(item.last_meta(*TITLES), item, site)
    return "" if title == item.title else title[:LONGEST_TITLE]


def description(item: Item, site: str) -> str:
    return _filled(item.last_meta(*DESCRIPTIONS), item, site)


def _filled(template: str, item: Item, site: str) -> str:
    """Fills in the variables of the three plugins; one that only they know goes."""
    known = {
        "title": item.title, "post_title": item.title, "sep": "—", "separator_sa": "—", "sitename": site,
        "site_title": site, "excerpt": plain_text(item.excerpt),
    }  # fmt: skip

    def value(match: re.Match[str]) -> str:
        if match[2]:  # a hash may also be a hashtag
            return known.get(match[2], match[0])
        return known.get(match[1], "")

    filled = _VARIABLE.sub(value, plain_text(template)) if template else ""
    return " ".join(filled.split()).strip("— ") if filled != template else filled


def canonical_url(item: Item, library: Library) -> str:
    """Returns the original address of a text that appeared elsewhere first. One on the old site says nothing now."""
    url = item.last_meta(*CANONICALS)
    if not url.startswith(("http://", "https://")) or library.is_own(url) or len(url) > LONGEST_URL:
        return ""
    return url


def is_hidden(item: Item) -> bool:
    """Whether search engines were asked not to show it."""
    robots = item.last_meta("rank_math_robots")
    return item.last_meta("_yoast_wpseo_meta-robots-noindex") == "1" or '"noindex"' in robots


def primary_category(item: Item) -> int:
    """Returns the number of the main category, 0 when none is named."""
    return whole_number(item.last_meta(*PRIMARY))
