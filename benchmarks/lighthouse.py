"""Lighthouse's performance of the demo newsroom on a phone, beside a page of the same site with almost nothing on it.

    make dev tests/web/node_modules && python benchmarks/lighthouse.py [--repeats 3]

Prints the score (0 to 100), paints, blocking and shifting: of each page the run with the median score.
"""

import argparse
import re
import sys
import tempfile
from pathlib import Path
from statistics import median_low
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
AUDITS = {
    "first paint": "first-contentful-paint",
    "largest paint": "largest-contentful-paint",
    "blocking": "total-blocking-time",
    "shift": "cumulative-layout-shift",
}


def main() -> None:
    from tests.web.newsroom import demo_newsroom

    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--repeats", type=int, default=3)
    repeats = arguments.parse_args().repeats
    with tempfile.TemporaryDirectory(prefix="portal-lighthouse-") as folder, demo_newsroom(Path(folder)) as site:
        for name, path in pages(site).items():
            print(f"{name:10} {told(median_run(site + path, Path(folder) / 'report.json', repeats))}", flush=True)


def pages(site: str) -> dict[str, str]:
    """Returns the pages to look at: the yardstick, home, and what home leads to first."""
    from tests.web.crawl import read

    _status, home = read(f"{site}/")
    first = {name: re.findall(rf'href="(/{name}/[^"]+/)"', home)[0] for name in ("category", "news")}
    return {"(empty)": "/search/", "home": "/", "category": first["category"], "article": first["news"]}


def median_run(address: str, report: Path, repeats: int) -> dict[str, Any]:
    from tests.web import lighthouse

    runs = [lighthouse.look_at(address, report) for _ in range(repeats)]
    return next(run for run in runs if score(run) == median_low(map(score, runs)))


def score(run: dict[str, Any]) -> int:
    return round(100 * (run["categories"]["performance"]["score"] or 0))


def told(run: dict[str, Any]) -> str:
    figures = ", ".join(f"{name} {run['audits'][key].get('displayValue', '?')}" for name, key in AUDITS.items())
    return f"{score(run):3}   {figures}"


if __name__ == "__main__":
    main()
