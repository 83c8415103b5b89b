"""Old addresses lead to new ones in one step."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client

from articles.models import Tag
from portal.models import Redirect
from portal.redirects import remember
from tests.factories import make_article, make_author, make_category, make_source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("old", ["/2019/05/most/", "/?p=12", "/старый/адрес/", "/feed/atom.xml"])
def test_it_sends_an_old_address_to_the_new_one(client: Client, old: str) -> None:
    Redirect.objects.create(old=old, new="/news/1/most/")
    response = client.get(old)
    assert (response.status_code, response.headers.get("Location")) == (301, "/news/1/most/")


@pytest.mark.parametrize("kind", [301, 410])
def test_it_is_asked_for_again_by_browsers_that_followed_it(client: Client, kind: int) -> None:
    Redirect.objects.create(old="/2019/05/most/", new="" if kind == 410 else "/news/1/most/", kind=kind)
    response = client.get("/2019/05/most/")
    assert (response.status_code, response.headers["Cache-Control"]) == (kind, "no-cache")


def test_it_knows_an_old_address_without_its_slash_and_with_a_foreign_query(client: Client) -> None:
    Redirect.objects.create(old="/2019/05/most/", new="/news/1/most/")
    for address in ("/2019/05/most", "/2019/05/most/?utm_source=letter"):
        assert client.get(address)["Location"] == "/news/1/most/"


def test_it_flattens_chains() -> None:
    remember("/a/", "/b/")
    remember("/b/", "/c/")
    assert dict(Redirect.objects.values_list("old", "new")) == {"/a/": "/c/", "/b/": "/c/"}


def test_it_makes_no_loop() -> None:
    remember("/a/", "/b/")
    remember("/b/", "/a/")
    assert dict(Redirect.objects.values_list("old", "new")) == {"/b/": "/a/"}


def test_it_refuses_a_redirect_to_itself() -> None:
    with pytest.raises(ValidationError):
        Redirect(old="/a/", new="/a/").full_clean()


def test_it_refuses_an_old_address_of_the_desk() -> None:
    with pytest.raises(ValidationError, match="Там стоит редакция"):
        Redirect(old="/admin/articles/", new="/news/").full_clean()


@pytest.mark.parametrize(
    "new",
    ["http://[", "javascript:alert(1)", "news/", "//elsewhere.example/", "https://", "mailto:a@example.com", "\\"],
)
def test_it_sends_nobody_to_what_is_no_address(client: Client, new: str) -> None:
    with pytest.raises(ValidationError):
        Redirect(old="/a/", new=new).full_clean()
    Redirect.objects.create(old="/a/", new=new)
    assert client.get("/a/").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_it_redirects_an_author_and_a_tag_that_have_another_address(client: Client, prefix: str) -> None:
    author, tag = make_author(slug="laptewa"), Tag.objects.create(name="мост", slug="mst")
    for renamed, slug in ((author, "lapteva"), (tag, "most"), (make_source(slug="prt"), "port")):
        renamed.slug = slug
        renamed.save()
    assert client.get(f"{prefix}/author/laptewa/").headers["Location"] == f"{prefix}/author/lapteva/"
    assert client.get(f"{prefix}/tag/mst/").headers["Location"] == f"{prefix}/tag/most/"
    assert client.get(f"{prefix}/source/prt/").headers["Location"] == f"{prefix}/source/port/"


@pytest.mark.parametrize("form", ["", "atom/", "json/"])
def test_it_redirects_the_feeds_of_what_has_another_address(
    client: Client, form: str, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    city, tag = make_category("Город"), Tag.objects.create(name="мост", slug="mst")
    city.slug, tag.slug = "town", "most"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        city.save()
        tag.save()
    for old, new in (("category/gorod", "category/town"), ("tag/mst", "tag/most")):
        assert client.get(f"/{old}/feed/{form}").headers["Location"] == f"/{new}/feed/{form}"


@pytest.mark.parametrize("new", ["/b/?x=1#end", "https://elsewhere.example/a/", "http://[::1]:8000/"])
def test_it_takes_a_path_or_a_full_address(client: Client, new: str) -> None:
    redirect = Redirect(old="/a/", new=new)
    redirect.full_clean()
    redirect.save()
    assert client.get("/a/").headers["Location"] == new


LOOPS = [
    {"/loop": "/loop/"},
    {"/loop/": "/loop"},
    {"/loop/": "/loop/?x=1"},
    {"/loop/": f"{settings.BASE_URL}/loop/"},
    {"/loop/": "/l2/", "/l2": "/loop"},
    {"/loop/": "/l2", "/l2/": "/l3", "/l3/": "/loop#end"},
]


@pytest.mark.parametrize("loop", LOOPS)
def test_it_refuses_a_redirect_that_leads_back(loop: dict[str, str]) -> None:
    *first, (old, new) = loop.items()
    Redirect.objects.bulk_create(Redirect(old=before, new=after) for before, after in first)
    with pytest.raises(ValidationError):
        Redirect(old=old, new=new).full_clean()


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("address", ["/loop", "/loop/", "/loop/?utm_source=letter"])
def test_it_never_sends_a_visitor_in_a_circle(client: Client, loop: dict[str, str], address: str) -> None:
    Redirect.objects.bulk_create(Redirect(old=old, new=new) for old, new in loop.items())
    assert client.get(address, follow=True).status_code == 404


def test_it_leads_any_slug_to_the_right_one(client: Client) -> None:
    article = make_article("Мост открыт")
    for slug in ("", "stary-adres/", "%D0%BC%D0%BE%D1%81%D1%82/"):
        response = client.get(f"/news/{article.pk}/{slug}")
        assert (response.status_code, response["Location"]) == (301, f"/news/{article.pk}/most-otkryt/")


@pytest.mark.parametrize(
    "address", ["/nowhere/", "/news/0/", "/news/99999999999999999999/", "/a%00b/", "/%ff/", "/2024/13/45/"]
)
def test_it_answers_404_to_an_address_that_never_was(client: Client, address: str) -> None:
    assert client.get(address, follow=True).status_code == 404
