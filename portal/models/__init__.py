"""What belongs to the site as a whole: its settings, menus, static pages and redirects, a module each.

The front page and the ticker have models of their own in ``portal/front.py`` and ``portal/ticker.py``, what machines
are told in ``portal/distribution/``.
"""

from portal.distribution.cards import Card
from portal.distribution.pings import Ping
from portal.distribution.settings import Distribution
from portal.front import FrontChange, FrontZone, Pin
from portal.models.counters import Counter
from portal.models.menus import Menu, MenuItem
from portal.models.pages import Page
from portal.models.redirects import Redirect
from portal.models.site import SiteSettings
from portal.models.social import SocialLink
from portal.ticker import TickerItem, TickerRule
from portal.wordpress.models import Imported

__all__ = [
    "Card",
    "Counter",
    "Distribution",
    "FrontChange",
    "FrontZone",
    "Imported",
    "Menu",
    "MenuItem",
    "Page",
    "Pin",
    "Ping",
    "Redirect",
    "SiteSettings",
    "SocialLink",
    "TickerItem",
    "TickerRule",
]
