"""The media library in a browser: many files dropped at once, a focus by keyboard, everything for everyone."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Media
from tests.factories import make_article, make_media, make_picture
from tests.harness.browser import CheckAccessibility, OpenPage, signed_in

LIBRARY = "/admin/articles/media/"
DROP = """files => {
  const carried = new DataTransfer();
  for (const [name, bytes] of files) carried.items.add(new File([new Uint8Array(bytes)], name));
  const options = { dataTransfer: carried, bubbles: true, cancelable: true };
  document.querySelector("h1").dispatchEvent(new DragEvent("dragover", options));
  document.querySelector("h1").dispatchEvent(new DragEvent("drop", options));
}"""


def test_it_takes_many_files_by_drag_and_goes_on_when_one_fails(page: Page, site: str, erin: User) -> None:
    there = make_media("there.jpg", content=make_picture(colour="teal"))
    signed_in(page, site).goto(f"{site}{LIBRARY}")
    pictures = [(f"{n}.jpg", list(make_picture(colour=f"#{n}0{n}0{n}0"))) for n in range(1, 5)]
    page.evaluate(DROP, [*pictures, ("bad.svg", list(b"<svg/>")), ("twin.jpg", list(make_picture(colour="teal")))])
    expect(page.locator("[data-uploads-result]")).to_have_text("Принято: 4, отказано: 1, уже было: 1.", timeout=30_000)
    expect(page.locator(".upload-refused")).to_contain_text("SVG")
    expect(page.locator(".upload-known a")).to_have_attribute("href", f"{LIBRARY}{there.pk}/change/")
    page.click("[data-uploads-describe]")
    page.fill("[name=shared-credit]", "Илья Соснин")
    page.click(".submit-row .primary")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Media.objects.filter(credit="Илья Соснин").count() == 5
    assert Media.objects.count() == 5


def test_it_uploads_several_without_a_script(open_page: OpenPage, site: str, erin: User) -> None:
    plain = open_page(java_script_enabled=False)
    signed_in(plain, site).goto(f"{site}{LIBRARY}")
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": make_picture(colour=f"#{n}00000")} for n in "12"]
    plain.set_input_files("#upload-files", files)  # type: ignore[arg-type]
    plain.click(".upload .primary")
    expect(plain.locator(".describe-one")).to_have_count(2)


def test_it_sets_the_focus_by_keyboard_and_shows_the_crops(page: Page, site: str, erin: User) -> None:
    media = make_media(content=make_picture(1600, 900))
    signed_in(page, site).goto(f"{site}{LIBRARY}{media.pk}/change/")
    mark = page.locator("[data-focal-mark]")
    mark.focus()
    for _step in range(4):
        mark.press("Shift+ArrowRight")
    expect(mark).to_have_text("Фокус: 90 процентов слева, 50 процентов сверху")
    assert page.locator("[data-crop='1x1']").evaluate("crop => crop.style.objectPosition") == "100% 50%"
    page.click("input[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Media.objects.get().focal_x == pytest.approx(0.9)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark"), (1280, "dark"), (360, "light")])
def test_it_keeps_the_library_for_everyone(
    open_page: OpenPage, site: str, erin: User, axe: CheckAccessibility, width: int, scheme: str
) -> None:
    today = timezone.localdate()
    media = make_media(licence_until=today - timedelta(days=1), caption="Мост")
    media.tag(["река"])
    make_media("plan.pdf", alt="", credit="")
    make_article("Мост открыт", hero=media)
    page = signed_in(open_page(width=width, color_scheme=scheme), site)
    describe = f"describe/?media={media.pk}"
    for place in ("", "?view=list", f"{media.pk}/change/", "licences/", describe):
        page.goto(f"{site}{LIBRARY}{place}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
