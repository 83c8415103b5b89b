"""What belongs to the site as a whole: its settings, menus, static pages and redirects, a module each.

The front page and the ticker have models of their own in ``portal/front.py`` and ``portal/ticker.py``, what machines
are told in ``portal/distribution/``, the people of the newsroom in ``portal/people/``.
"""

from portal.distribution.cards import Card
from portal.distribution.pings import Ping
from portal.distribution.settings import Distribution
from portal.front import FrontChange, FrontZone, Pin
from portal.models.counters import Counter
from portal.models.menus import Menu, MenuItem
from portal.models.missing import MissingAddress
from portal.models.pages import Page
from portal.models.redirects import Redirect, RedirectFile
from portal.models.site import SiteSettings
from portal.models.social import SocialLink
from portal.people.invitations import Invitation
from portal.people.letters import Letter
from portal.people.preferences import Preference
from portal.people.sessions import Session
from portal.ticker import TickerItem, TickerRule
from portal.wordpress.models import Imported

__all__ = [
    "Card",
    "Counter",
    "Distribution",
    "FrontChange",
    "FrontZone",
    "Imported",
    "Invitation",
    "Letter",
    "Menu",
    "MenuItem",
    "MissingAddress",
    "Page",
    "Pin",
    "Ping",
    "Preference",
    "Redirect",
    "RedirectFile",
    "Session",
    "SiteSettings",
    "SocialLink",
    "TickerItem",
    "TickerRule",
]
