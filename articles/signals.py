"""What articles announce. Sent after the commit; portal/wiring.py says who listens.

The first three are sent once for each change, in a transaction of their own: what a listener writes, and the tasks it
enqueues in the database, come true together with the fact that it was told (articles/announcing.py).

article_published(article, first): an article was published or a change of it; ``first`` the first time.
    It may be scheduled: ``article.publish_at`` says for when.
article_withdrawn(article): readers find it no more: it was withdrawn, or lies in the bin.
article_gone_off(article): its time was over, and readers find it no more. It may be sent late.
category_moved(old_path, category): a category has another address; those below it are announced one by one.
tag_merged(old, tag): ``old`` is no more; its stories have ``tag`` now.
cards_shown(articles): sent at once while a page renders, with the articles of its cards (and the one whose page it is):
    listeners set on them what they know, such as ``comment_count``, in one query, and tag what it hangs on.
links_asked(text, language): asked at once while an editor looks for something to link to: listeners return rows of
    (kind, title, address, warning) for what of theirs has these words.
addresses_asked(paths): asked at once: listeners return those of the decoded paths at which readers find their pages.
uses_asked(media): asked at once, not after the commit: listeners return where they show the media, as
    ``articles.models.Use``.
media_kept(): asked at once: listeners return the keys of all media that they show.
"""

from django.dispatch import Signal

article_published = Signal()
article_withdrawn = Signal()
article_gone_off = Signal()
category_moved = Signal()
tag_merged = Signal()
cards_shown = Signal()
links_asked = Signal()
uses_asked = Signal()
media_kept = Signal()
addresses_asked = Signal()
