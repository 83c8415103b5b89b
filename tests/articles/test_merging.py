"""Two texts that grew out of one: what either changed is kept, what both changed is asked."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.content import Content, Reference, Signature
from articles.merging import Clash, elements, merge, merged_text

BASE = Content(title="Мост", lead="Скоро", body="<p>один</p><h2>два</h2><p>три</p>", tags=["мост", "река"])

bodies = st.lists(st.sampled_from(["<p>а</p>", "<p>б</p>", "<h2>в</h2>", "<ul><li>г</li></ul>"]), max_size=7)
names = st.lists(st.sampled_from("абвгде"), unique=True, max_size=5)
people = st.lists(st.builds(Signature, st.integers(1, 3), st.sampled_from(["text", "photo"])), max_size=3)
contents = st.builds(
    Content,
    title=st.sampled_from(["", "Мост", "Река"]),
    lead=st.sampled_from(["", "Скоро", "Уже"]),
    body=bodies.map("".join),
    category=st.sampled_from([None, 1, 2]),
    tags=names,
    authors=people,
    is_opinion=st.booleans(),
)


@given(contents, contents)
def test_it_takes_the_only_change_as_it_is(base: Content, changed: Content) -> None:
    assert merge(base, changed, base).content() == changed
    assert merge(base, base, changed).content() == changed
    assert merge(base, changed, changed).content() == changed


@given(contents, contents, contents)
def test_it_is_the_same_from_either_side(base: Content, mine: Content, theirs: Content) -> None:
    ours, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert [clash.key for clash in ours.clashes] == [clash.key for clash in other.clashes]
    assert ours.settled == other.settled
    assert [part for part in ours.body if isinstance(part, str)] == [p for p in other.body if isinstance(p, str)]


@given(contents, contents, contents)
def test_it_changes_nothing_when_it_is_merged_again(base: Content, mine: Content, theirs: Content) -> None:
    merged = merge(base, mine, theirs)
    if not merged.clashes:
        assert merge(theirs, merged.content(), theirs).content() == merged.content()
        assert merge(mine, mine, merged.content()).content() == merged.content()


@given(contents, contents, contents)
def test_it_loses_nothing_that_either_added(base: Content, mine: Content, theirs: Content) -> None:
    merged = merge(base, mine, theirs)
    kept = merged.content({clash.key: "both" for clash in merged.clashes})
    asked = {clash.field for clash in merged.clashes}
    for side in (mine, theirs):
        assert set(elements(side.body)) - set(elements(base.body)) <= set(elements(kept.body))
        for name in {"tags", "authors"} - asked:
            added = [one for one in getattr(side, name) if one not in getattr(base, name)]
            assert all(one in getattr(kept, name) for one in added)
        for name in {"title", "lead", "category", "is_opinion"} - asked:
            assert getattr(side, name) in {getattr(base, name), getattr(kept, name)}


def test_it_merges_changes_of_different_fields() -> None:
    merged = merge(BASE, replace(BASE, title="Мост открыт"), replace(BASE, lead="Уже открыт", category=7))
    assert merged.content() == replace(BASE, title="Мост открыт", lead="Уже открыт", category=7)


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("<p>ОДИН</p><h2>два</h2><p>три</p>", "<p>один</p><h2>два</h2><p>ТРИ</p>", "<p>ОДИН</p><h2>два</h2><p>ТРИ</p>"),
        ("<p>ОДИН</p><h2>два</h2><p>три</p>", "<p>один</p><h2>ДВА</h2><p>три</p>", "<p>ОДИН</p><h2>ДВА</h2><p>три</p>"),
        ("<p>0</p><p>один</p><h2>два</h2><p>три</p>", "<h2>два</h2><p>три</p><p>4</p>",
         "<p>0</p><h2>два</h2><p>три</p><p>4</p>"),
        ("<p>один</p><p>три</p>", "<p>один</p><p>три</p><p>4</p>", "<p>один</p><p>три</p><p>4</p>"),
        ("<p>А</p><h2>Б</h2><p>три</p>", "<p>один</p><h2>два</h2><p>В</p>", "<p>А</p><h2>Б</h2><p>В</p>"),
    ],
)  # fmt: skip
def test_it_merges_changes_of_different_paragraphs(mine: str, theirs: str, merged: str) -> None:
    assert merge(BASE, replace(BASE, body=mine), replace(BASE, body=theirs)).content().body == merged


def test_it_asks_about_a_paragraph_that_both_changed() -> None:
    merged = merge(BASE, replace(BASE, body="<p>моё</p><h2>два</h2><p>три</p>"),
                   replace(BASE, body="<p>их</p><h2>два</h2><p>три!</p>"))  # fmt: skip
    assert merged.clashes == [Clash("body", "<p>моё</p>", "<p>их</p>", place=1)]
    taken = [merged.content({"body-1": choice}).body for choice in ("mine", "theirs", "both", "nonsense")]
    assert taken == [
        "<p>моё</p><h2>два</h2><p>три!</p>",
        "<p>их</p><h2>два</h2><p>три!</p>",
        "<p>моё</p><p>их</p><h2>два</h2><p>три!</p>",
        "<p>моё</p><h2>два</h2><p>три!</p>",
    ]


def test_it_asks_when_one_took_out_what_the_other_changed() -> None:
    merged = merged_text(BASE.body, "<p>один</p><p>три</p>", "<p>один</p><h2>ДВА</h2><p>три</p>")
    assert merged == ["<p>один</p>", Clash("body", "", "<h2>ДВА</h2>", place=1), "<p>три</p>"]


def test_it_asks_in_which_order_two_new_paragraphs_stand() -> None:
    merged = merged_text(BASE.body, BASE.body + "<p>моё</p>", BASE.body + "<p>их</p>")
    assert merged[-1] == Clash("body", "<p>моё</p>", "<p>их</p>", place=1)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("абв", "абвг", "бвд", "бвгд"),
        ("абв", "вба", "абвг", "вгба"),
        ("абв", "аб", "бв", "б"),
        ("", "аб", "ба", "аб"),
        ("аб", "агб", "адб", "агдб"),
    ],
)
def test_it_merges_lists_by_their_members(base: str, mine: str, theirs: str, merged: str) -> None:
    sides = (replace(BASE, tags=list(letters)) for letters in (base, mine, theirs))
    assert "".join(merge(*sides).content().tags) == merged


def test_it_asks_when_both_put_a_list_into_an_order_of_their_own() -> None:
    sides = (replace(BASE, related=keys) for keys in ([1, 2, 3], [3, 2, 1], [2, 1, 3]))
    assert [clash.key for clash in merge(*sides).clashes] == ["related"]


def test_it_asks_when_a_list_would_grow_too_long() -> None:
    sides = (replace(BASE, tags=[f"{name}{number}" for number in range(20)]) for name in "абв")
    assert [clash.key for clash in merge(*sides).clashes] == ["tags"]


def test_it_merges_sources_by_their_pages() -> None:
    port, fire = Reference(1, "https://port.example/"), Reference(2)
    merged = merge(BASE, replace(BASE, sources=[port]), replace(BASE, sources=[fire]))
    assert merged.content().sources == [port, fire]


@pytest.mark.parametrize(
    "body",
    ["<p></p>" * 60_000, "".join(f"<p>{number}</p>" for number in range(40_000)), "<" * 200_000, "</p>" * 50_000],
)
def test_it_compares_hostile_texts_quickly(body: str) -> None:
    mine, theirs = "<p>а</p>" + body[::-1] + "<p>б</p>", "<h2>в</h2>" + body + "<p>г</p>"
    parts: list[Any] = merged_text(body, mine, theirs)
    assert any(isinstance(part, Clash) for part in parts)
