"""A page with everything a text can hold, in a browser: nothing jumps, nothing is asked of others unasked."""

import io
import re
import wave

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from articles.body import tied
from articles.models import Article
from articles.pictures import draw_renditions
from lib.html import clean
from tests.factories import make_article, make_category, make_media, make_picture
from tests.harness.browser import SHIFTS, CheckAccessibility, Complaints, OpenPage, moved

VIDEO, POST = "https://www.youtube.com/watch?v=aqz-KE-bpKQ", "https://t.me/gorod_news/7"
FRAME = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?rel=0&autoplay=1"
PLACE = "box => [box.offsetTop, box.offsetLeft, box.offsetWidth, box.offsetHeight]"


def sound() -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes(8000))
    return buffer.getvalue()


@pytest.fixture
def everything(site: str) -> Article:
    """A long story with one of each."""
    pictures = [
        make_media(f"{colour}.jpg", content=make_picture(1200, 800, colour=colour)) for colour in ("red", "teal")
    ]
    for picture in pictures:
        draw_renditions.func(picture.pk)
    images = [f'<img src="{each.url}" alt="Вид {each.pk}" data-media="{each.pk}">' for each in pictures]
    files = [make_media("bell.wav", content=sound()), make_media("ship.mp4"), make_media("plan.pdf")]
    body = (
        f'<p>Мост<sup class="footnote">Длина — 412 метров.</sup> и <a href="https://example.com/plan">план</a>.</p>'
        f"<h2>Видео</h2><p>{VIDEO}</p><p>{POST}</p>"
        f'<h2>Виды</h2><figure class="gallery">{images[0]}{images[1]}</figure><figure>{images[0]}</figure>'
        f"<h2>Файлы</h2>{''.join(f'<p>{each.url}</p>' for each in files)}"
        "<table><caption>Цены</caption><tbody><tr><th>А</th><th>Б</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>"
        '<blockquote class="pull"><p>Ждали.</p><cite>Мария</cite></blockquote>' + f"<p>{'слово ' * 300}</p>" * 4
    ).replace("<p>/media", '<p><a href="/media')
    for each in files:
        body = body.replace(f'<a href="{each.url}</p>', f'<a href="{each.url}">{each.original_name}</a></p>')
    return make_article(category=make_category(), body=tied(clean(body)))


@pytest.fixture
def address(site: str, everything: Article) -> str:
    return site + everything.get_absolute_url()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_for_everyone_and_keeps_its_place(
    address: str, open_page: OpenPage, axe: CheckAccessibility, width: int, scheme: str
) -> None:
    page = open_page(width=width, color_scheme=scheme)
    page.add_init_script(SHIFTS)
    page.goto(address, wait_until="networkidle")
    page.keyboard.press("End")
    page.wait_for_load_state("networkidle")
    assert moved(page) < 0.001
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("iframe").count() == 0
    axe(page)


def answered(context: BrowserContext, complaints: Complaints) -> None:
    """Answers for the providers, so that nothing leaves this machine; the harness still notes each request."""

    def answer(route: Route) -> None:
        route.fulfill(body="<!doctype html><title>x</title><p>Played</p>", content_type="text/html")

    for host in ("www.youtube-nocookie.com", "t.me"):
        context.route(f"https://{host}/**", answer)


def test_it_shows_a_video_after_the_click_where_the_box_stood(address: str, page: Page, complaints: Complaints) -> None:
    answered(page.context, complaints)
    page.goto(address)
    box = page.locator("[data-embed=youtube] .embed-box")
    before = box.evaluate(PLACE)
    box.get_by_role("button").press("Enter")
    frame = box.locator("iframe")
    expect(frame).to_have_attribute("src", FRAME)
    expect(frame).to_have_attribute("title", "YouTube")
    expect(frame).to_be_focused()
    assert box.evaluate(PLACE) == before
    expect(page.locator(f"a[href='{VIDEO}']")).to_be_visible()
    complaints.expect(f"request beyond this machine: {FRAME}")


def test_it_remembers_which_provider_may_always_be_shown(address: str, page: Page, complaints: Complaints) -> None:
    answered(page.context, complaints)
    page.goto(address)
    page.locator("[data-embed=telegram] input").check()
    expect(page.locator("iframe")).to_have_count(1)
    page.reload()
    expect(page.locator("[data-embed=telegram] iframe")).to_have_count(1)
    expect(page.locator("[data-embed=youtube] iframe")).to_have_count(0)
    page.locator("[data-embed=telegram] input").uncheck()
    page.reload()
    expect(page.locator("[data-embed=telegram] input")).not_to_be_checked()
    expect(page.locator("iframe")).to_have_count(0)
    complaints.expect("request beyond this machine: https://t.me/gorod_news/7?embed=1")


def test_it_opens_pictures_on_the_whole_screen_by_keyboard(address: str, page: Page) -> None:
    page.goto(address)
    page.locator("[data-gallery] a").first.press("Enter")
    viewer = page.get_by_role("dialog", name="Фотографии")
    expect(viewer.get_by_role("status")).to_have_text("1 из 2")
    page.keyboard.press("ArrowRight")
    expect(viewer.get_by_role("status")).to_have_text("2 из 2")
    expect(viewer.get_by_role("img").nth(1)).to_be_in_viewport(ratio=0.9)
    expect(viewer.get_by_role("button", name="Следующее фото")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(page.locator("[data-gallery] a").nth(1)).to_be_focused()


def test_it_keeps_the_viewer_for_everyone(address: str, phone: Page, axe: CheckAccessibility) -> None:
    phone.goto(address)
    phone.locator("[data-gallery] a").nth(1).tap()
    expect(phone.get_by_role("status")).to_have_text("2 из 2")
    axe(phone)


def test_it_leads_to_everything_without_javascript(address: str, page_without_js: Page) -> None:
    page = page_without_js
    page.goto(address)
    expect(page.get_by_role("button", name="YouTube")).to_be_hidden()
    expect(page.locator(f"a[href='{VIDEO}']")).to_be_visible()
    for name in ("Файлы", "план"):
        expect(page.get_by_role("link", name=name).first).to_be_visible()
    page.get_by_role("link", name="Сноска 1", exact=True).click()
    assert page.url.endswith("#footnote-1")
    page.get_by_role("link", name="Назад к тексту").click()
    expect(page.locator("[data-gallery] a").first).to_have_attribute("href", re.compile(r"/full-1200\.jpeg$"))


def test_it_prints_the_words_and_where_links_lead(address: str, page: Page) -> None:
    page.goto(address)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for hidden in (".embed-box", ".contents", "audio", "video", ".comments", ".main-menu"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for seen in (f"a[href='{VIDEO}']", ".footnotes li", ".file", "[data-gallery] img"):
        assert page.locator(seen).first.is_visible(), seen
    assert page.locator(".printed-notes li").all_inner_texts()[:3] == ["https://example.com/plan", VIDEO, POST]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".printed-mark")).to_have_count(0)
    expect(page.locator(".footnotes li")).to_have_count(1)
