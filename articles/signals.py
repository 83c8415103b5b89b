"""What articles announce. Sent after the commit; portal/wiring.py says who listens.

article_published(article, first): an article was published or a change of it; ``first`` the first time.
    It may be scheduled: ``article.publish_at`` says for when.
article_withdrawn(article): readers find it no more: it was withdrawn, or lies in the bin.
category_moved(old_path, category): a category has another address; those below it are announced one by one.
uses_asked(media): asked at once, not after the commit: listeners return in words where they show the media.
"""

from django.dispatch import Signal

article_published = Signal()
article_withdrawn = Signal()
category_moved = Signal()
uses_asked = Signal()
