"""The sheet on which articles are written, as a browser fills it in."""

from typing import Any

from django.test import Client

from articles.models import Article, Revision

ADD = "/admin/articles/article/add/"


def sheet(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def newest(article: Article) -> Revision:
    found = article.revisions.newest()
    assert found is not None
    return found


def typed(
    act: str = "save", *, authors: list[str] | None = None, more: dict[str, Any] | None = None, **fields: Any
) -> dict[str, Any]:
    """Returns what a browser sends for a sheet."""
    sent = {"act": act, "based_on": 0, "language": "ru", "title": "Мост открыт", "comments_mode": "open"}
    sent |= fields | (more or {})
    for index, name in enumerate(authors or []):
        sent |= {f"authors-{index}-name": name, f"authors-{index}-role": "text"}
    counts = {"INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 20}
    sent |= {f"authors-{name}": value for name, value in ({"TOTAL_FORMS": len(authors or [])} | counts).items()}
    rows = ({"TOTAL_FORMS": 1} | counts).items()
    return {f"{each}-{name}": value for each in ("sources", "related") for name, value in rows} | sent


def press(browser: Client, article: Article, act: str, **fields: Any) -> Any:
    """Opens the sheet of an article, fills in ``fields`` and presses a button, as an editor does."""
    return browser.post(sheet(article), typed(act, **seen(browser, article) | fields))


def seen(browser: Client, article: Article) -> dict[str, Any]:
    """Returns the hidden fields of an open sheet: what the editor has before them."""
    form = browser.get(sheet(article)).context["form"]
    return {name: form[name].value() for name in ("based_on", "standing")}
