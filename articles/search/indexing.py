"""Keeps the index in line with what readers may see. Written in the transaction that publishes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q, Value

from articles.models import Article, ArticleTag, Byline, Listing, State
from articles.models.search import GAP, Headline, SearchEntry, author_mark, category_mark, mark, place, title_word
from articles.search.words import plain_words, stems
from lib.html import plain_text

MOST_WORDS = 10_000
"""Words of an article that can be found; PostgreSQL counts no further than 16,383."""
MOST_PLACES = 255
"""Places of one word in an article that are remembered: as many as PostgreSQL remembers."""
MOST_IN_TITLE = 50
BATCH = 200


def index(*articles: Article) -> None:
    """Writes the entries of ``articles`` anew, in six queries: published ones have them, others have none."""
    shown = [each for each in articles if each.state == State.PUBLISHED and not each.in_bin]
    for entries in (SearchEntry, Headline):
        entries._default_manager.filter(article__in=articles).delete()
    names, marks = _names(shown), _marks(shown)
    SearchEntry.objects.bulk_create(_entry(article, names[article.pk], marks[article.pk]) for article in shown)
    Headline.objects.bulk_create(map(_headline, shown))


def reindex(key: str = "") -> Iterator[int]:
    """Rebuilds the index while the site is running, and yields the size of every batch that is done.

    ``key`` names the only list (see Listing) whose articles are read, such as ``author:7``. A batch locks its
    articles, so that nobody publishes a text between its being read and being indexed.
    """
    last = 0
    listed = Q(pk__in=Listing.objects.filter(key=key).values("article")) if key else Q()
    while articles := _reindex_after(last, listed):
        yield len(articles)
        last = articles[-1].pk


@transaction.atomic
def _reindex_after(pk: int, wanted: Q) -> list[Article]:
    articles = list(Article.objects.select_for_update().filter(wanted, pk__gt=pk).order_by("pk")[:BATCH])
    index(*articles)
    return articles


def _names(articles: Collection[Article]) -> dict[int, list[str]]:
    """Returns the tags and authors of every article, the latter in both languages, in one query."""
    tags = ArticleTag.objects.filter(content_object__in=articles).values_list("content_object", "tag__name")
    bylines = Byline.objects.filter(article__in=articles).order_by()
    signed = [bylines.values_list("article", f"author__name_{language}") for language in ("ru", "en")]
    names = defaultdict(list)
    for article, name in tags.union(*signed):
        names[article].append(name)
    return names


def _marks(articles: Collection[Article]) -> dict[int, set[str]]:
    """Returns the marks of every article: its language, its authors and its own categories, in one query.

    Not the categories above, so that nothing is to be written anew when a category moves.
    """
    further = Article.categories.through.objects.filter(article__in=articles)
    signed = Byline.objects.filter(article__in=articles).order_by()
    marks = {each.pk: {mark(each.language), category_mark(each.category_id or 0)} for each in articles}
    named = further.values_list("article", "category", Value("category"))
    for article, pk, kind in named.union(signed.values_list("article", "author", Value("author"))):
        marks[article].add(category_mark(pk) if kind == "category" else author_mark(pk))
    return marks


def _entry(article: Article, names: Iterable[str], marks: Iterable[str]) -> SearchEntry:
    text = plain_text(article.lead), plain_text(article.body)
    return SearchEntry(
        **_placed(article),
        title=" ".join(stems(article.title)),
        words=_sequence(sorted(marks), [article.title, article.kicker, *names, *text]),
    )


def _headline(article: Article) -> Headline:
    words = dict.fromkeys(plain_words(article.title)[:MOST_IN_TITLE])
    return Headline(**_placed(article), words=[title_word(article.language, word) for word in words])


def _placed(article: Article) -> dict[str, Any]:
    publish_at, unpublish_at = article.cursor.publish_at, article.unpublish_at
    return {
        "id": place(publish_at, article.pk),
        "article": article,
        "publish_at": publish_at,
        "unpublish_at": unpublish_at,
    }


def _sequence(marks: Iterable[str], parts: Iterable[str]) -> list[str]:
    """Returns the stems of all parts in one row, a gap before each: no phrase begins in a title and ends in a lead."""
    words = [*marks]
    for part in parts:
        words += [GAP, *stems(part)]
    counts = Counter[str]()
    return [_counted(word, counts) for word in words[:MOST_WORDS]]


def _counted(word: str, counts: Counter[str]) -> str:
    counts[word] += 1
    return word if counts[word] <= MOST_PLACES else GAP
