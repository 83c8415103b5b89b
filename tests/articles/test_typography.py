"""Quotes, dashes and no-break spaces, in Russian and English texts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.typography import typeset, typeset_html

RUSSIAN = [
    ('"Привет" - сказал он', "«Привет»␣— сказал он"),
    ('Читал "Дом "Книги"" и “лапки”', "Читал «Дом „Книги“» и␣«лапки»"),
    ("- Да? - Нет...", "—␣Да?␣— Нет…"),
    ("А. С. Пушкин и Иванов И. И.", "А.␣С.␣Пушкин и␣Иванов␣И.␣И."),
    ("и т.д., т. е. сразу", "и␣т.␣д., т.␣е. сразу"),
    ("10-15 руб., 5 % и 10 000 ₽", "10–15␣руб., 5␣% и␣10␣000␣₽"),
    ("№5, § 7, 5 июня 2020 года", "№␣5, §␣7, 5␣июня 2020␣года"),
    ("ул. Ленина в г. Москва", "ул.␣Ленина в␣г.␣Москва"),
    ("было -5 °C , в  доме", "было −5␣°C, в␣доме"),
    ("8-800-555-35-35, счёт 3-1, Ту-154, 2024-01-02", "8-800-555-35-35, счёт 3-1, Ту-154, 2024-01-02"),
    ('экран 15" и https://a.ru/x-y?a=1...2', 'экран 15" и␣https://a.ru/x-y?a=1...2'),
    ("сказал бы он же", "сказал␣бы он␣же"),
    ("незакрытая «кавычка", "незакрытая «кавычка"),
]
ENGLISH = [
    ('"Hello," he said - "it\'s..."', "“Hello,” he said␣— “it’s…”"),
    ('"a "b" c"', "“a ‘b’ c”"),
    ("Mr. Smith's 5 km, the residents' hall", "Mr.␣Smith’s 5␣km, the residents’ hall"),
    ("pages 10-15", "pages 10–15"),
]
TEXTS = st.text(st.sampled_from("аяВАи вт. 15\"«»„“”-–— \u00a0,.!?…()№%₽'е:\n"), max_size=40)
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<strong>",
        "</strong>",
        '<a href="/x-y/">',
        "</a>",
        "<br>",
        "<code>",
        "</code>",
        '<img src="a - b">',
    ]
    + ['<sup class="footnote">', "</sup>", "<li>", "</li>", "&amp;", "&nbsp;", "&lt;"]
)
HTML = st.lists(st.one_of(TAGS, TEXTS), max_size=12).map("".join)


@pytest.mark.parametrize(("written", "made"), RUSSIAN)
def test_it_sets_russian(written: str, made: str) -> None:
    assert typeset(written, "ru").replace("\u00a0", "␣") == made


@pytest.mark.parametrize(("written", "made"), ENGLISH)
def test_it_sets_english(written: str, made: str) -> None:
    assert typeset(written, "en").replace("\u00a0", "␣") == made


def test_it_reads_a_sentence_across_its_tags() -> None:
    made = typeset_html('<p>"<strong>Да</strong>" - и <a href="/a-b/?x=1">"ушёл"</a>...</p>', "ru")
    assert made == '<p>«<strong>Да</strong>»&nbsp;— и&nbsp;<a href="/a-b/?x=1">«ушёл»</a>…</p>'


def test_it_leaves_code_alone_and_sets_a_footnote_apart() -> None:
    made = typeset_html('<p>Мост<sup class="footnote">См. "Дом"</sup> - да.</p><pre>"a" - b</pre>', "ru")
    assert made == '<p>Мост<sup class="footnote">См. «Дом»</sup>&nbsp;— да.</p><pre>"a" - b</pre>'


@given(TEXTS, st.sampled_from(["ru", "en"]))
def test_it_sets_nothing_twice(text: str, language: str) -> None:
    once = typeset(text, language)
    assert typeset(once, language) == once


@given(HTML, st.sampled_from(["ru", "en"]))
def test_it_changes_nothing_but_signs_and_spaces(html: str, language: str) -> None:
    made = typeset_html(html, language)
    assert typeset_html(made, language) == made
    assert re.findall(r"<[^>]*>", made) == re.findall(r"<[^>]*>", html)
    letters = [re.sub(r"&nbsp;|[^\w<>/&;]", "", re.sub(r"\s", "", each)) for each in (html, made)]
    assert letters[0] == letters[1]
