"""What the tests of the import share: the small exports beside it, and folders of uploads."""

import unicodedata
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from articles.models import Article
from portal.models import Imported
from tests.factories import make_picture

DATA = Path(__file__).parent / "data"
GOROD, ODD = DATA / "gorod.xml", DATA / "odd.xml"

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>A</title>
<wp:base_blog_url>https://a.example</wp:base_blog_url>"""
FOOT = "</channel></rss>"


def run_import(*files: Path, **options: object) -> str:
    """Returns what the command wrote."""
    out = StringIO()
    call_command("import_wordpress", *map(str, files), stdout=out, **options)
    return out.getvalue()


def item(number: int = 1, content: str = "Text", **fields: str) -> str:
    """Returns a small published post."""
    rest = "".join(f"<wp:{name}>{text}</wp:{name}>" for name, text in fields.items())
    return (
        f"<item><title>Post {number}</title><link>https://a.example/{number}/</link><wp:post_id>{number}</wp:post_id>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>{rest}</item>"
    )


def write(folder: Path, text: str | bytes, name: str = "export.xml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def make_uploads(folder: Path) -> Path:
    """Makes the uploads of gorod.xml: one name decomposed, as macOS writes it, one picture missing."""
    for name, colour in (("photo.jpg", "#123456"), ("2019/05/пожар.jpg", "#654321")):
        path = folder / unicodedata.normalize("NFD", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make_picture(640, 480, colour=colour))
    return folder


def imported(wp_id: int) -> Article:
    """Returns the article that a post became."""
    return Article.objects.get(pk=Imported.objects.get(kind="article", wp_id=wp_id).local_id or 0)


def body(wp_id: int) -> str:
    newest = imported(wp_id).revisions.newest()
    return newest.content.body if newest else ""
