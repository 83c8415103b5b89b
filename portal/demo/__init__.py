"""The demo newsroom: a week of an invented city's news, drawn, written and loaded by ``manage.py demo``."""
