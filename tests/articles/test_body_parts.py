"""What each part of a stored text becomes on a page."""

import re

import pytest
from django.template.defaultfilters import filesizeformat
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.body import for_feed, media_in, render, tied
from articles.body.headings import contents
from articles.models import Media, Revision
from lib.html import clean, plain_text
from tests.factories import make_article, make_media
from tests.sheets import ADD, typed

VIDEO = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"


def shown(html: str, *media: Media) -> str:
    return render(tied(clean(html)), media)


# Videos and posts


@pytest.mark.parametrize(
    "paragraph",
    [f"<p>{VIDEO}</p>", f'<p><a href="{VIDEO}">{VIDEO}</a></p>', f'<p id="a"> <a href="{VIDEO}">Ролик</a><br></p>'],
)
def test_it_asks_before_it_shows_a_video(paragraph: str) -> None:
    html = shown(paragraph)
    assert 'data-frame="https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?rel=0"' in html
    assert f'<a href="{VIDEO}" rel="noopener">' in html
    assert "<iframe" not in html


@pytest.mark.parametrize(
    "html",
    [
        f'<p>Смотрите <a href="{VIDEO}">ролик</a></p>',
        f'<ul><li><p><a href="{VIDEO}">ролик</a></p></li></ul>',
        f'<blockquote><p><a href="{VIDEO}">ролик</a></p></blockquote>',
        '<p><a href="https://youtube.com.evil.example/watch?v=aqz-KE-bpKQ">x</a></p>',
        '<p><a href="/news/1/a/">x</a></p>',
    ],
)
def test_it_leaves_other_links_alone(html: str) -> None:
    assert shown(html) == clean(html)


def test_it_names_a_video_by_the_words_of_its_link() -> None:
    html = shown(f'<p><a href="{VIDEO}">Ледокол &lt;«Победа»&gt;</a></p>')
    assert 'data-title="Ледокол &lt;«Победа»&gt;"' in html
    assert ">Ледокол &lt;«Победа»&gt;</a>" in html


def test_it_gives_a_video_to_feeds_and_search_as_a_link() -> None:
    stored = clean(f"<p>{VIDEO}</p>")
    assert for_feed(stored) == stored == f'<p><a href="{VIDEO}" rel="noopener">{VIDEO}</a></p>'
    assert plain_text(stored) == VIDEO


# Sound, films and files


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "tag"),
    [("bell.mp3", "<audio"), ("bell.ogg", "<audio"), ("ship.mp4", "<video"), ("ship.webm", "<video")],
)
def test_it_plays_a_file_of_the_library(name: str, tag: str) -> None:
    media = make_media(name, alt="", credit="Запись редакции")
    html = shown(f'<p><a href="{media.url}">Колокол ратуши</a></p>', media)
    assert f"{tag} controls preload=" in html
    assert 'preload="none"' in html
    assert f'download="{name}"' in html
    for told in ("Колокол ратуши", filesizeformat(media.size), "Запись редакции", f'src="{media.url}"'):
        assert told in html


@pytest.mark.django_db
def test_it_offers_any_other_file_as_a_card() -> None:
    media = make_media("plan.pdf", caption="План моста")
    html = shown(f"<p>{media.url}</p><p><a href='{media.url}'>{media.url}</a></p>", media)
    assert 'class="file"' in html
    assert ">План моста</a>" in html
    assert "PDF" in html


@pytest.mark.django_db
@pytest.mark.parametrize("tag", ["audio", "video"])
def test_it_plays_what_was_stored_as_a_player(tag: str) -> None:
    media = make_media("bell.mp3")
    stored = f'<figure><{tag} src="{media.url}" controls></{tag}><figcaption>Колокол</figcaption></figure>'
    html = shown(stored, media)
    assert html.count("<audio") == 1
    assert "Колокол" in html


@pytest.mark.django_db
def test_it_leads_to_the_newest_version_of_a_file() -> None:
    media = make_media("plan.pdf")
    stored = tied(clean(f'<p>См. <a href="{media.url}">план</a>.</p>'))
    assert media_in(stored) == {media.pk}
    media.file.name = str(media.file.name).replace("/v1/", "/v2/")
    assert render(stored, [media]) == f'<p>См. <a href="{media.url}" rel="noopener">план</a>.</p>'
    assert "/v2/" in media.url


@pytest.mark.django_db
def test_it_ties_no_link_that_leads_elsewhere() -> None:
    media = make_media("plan.pdf")
    path = media.url
    for address in (f"https://other.example{path}", "/media/unknown/v1/x.pdf", "/news/1/a/", "http://[", ""):
        assert media_in(tied(f'<p><a href="{address}" data-media="{media.pk}">x</a></p>')) == set()
    Media.objects.filter(pk=media.pk).update(binned_at=timezone.now())
    assert media_in(tied(f'<p><a href="{path}">x</a></p>')) == set()


# Pictures and galleries


def image(media: Media, alt: str = "Мост") -> str:
    return f'<img src="{media.url}" alt="{alt}" data-media="{media.pk}">'


@pytest.mark.django_db
@pytest.mark.parametrize("caption", ["", "<figcaption></figcaption>", "<figcaption>Вид с берега</figcaption>"])
def test_it_credits_every_picture(caption: str) -> None:
    media = make_media(credit="Фото: Илья Соснин")
    html = shown(f"<figure>{image(media)}{caption}</figure>", media)
    assert html.count('<span class="credit">Фото: Илья Соснин</span>') == 1
    assert html.count("<figcaption>") == 1


@pytest.mark.django_db
def test_it_does_not_repeat_a_credit_and_shows_no_empty_caption() -> None:
    credited, bare = make_media(credit="Илья Соснин"), make_media("b.png", credit="")
    html = shown(f"<figure>{image(credited)}<figcaption>Мост. Илья Соснин</figcaption></figure>", credited)
    assert html.count("Илья Соснин") == 1
    assert "figcaption" not in shown(f"<figure>{image(bare)}<figcaption></figcaption></figure>", bare)


@pytest.mark.django_db
def test_it_frames_a_picture_that_stands_alone_in_a_paragraph() -> None:
    media = make_media(credit="Илья Соснин")
    assert shown(f"<p>{image(media)}</p>", media).startswith("<figure><picture>")


@pytest.mark.django_db
def test_it_opens_the_large_pictures_of_a_gallery() -> None:
    first, second = make_media(credit="Первый"), make_media("b.png", credit="Второй")
    html = shown(
        f'<figure class="gallery"><figure>{image(first)}<figcaption>Берег</figcaption></figure>'
        f"<figure>{image(second, '')}</figure><figcaption>Открытие</figcaption></figure>",
        first,
        second,
    )
    assert re.findall(r'<a href="([^"]*)"', html) == [first.url, second.url]
    assert 'aria-label="Фото 2"' in html
    assert '<figcaption><span>Берег</span> <span class="credit">Первый</span></figcaption>' in html
    assert '<figcaption><span>Открытие</span> <span class="credit">Второй</span></figcaption>' in html


@pytest.mark.django_db
def test_it_shows_a_gallery_of_bare_pictures() -> None:
    media = make_media()
    html = shown(f'<figure class="gallery">{image(media)}{image(media)}<figcaption>Два</figcaption></figure>', media)
    assert html.count("<li>") == 2
    assert "Два" in html


def test_it_keeps_what_stands_in_a_gallery_without_pictures() -> None:
    html = shown(
        '<figure class="gallery"><p>слова</p><img src="/x.jpg" alt="нет"><figcaption>Два</figcaption></figure>'
    )
    assert "слова" in html
    assert "Два" in html
    assert 'alt="нет"' in html


def test_it_asks_no_other_site_for_a_picture() -> None:
    html = shown('<figure><img src="https://other.example/a.jpg" alt="Порт"><figcaption>Вид</figcaption></figure>')
    assert '<a href="https://other.example/a.jpg" rel="noopener">Порт</a>' in html
    assert "<img" not in html


# Headings


def ids(html: str) -> list[str]:
    return re.findall(r'<h\d[^>]* id="([^"]*)"', shown(html))


def test_it_gives_every_heading_an_address_of_its_own() -> None:
    html = "<h2>Что дальше?</h2><h3>Сроки</h3><h2>Сроки</h2><h2 id='mine'>Сроки</h2><h2>日本</h2><h2>…</h2>"
    assert ids(html) == ["h-chto-dalshe", "h-sroki", "h-sroki-2", "mine", "h-riben", "h-part"]


@given(st.lists(st.sampled_from(["Сроки", "Цена", "Мост", "Порт"]), unique=True))
def test_it_keeps_the_address_of_a_heading_when_others_change(others: list[str]) -> None:
    html = "".join(f"<h2>{words}</h2>" for words in [*others, "Итог"])
    assert ids(html)[-1] == "h-itog"


def test_it_links_a_heading_to_itself_unless_it_holds_a_link() -> None:
    assert shown("<h2>Сроки</h2>") == '<h2 id="h-sroki"><a href="#h-sroki">Сроки</a></h2>'
    assert shown('<h2><a href="/x/">Сроки</a></h2>').count("<a ") == 1


def test_it_lists_the_headings_without_their_footnotes() -> None:
    html = shown('<h2>Сроки<sup class="footnote">План</sup></h2><h3>Нет</h3><h2>&lt;Цена&gt;</h2>')
    assert [heading.words for heading in contents(html)] == ["Сроки", "<Цена>"]


# Footnotes


def test_it_numbers_footnotes_in_their_order() -> None:
    html = shown('<p>Мост <sup class="footnote">412 <em>метров</em></sup> и порт<sup class="footnote">Новый</sup>.</p>')
    assert '<p>Мост<sup class="footnote-mark" id="footnote-mark-1"><a href="#footnote-1"' in html
    assert '<li id="footnote-1">412 <em>метров</em> <a href="#footnote-mark-1"' in html
    assert html.count("<li id=") == 2


def test_it_lists_footnotes_in_feeds_and_parts_them_from_words() -> None:
    stored = clean('<p>Мост<sup class="footnote">412 м</sup>.</p>')
    assert for_feed(stored) == "<p>Мост<sup>1</sup>.</p><ol><li>412 м</li></ol>"
    assert plain_text(stored) == "Мост 412 м."


# Tables


def test_it_tells_cells_their_headers_and_names_the_region() -> None:
    html = shown(
        "<table><caption>Цены <em>проезда</em></caption><tbody><tr><th>А</th><th>Б</th></tr>"
        '<tr><th>1</th><td>2</td></tr><tr><th scope="rowgroup">3</th><td>4</td></tr></tbody></table>'
    )
    assert 'aria-label="Цены проезда"' in html
    assert re.findall(r'scope="(\w+)"', html) == ["col", "col", "row", "rowgroup"]


# The length


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "language", "told"),
    [(300, "ru", ""), (540, "ru", "3 минуты чтения"), (900, "ru", "5 минут чтения"), (3780, "ru", "21 минута чтения"),
     (660, "en", "3 minutes to read")],
)  # fmt: skip
def test_it_tells_how_long_a_text_takes(client: Client, words: int, language: str, told: str) -> None:
    article = make_article(body=f"<p>{'слово ' * words}</p>", language=language)
    page = client.get(article.get_absolute_url()).text
    assert told in page
    assert ("чтения" in page or "to read" in page) == bool(told)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headings", "words", "listed"), [(3, 300, True), (2, 500, False), (3, 100, False), (0, 2000, False)]
)
def test_it_lists_the_contents_of_long_texts(client: Client, headings: int, words: int, *, listed: bool) -> None:
    part = f"<h2>Раздел</h2><p>{'слово ' * words}</p>"
    article = make_article(body=part * headings or f"<p>{'слово ' * words}</p>")
    page = client.get(article.get_absolute_url()).text
    assert ('<a href="#h-razdel-3">Раздел</a></li>' in page) == listed


@pytest.mark.django_db
def test_it_ties_a_file_to_the_story_that_links_to_it(erins: Client) -> None:
    media = make_media("plan.pdf")
    address = f"http://127.0.0.1:8000{media.url}"
    erins.post(ADD, typed(body=f'<p><a href="{address}">План</a></p>'))
    assert f'data-media="{media.pk}"' in Revision.objects.get().content.body
    assert media.uses() == ["«Мост открыт»"]


@pytest.mark.django_db
def test_it_quotes_a_title_that_has_quotes_itself() -> None:
    media = make_media()
    make_article("«Тишина» в зале", hero=media)
    assert media.uses() == ["«„Тишина“ в зале»"]
