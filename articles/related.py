"""What to read next."""

from datetime import datetime

from articles.lists import newest
from articles.models import Article, State
from lib import pagecache

CARDS = 3


def related_to(article: Article, now: datetime) -> list[Article]:
    """Returns the newest stories that share a tag with ``article``, then of its category, and never itself."""
    tags = [f"tag:{tag.pk}" for tag in article.tags.all()]
    category = f"category:{article.category_id}"
    lists = newest([*tags, category], article.language, now=now, size=CARDS + 1)
    tagged = {each.pk: each for key in tags for each in lists[key] if each != article}
    by_date = sorted(tagged.values(), key=lambda each: each.cursor, reverse=True)
    rest = [each for each in lists[category] if each != article and each.pk not in tagged]
    return [*by_date, *rest][:CARDS]


def translations_of(article: Article, now: datetime) -> list[Article]:
    """Returns the article in the other languages, as far as readers may see it."""
    pagecache.tag(f"translations:{article.translation_group}")
    group = Article.objects.filter(translation_group=article.translation_group, state=State.PUBLISHED, binned_at=None)
    others = list(group.exclude(pk=article.pk).defer("body"))
    for each in others:
        pagecache.expires(each.publish_at if each.is_scheduled(now) else each.unpublish_at)
    return [each for each in others if each.is_live(now)]
