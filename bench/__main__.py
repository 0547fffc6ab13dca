"""`python -m bench [NAME ...]`: run the chapters and print one or two plain lines of each."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from typing import Final

from bench import (
    answers,
    bases,
    broadcast,
    catalogue,
    deliveries,
    desk,
    export,
    fairness,
    first_readers,
    hiding,
    hostile,
    inline,
    languages,
    memory,
    numbers,
    polls,
    prices,
    purchases,
    replicas,
    screens,
    search,
    server_purchases,
    services,
    starts,
    stats,
    submits,
    taps,
    texts,
    watches,
)

CHAPTERS: Final[dict[str, Callable[[], AsyncIterator[str]]]] = {
    "taps": taps.measure,
    "services": services.measure,
    "starts": starts.measure,
    "languages": languages.measure,
    "first-readers": first_readers.measure,
    "texts": texts.measure,
    "purchases": purchases.measure,
    "server-purchases": server_purchases.measure,
    "replicas": replicas.measure,
    "catalogue": catalogue.measure,
    "polls": polls.measure,
    "prices": prices.measure,
    "deliveries": deliveries.measure,
    "answers": answers.measure,
    "numbers": numbers.measure,
    "submits": submits.measure,
    "fairness": fairness.measure,
    "hostile": hostile.measure,
    "inline": inline.measure,
    "screens": screens.measure,
    "desk": desk.measure,
    "export": export.measure,
    "search": search.measure,
    "hiding": hiding.measure,
    "stats": stats.measure,
    "bases": bases.measure,
    "watches": watches.measure,
    "broadcast": broadcast.measure,
    "memory": memory.measure,
}
_LONG: Final = frozenset({"broadcast", "memory"})
"""Run only when they are named: they take half an hour and more."""


def main() -> int:
    """Run the named chapters; when none is named, all but those that take long."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(CHAPTERS))
    names = parser.parse_args().names or [name for name in CHAPTERS if name not in _LONG]
    unknown = set(names) - set(CHAPTERS)
    if unknown:
        parser.error(f"there is no chapter {', '.join(sorted(unknown))}")
    for name in names:
        asyncio.run(_print(name))
    return 0


async def _print(name: str) -> None:
    began = time.perf_counter()
    async for line in CHAPTERS[name]():
        print(f"{name}: {line}", flush=True)
    print(f"{name}: took {time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
