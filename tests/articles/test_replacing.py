"""Finding and replacing: words that readers see, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.replacing import Replacement
from lib.html import clean, plain_text


@pytest.mark.parametrize(
    ("find", "new", "text", "wanted"),
    [
        ("порт", "гавань", "В порту порт.", "В гаваньу гавань."),
        ("новый мост", "старый мост", "о новый\u00a0мост и", "о старый мост и"),
        (".", "!", "Да. Нет.", "Да! Нет!"),
        ("$1", r"\1", "цена $1", r"цена \1"),
        ("", "x", "ничего", "ничего"),
        (" ,", ",", "да ,нет , да", "да,нет, да"),
    ],
)
def test_it_replaces_in_text(find: str, new: str, text: str, wanted: str) -> None:
    assert Replacement(find, new).in_text(text) == wanted


def test_it_knows_whole_words_and_capitals() -> None:
    assert Replacement("порт", "вокзал", whole_words=True).in_text("порт, порта, аэропорт") == "вокзал, порта, аэропорт"
    assert Replacement("порт", "вокзал", match_case=False).in_text("Порт порт") == "вокзал вокзал"


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>порт</p>", "<p>вокзал</p>"),
        ('<p><a href="/порт/" title="порт">порт</a></p>', '<p><a href="/порт/" title="порт">вокзал</a></p>'),
        ('<img alt="порт > порт" src="/порт.jpg">', '<img alt="порт > порт" src="/порт.jpg">'),
        ("<p>аэро<strong>порт</strong></p>", "<p>аэро<strong>порт</strong></p>"),
        ("<p>аэро</p><p>порт</p>", "<p>аэро</p><p>вокзал</p>"),
        ("<p>по<em>рт</em></p>", "<p>по<em>рт</em></p>"),
        ("<p>A &amp; порт &lt; B</p>", "<p>A &amp; вокзал &lt; B</p>"),
    ],
)
def test_it_replaces_only_words_between_tags(html: str, wanted: str) -> None:
    before = clean(html)
    assert Replacement("порт", "вокзал", whole_words=True).in_html(before) == clean(wanted)


def test_it_writes_what_is_typed_as_text_and_never_as_markup() -> None:
    assert Replacement("порт", "<b>&amp;").in_html("<p>порт</p>") == "<p>&lt;b&gt;&amp;amp;</p>"


def test_it_shows_each_place_with_what_stands_around_it() -> None:
    (place,) = Replacement("порт", "вокзал").snippets_of_html("<p>Новый <b>а</b></p><p>Речной порт открыт</p>")
    assert (place.before, place.gone, place.new, place.after) == ("Речной ", "порт", "вокзал", " открыт")


words = st.text("аб <>&\"'\u00a0x.", max_size=6)
inline = st.sampled_from(["{}", "<strong>{}</strong>", '<a href="/аб" title="аб > x">{}</a>', "<em>{}</em>"])
blocks = st.sampled_from(["<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</li></ul>", "<blockquote><p>{}</p></blockquote>"])
escaped = words.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
runs = st.lists(st.builds(str.format, inline, escaped), max_size=4).map("".join)
texts = st.lists(st.builds(str.format, blocks, runs), max_size=4).map("".join).map(clean)


def tags(html: str) -> list[str]:
    import re

    return re.findall(r"""<(?:[^>"]|"[^"]*")*>""", html)


@given(texts, st.text("абx<&\"' ", min_size=1, max_size=3), st.text("абв<>&\"' ", max_size=5), st.booleans())
def test_it_touches_no_tag_and_leaves_nothing_unclean(html: str, find: str, new: str, whole: bool) -> None:
    after = Replacement(find, new, whole_words=whole).in_html(html)
    assert tags(after) == tags(html)
    assert clean(after) == after


@given(texts)
def test_it_replaces_nothing_that_is_not_there(html: str) -> None:
    assert Replacement("нигде", "x").in_html(html) == html


@given(st.lists(st.text("аб.", min_size=1, max_size=5), min_size=1, max_size=4), st.text("вг", min_size=1, max_size=3))
def test_it_replaces_in_paragraphs_what_it_replaces_in_their_text(paragraphs: list[str], new: str) -> None:
    html = "".join(f"<p>{text}</p>" for text in paragraphs)
    wanted = " ".join(text.replace("а", new) for text in paragraphs)
    assert plain_text(Replacement("а", new).in_html(html)) == wanted
