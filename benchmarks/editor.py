"""What a key costs in the text editor: from the key to the letter in its place, in texts of 200 and 5,000 words.

Each line: the median and the 95th percentile in milliseconds, and the median as a multiple of the same key in a plain
textarea with the same text in the same run.

    .venv/bin/python benchmarks/editor.py                      finds Chromium as the tests do (PORTAL_CHROMIUM)
    .venv/bin/python benchmarks/editor.py --words 20000

Starts a site of its own on a database of its own, which is gone afterwards.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path
from threading import Thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
data = tempfile.TemporaryDirectory(prefix="portal-benchmark-")
os.environ |= {"PORTAL_DATA_DIR": data.name, "PORTAL_DEBUG": "true"}
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.contrib.auth.models import User
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Page, sync_playwright

from articles import publishing
from articles.content import Content
from tests.harness import chromium
from tests.harness.browser import LAUNCH_ARGS

KEYS = 120
SENTENCE = "Первые машины проехали по новому мосту в шесть утра, рассказали в порту."
TIMED = """async (keys) => {
    const field = document.activeElement;
    const painted = () => new Promise((done) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(0);
    }));
    const times = [];
    for (let key = 0; key < keys; key += 1) {
        await painted();
        const begun = performance.now();
        document.execCommand("insertText", false, "абвгд "[key % 6]);
        await null; // the editor hears of it in a microtask
        field.getBoundingClientRect().height;
        times.push(performance.now() - begun);
        await painted();
    }
    return times;
}"""
"""A key as the browser writes it, with what the editor makes of it and the layout it causes."""


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing of each request."""


def text_of(words: int) -> str:
    paragraph = f"<p>{' '.join([SENTENCE] * 5)}</p>"
    parts = max(1, words // len(paragraph.split()))
    return "".join(f"<h2>Раздел {n}</h2>{paragraph}" if n % 8 == 0 else paragraph for n in range(parts))


def measured(page: Page, place: str) -> list[float]:
    """Types in the middle of the text and returns the milliseconds of every key."""
    page.evaluate(place)
    page.evaluate(TIMED, 20)
    return list(page.evaluate(TIMED, KEYS))


IN_EDITOR = """() => {
    const paragraphs = document.querySelectorAll(".ProseMirror > p");
    const middle = paragraphs[Math.floor(paragraphs.length / 2)];
    document.querySelector(".ProseMirror").focus();
    getSelection().collapse(middle.firstChild, 20);
    middle.scrollIntoView({ block: "center" });
}"""
IN_TEXTAREA = """() => {
    const plain = Object.assign(document.createElement("textarea"), { rows: 24, cols: 80 });
    plain.value = document.querySelector(".ProseMirror").innerText;
    document.body.prepend(plain);
    plain.focus();
    plain.setSelectionRange(plain.value.length / 2, plain.value.length / 2);
}"""


def told(name: str, times: list[float], yardstick: list[float]) -> None:
    median, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{name:<34}{median:7.2f} ms {slow:7.2f} ms {median / statistics.median(yardstick):7.1f} ×")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=5000)
    words = parser.parse_args().words
    call_command("migrate", verbosity=0)
    by = User.objects.create_superuser("erin", password="erin-erin-erin")
    articles = {
        number: publishing.start(Content(title="Мост", body=text_of(number)), by=by).pk for number in (200, words)
    }
    with ThreadedWSGIServer(("127.0.0.1", 0), Quiet) as server:
        server.daemon_threads = True
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        Thread(target=server.serve_forever, daemon=True).start()
        run(f"http://127.0.0.1:{server.server_port}", articles)
        server.shutdown()


def run(site: str, articles: dict[int, int]) -> None:
    medians = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=LAUNCH_ARGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{site}/admin/")
        page.fill("#id_username", "erin")
        page.fill("#id_password", "erin-erin-erin")
        page.click("#login-form [type=submit]")
        page.wait_for_load_state("networkidle")
        for words, article in articles.items():
            page.goto(f"{site}/admin/articles/article/{article}/change/")
            page.wait_for_selector(".ProseMirror")
            times = measured(page, IN_EDITOR)
            yardstick = measured(page, IN_TEXTAREA)
            told(f"{words:,} words, plain textarea", yardstick, yardstick)
            told(f"{words:,} words, editor", times, yardstick)
            medians.append(statistics.median(times))
        browser.close()
    print(f"long text to short text{medians[1] / medians[0]:33.1f} ×")


if __name__ == "__main__":
    main()
