"""The texts of the demo, and how they become HTML."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from lib.html import clean
from portal.demo.data import read
from portal.demo.markup import Text, texts, to_html
from portal.demo.typography import typeset

FOLDER = Path(settings.BASE_DIR) / "portal" / "demo" / "texts"
NOT_RUSSIAN = re.compile(r'["„]| - |\w--\w')
"""Straight quotes, and hyphens in the place of dashes."""


def all_texts(language: str) -> list[Text]:
    return texts(FOLDER / language) + texts(FOLDER / "pages" / language)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_writes_clean_html(language: str) -> None:
    found = [to_html(text.body, lambda name: '<img src="/a.jpg" alt="a">') for text in all_texts(language)]
    assert [html for html in found if clean(html) != html] == []


def test_it_writes_russian_quotes_and_dashes() -> None:
    words = [text.body + str(list(text.head.values())) for text in all_texts("ru")]
    assert [found[0] for text in words if (found := NOT_RUSSIAN.search(text))] == []


def test_it_names_only_pictures_that_there_are() -> None:
    plans = read("pictures")
    stories = texts(FOLDER / "ru") + texts(FOLDER / "en")
    named = {name for text in stories for name in re.findall(r"^!\[.*\]\((.+)\)$", text.body, re.MULTILINE)}
    named |= {text.head["picture"] for text in stories if "picture" in text.head}
    assert named == set(plans)


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("Мост — это дорога", "Мост\xa0— это дорога"),
        ("в порту и на реке", "в\xa0порту и\xa0на\xa0реке"),
        ("41 000 тонн", "41\xa0000\xa0тонн"),
        ("маршрут № 24", "маршрут №\xa024"),
        ("Слово словом", "Слово словом"),
    ],
)
def test_it_keeps_together_what_a_line_may_not_part(written: str, set_: str) -> None:
    assert typeset(written) == typeset(typeset(written)) == set_


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("Одна\nстрока", "<p>Одна строка</p>"),
        ("## Глава", "<h2>Глава</h2>"),
        ("- один\n- **два**", "<ul><li>один</li><li><strong>два</strong></li></ul>"),
        (">> Сказал\n>> — кто", '<blockquote class="pull"><p>Сказал</p><cite>кто</cite></blockquote>'),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        (
            "| Час | Где |\n| 7 | Порт |",
            '<table><thead><tr><th scope="col">Час</th><th scope="col">Где</th></tr></thead>'
            "<tbody><tr><td>7</td><td>Порт</td></tr></tbody></table>",
        ),
        ("Мост ^[412 м]", '<p>Мост<sup class="footnote">412&nbsp;м</sup></p>'),
        ("@[План моста](plan.csv)", "<p>План моста</p>"),
        ("https://port.example/a", '<p><a href="https://port.example/a" rel="noopener">https://port.example/a</a></p>'),
        ("![Река](river)", '<figure><img alt="river"><figcaption>Река</figcaption></figure>'),
    ],
)
def test_it_turns_what_a_writer_types_into_html(written: str, html: str) -> None:
    assert to_html(written, lambda name: f'<img alt="{name}">') == html
