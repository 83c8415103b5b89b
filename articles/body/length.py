"""How long a text is, in words and in minutes."""

from articles.models import Article
from lib.html import plain_text

WORDS_A_MINUTE = {"ru": 180, "en": 220}
"""Our choice, a careful one. Measured were 184 words a minute, read aloud, as the mean of seventeen languages
(Trauzettel-Klosinski and Dietz 2012, doi:10.1167/iovs.11-8284) and 238 for English read in silence (Brysbaert 2019,
doi:10.1016/j.jml.2019.104047); Russian says the same in fewer and longer words."""
SHORTEST_TOLD = 3
"""Minutes from which on it is worth telling; a news item is read before one has decided to."""
LONG = 800
"""Words from which on a text with several headings gets a table of contents: about ten screens of a phone."""
HEADINGS = 3


def words(body: str) -> int:
    return len(plain_text(body).split())


def minutes(article: Article) -> int:
    """Returns how many minutes it takes to read an article, rounded, at least one."""
    return max(1, round(words(f"{article.lead} {article.body}") / WORDS_A_MINUTE.get(article.language, 200)))
