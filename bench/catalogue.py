"""Reading and storing a catalogue of 10,000 services, against a bare `json.loads` of its body."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.request import Request, urlopen

from bench.figures import Span
from bench.ground import SUPPLIER, opened_books
from bot.catalog import store
from bot.suppliers import DIALECTS
from bot.suppliers.api_v2.listing import merge, read_page
from bot.suppliers.api_v2.masking import Mask
from bot.suppliers.port import Catalog
from sandbox.clock import wall_clock
from sandbox.serving import serve
from sandbox.suppliers import AccPlanetWorld
from sandbox.suppliers.catalogue import big_catalogue
from sandbox.suppliers.server import PATH

_SERVICES: Final = 10_000
_ROUNDS: Final = 7
_KEY: Final = "sandbox-key"


async def measure() -> AsyncIterator[str]:
    """The body comes over HTTP once; it is read by turns, then stored twice and loaded."""
    world = AccPlanetWorld(now=wall_clock, key=_KEY, services=big_catalogue(_SERVICES))
    async with serve(world.app()) as site:
        body = await asyncio.to_thread(_fetch, f"{site.url}{PATH}")
    plain, ours, catalog = Span(), Span(), _read(body)
    for _ in range(_ROUNDS):
        with plain.taken():
            json.loads(body)
        with ours.taken():
            _read(body)
    yield (
        f"{len(catalog.rows):,} rows ({len(body) / 1e6:.1f} MB) read and checked in "
        f"{ours.seconds / _ROUNDS * 1000:.0f} ms, {ours.seconds / plain.seconds:.1f} times a bare "
        f"json.loads ({plain.seconds / _ROUNDS * 1000:.0f} ms)"
    )
    yield await _store(catalog)


def _read(body: bytes) -> Catalog:
    page = read_page(body, Mask(_KEY), DIALECTS["accplanet"])
    if page is None:
        raise ValueError
    return Catalog(*merge([page]))


async def _store(catalog: Catalog) -> str:
    first, again, load = Span(), Span(), Span()
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        async with opened_books(Path(folder) / "kiosk.db", buyers=0) as books:
            with first.taken():
                await books.db.write(store.store, SUPPLIER, catalog)
            with again.taken():
                changed = await books.db.write(store.store, SUPPLIER, catalog)
            with load.taken():
                await books.db.read(store.load)
    return (
        f"stored in {first.seconds:.2f} s the first time, {again.seconds:.2f} s unchanged "
        f"({changed} rows written), loaded in {load.seconds:.2f} s"
    )


def _fetch(url: str) -> bytes:
    form = f"key={_KEY}&action=services&limit=0".encode()
    with urlopen(Request(url, form)) as answer:  # noqa: S310 - the sandbox on loopback
        body: bytes = answer.read()
    return body
