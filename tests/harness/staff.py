"""One person of every role, as a site has them after ``migrate``, and what they write about."""

from dataclasses import dataclass, field
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from model_bakery import baker

from ads.models import DailyRefusal
from articles import keeping, notes, preview_links, publishing, typos
from articles.models import (
    Article,
    BulkChange,
    BulkRow,
    Category,
    CheckLevel,
    CheckOverride,
    Correction,
    KeptText,
    MissedSearch,
    Move,
    Remit,
    State,
    Tag,
    Update,
)
from comments.models import Status
from portal.distribution.pings import Ping
from portal.front import FrontZone
from portal.models import Distribution, Menu, MissingAddress, Page, Redirect, RedirectFile, SiteSettings
from portal.people import invitations
from portal.roles import ADMINISTRATOR, ROLES
from tests.ads.bookings import make_flight
from tests.factories import (
    make_author,
    make_category,
    make_comment,
    make_content,
    make_draft,
    make_media,
    make_picture,
    make_source,
)

STAFF = (*(role.name for role in ROLES), ADMINISTRATOR)
STATES = ("draft", "review", "live", "binned")
WORDS = {"lead": "Плиту уложили ночью.", "language": "ru"}


def hire(role: str, name: str = "") -> User:
    """Returns somebody with the role and no other rights."""
    name = name or role.lower().replace(" ", "-")
    if role == ADMINISTRATOR:
        return User.objects.create_superuser(name, f"{name}@example.org")
    person = User.objects.create_user(name, f"{name}@example.org", is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    return person


@dataclass
class Newsroom:
    """People, two sections, and one thing or more of every kind.

    The section editor is in charge of ``city``. «Own» is what a person wrote, «another's» what Olga did, who has
    the role of a reporter and signs in nowhere; both stand outside of that section, «in section» within it.
    """

    people: dict[str, User] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    own: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By role, then by name."""


def open_newsroom() -> Newsroom:
    call_command("migrate", verbosity=0)
    room = Newsroom({role: hire(role) for role in STAFF})
    olga = room.people["Olga"] = hire("Reporter", "olga")
    city, sport = make_category("Город"), make_category("Спорт")
    Remit.objects.create(user=room.people["Section editor"], category=city)
    room.things |= {"city": city, "category": city, "sport": sport, "author": make_author(), "source": make_source()}
    for state in STATES:
        room.things[f"another's {state}"] = write(state, olga, sport, room)
        room.things[f"in section, {state}"] = write(state, olga, city, room)
    room.things |= {"another's file": make_media("a.jpg", by=olga)}
    _binned(room)
    _of_readers(room)
    _of_the_site(room)
    _of_advertising(room)
    room.things |= {"another's change": _change(olga, room), "invitation": _invitation(room)}
    for role in STAFF:
        room.own[role] = _own(room.people[role], room)
    return room


def write(state: str, by: User, section: Category, room: Newsroom) -> Article:
    """Returns a story of ``by`` in ``section``, and all that hangs on stories."""
    now = timezone.now()
    title = f"{by.username}: {state}, {section.slug}"
    article = make_draft(
        title, by=by, category=section, authors=[room.things["author"]], sources=[room.things["source"]], **WORDS
    )
    first = article.revisions.get()
    if state == "review":
        publishing.move_to(article, State.REVIEW, by=by, act=Move.Act.REVIEW)
    if state == "live":
        article = publishing.publish(article, first, by=None, now=now)
        Correction.objects.create(article=article, text="Плит было две.")
        Update.objects.create(article=article, note="Добавлен комментарий", at=now)
    notes.add(article, "Уточнить", by=room.people["Olga"], now=now)
    why = KeptText.Why.CONFLICT
    keeping.keep(article, make_content(f"{title}!"), by=room.people["Olga"], based_on=1, why=why, now=now)
    term, _label = preview_links.TERMS[preview_links.USUAL_TERM]
    preview_links.make(article, first, by=room.people["Olga"], term=term, for_whom="Юрист", now=now)
    typos.report(article, "Плитту", "", ip_hash="", now=now)
    if state == "binned":
        publishing.move_to_bin(article)
    return article


def _own(person: User, room: Newsroom) -> dict[str, Any]:
    stories = {f"own {state}": write(state, person, room.things["sport"], room) for state in STATES}
    picture = make_media("b.jpg", content=make_picture(colour=f"#00{person.pk % 100:02}00"), by=person)
    return stories | {"own file": picture, "own change": _change(person, room), "oneself": person}


def _change(by: User, room: Newsroom) -> BulkChange:
    change = BulkChange.objects.create(by=by)
    story = room.things["in section, draft"]
    BulkRow.objects.create(change=change, article=story, number=1, title="")
    return change


def _binned(room: Newsroom) -> None:
    now = timezone.now()
    page = Page.objects.create(path="about", title="О нас")
    old = {
        "category": make_category("Старое"),
        "author": make_author("Пётр Обухов"),
        "source": make_source("Старый источник"),
        "media": make_media("old.jpg", content=make_picture(colour="#331100")),
        "page": Page.objects.create(path="old", title="Старая"),
    }
    for name, thing in old.items():
        thing.move_to_bin(now)
        room.things[f"binned {name}"] = thing
    room.things |= {"page": page, "unused media": make_media("u.jpg", content=make_picture(colour="#663300"))}


def _of_readers(room: Newsroom) -> None:
    today = timezone.localdate()
    live = room.things["another's live"]
    room.things |= {
        "portalcomment": make_comment(live, status=Status.PENDING),
        "missedsearch": MissedSearch.objects.create(
            language="ru", text="мост", number=3, first_seen=today, last_seen=today
        ),
        "missingaddress": MissingAddress.objects.create(path="/nowhere/", number=1, first_seen=today, last_seen=today),
        "tag": Tag.objects.create(name="мост", slug="most"),
        "other tag": Tag.objects.create(name="мосты", slug="mosty"),
        "checkoverride": CheckOverride.objects.create(
            article=live, revision=1, by=room.people["Publisher"], at=timezone.now(), findings=[], reason="Срочно"
        ),
    }


def _of_the_site(room: Newsroom) -> None:
    now = timezone.now()
    chief = room.people[ADMINISTRATOR]
    ping = {"service": Ping.Service.WEBSUB, "receiver": "hub.example", "address": "/", "due_at": now, "changed_at": now}
    room.things |= {
        "menu": Menu.objects.create(place="main", language="ru"),
        "redirect": Redirect.objects.create(old="/old/", new="/"),
        "redirectfile": RedirectFile.objects.create(name="a.csv", data=b"/a/,/b/", by=chief, at=now),
        "ping": Ping.objects.create(**ping),
        "frontzone": FrontZone.objects.create(language="ru", kind=FrontZone.Kind.STREAM),
        "group": Group.objects.get(name="Moderator"),
        "sitesettings": SiteSettings.current(),
        "distribution": Distribution.current(),
        "checklevel": CheckLevel.objects.create(rule="lead", level="warning"),
        "dbtaskresult": baker.make(DBTaskResult),
    }
    room.things |= {model._meta.model_name: baker.make(model) for model in (AccessAttempt, AccessFailureLog, AccessLog)}


def _of_advertising(room: Newsroom) -> None:
    flight = make_flight()
    room.things |= {
        "flight": flight,
        "campaign": flight.campaign,
        "advertiser": flight.campaign.advertiser,
        "creative": flight.creatives.get(),
        "dailyrefusal": DailyRefusal.objects.create(day=timezone.localdate(), kind="seen", reason="old", number=1),
    }


def _invitation(room: Newsroom) -> invitations.Invitation:
    nina = User(email="nina@example.org", first_name="Нина")
    roles = Group.objects.filter(name="Reporter")
    by = room.people[ADMINISTRATOR]
    return invitations.invite(nina, roles=roles, sections=[], language="ru", by=by, now=timezone.now())
