"""A WordPress text becomes clean HTML: no shortcode, no comment of a block, no request to another site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.html import clean
from portal.wordpress.content import Converted, convert
from portal.wordpress.footnotes import with_footnotes
from portal.wordpress.library import Attachment, Document, Picture


class Shelf:
    """A library in which every picture of a.example is there but those called «missing»."""

    def picture(self, wp_id: int, url: str) -> Picture | None:
        return Picture(7, "/media/x.jpg", 800, 600, "Bridge") if self.is_own(url) and "missing" not in url else None

    def file(self, url: str) -> Document | None:
        return Document(9, "/media/sound.mp3") if url.endswith("/sound.mp3") else None

    def attachments(self, post: int, wp_ids: list[int]) -> list[Attachment]:
        return [Attachment(n, f"https://a.example/{n}.jpg", "", f"Caption {n}") for n in wp_ids or [1, 2]]

    def address(self, url: str) -> str | None:
        return "/news/1/old/" if url == "https://a.example/old/" else None

    def reusable(self, wp_id: int) -> str:
        return f'<!-- wp:block {{"ref":{wp_id}}} /--><p>Reused {wp_id}</p>'

    def is_own(self, url: str) -> bool:
        return url.startswith(("https://a.example/", "/"))


def converted(content: str) -> Converted:
    return convert(content, 1, Shelf())


def html(content: str) -> str:
    return converted(content).html


IMG = '<img src="/media/x.jpg" alt="Bridge" width="800" height="600" data-media="7">'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a\n\nb", "<p>a</p><p>b</p>"),
        ("<h1>a</h1><h6>b</h6>", "<h2>a</h2><h4>b</h4>"),
        ("<b>a</b> <i>b</i> <del>c</del> <tt>d</tt>", "<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>"),
        ("<div>a</div><div>b<p>c</p></div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<p>&nbsp;</p><p></p>a", "<p>a</p>"),
        ("<div><b>a<p>b</p></div>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ('<a name="here">x</a>', '<p><a id="here" rel="noopener">x</a></p>'),
        ('<a href="https://a.example/old/">x</a>', '<p><a href="/news/1/old/" rel="noopener">x</a></p>'),
        ('<a href="mailto:a@b.example">x</a>', '<p><a href="mailto:a@b.example" rel="noopener">x</a></p>'),
        ("<blockquote>a</blockquote>", "<blockquote><p>a</p></blockquote>"),
    ],
)
def test_it_writes_semantic_html(content: str, expected: str) -> None:
    assert html(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<img src="https://a.example/x.jpg">', f"<figure>{IMG}</figure>"),
        ('a <img class="alignleft" src="/x.jpg"> b', f'<figure class="left">{IMG}</figure><p>a  b</p>'),
        ('<a href="/x.jpg"><img src="/x-300x200.jpg"></a>', f"<figure>{IMG}</figure>"),
        (
            '[caption align="alignright"]<img src="/x.jpg"> A <em>b</em>[/caption]',
            f'<figure class="right">{IMG}<figcaption>A <em>b</em></figcaption></figure>',
        ),
        ('[caption caption="Old"]<img src="/x.jpg">[/caption]', f"<figure>{IMG}<figcaption>Old</figcaption></figure>"),
        (
            "[gallery]",
            f'<figure class="gallery"><figure>{IMG}<figcaption>Caption 1</figcaption></figure>'
            f"<figure>{IMG}<figcaption>Caption 2</figcaption></figure></figure>",
        ),
        (
            '<figure class="wp-block-gallery"><ul><li><figure><img src="/x.jpg"></figure></li></ul></figure>',
            f'<figure class="gallery"><figure>{IMG}</figure></figure>',
        ),
        ('[gallery ids="3" exclude="3"]', ""),
    ],
)
def test_it_sets_pictures_of_the_library_in_figures(content: str, expected: str) -> None:
    assert html(content) == expected


def test_it_links_to_a_missing_picture_and_counts_it() -> None:
    found = converted('<figure><img src="/missing.jpg" alt="x"><figcaption>The <em>bridge</em></figcaption></figure>')
    assert found.html == '<p><a href="/missing.jpg" rel="noopener">The <em>bridge</em></a></p>'
    assert (found.missing, found.notes["missing picture", "/missing.jpg"]) == (1, 1)


def test_it_names_a_missing_picture_by_its_file_beside_the_text() -> None:
    assert html('<img src="/missing-300x200.jpg">Text') == (
        '<p><a href="/missing-300x200.jpg" rel="noopener">missing.jpg</a> Text</p>'
    )


def test_it_asks_no_other_site_for_a_picture() -> None:
    found = converted('<img src="https://other.example/a/%D0%B0.jpg">')
    assert found.html == '<p><a href="https://other.example/a/%D0%B0.jpg" rel="noopener">а.jpg</a></p>'
    assert (found.missing, found.notes["picture of another site", "other.example"]) == (0, 1)


@pytest.mark.parametrize(
    ("content", "address", "words"),
    [
        ("https://youtu.be/abcdefg", "https://youtu.be/abcdefg", "YouTube"),
        (
            '<iframe src="//www.youtube.com/embed/abcdefghijk?feature=oembed"></iframe>',
            "https://www.youtube.com/watch?v=abcdefghijk",
            "YouTube",
        ),
        ("[embed]https://rutube.ru/video/x/[/embed]", "https://rutube.ru/video/x/", "Rutube"),
        ("[youtube id=abcdefg]", "https://www.youtube.com/watch?v=abcdefg", "YouTube"),
        ("<p>https://t.me/gorod/7</p>", "https://t.me/gorod/7", "Telegram"),
        ('<script async data-telegram-post="gorod/7"></script>', "https://t.me/gorod/7", "Telegram"),
        (
            '<iframe src="https://vk.com/video_ext.php?oid=-1&amp;id=2"></iframe>',
            "https://vkvideo.ru/video-1_2",
            "VK",
        ),
        (
            '<figure class="wp-block-embed"><div>https://youtu.be/abcdefghijk</div><figcaption>Мост</figcaption></figure>',
            "https://www.youtube.com/watch?v=abcdefghijk",
            ">Мост</a></p>",
        ),
        ("https://blog.example/a/", "https://blog.example/a/", "blog.example/a"),
    ],
)
def test_it_links_to_what_was_embedded(content: str, address: str, words: str) -> None:
    found = html(content)
    assert found.startswith(f'<p><a href="{address}"')
    assert words in found


def test_it_writes_a_player_as_our_editor_does() -> None:
    player = '<p><a href="/media/sound.mp3" data-media="9" rel="noopener">{}</a></p>'
    assert html('[audio mp3="https://a.example/sound.mp3"][/audio]') == player.format("sound.mp3")
    assert html(
        '<figure class="wp-block-audio"><audio controls src="https://a.example/sound.mp3"></audio>'
        "<figcaption>Колокол</figcaption></figure>"
    ) == player.format("Колокол")
    assert html('<div class="wp-block-file"><a href="https://a.example/sound.mp3">Звук</a></div>') == player.format(
        "Звук"
    )


def test_it_links_to_a_film_that_is_not_here() -> None:
    assert html('<video src="https://b.example/film.mp4"></video>').startswith(
        '<p><a href="https://b.example/film.mp4"'
    )


NOTED = '<p>Мост<sup data-fn="a-1" class="fn"><a id="a-1-link" href="#a-1">1</a></sup>.</p><!-- wp:footnotes /-->'


def test_it_puts_a_footnote_where_its_mark_stood() -> None:
    noted = with_footnotes(NOTED, '[{"id":"a-1","content":"412 <em>метров</em>"},{"id":"b"},7]')
    assert html(noted) == '<p>Мост<sup class="footnote">412 <em>метров</em></sup>.</p>'


@pytest.mark.parametrize("notes", ["", "{", "{}", "[]", '[{"id":"a-1"}]', "[" * 100_000])
def test_it_leaves_out_the_mark_of_a_footnote_that_is_missing(notes: str) -> None:
    assert html(with_footnotes(NOTED, notes)) == "<p>Мост.</p>"


def test_it_takes_out_the_delimiters_of_blocks() -> None:
    found = converted(
        '<!-- wp:acme/box {"a":"--\\u003e"} --><div>Box</div><!-- /wp:acme/box -->Loose\n\ntext'
        '<!-- wp:archives /--><!-- wp:block {"ref":5} /-->'
    )
    assert found.html == "<p>Box</p><p>Loose</p><p>text</p>" + "<p>Reused 5</p>" * 5
    assert found.notes["block", "archives"] == 1
    assert found.notes["block of a plugin, its text kept", "acme/box"] == 1


def test_it_makes_no_paragraphs_inside_blocks() -> None:
    assert html("<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->") == "<p>a\nb</p>"


def test_it_takes_out_advertisements_and_names_unknown_shortcodes() -> None:
    found = converted('a [adrotate group="1"] [su_note note_color="#ff0"]Note[/su_note]')
    assert found.html == "<p>a  Note</p>"
    assert found.notes["advertisement", "adrotate"] == found.notes["shortcode", "su_note"] == 1


def test_it_makes_one_page_of_several() -> None:
    found = converted("a\n<!--nextpage-->\nb")
    assert (found.html, found.pages) == ("<p>a</p><p>b</p>", 2)


@pytest.mark.parametrize(
    ("content", "lead", "rest"),
    [
        ("<strong>Lead.</strong>\n<!--more-->\nText", "Lead.", "<p>Text</p>"),
        ("A\n\nB\n<!--more-->\nText", "", "<p>A</p><p>B</p><p>Text</p>"),
        ("Text", "", "<p>Text</p>"),
    ],
)
def test_it_takes_one_paragraph_before_more_as_the_lead(content: str, lead: str, rest: str) -> None:
    found = converted(content)
    assert (found.lead, found.html) == (lead, rest)


def test_it_runs_nothing() -> None:
    found = html('<a href="javascript:alert(1)" onclick="e()">x</a><script>e()</script><img src=x onerror=e()>')
    assert found == "<p>x</p>"


PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<b>", "<!-- wp:x -->", "<!-- /wp:x -->", "[caption]", "[/caption]", "<li>",
    "<img src='/x.jpg'>", "<figure>", "</figure>", "<a href='/b'>", "</a>", "\n\n", "text", "<table>", "<pre>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_it_takes_any_markup(content: str) -> None:
    found = html(content)
    assert clean(found) == found


def test_it_does_not_mind_deep_nesting() -> None:
    assert "deep" in html("<div>" * 3_000 + "deep")
    assert "deep" in html("<ul><li>" * 500 + "deep")
