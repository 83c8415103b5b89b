"""Fragments that stand on many pages: the date of today, the ticker, the latest and the most read, menus, the footer.

A change of one of them leaves the pages they stand on as they are.
"""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language

from articles.lists import list_page
from articles.models import Article
from articles.most_read import rankings
from articles.related import around
from articles.topics import topics
from lib import clock, pagecache
from lib.days import midnight_after
from lib.pagecache import hole
from portal.menus import menus
from portal.models import Counter, Page, SiteSettings, SocialLink
from portal.ticker import lines

LATEST_LINES = 12


@hole("today")
def today() -> str:
    """The date on top of every page, in full words; a phone leaves out the year."""
    now = timezone.localtime(clock.now())
    pagecache.expires(midnight_after(now))
    return format_html('{} <span class="year">{}</span>', date_format(now, "l, j E"), now.year)


@hole("top_links")
def top_links() -> str:
    """The links in the line on top of every page, and where else the newsroom can be followed."""
    context = {"entries": menus(str(get_language())).top, "social_links": SocialLink.objects.all()}
    return render_to_string("portal/top_links.html", context)


@hole("main_menu")
def main_menu(section: str) -> str:
    """The main menu, with its entry marked that leads to ``section``, the address of a category or ""."""
    return render_to_string("portal/main_menu.html", {"entries": menus(str(get_language())).main, "section": section})


@hole("footer")
def footer() -> str:
    """What stands below every page: every menu, the imprint, and the question about visitor counters."""
    language = str(get_language())
    every = menus(language)
    legal = {page.purpose: page for page in Page.objects.of_purpose(language)}
    in_menus = {entry.address for entry in (*every.footer, *every.top)}
    context = {
        "menus": every,
        "site": SiteSettings.current(),
        "social_links": SocialLink.objects.all(),
        "legal": legal,
        "further": [page for page in legal.values() if page.get_absolute_url() not in in_menus],
        "counters": list(Counter.objects.all()),
    }
    return render_to_string("site/_footer.html", context)


@hole("ticker")
def ticker() -> str:
    """The lines that editors wrote, and the stories that the rule of the language finds."""
    return render_to_string("portal/ticker.html", {"lines": lines(str(get_language()), clock.now())})


@hole("latest")
def latest() -> str:
    """The newest stories with their times."""
    page = list_page("all", str(get_language()), now=clock.now(), size=LATEST_LINES)
    return render_to_string("articles/_stream.html", {"articles": page.articles})


@hole("topics")
def topics_of_the_day() -> str:
    """The tags of the day, on the front page; nothing while too few stories share one."""
    found = topics(str(get_language()), clock.now())
    return render_to_string("portal/topics.html", {"topics": found}) if found else ""


@hole("most_read")
def most_read() -> str:
    """What most readers read in a day and in a week; nothing while there are too few to tell."""
    lists = rankings(str(get_language()), timezone.now())
    return render_to_string("articles/_most_read.html", {"lists": lists}) if lists else ""


@hole("around")
def around_article(key: str) -> str:
    """What to read after an article: a publication changes it on many pages, and throws none of them away."""
    pagecache.tag(f"article:{key}")
    article = Article.objects.filter(pk=key).first()
    if article is None:
        return ""
    return render_to_string("articles/_around.html", {"around": around(article, timezone.now())})
