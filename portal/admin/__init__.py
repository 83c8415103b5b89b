"""The site as a whole on the desk: front page, ticker, pages, menus, settings, redirects, and who signs in."""

from portal.admin import attempts, distribution, front, menus, missing, pages, people, redirects, said, site, tasks

__all__ = [
    "attempts",
    "distribution",
    "front",
    "menus",
    "missing",
    "pages",
    "people",
    "redirects",
    "said",
    "site",
    "tasks",
]
