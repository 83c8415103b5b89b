"""What the site tells machines beyond its own pages.

Settings of distribution (``settings.py``), proofs of ownership (``tokens.py``), feeds for Yandex and Dzen
(``aggregators.py``), pings to hubs and search engines (``pings.py``), and drawn cards (``cards.py``).
"""
