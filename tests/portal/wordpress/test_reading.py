"""An export is read as it comes: in any version, mended where WordPress breaks it, refused when it is none."""

import gzip
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.wordpress.reading import Damaged, NotAnExport, read
from portal.wordpress.records import Item, Site
from portal.wordpress.repair import _Mender
from portal.wordpress.report import Report
from tests.portal.wordpress.exports import FOOT, GOROD, HEAD, ODD, item, write


def items(path: Path, report: Report | None = None) -> list[Item]:
    note = (report or Report()).repair
    return [Item.of(record) for record in read(path, note) if record.name == "item"]


def test_it_reads_the_channel_first() -> None:
    site = Site.of(next(read(GOROD, Report().repair)))
    assert (site.address, site.title, site.language) == ("https://gorod.example", "Город — новости", "ru")


def test_it_knows_wordpress_by_any_namespace_and_prefix(tmp_path: Path) -> None:
    text = (HEAD + item(7) + FOOT).replace("wp:", "zz:").replace("xmlns:wp", "xmlns:zz")
    path = write(tmp_path, text.replace("http://wordpress.org/export/1.2", "https://wordpress.org/export/1.0"))
    assert [each.wp_id for each in items(path)] == [7]


def test_it_reads_gzip_utf16_and_windows_1251(tmp_path: Path) -> None:
    text = HEAD + item(1, "Ёлка") + FOOT
    one = write(tmp_path, gzip.compress(text.encode()), "a.xml.gz")
    two = write(tmp_path, text.replace("UTF-8", "UTF-16").encode("utf-16"), "b.xml")
    three = write(tmp_path, text.replace("UTF-8", "windows-1251").encode("cp1251"), "c.xml")
    assert [items(path)[0].content for path in (one, two, three)] == ["Ёлка"] * 3


def test_it_removes_control_characters_and_counts_them(tmp_path: Path) -> None:
    report = Report()
    [found] = items(write(tmp_path, HEAD + item(1, "a\x0b\x00b") + FOOT), report)
    assert (found.content, report.repairs["control characters"]) == ("ab", 2)


def test_it_escapes_bare_ampersands_outside_of_cdata_only(tmp_path: Path) -> None:
    report = Report()
    text = item(1, "R&D & co").replace("Post 1", "A&B &nbsp;&mdash; C")
    [found] = items(write(tmp_path, HEAD + text + FOOT), report)
    assert (found.title, found.content) == ("A&B — C", "R&D & co")
    assert (report.repairs["bare ampersands"], report.repairs["entities of HTML"]) == (1, 2)


def test_it_skips_blank_lines_and_notices_before_the_beginning(tmp_path: Path) -> None:
    report = Report()
    path = write(tmp_path, "\n\n<br />\n<b>Warning</b>: in /www/x.php\n" + HEAD + item(3) + FOOT)
    assert [each.wp_id for each in items(path, report)] == [3]
    assert report.repairs["text before the beginning"] == 1


def test_it_keeps_the_end_of_cdata_inside_of_a_text(tmp_path: Path) -> None:
    [found] = items(write(tmp_path, HEAD + item(1, "if (a[b[0]]>1) ]]> :)") + FOOT))
    assert found.content == "if (a[b[0]]>1) ]]> :)"


@given(st.text(alphabet="a& ]>[;<x\n", max_size=60), st.integers(1, 9))
def test_it_mends_the_same_however_the_text_is_cut(text: str, size: int) -> None:
    whole, cut = _Mender(lambda *_: None), _Mender(lambda *_: None)
    text = f"<a><![CDATA[{text}]]></wp:a>&{text.replace('<', '')}"
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert whole.feed(text, last=True) == "".join(map(cut.feed, pieces)) + cut.feed("", last=True)


def test_it_gives_every_whole_record_before_it_says_that_a_file_breaks_off(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + item(1) + item(2) + "<item><title>cut")
    found: list[str] = []
    with pytest.raises(Damaged, match="4"):
        found.extend(record.name for record in read(path, Report().repair))
    assert found == ["channel", "item", "item"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "INSERT INTO wp_posts VALUES (1);",
        "<!DOCTYPE html><html><body>Log in</body></html>",
        '<?xml version="1.0"?><rss version="2.0"><channel><item><title>a feed</title></item></channel></rss>',
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>',
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa">]>' + HEAD.partition("?>")[2] + item() + FOOT,
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss/>',
        "\x1f\x8b broken",
    ],
)
def test_it_refuses_what_is_no_export(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotAnExport):
        list(read(write(tmp_path, text), Report().repair))


def test_it_survives_deep_nesting_and_unknown_elements(tmp_path: Path) -> None:
    junk = "<x>" * 20_000 + "</x>" * 20_000
    assert [each.wp_id for each in items(write(tmp_path, HEAD + junk + item(5) + FOOT))] == [5]


def test_it_tells_the_dates_of_an_item() -> None:
    one = next(each for each in items(ODD) if each.wp_id == 1)
    assert str(one.moment(UTC)) == "2024-05-01 09:00:00+00:00"
    one.dates["wp:post_date_gmt"] = "0000-00-00 00:00:00"
    one.dates["wp:post_date"] = "nonsense"
    assert str(one.moment(UTC)) == "2024-05-01 09:00:00+00:00"


def test_it_reads_each_term_once_from_the_oldest_exports(tmp_path: Path) -> None:
    named = (
        '<category domain="tag" nicename="bar">Bar</category><category domain="category" nicename="foo">Foo</category>'
    )
    terms = f"<category>Foo</category>{named}"
    [found] = items(write(tmp_path, HEAD + item(1).replace("</item>", terms + "</item>") + FOOT))
    assert [(term.taxonomy, term.slug) for term in found.terms] == [("post_tag", "bar"), ("category", "foo")]
