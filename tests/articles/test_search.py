"""Search: which articles come out, in what order, and what a reader sees of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from articles import publishing, search
from articles.models import Article, SearchEntry, Tag
from articles.search.snippets import snippet
from articles.search.words import WORD, stem
from portal.models import Menu, MenuItem
from tests.factories import make_article, make_author, make_category, make_content, make_draft

pytestmark = pytest.mark.django_db

ADDRESS = "/search/"
Commit = Callable[..., AbstractContextManager[object]]


def found(text: str, language: str = "ru", *, literally: bool = False) -> list[str]:
    """Returns the titles of what is found, the best first."""
    keys = search.find(search.Query(text), language, now=timezone.now(), literally=literally).articles
    titles = Article.objects.in_bulk(keys)
    return [titles[key].title for key in keys]


# Which words meet


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Мосты разводят ночью", "мост"),
        ("Мост через реку", "МОСТАМИ"),
        ("Ёлка на площади", "елка"),
        ("Елка на площади", "ёлку"),
        ("Назначен Иванов", "Иванова"),
        ("Встреча с Петровой", "петрова"),
        ("Elections in Spain", "election"),
        ("Выросла цена за\u0301мка", "замка"),
        ("Мягкий пере\u00adнос", "перенос"),
        ("Составной и\u0306од", "йод"),
        ("Бюджет на 2027 год", "2027"),
        ("Поезд 016А опоздал", "016а"),
        ("Санкт-Петербург ждёт", "санкт-петербурга"),
    ],
)
def test_it_finds_every_form_of_a_word(text: str, query: str) -> None:
    make_article(text)
    assert found(query) == [text]


@pytest.mark.parametrize("query", ["мостик", "река", "strong", "nbsp", "href", "мо", "ост"])
def test_it_finds_no_other_word(query: str) -> None:
    make_article("Мост", body='<p><strong>Плита</strong>&nbsp;<a href="/x/">уложена</a></p>')
    assert found(query) == []


@pytest.mark.parametrize("word", ["новостью", "рубрикой", "вводкой", "текстом", "меткой", "Лаптевой", "Lapteva"])
def test_it_looks_everywhere(word: str) -> None:
    author = make_author("Мария Лаптева", name_en="Maria Lapteva")
    make_article("Новость", kicker="Рубрика", lead="Вводка", body="<p>Текст</p>", tags=["Метка"], authors=[author])
    assert found(word) == ["Новость"]


def test_it_wants_all_words() -> None:
    make_article("Мост закрыт")
    make_article("Порт закрыт")
    assert found("закрыт мост") == ["Мост закрыт"]


@pytest.mark.parametrize("query", ['"красный мост"', "«красный мост»", "красный-мост", '"красный мост'])
def test_it_takes_a_quoted_phrase_as_it_stands(query: str) -> None:
    make_article("Открыт красный мост")
    if query.count('"') != 1:
        make_article("Красный флаг и мост")
    assert found(query) == ["Открыт красный мост"]


def test_it_finds_no_phrase_across_two_parts() -> None:
    make_article("Закрыт мост", lead="Порт открыт", body="<p>Заречье ждёт</p>", tags=["весна", "лето"])
    assert [found(f'"{words}"') for words in ("мост порт", "открыт заречье", "ждет весна", "весна лето")] == [[]] * 4


def test_it_counts_places_alike_in_a_long_text() -> None:
    make_article("Длинный", body="<p>" + "и снова " * 300 + "финал " + "слово " * 11_000 + "хвост</p>")
    assert [found(query) for query in ('"и снова и"', '"снова финал"', '"финал слово"', "хвост")] == [
        ["Длинный"], [], ["Длинный"], [],
    ]  # fmt: skip


def test_it_indexes_any_word() -> None:
    longest = "\U00010330" * 30
    letters = [chr(0x10330 + number) for number in range(20)]
    body = " ".join(f"{a}{b}{c}{longest}" for a in letters for b in letters for c in letters)
    make_article("Готская хроника", body=f"<p>{body} it's \\ ' \" O'Brien</p>")
    assert found(f"{letters[0] * 3}{longest}") == found("O'Brien") == ["Готская хроника"]


# Whose articles come out


def test_it_finds_only_the_language_of_the_page() -> None:
    make_article("Фестиваль Jazz", language="ru")
    make_article("Jazz festival", language="en")
    assert (found("jazz"), found("jazz", "en")) == (["Фестиваль Jazz"], ["Jazz festival"])


def test_it_finds_nothing_that_is_not_published() -> None:
    make_draft("Мост в черновике")
    later, over = timezone.now() + timedelta(hours=1), timezone.now() - timedelta(hours=1)
    make_article("Мост завтра", at=later)
    make_article("Мост вчера", at=over - timedelta(hours=1), until=over)
    publishing.withdraw(make_article("Мост отозван"))
    publishing.move_to_bin(make_article("Мост в корзине"))
    assert found("мост") == []


def test_it_finds_a_scheduled_article_when_its_time_has_come() -> None:
    now = timezone.now()
    article = make_article("Мост открыт", at=now + timedelta(seconds=10), until=now + timedelta(seconds=20))
    query = search.Query("мост")
    times = [search.find(query, "ru", now=now + timedelta(seconds=s)).articles for s in (9, 10, 19, 20)]
    assert times == [[], [article.pk], [article.pk], []]


def test_it_finds_what_came_back_from_the_bin() -> None:
    article = make_article("Мост")
    publishing.move_to_bin(article)
    publishing.take_out_of_bin(article)
    assert found("мост") == ["Мост"]


def test_it_forgets_what_an_article_no_longer_says() -> None:
    article = make_article("Мост")
    publishing.publish(article, publishing.save(article, make_content("Порт"), by=None), by=None)
    assert (found("мост"), found("порт")) == ([], ["Порт"])


def test_it_finds_an_author_and_a_tag_by_their_new_names(django_capture_on_commit_callbacks: Commit) -> None:
    author = make_author("Мария Лаптева")
    make_article("Мост открыт", authors=[author], tags=["порт"])
    tag = Tag.objects.get()
    author.name_ru, tag.name = "Мария Соснина", "гавань"
    with django_capture_on_commit_callbacks(execute=True):
        author.save()
        tag.save()
    assert [found(name) for name in ("Соснина", "гавань")] == [["Мост открыт"]] * 2
    assert [found(name) for name in ("Лаптева", "порт")] == [[], []]


@pytest.mark.parametrize("year", [1, 1812, 2150, 9999])
def test_it_indexes_an_article_of_any_time(year: int) -> None:
    article = make_article("Мост", at=timezone.now().replace(year=year, day=2))
    assert SearchEntry.objects.get().article == article


def test_it_indexes_in_six_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    article = make_article("Мост", tags=["лето", "река"], authors=[make_author("Мария"), make_author("Илья")])
    with django_assert_num_queries(6):
        search.index(article)


def test_it_rebuilds_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.search.indexing.BATCH", 2)
    articles = [make_article(f"Мост {number}") for number in range(3)]
    withdrawn, draft = publishing.withdraw(make_article("Мост отозван")), make_draft("Мост в черновике")
    SearchEntry.objects.filter(article__in=articles[:2]).delete()
    call_command("reindex", pause=0, stdout=StringIO())
    assert set(SearchEntry.objects.values_list("article", flat=True)) == {each.pk for each in articles}
    assert sorted(found("мост")) == [each.title for each in articles]
    assert {withdrawn.pk, draft.pk}.isdisjoint(SearchEntry.objects.values_list("article", flat=True))


# In what order


def aged(days: float, title: str, body: str = "") -> Article:
    return make_article(title, body=f"<p>{body}</p>", at=timezone.now() - timedelta(days=days))


def test_it_puts_a_hit_in_the_title_first() -> None:
    aged(30, "Мост закрыт")
    aged(20, "Городские новости", "закрыт мост")
    assert found("мост закрыт") == ["Мост закрыт", "Городские новости"]


def test_it_puts_words_that_stand_together_first() -> None:
    aged(30, "Старая", "на площади красный мост")
    aged(20, "Новая", "красный флаг и мост")
    assert found("красный мост") == ["Старая", "Новая"]


def test_it_puts_the_newer_first_among_equals() -> None:
    for days in (40, 10, 20):
        aged(days, f"Мост {days}")
    assert found("мост") == ["Мост 10", "Мост 20", "Мост 40"]


def test_it_puts_news_before_a_very_old_title() -> None:
    aged(3_000, "Мост закрыт")
    aged(1, "Городские новости", "мост закрыт")
    assert found("мост") == ["Городские новости", "Мост закрыт"]


def test_it_looks_at_the_newest_matches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.models.search.NEWEST", 2)
    for days in (40, 10, 20):
        aged(days, f"Мост {days}")
    assert found("мост") == ["Мост 10", "Мост 20"]


# The other keyboard layout


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("ghbdtn", "Привет"),
        ("GHBDTN", "Привет"),
        ("пщщпду", "Google"),
        (";ehyfk", "Журнал"),
        ("красный vjcn", "Красный мост"),
        ("google ьщые", "Google most"),
        ("пщщпду vjcn", "Google мост"),
        ('"rhfcysq vjcn"', "Красный мост"),
    ],
)
def test_it_reads_what_was_typed_in_the_wrong_layout(typed: str, title: str) -> None:
    make_article(title)
    assert found(typed) == [title]
    assert found(typed, literally=True) == []


def test_it_keeps_to_what_was_typed_when_that_is_found() -> None:
    make_article("Привет")
    make_article("Код ghbdtn")
    assert found("ghbdtn") == ["Код ghbdtn"]


def test_it_names_the_other_layout_when_little_was_found(client: Client) -> None:
    make_article("Код ghbdtn")
    make_article("Привет")
    make_article("Привет всем")
    page = client.get(ADDRESS, {"q": "ghbdtn"}).content.decode()
    assert "ghbdtn</mark>" in page
    assert 'href="?q=%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82"' in page


def test_it_reads_russian_keys_on_the_english_pages(client: Client) -> None:
    article = make_article("Hello again", language="en")
    hits = client.get(f"/en{ADDRESS}", {"q": "руддщ"}).context["hits"]
    assert [hit.article for hit in hits] == [article]


def test_it_says_that_it_read_another_layout(client: Client) -> None:
    make_article("Привет")
    page = client.get(ADDRESS, {"q": "ghbdtn"}).content.decode()
    assert "Showing results for “привет”." in page or "Показаны результаты по запросу «привет»." in page
    assert 'href="?q=ghbdtn&amp;literally=1"' in page
    assert "<mark>Привет</mark>" not in client.get(ADDRESS, {"q": "ghbdtn", "literally": "1"}).content.decode()


# The page


def test_it_shows_what_was_found(client: Client) -> None:
    article = make_article("Мост", lead="Раньше срока", body="<p>Строители <em>уложили</em> плиту & ушли</p>")
    page = client.get(ADDRESS, {"q": "плиты"}).content.decode()
    assert article.get_absolute_url() in page
    assert "Раньше срока Строители уложили <mark>плиту</mark> &amp; ушли" in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'value="плиты"' in page


def test_it_searches_the_language_of_the_address(client: Client) -> None:
    make_article("Фестиваль Jazz", language="ru")
    english = make_article("Jazz festival", language="en")
    hits = client.get(f"/en{ADDRESS}", {"q": "jazz"}).context["hits"]
    assert [hit.article for hit in hits] == [english]


def test_it_needs_few_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    category = make_category()
    for number in range(21):
        make_article(f"Красный мост {number}", category=category, tags=["мост"])
    MenuItem.objects.create(menu=Menu.objects.create(place="main"), category=category)
    with django_assert_num_queries(15):
        client.get(ADDRESS, {"q": "красный мост"})


@pytest.mark.parametrize("text", ["", "   ", "?!", "\0"])
def test_it_asks_for_words(client: Client, text: str) -> None:
    make_article("Мост")
    response = client.get(ADDRESS, {"q": text})
    assert (response.status_code, response.context["hits"]) == (200, [])


def test_it_gives_advice_when_nothing_is_found(client: Client) -> None:
    page = client.get(ADDRESS, {"q": "дирижабль"}).content.decode()
    assert "дирижабль" in page
    assert reverse("articles:latest") in page


def test_it_refuses_a_query_that_is_too_long(client: Client) -> None:
    response = client.get(ADDRESS, {"q": "мост " * 20_000})
    assert response.status_code == 400
    assert response.context["form"].query.text == "мост " * 20_000
    assert 'aria-describedby="id_q_error"' in response.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        '"', '""', '"мост', "мост*", "NEAR(мост порт)", "мост AND", "AND", "NOT мост", "-мост", "title:мост", "(",
        "{мост}", "^мост", "мост + порт", "'; DROP TABLE articles_article; --", "мост & | ! <-> порт", "'мост':*", "\\",
        "мост\0порт", "%", "%s", "_", "…ru", "<script>alert(1)</script>", "\ufffd", "é" * 200, "а " * 100,
        '"' + "а " * 98 + '"',
    ],
)  # fmt: skip
def test_it_takes_any_text_for_words(client: Client, text: str) -> None:
    make_article("Мост")
    response = client.get(ADDRESS, {"q": text})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_it_survives_bytes_that_are_no_text(client: Client) -> None:
    assert client.get(f"{ADDRESS}?q=%ff%fe%00%ed%a0%80&page=1").status_code == 200


def test_it_pages_through_the_results(client: Client) -> None:
    for number in range(21):
        make_article(f"Мост {number}")
    pages = [client.get(ADDRESS, {"q": "мост", "page": page}) for page in ("1", "2")]
    titles = [hit.article.title for page in pages for hit in page.context["hits"]]
    assert (len(pages[0].context["hits"]), len(set(titles))) == (20, 21)
    assert 'href="?q=%D0%BC%D0%BE%D1%81%D1%82&amp;page=2"' in pages[0].content.decode()


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "", "1.0", "9" * 30, "9" * 5000, "\0", "٢"])
def test_it_knows_no_other_page(client: Client, page: str) -> None:
    make_article("Мост")
    assert client.get(ADDRESS, {"q": "мост", "page": page}).status_code == 404


def test_it_reads_only(client: Client) -> None:
    assert client.post(ADDRESS, {"q": "мост"}).status_code == 405


# Snippets


def test_it_shows_where_most_of_the_words_stand() -> None:
    text = "Мост. Начало. " * 40 + "Закрыт красный мост у порта. " + "Конец текста. " * 40
    shown = snippet(text, {stem("красный"), stem("мост")})
    assert "Закрыт <mark>красный</mark> <mark>мост</mark> у порта." in shown
    assert shown.startswith("…") and shown.endswith("…")


def test_it_shows_the_beginning_when_only_the_title_has_the_words() -> None:
    assert snippet("Раньше срока", {"мост"}) == "Раньше срока"


@given(text=st.text(max_size=2_000), wanted=st.text(max_size=20))
def test_it_marks_and_escapes_any_text(text: str, wanted: str) -> None:
    shown = snippet(f"{text} {wanted}", {stem(word) for word in WORD.findall(wanted)})
    plain = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in plain and ">" not in plain


# Whatever is typed


@given(st.text(min_size=1, max_size=40).filter(WORD.fullmatch))
def test_it_makes_a_stem_of_any_word(word: str) -> None:
    assert stem(stem(word)) == stem(word)
    assert stem(word).replace("_", "a").isalnum()


@given(title=st.text(max_size=100), query=st.text(max_size=300))
def test_it_finds_and_indexes_any_text(title: str, query: str) -> None:
    article = Article(pk=1, state="published", publish_at=timezone.now(), title=title.replace("\0", ""), language="ru")
    article.save()
    search.index(article)
    anything = search.find(search.Query(query), "ru", now=timezone.now()).articles
    itself = search.find(search.Query(title[:200]), "ru", now=timezone.now()).articles
    assert anything in ([], [1])
    assert itself == ([1] if search.Query(title[:200]).phrases else [])
