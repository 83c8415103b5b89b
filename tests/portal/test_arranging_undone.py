"""The front page screen: taking changes back, and two editors who arrange at once."""

import pytest

from articles import publishing
from portal.front import FrontChange, FrontZone, Pin
from tests.factories import make_article
from tests.portal.arranging import Send, said, send, spot, titles_of, zones

__all__ = ["send", "zones"]
pytestmark = pytest.mark.django_db


def test_it_undoes_a_change_and_undoes_the_undoing(send: Send, zones: dict[str, FrontZone]) -> None:
    article = make_article("Мост")
    send("pin", article=article.pk, place=spot(zones["seconds"]), ends="tomorrow")
    send(f"unpin:{zones['seconds'].pk}-{article.pk}")
    send("undo:2")
    until = Pin.objects.get().until
    assert until and until.isoformat() == FrontChange.objects.get(number=1).words["until"]
    send("undo:3")
    assert not Pin.objects.exists()
    assert [change.act for change in FrontChange.objects.all()] == ["undo", "undo", "unpin", "pin"]


def test_it_undoes_a_swap_whole(send: Send, zones: dict[str, FrontZone]) -> None:
    lead, second = make_article("Первая"), make_article("Вторая")
    send("pin", article=lead.pk, place=spot(zones["lead"]))
    send("pin", article=second.pk, place=spot(zones["seconds"]))
    send(f"move:{zones['seconds'].pk}-{second.pk}:{spot(zones['lead'])}")
    send("undo:3")
    assert (titles_of("lead"), titles_of("seconds")) == (["Первая"], ["Вторая"])


def test_it_refuses_to_undo_what_was_changed_since_and_says_by_what(send: Send, zones: dict[str, FrontZone]) -> None:
    for title in ("Первая", "Вторая"):
        send("pin", article=make_article(title).pk, place=spot(zones["lead"]))
    answer = send("undo:1")
    assert answer.status_code == 400
    assert "has been changed since: Pinned «Вторая»" in said(answer)
    assert titles_of("lead") == ["Вторая"]


def test_it_says_that_there_is_nothing_to_undo(send: Send) -> None:
    answer = send("undo:7")
    assert (answer.status_code, "There is no such change." in answer.text) == (400, True)


def test_it_undoes_beside_a_change_of_another_place(send: Send, zones: dict[str, FrontZone]) -> None:
    send("pin", article=make_article("Первая").pk, place=spot(zones["lead"]))
    send("pin", article=make_article("Вторая").pk, place=spot(zones["stream"]))
    send("undo:1")
    assert [pin.article.title for pin in Pin.objects.all()] == ["Вторая"]


def test_it_brings_a_removed_zone_back_with_its_pins(send: Send, zones: dict[str, FrontZone]) -> None:
    send("pin", article=make_article("Мост").pk, place=spot(zones["seconds"]))
    send(f"remove:{zones['seconds'].pk}")
    assert not Pin.objects.exists()
    send("undo:2")
    assert Pin.objects.get().zone == zones["seconds"]


def test_it_does_not_undo_the_adding_of_a_zone_in_which_stories_stand(send: Send, zones: dict[str, FrontZone]) -> None:
    send("add", kind="opinion", size=3)
    zone = FrontZone.objects.get(kind="opinion")
    send("pin", article=make_article().pk, place=spot(zone))
    assert "pinned in this zone since" in said(send("undo:1"))
    assert FrontZone.objects.filter(kind="opinion").exists()


def test_it_does_not_bring_back_what_readers_no_longer_see(send: Send, zones: dict[str, FrontZone]) -> None:
    article = make_article("Мост")
    send("pin", article=article.pk, place=spot(zones["lead"]))
    send(f"unpin:{zones['lead'].pk}-{article.pk}")
    publishing.withdraw(article)
    answer = send("undo:2")
    assert (answer.status_code, Pin.objects.count()) == (400, 0)


def test_it_answers_409_when_somebody_else_changed_the_place(send: Send, zones: dict[str, FrontZone]) -> None:
    mine = make_article("Моя")
    send("pin", article=make_article("Чужая").pk, place=spot(zones["lead"]))
    answer = send("pin", article=mine.pk, place=spot(zones["lead"]), based_on=0)
    assert answer.status_code == 409
    assert "Pinned «Чужая»" in said(answer)
    assert f'name="article" value="{mine.pk}"' in said(answer)
    assert titles_of("lead") == ["Чужая"]
    send("pin", article=mine.pk, place=spot(zones["lead"]))
    assert titles_of("lead") == ["Моя"]


def test_it_merges_changes_of_different_places(send: Send, zones: dict[str, FrontZone]) -> None:
    send("pin", article=make_article("Чужая").pk, place=spot(zones["lead"]))
    answer = send("pin", article=make_article("Моя").pk, place=spot(zones["seconds"]), based_on=0)
    assert answer.status_code == 302
    assert (titles_of("lead"), titles_of("seconds")[0]) == (["Чужая"], "Моя")


def test_it_says_that_a_zone_was_removed_meanwhile(send: Send, zones: dict[str, FrontZone]) -> None:
    send(f"remove:{zones['seconds'].pk}")
    answer = send("pin", article=make_article().pk, place=spot(zones["seconds"]), based_on=0)
    assert answer.status_code == 409
