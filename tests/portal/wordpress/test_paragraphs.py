"""Line breaks become paragraphs as WordPress shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.html import clean, plain_text
from portal.wordpress.paragraphs import with_paragraphs


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("a\r\nb", "<p>a<br />\nb</p>"),
        ("", ""),
        ("a<br><br>b", "<p>a</p>\n<p>b</p>"),
        ("<h2>a</h2>\nb", "<h2>a</h2>\n<p>b</p>"),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("<strong>a</strong>\n\n<em>b</em>", "<p><strong>a</strong></p>\n<p><em>b</em></p>"),
    ],
)
def test_it_makes_paragraphs(text: str, html: str) -> None:
    assert with_paragraphs(text) == html


@given(st.text(alphabet='ab \n\r<>/"=', max_size=80))
def test_it_takes_any_text(text: str) -> None:
    once = clean(with_paragraphs(text))
    assert clean(once) == once


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=5), min_size=1, max_size=8))
def test_it_loses_no_word(words: list[str]) -> None:
    assert plain_text(with_paragraphs("\n\n".join(words))) == " ".join(words)
