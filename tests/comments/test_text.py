"""What readers type, made tidy and made HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.text import as_html, digest, one_line, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("раз\r\nдва\rтри", "раз\nдва\nтри"),
        ("\u202eабв\u202c", "абв"),
        ("с\u200bп\u2060а\u00adм", "спам"),
        ("з" + "\u0301" * 40, "з" + "\u0301" * 2),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("й ё é", "й ё é"),
    ],
)
def test_it_makes_text_tidy(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_it_writes_a_name_on_one_line() -> None:
    assert one_line(" Анна\n\t Мария \u00a0 К. ") == "Анна Мария К."


@given(st.text())
def test_it_tidies_once_and_for_all(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text())
def test_it_lets_no_tag_through(text: str) -> None:
    tags = set(re.findall(r"<[^>]*>?", as_html(text)))
    assert {
        tag for tag in tags if not re.fullmatch(r'</?p>|</a>|<a href="https?://[^"<>]*" rel="[a-z ]+">', tag)
    } == set()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Раз.\n\n\nДва\nтри", "<p>Раз.</p>\n<p>Два\nтри</p>"),
        ("a & <b>", "<p>a &amp; &lt;b&gt;</p>"),
        ("(http://a.ru).", '<p>(<a href="http://a.ru" rel="nofollow ugc noopener">http://a.ru</a>).</p>'),
        (
            'http://a.ru/"onclick=x',
            '<p><a href="http://a.ru/" rel="nofollow ugc noopener">http://a.ru/</a>&quot;onclick=x</p>',
        ),
        ("javascript:alert(1) //evil.ru", "<p>javascript:alert(1) //evil.ru</p>"),
        ("  \n ", ""),
    ],
)
def test_it_shows_text_as_html(text: str, html: str) -> None:
    assert as_html(text) == html


def test_it_sees_the_same_text_in_another_dress() -> None:
    assert digest("Купите наш замечательный товар!") == digest("  купите НАШ «замечательный» товар")
    assert digest("Купите наш замечательный товар!") != digest("Купите ваш замечательный товар!")
    assert digest("Спасибо!") == ""
