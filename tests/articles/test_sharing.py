"""Sharing a story: which networks stand below it, in which order, and how an editor chooses them."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article
from articles.sharing import NETWORKS
from portal.models import SiteSettings
from tests.factories import make_article

pytestmark = pytest.mark.django_db

FORM = "/admin/portal/sitesettings/"


def share_on(client: Client, article: Article) -> str:
    found = re.search(r'<section class="share".*?</section>', client.get(article.get_absolute_url()).text, re.DOTALL)
    return found[0] if found else ""


def keep(codes: list[str]) -> None:
    SiteSettings(share=codes).save()


def test_it_shares_by_plain_links(client: Client) -> None:
    keep(list(NETWORKS))
    article = make_article("Мост & река")
    share = share_on(client, article)
    url = f"http%3A%2F%2F127.0.0.1%3A8000%2Fnews%2F{article.pk}%2Fmost-reka%2F"
    title = "%D0%9C%D0%BE%D1%81%D1%82%20%26%20%D1%80%D0%B5%D0%BA%D0%B0"
    for address in (
        f"https://vk.com/share.php?url={url}&amp;title={title}",
        f"https://t.me/share/url?url={url}&amp;text={title}",
        f"https://wa.me/?text={title}%20{url}",
        f"https://connect.ok.ru/offer?url={url}&amp;title={title}",
        f"https://max.ru/:share?text={title}%20{url}",
        f"https://x.com/intent/post?url={url}&amp;text={title}",
        f"https://www.facebook.com/sharer/sharer.php?u={url}",
        f"mailto:?subject={title}&amp;body={url}",
    ):
        assert f'href="{address}"' in share


def test_it_hides_what_needs_a_script(client: Client) -> None:
    share = share_on(client, make_article())
    assert re.search(r'<li hidden><button type="button" data-copy="http[^"]+/news/', share)
    assert re.search(r'<li hidden><button type="button" data-share="http[^"]+/news/', share)


def test_it_keeps_the_order_of_the_settings(client: Client) -> None:
    keep(["max", "vk", "gone with an older version", "telegram"])
    assert re.findall(r"https://([a-z.]+)/", share_on(client, make_article())) == ["max.ru", "vk.com", "t.me"]


def test_it_shows_nothing_where_nothing_is_chosen(client: Client) -> None:
    keep([])
    assert share_on(client, make_article()) == ""


def test_it_asks_no_network_for_anything(client: Client) -> None:
    page = client.get(make_article().get_absolute_url()).text
    assert not re.findall(r'<(?:script|img|link|iframe)[^>]+(?:src|href)="https://(?:vk|t\.me|connect)[^"]*"', page)


# On the desk


def settings_sent(browser: Client, **fields: Any) -> dict[str, Any]:
    """Returns what a browser sends for the form of the settings."""
    context = browser.get(FORM).context
    form = context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields if name != "share"}
    for inline in context["inline_admin_formsets"]:
        sent |= {f"{inline.formset.prefix}-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return sent | fields


@pytest.fixture
def admins(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ada", password="ada-ada-ada-ada"))
    return client


def test_it_is_chosen_and_ordered_in_the_settings(admins: Client) -> None:
    numbers = {"share-vk": "3", "share-max": "1", "share-copy": "2", "share-x": "0"}
    sent = settings_sent(admins, share=["vk", "max", "copy"], **numbers)
    assert admins.post(FORM, sent).status_code == 302
    assert SiteSettings.current().share == ["max", "copy", "vk"]
    page = admins.get(FORM).text
    places = [page.index(f'name="share" value="{code}"') for code in ("max", "copy", "vk", "telegram")]
    assert places == sorted(places)


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "½"])
def test_it_puts_last_what_has_no_number(admins: Client, number: str) -> None:
    sent = settings_sent(admins, share=["vk", "max"], **{"share-vk": number, "share-max": "5"})
    assert admins.post(FORM, sent).status_code == 302
    assert SiteSettings.current().share == ["max", "vk"]


def test_it_refuses_a_network_that_it_does_not_know(admins: Client) -> None:
    answer = admins.post(FORM, settings_sent(admins, share=["vk", "myspace"]))
    assert "share" in answer.context["adminform"].form.errors
    assert SiteSettings.current().share != ["vk", "myspace"]


def test_it_takes_none_at_all(admins: Client) -> None:
    admins.post(FORM, settings_sent(admins))
    assert SiteSettings.current().share == []
