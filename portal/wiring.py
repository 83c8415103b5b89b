"""Who hears what: every line that ties a signal to a listener, and nothing else."""


def connect() -> None:
    """Ties the signals of the apps to their listeners, once, when the site starts."""
