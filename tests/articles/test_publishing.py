"""The editorial acts: what they change, and what they leave alone."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Article, Revision, State
from tests.factories import make_article, make_author, make_category, make_content, make_draft, make_media, make_source

pytestmark = pytest.mark.django_db


def test_it_saves_a_revision_and_nothing_else() -> None:
    article = make_article("Старый заголовок")
    before = Article.objects.filter(pk=article.pk).values().get()
    saved = publishing.save(article, make_content("Новый заголовок"), by=None)
    told = {"newest_id": saved.pk, "touched_at": saved.at}  # for the desk alone
    assert Article.objects.filter(pk=article.pk).values().get() == before | told
    assert [revision.title for revision in article.revisions.all()] == ["Новый заголовок", "Старый заголовок"]


def test_it_publishes_the_whole_content() -> None:
    city, culture = make_category("Город"), make_category("Культура")
    maria, source, hero = make_author(), make_source(), make_media()
    article = make_article(
        lead="Раньше срока",
        tags=["мосты", "Заречье"],
        category=city,
        categories=[culture],
        authors=[maria],
        sources=[source],
        hero=hero,
    )
    assert (article.lead, article.category, article.hero) == ("Раньше срока", city, hero)
    assert [*article.categories.all(), *article.authors.all()] == [culture, maria]
    assert [citation.source for citation in article.citations.all()] == [source]
    assert sorted(tag.name for tag in article.tags.all()) == ["Заречье", "мосты"]


def test_it_keeps_the_time_of_a_live_story_that_changes() -> None:
    article = make_article(at=timezone.now() - timedelta(hours=2))
    change = publishing.save(article, make_content("Другой заголовок"), by=None)
    changed = publishing.publish(article, change, by=None, update_note="добавлено расписание")
    assert changed.publish_at == article.publish_at
    assert (changed.title, changed.update_note) == ("Другой заголовок", "добавлено расписание")
    assert changed.updated_at is not None


def test_it_schedules_without_a_job() -> None:
    now = timezone.now()
    article = make_article(at=now + timedelta(hours=1), until=now + timedelta(hours=2))
    states = [
        Article.objects.published(now + timedelta(minutes=minutes)).filter(pk=article.pk).exists()
        for minutes in (59, 60, 119, 120)
    ]
    assert states == [False, True, True, False]


def test_it_refuses_a_save_based_on_an_older_revision(erin: User, walt: User) -> None:
    article = make_draft()
    publishing.save(article, make_content("Правка Эрин"), by=erin, based_on=1)
    with pytest.raises(publishing.Conflict) as conflict:
        publishing.save(article, make_content("Правка Уолта"), by=walt, based_on=1)
    assert conflict.value.newest.title == "Правка Эрин"


def test_it_lets_the_autosaves_of_one_sitting_replace_each_other(erin: User, walt: User) -> None:
    article, kind, now = make_draft(), Revision.Kind.AUTOSAVE, timezone.now()
    for by, minutes in ((erin, 0), (erin, 1), (walt, 2), (erin, 3), (erin, 300)):
        publishing.save(article, make_content(), by=by, kind=kind, now=now + timedelta(minutes=minutes))
    numbers = list(article.revisions.order_by("number").values_list("number", "kind", "by__username"))
    assert numbers[1:] == [(2, kind, "erin"), (3, kind, "walt"), (4, kind, "erin"), (5, kind, "erin")]


def test_it_restores_as_a_new_revision(erin: User) -> None:
    article = make_draft("Первая")
    publishing.save(article, make_content("Вторая"), by=erin)
    restored = publishing.restore(article, article.revisions.get(number=1), by=erin)
    assert (restored.number, restored.title, restored.kind) == (3, "Первая", Revision.Kind.RESTORE)


def test_it_withdraws_for_good(client: Client) -> None:
    article = make_article()
    publishing.withdraw(article)
    article.refresh_from_db()
    assert article.state == State.WITHDRAWN
    assert not article.listings.exists()
    assert client.get(article.get_absolute_url()).status_code == 410


def test_it_answers_410_for_a_story_that_came_earlier_than_it_was_scheduled(client: Client) -> None:
    article = make_article(at=timezone.now() + timedelta(days=1))
    early = publishing.publish(article, article.revisions.get(), by=None, at=timezone.now())
    assert early.first_published_at == early.publish_at
    publishing.withdraw(early)
    assert client.get(article.get_absolute_url()).status_code == 410


def test_it_does_not_speak_of_a_story_that_was_withdrawn_before_its_time(client: Client) -> None:
    later = timezone.now() - timedelta(hours=1)
    article = make_draft()
    coming = publishing.publish(article, article.revisions.get(), by=None, at=later, now=later - timedelta(hours=2))
    publishing.withdraw(coming, now=later - timedelta(hours=1))
    assert client.get(coming.get_absolute_url()).status_code == 404


def test_it_keeps_a_draft_from_readers(client: Client) -> None:
    article = make_draft()
    assert client.get(f"/news/{article.pk}/").status_code == 404


def test_it_takes_an_article_out_of_the_bin_as_it_was(client: Client) -> None:
    article = make_article()
    publishing.move_to_bin(article)
    assert client.get(article.get_absolute_url()).status_code == 404
    publishing.take_out_of_bin(article)
    assert client.get(article.get_absolute_url()).status_code == 200


def test_it_does_not_move_a_live_story_back_to_the_draft() -> None:
    with pytest.raises(ValueError, match="withdraw"):
        publishing.move_to(make_article(), State.DRAFT)


def test_it_does_not_move_a_withdrawn_story_back_to_the_draft() -> None:
    with pytest.raises(ValueError, match="publish"):
        publishing.move_to(publishing.withdraw(make_article()), State.DRAFT)


def test_it_leaves_out_what_was_deleted_since_the_revision_was_written() -> None:
    category, gone, stays = make_category(), make_author("Ушёл"), make_author("Остался")
    draft = make_draft(category=category, authors=[gone, stays])
    category.delete()
    gone.delete()
    article = publishing.publish(draft, draft.revisions.get(), by=None)
    assert (article.category, list(article.authors.all())) == (None, [stays])
