"""Who hears what: every line that ties a signal to a listener, and nothing else."""

from django.apps import apps
from django.db.models.signals import post_delete, post_migrate, post_save, pre_save

from articles import renaming, uploads
from articles.models import Author, Media, Source, Tag
from articles.signals import article_published, article_withdrawn, cards_shown, category_moved, uses_asked
from comments import counts, quiet
from comments.models import PortalComment
from portal import redirects, roles, uses
from portal.distribution import cards, pings


def connect() -> None:
    """Ties the signals of the apps to their listeners, once, when the site starts."""
    article_published.connect(pings.announce)
    article_withdrawn.connect(pings.announce)
    article_published.connect(cards.ask)
    article_withdrawn.connect(cards.ask)
    post_delete.connect(cards.take_away, sender=cards.Card)
    cards_shown.connect(counts.tell_counts)
    for change in (post_save, post_delete):
        change.connect(counts.recount_after, sender=PortalComment)
    category_moved.connect(redirects.remember_category)
    for listed in (Author, Source, Tag):
        pre_save.connect(redirects.remember_list, sender=listed)
    for named in (Author, Tag):
        pre_save.connect(renaming.find_by_new_name, sender=named)
    uses_asked.connect(uses.uses_of_media)
    post_delete.connect(uploads.take_away, sender=Media)
    post_migrate.connect(quiet.name_the_site, sender=apps.get_app_config("sites"))
    last = [app for app in apps.get_app_configs() if app.models_module][-1]
    post_migrate.connect(quiet.withdraw_rights, sender=last)  # when the rights of all apps have been made
    post_migrate.connect(roles.keep, sender=last)
