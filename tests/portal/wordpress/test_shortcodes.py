"""Shortcodes go by WordPress's rules; brackets in running text stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.wordpress.shortcodes import Shortcode, attributes_of, expand

KNOWN = {"caption", "gallery"}


def expanded(text: str, unknown: list[tuple[str, bool]] | None = None) -> str:
    def show(code: Shortcode) -> str | None:
        if code.name not in KNOWN:
            return None
        return f"<{code.name} {sorted(code.attributes.items())} {code.inner}>"

    return expand(text, KNOWN, show, lambda name, gone: (unknown if unknown is not None else []).append((name, gone)))


@pytest.mark.parametrize(
    "text",
    ["[1]", "[прим. ред.]", "[…]", "arr[0]", "[simple boat]", "[sic]", "<pre>[gallery]</pre>", "a [ b ]"],
)
def test_it_leaves_brackets_in_running_text(text: str) -> None:
    assert expanded(text) == text


def test_it_reads_attributes_in_every_quote() -> None:
    named, values = attributes_of("""a="1 2" b='3' c=4 “five” x=«six» plain""")
    assert (named, values) == ({"a": "1 2", "b": "3", "c": "4", "x": "six"}, ["five", "plain"])


def test_it_gives_the_text_between_the_tags() -> None:
    assert expanded("x [caption id=a]in [gallery] ner[/caption] y") == (
        "x <caption [('id', 'a')] in <gallery [] None> ner> y"
    )


def test_it_shows_an_escaped_shortcode_as_text() -> None:
    assert expanded("[[gallery]] and [[gallery ids=1]]") == "[gallery] and [gallery ids=1]"


def test_it_keeps_what_an_unknown_one_encloses_and_names_it() -> None:
    names: list[tuple[str, bool]] = []
    assert expanded('[box a="1"]text[/box] [form id=5] [maybe]', names) == "text  [maybe]"
    assert names == [("box", True), ("form", True), ("maybe", False)]


def test_it_ends_at_the_first_closing_tag_and_drops_a_lonely_one() -> None:
    assert expanded("[caption]a[caption]b[/caption]c[/caption]") == "<caption [] a<caption [] None>b>c"


def test_it_does_not_mind_deep_nesting() -> None:
    text = "".join(f"[x{n}]" for n in range(3_000)) + "text" + "".join(f"[/x{n}]" for n in reversed(range(3_000)))
    assert expanded(text) == "text"


@given(st.text(alphabet="[]/ab=\"' \n<>pre", max_size=80))
def test_it_takes_any_text(text: str) -> None:
    assert isinstance(expanded(text), str)
    if "[" not in text:
        assert expanded(text) == text
