"""Who hears what: every line that ties a signal to a listener, and nothing else."""

from django.apps import apps
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_migrate, post_save, pre_save

from articles import planned, presence, renaming, uploads
from articles.models import Author, Media, MediaVersion, Source, Tag
from articles.signals import (
    addresses_asked,
    article_gone_off,
    article_published,
    article_withdrawn,
    cards_shown,
    category_moved,
    links_asked,
    media_kept,
    tag_merged,
    uses_asked,
)
from comments import counts, quiet
from comments.models import PortalComment
from lib.pagecache import carry_out_when_due
from portal import links, places, redirects, roles, uses
from portal.distribution import cards, pings
from portal.people import sessions
from portal.people.switching import person_switched_off


def connect() -> None:
    """Ties the signals of the apps to their listeners, once, when the site starts."""
    carry_out_when_due(planned.next_due, planned.apply_due)
    article_published.connect(pings.announce)
    article_withdrawn.connect(pings.announce)
    article_published.connect(cards.ask)
    article_withdrawn.connect(cards.ask)
    article_gone_off.connect(cards.ask)
    post_delete.connect(cards.take_away, sender=cards.Card)
    cards_shown.connect(counts.tell_counts)
    for change in (post_save, post_delete):
        change.connect(counts.recount_after, sender=PortalComment)
    category_moved.connect(redirects.remember_category)
    tag_merged.connect(redirects.remember_tag)
    for listed in (Author, Source, Tag):
        pre_save.connect(redirects.remember_list, sender=listed)
    for named in (Author, Tag):
        pre_save.connect(renaming.find_by_new_name, sender=named)
    user_logged_in.connect(sessions.note_beginning)
    addresses_asked.connect(places.known)
    person_switched_off.connect(presence.end_all)
    uses_asked.connect(uses.uses_of_media)
    links_asked.connect(links.pages_titled)
    media_kept.connect(uses.media_of_site)
    post_delete.connect(uploads.take_away, sender=Media)
    post_delete.connect(uploads.forget_file, sender=MediaVersion)
    post_migrate.connect(quiet.name_the_site, sender=apps.get_app_config("sites"))
    last = [app for app in apps.get_app_configs() if app.models_module][-1]
    post_migrate.connect(quiet.withdraw_rights, sender=last)  # when the rights of all apps have been made
    post_migrate.connect(roles.keep, sender=last)
