"""Who hears what: every line that ties a signal to a listener, and nothing else."""

from articles.signals import category_moved
from portal import redirects


def connect() -> None:
    """Ties the signals of the apps to their listeners, once, when the site starts."""
    category_moved.connect(redirects.remember_category)
