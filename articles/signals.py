"""What articles announce. Sent after the commit; portal/wiring.py says who listens.

article_published(article, first): an article was published or a change of it; ``first`` the first time.
    It may be scheduled: ``article.publish_at`` says for when.
article_withdrawn(article): readers find it no more: it was withdrawn, or lies in the bin.
category_moved(old_path, category): a category has another address; those below it are announced one by one.
cards_shown(articles): sent at once while a page renders, with the articles of its cards (and the one whose page it is):
    listeners set on them what they know, such as ``comment_count``, in one query, and tag what it hangs on.
uses_asked(media): asked at once, not after the commit: listeners return in words where they show the media.
"""

from django.dispatch import Signal

article_published = Signal()
article_withdrawn = Signal()
category_moved = Signal()
cards_shown = Signal()
uses_asked = Signal()
