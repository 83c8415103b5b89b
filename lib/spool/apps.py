from django.apps import AppConfig


class SpoolConfig(AppConfig):
    name = "lib.spool"
    label = "spool"
