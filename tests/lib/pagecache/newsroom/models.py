from django.db import models

from lib.pagecache.models import OnPages


class Category(OnPages):
    name = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.name

    def cache_tags(self) -> set[str]:
        return {f"category:{self.pk}"}


class Keyword(OnPages):
    name = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.name

    def cache_tags(self) -> set[str]:
        return {f"keyword:{self.pk}"}


class Story(OnPages):
    title = models.CharField(max_length=50)
    category = models.ForeignKey(Category, on_delete=models.CASCADE)
    keywords = models.ManyToManyField(Keyword)

    def __str__(self) -> str:
        return self.title

    def cache_tags(self) -> set[str]:
        return {f"story:{self.pk}", f"category:{self.category_id}"}


class Bulletin(OnPages):
    """The line of the ticker, changed often, and the moment of the next one."""

    text = models.CharField(max_length=50)
    next_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.text

    def cache_tags(self) -> set[str]:
        return {"ticker"}
