"""Django's PostgreSQL, with stamps written as the last act of a transaction."""

from django.db.backends.postgresql import base

from lib.pagecache.stamps import StampingMixin


class DatabaseWrapper(StampingMixin, base.DatabaseWrapper):
    pass
