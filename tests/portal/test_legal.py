"""What a site must say of itself: imprint, legal pages, age marks, social networks, and its icon."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.models import Page, SiteSettings, SocialLink
from tests.factories import make_article, make_media, make_picture
from tests.portal.test_desk_site import one_row, settings

pytestmark = pytest.mark.django_db


def test_it_makes_the_legal_pages_with_headings_only_and_unpublished(client: Client) -> None:
    call_command("legal_pages", verbosity=0)
    pages = Page.objects.filter(language="ru")
    assert {page.purpose for page in pages} == set(Page.Purpose.values)
    assert not Page.objects.published().exists()
    assert client.get("/privacy/").status_code == 404
    assert re.fullmatch(r"(<h2>[^<]+</h2>)+", Page.objects.get(purpose="privacy", language="en").body)


def test_it_leaves_the_pages_alone_that_are_there() -> None:
    Page.objects.create(path="politika", title="Политика", body="<p>Так.</p>", purpose="privacy")
    Page.objects.create(path="terms", title="Условия", body="<p>Так.</p>")
    for _again in range(2):
        call_command("legal_pages", verbosity=0)
    russian = Page.objects.filter(language="ru")
    assert sorted(russian.values_list("path", flat=True)) == [
        "comment-rules",
        "consent",
        "imprint",
        "politika",
        "terms",
    ]


def page_form(**fields: str) -> dict[str, str]:
    return {"language": "ru", "path": "privacy", "title": "Политика", "purpose": "privacy", "body": ""} | fields


@pytest.mark.parametrize("body", ["", "<p> </p>", "<h2>Какие данные</h2><h2>Зачем</h2><p>Так.</p>", "<h2>Зачем</h2>"])
def test_it_publishes_no_legal_page_before_it_is_written(erins: Client, body: str) -> None:
    answer = erins.post("/admin/portal/page/add/", page_form(body=body, is_published="on"))
    assert answer.context["adminform"].form.errors["is_published"]
    erins.post("/admin/portal/page/add/", page_form(body=body))
    assert not Page.objects.get().is_published


def test_it_leads_to_a_legal_page_below_every_page_once_it_is_written(erins: Client, client: Client) -> None:
    erins.post("/admin/portal/page/add/", page_form(body="<h2>Зачем</h2><p>Так.</p>", is_published="on"))
    erins.logout()
    assertContains(client.get("/"), '<a href="/privacy/">Политика</a>')
    assertNotContains(client.get("/en/"), "/privacy/")


def test_it_has_one_page_a_purpose(erins: Client) -> None:
    Page.objects.create(path="politika", title="Политика", purpose="privacy")
    answer = erins.post("/admin/portal/page/add/", page_form(body="<p>Так.</p>"))
    assert answer.context["adminform"].form.errors
    assert Page.objects.count() == 1


def test_it_prints_the_imprint_field_by_field_below_every_page_and_on_its_own(client: Client) -> None:
    SiteSettings(
        founder_ru="ООО «Вестник»",
        editor_in_chief_ru="Озеров П. А.",
        registration_number="ЭЛ № ФС 00-00000",
        registered_by_ru="Ведомство",
        email="red@vestnik.example",
        age_mark="16+",
    ).save()
    Page.objects.create(path="imprint", title="Выходные данные", purpose="imprint")
    for address, count in (("/", 1), ("/imprint/", 2)):
        page = client.get(address)
        for words in ("ООО «Вестник»", "Озеров П. А.", "ЭЛ № ФС 00-00000, Ведомство", "mailto:red@vestnik.example"):
            assertContains(page, words, count=count)
        assertContains(page, "16+", count=2)


def test_it_keeps_a_story_for_adults_until_the_reader_says_so(client: Client) -> None:
    article = make_article(age_mark="18+", body="<p>Только для взрослых глаз.</p>")
    page = client.get(article.get_absolute_url())
    gate = page.content.decode().partition('<details class="age-gate">')[2].partition("</details>")[0]
    assert "Только для взрослых глаз." in gate
    assertContains(page, '<meta name="rating" content="adult">')


def test_it_asks_nobody_before_a_story_for_everyone(client: Client) -> None:
    page = client.get(make_article(age_mark="16+").get_absolute_url())
    assertNotContains(page, "age-gate")
    assertNotContains(page, 'name="rating"')


def test_it_shows_a_story_for_adults_without_script(site: str, page_without_js: BrowserPage) -> None:
    article = make_article(age_mark="18+", body="<p>Только для взрослых глаз.</p>")
    page_without_js.goto(site + article.get_absolute_url())
    text = page_without_js.locator(".prose").first
    expect(text).to_be_hidden()
    page_without_js.locator(".age-gate summary").click()
    expect(text).to_be_visible()


def test_it_leads_to_social_networks_in_their_order(client: Client) -> None:
    SiteSettings().save()
    SocialLink.objects.create(url="https://t.me/vestnik", order=2)
    SocialLink.objects.create(url="https://m.vk.com/vestnik", order=1)
    SocialLink.objects.create(url="https://garden.example/@v", name="Сад", order=3)
    html = client.get("/").content.decode()
    addresses = re.findall(r'<a href="([^"]+)" rel="me noopener"', html)
    assert addresses == ["https://m.vk.com/vestnik", "https://t.me/vestnik", "https://garden.example/@v"] * 2
    assert '<span class="visually-hidden">ВКонтакте</span>' in html


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"url": "http://vk.com/vestnik"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://"}, "url"),
        ({"url": "https://vk.com.evil.example/"}, "name"),
        ({"url": "https://garden.example/@v"}, "name"),
    ],
)
def test_it_refuses_a_social_network_that_leads_nowhere_or_has_no_name(
    admin_client: Client, row: dict[str, str], field: str
) -> None:
    sent = settings(**one_row("social_links", **({"order": 1, "name": ""} | row)))
    answer = admin_client.post("/admin/portal/sitesettings/", sent)
    assert answer.context["inline_admin_formsets"][0].formset.errors[0][field]
    assert not SocialLink.objects.exists()


@pytest.mark.parametrize(
    ("field", "colour"),
    [("brand", "#7a7d80"), ("brand", "#767676"), ("brand_dark", "#7e4a47"), ("brand_dark", "#777777")],
)
def test_it_refuses_a_colour_that_cannot_be_read_on_every_tone(admin_client: Client, field: str, colour: str) -> None:
    answer = admin_client.post("/admin/portal/sitesettings/", settings(**{field: colour}))
    assert answer.context["adminform"].form.errors[field]


def test_it_draws_the_first_letter_as_the_icon_of_the_site(client: Client) -> None:
    SiteSettings(name_ru="«Вестник»", brand="#0b5394").save()
    address = "/brand/0b5394/%D0%92.svg"
    assertContains(client.get("/"), f'<link rel="icon" href="{address}">')
    assertContains(client.get(address), ">В</text>")
    assertRedirects(client.get("/favicon.ico"), address)


@pytest.mark.parametrize(
    "address", ["/brand/0b5394/<.svg", "/brand/0b5394/AB.svg", "/brand/red/A.svg", "/brand/0b5394/.svg"]
)
def test_it_draws_nothing_but_a_letter(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("width", "height", "is_icon"), [(400, 400, True), (900, 200, False)])
def test_it_takes_a_square_logo_for_the_icon(client: Client, width: int, height: int, is_icon: bool) -> None:
    logo = make_media(content=make_picture(width, height))
    SiteSettings(logo=logo).save()
    icon = re.search(r'<link rel="icon" href="([^"]+)">', client.get("/").content.decode())
    assert icon and (logo.token in icon[1]) is is_icon


def test_it_shows_the_logo_that_fits_the_theme(site: str, page: BrowserPage) -> None:
    SiteSettings(logo=make_media(), logo_dark=make_media("dark.jpg", content=make_picture(colour="#000000"))).save()
    page.goto(site)
    expect(page.locator(".site-name .on-light").first).to_be_visible()
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(page.locator(".site-name .on-light").first).to_be_hidden()
    expect(page.locator(".site-name .on-dark").first).to_be_visible()
