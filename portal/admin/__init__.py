"""The site as a whole on the desk: front page, ticker, pages, menus, settings, redirects, and who signs in."""

from portal.admin import distribution, front, menus, pages, people, redirects, said, site

__all__ = ["distribution", "front", "menus", "pages", "people", "redirects", "said", "site"]
