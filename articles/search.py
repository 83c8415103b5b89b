"""Finding articles by their words. The index is written in the transaction that publishes."""

from articles.models import Article


def index(article: Article) -> None:
    """Brings the search index into line with what readers may see of ``article``."""
