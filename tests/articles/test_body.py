"""Clean text: what is kept, what goes, and how it stands on a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import for_feed, media_in, render, split_after
from articles.pictures import draw_renditions
from lib.html import clean, excerpt, plain_text
from tests.factories import make_media, make_picture

pieces = st.sampled_from(
    ["<p>", "</p>", "<b>", "<script>", "</script>", "<img src=x onerror=y>", "<a href='javascript:z'>", "<!--", "-->",
     "<svg>", "<math>", "<style>", "<table><tr><td>", "<li>", "&lt;", "&amp;", '"', "'", "<", ">", "текст", "\0", "]]>"]
)  # fmt: skip


@given(st.lists(pieces | st.text(max_size=5), max_size=30).map("".join))
def test_it_cleans_the_same_twice(html: str) -> None:
    once = clean(html)
    assert clean(once) == once


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src="/a.jpg" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<iframe src="https://example.org"></iframe>',
        '<p style="position:fixed">x</p>',
        "<svg onload=alert(1)>",
        '<form action="https://example.org"><input name=a></form>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    ],
)
def test_it_keeps_nothing_that_runs(html: str) -> None:
    cleaned = clean(html)
    assert not any(bad in cleaned for bad in ("script", "onerror", "onload", "iframe", "style", "form", "data:"))


def test_it_keeps_what_writers_use() -> None:
    html = (
        "<h2>Что изменится</h2><p><strong>Да</strong> и <em>нет</em></p>"
        '<blockquote class="pull"><p>Ждали.</p></blockquote>'
        '<figure class="wide"><img src="/media/a/v1/b.jpg" alt="a &gt; b" width="8" height="4" data-media="12">'
        "<figcaption>Вид</figcaption></figure><table><tbody><tr><td>1</td></tr></tbody></table>"
    )
    assert clean(html) == html
    assert media_in(html) == {12}


@pytest.mark.django_db
def test_it_shows_a_picture_of_the_library_with_its_own_alt() -> None:
    media = make_media()
    html = render(f'<p><img src="{media.url}" alt="Вид &quot;сверху&quot;" data-media="{media.pk}"></p>', [media])
    assert 'alt="Вид &quot;сверху&quot;"' in html
    assert 'width="800"' in html


@pytest.mark.django_db
def test_it_shows_a_small_picture_in_its_own_size() -> None:
    media = make_media(content=make_picture(150, 150))
    draw_renditions.func(media.pk)
    media.refresh_from_db()
    html = render(f'<p><img src="{media.url}" alt="" data-media="{media.pk}"></p>', [media])
    assert 'sizes="(min-width: 780px) min(700px, 150px), min(100vw, 150px)"' in html


def test_it_lets_a_wide_table_scroll_by_keyboard() -> None:
    assert 'tabindex="0"' in render("<table><tbody><tr><td>1</td></tr></tbody></table>", [])


P, H, Q = "<p>Абзац<br>\n<em>два</em>.</p>", "<h2>Глава</h2>", "<blockquote><p>Ждали.</p><p>Да.</p></blockquote>"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (P * 2, P * 2),
        (P + Q + P, P + H + P),
        (P + H + P, "\n" + P * 3),
        (P * 2 + H + P + Q + P, P * 2),
        (f"<figure><img src='a'><p>x</p></figure>{P}{P}", P + "<hr>" + P),
    ],
)
def test_it_cuts_a_text_between_two_paragraphs(first: str, second: str) -> None:
    assert split_after(first + second, 2) == (first, second)


@pytest.mark.parametrize(
    "html", ["", P, P * 3, P * 2 + H + P * 2, Q * 4, f"<ul><li>{P * 4}</li></ul>", "слова", "</p>"]
)
def test_it_leaves_a_text_whole_that_has_no_place_for_a_cut(html: str) -> None:
    assert split_after(html, 2) == (html, "")


@given(st.lists(pieces | st.text(max_size=5), max_size=30).map("".join).map(clean), st.integers(0, 3))
def test_it_loses_nothing_between_the_two_parts(html: str, paragraphs: int) -> None:
    assert "".join(split_after(html, paragraphs)) == html


def test_it_gives_feeds_whole_addresses() -> None:
    fed = for_feed('<a href="/news/1/a/">x</a><img src="/media/b.jpg" alt="" data-media="3">')
    assert fed == '<a href="http://127.0.0.1:8000/news/1/a/">x</a><img src="http://127.0.0.1:8000/media/b.jpg" alt="">'


def test_it_separates_the_words_of_neighbouring_blocks() -> None:
    assert plain_text("<p>Один</p><p>два&nbsp;&lt;три&gt;</p><ul><li>четыре</li></ul>") == "Один два <три> четыре"


def test_it_cuts_an_excerpt_at_a_word() -> None:
    assert excerpt("Мост через Серебрянку сдадут", 20) == "Мост через…"
