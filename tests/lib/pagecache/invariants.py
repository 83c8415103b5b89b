"""Writers and readers in processes of their own, against each other: does any reader see what it must not?"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.harness.newsroom import Process
from tests.lib.pagecache.newsroom.ledger import Ledger


def read_while_others_write(
    start: Callable[..., Process], folder: Path, writers: int, readers: int, requests: int
) -> Counter[str]:
    """Has each reader ask for ``requests`` pages while the writers change them all the time.

    Returns what was seen: ``older`` counts states that were no longer the newest acknowledged one when the
    request began, ``mixed`` those in which one page showed two states; ``hit``, ``miss``, ``commits``.
    """
    ledger = folder / "ledger"
    Ledger.create(ledger)
    processes = [start() for _ in range(writers + readers)]
    processes[0].tell("found_pairs")
    for number, process in enumerate(processes[:writers]):
        process.send("write_pairs", str(ledger), number, writers, readers * requests)
    for number, process in enumerate(processes[writers:]):
        process.send("read_pairs", str(ledger), number, requests)
    seen = Counter({"older": 0, "mixed": 0})
    for process in processes[writers:]:
        seen.update(process.hear())
    seen["commits"] = sum(process.hear() for process in processes[:writers])
    return seen
