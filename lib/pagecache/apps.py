from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "lib.pagecache"
    label = "pagecache"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lib.pagecache import receivers

        receivers.connect()
