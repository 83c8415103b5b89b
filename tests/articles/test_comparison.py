"""Two contents side by side: by words, and in words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.comparison import Budget, compare
from articles.comparison.alignment import steps
from articles.comparison.sides import Field, Fold, Row
from articles.content import Content, Signature
from tests.factories import make_author, make_category, make_content, make_media

pytestmark = pytest.mark.django_db


def body(old: str, new: str) -> Field:
    (field,) = compare(Content(body=old), Content(body=new)).fields
    return field


def changed(field: Field) -> list[Row]:
    return [row for row in field.rows if isinstance(row, Row) and row.changed]


def words(row: Row, kind: str) -> str:
    sides = [side for side in (row.old, row.new) if side]
    return "|".join(piece.text.strip() for side in sides for piece in side.pieces if piece.kind == kind)


def notes(old: str, new: str) -> str:
    return " ".join(note for row in changed(body(old, new)) for note in row.notes)


def test_it_marks_the_words_that_changed_on_both_sides() -> None:
    (row,) = changed(body("<p>Мост откроют в мае.</p>", "<p>Мост откроют в июне.</p>"))
    assert (words(row, "gone"), words(row, "new")) == ("мае", "июне")


def test_it_puts_rewritten_paragraphs_beside_each_other() -> None:
    old = "<p>Первый абзац остался.</p><p>Второй абзац говорит о мосте через реку.</p>"
    new = "<p>Первый абзац остался.</p><p>Совсем новое сообщение.</p><p>Второй абзац говорит о мосте через море.</p>"
    added, rewritten = changed(body(old, new))
    assert added.old is None
    assert (words(rewritten, "gone"), words(rewritten, "new")) == ("реку", "море")


def test_it_folds_what_is_the_same() -> None:
    same = "".join(f"<p>Абзац номер {number}.</p>" for number in range(20))
    folds = [
        len(row.rows) for row in body(f"{same}<p>а</p>{same}", f"{same}<p>б</p>{same}").rows if isinstance(row, Fold)
    ]
    assert folds == [19, 19]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('<p><a href="/a">тут</a></p>', '<p><a href="/b">тут</a></p>', "«тут»: была /a, теперь /b"),
        ("<p>тут</p>", '<p><a href="/b">тут</a></p>', "Добавлена ссылка: «тут», /b"),
        ('<p><a href="/b">тут</a></p>', "<p>тут</p>", "Убрана ссылка: «тут», /b"),
        ("<p>Раздел</p>", "<h2>Раздел</h2>", "Было: абзац, стало: подзаголовок"),
        ("<p>важно</p>", "<p><strong>важно</strong></p>", "полужирный: «важно»"),
        ("<p>раз</p><p>два</p>", "<ul><li><p>раз</p></li></ul><p>два</p>", "стало: пункт списка"),
        (
            '<figure><img src="/1" alt="Мост"></figure>',
            '<figure><img src="/1" alt="Река"></figure>',
            "«Мост», теперь «Река»",
        ),
        ('<figure><img src="/1" alt=""></figure>', '<figure><img src="/2" alt=""></figure>', "Другая картинка"),
        ("<p>а</p>", '<p>а</p><figure><img src="/2" alt="б"></figure>', "Добавлена картинка"),
        ('<p id="a">а</p>', "<p>а</p>", "id=a"),
        ('<blockquote class="pull"><p>а</p></blockquote>', "<blockquote><p>а</p></blockquote>", "врезка"),
    ],
)
def test_it_says_in_words_what_changed_besides_words(old: str, new: str, told: str) -> None:
    assert told in notes(old, new)


def test_it_says_that_only_the_spaces_of_a_title_differ() -> None:
    (field,) = compare(Content(title="Мост у реки"), Content(title="Мост у\u00a0реки")).fields
    assert changed(field)[0].notes == ["Отличаются только пробелы."]


def test_it_tells_every_field_by_its_name() -> None:
    author, category = make_author("Яков Белов"), make_category("Город")
    old = make_content("Мост", tags=["мосты", "река Серебрянка"])
    new = make_content("Мост", tags=["мосты", "река"], category=category, is_opinion=True, hero=make_media())
    new.authors = [Signature(author.pk, "photo")]
    fields = {field.name: changed(field)[0] for field in compare(old, new).fields}
    assert {name: words(row, "new") for name, row in fields.items() if name != "hero"} == {
        "category": "Город",
        "tags": "река",
        "authors": "Яков Белов (Фото)",
        "is_opinion": "да",
    }
    assert words(fields["tags"], "gone") == "река Серебрянка"
    assert fields["hero"].new is not None
    assert fields["hero"].new.pictures


def test_it_tells_what_is_gone_from_the_newsroom() -> None:
    (field,) = compare(Content(category=77), Content()).fields
    assert "77" in words(changed(field)[0], "gone")


def test_it_asks_for_names_once_however_many_there_are(django_assert_max_num_queries: Any) -> None:
    authors = [make_author(f"Автор {number}") for number in range(6)]
    with django_assert_max_num_queries(3):
        compare(make_content(authors=authors[:3]), make_content(authors=authors))


def test_it_says_that_texts_differ_far_below() -> None:
    same = "<p>а</p>" * 5_000
    assert notes(same, f"{same}<p>б</p>")


HOSTILE = [
    "<p>а</p>" * 3_000,
    "<p>" + "а б " * 5_000 + "</p>",
    "<em>" * 3_000,
    "<blockquote>" * 2_000,
    "</p></li>" * 999,
    "<td>",
]


@pytest.mark.parametrize("one", HOSTILE)
@pytest.mark.parametrize("other", HOSTILE)
def test_it_is_not_impressed_by_hostile_texts(one: str, other: str) -> None:
    comparison = compare(Content(body=one), Content(body=other))
    assert bool(comparison) is (one != other)


@given(
    st.lists(st.sampled_from("абвг"), max_size=30), st.lists(st.sampled_from("абвг"), max_size=30), st.integers(0, 80)
)
def test_it_loses_nothing_of_either_side(old: list[str], new: list[str], most: int) -> None:
    parts = list(steps(old, new, Budget(most)))
    assert [each for _equal, (start, end, *_new) in parts for each in old[start:end]] == old
    assert [each for _equal, (*_old, start, end) in parts for each in new[start:end]] == new
    assert all(old[a:b] == new[c:d] for equal, (a, b, c, d) in parts if equal)
