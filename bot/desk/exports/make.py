"""An export is made: read in pieces by ids, and written to files bit by bit.

Each piece is a short reading of its own, so an order stands in the file as it was when its piece
was read. What came after the export was asked for is not in it. The worker rests between two
pieces for longer than it works, because those who tap use the same processor.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.db.database import Database
from bot.desk.exports import store
from bot.desk.exports.cells import header_of
from bot.desk.exports.customers import CUSTOMERS
from bot.desk.exports.files import ExportFiles
from bot.desk.exports.job import PIECE, Export, Listing, Piece, Stretch
from bot.desk.exports.lists import LEDGER, ORDERS
from bot.desk.exports.tables import ExportKind

LISTINGS: Final[Mapping[ExportKind, Listing]] = {
    ExportKind.ORDERS: ORDERS,
    ExportKind.LEDGER: LEDGER,
    ExportKind.CUSTOMERS: CUSTOMERS,
}
LARGEST: Final = 45 * 2**20
"""Bytes of a file before it is packed. Source: Telegram takes 50 MB from a bot."""
_FIRST: Final = -1
"""Behind it is everything."""
_TOLD_EVERY_S: Final = 3.0
_REST: Final = 2
"""How many times as long as a piece took its worker rests."""


@dataclass(frozen=True, slots=True)
class Made:
    """How an export was cut: the ids of each file's last row, and the rows in all of them."""

    cuts: tuple[int, ...]
    rows: int


class MakeExport:
    """Makes the files of an export; `largest` is how many bytes one may have.

    `piece` is how many rows are read at once.
    """

    def __init__(
        self, db: Database, files: ExportFiles, largest: int = LARGEST, piece: int = PIECE
    ) -> None:
        self._db = db
        self._files = files
        self._largest = largest
        self._piece = piece

    async def all_files(self, export: Export) -> Made | None:
        """Make all of it; None where it was called off meanwhile. Raises OSError."""
        listing = LISTINGS[export.kind]
        total = await self._db.read_long(listing.count, export)
        if not await self._db.write(store.hold_on, export, total=total):
            return None
        loop = asyncio.get_running_loop()
        cuts, rows, last, told_at = list[int](), 0, _FIRST, loop.time()
        path = await self._begin(export, 1)
        size = 0
        async for piece in self._pieces(export, _FIRST, None):
            if size and size + len(piece.lines) > self._largest:
                cuts.append(last)
                await asyncio.to_thread(self._files.finish, path)
                path, size = await self._begin(export, len(cuts) + 1), 0
            await asyncio.to_thread(self._files.append, path, piece.lines)
            size, rows, last = size + len(piece.lines), rows + piece.count, piece.last
            if loop.time() - told_at > _TOLD_EVERY_S:
                told_at = loop.time()
                if not await self._db.write(store.hold_on, export, rows=rows):
                    return None
        await asyncio.to_thread(self._files.finish, path)
        return Made((*cuts, max(last, export.newest)), rows)

    async def one_file(self, export: Export, part: int) -> Path:
        """The file of this number from 1; made anew where it is gone. Raises OSError."""
        if found := self._files.find(export.id, part):
            return found
        first = export.cuts[part - 2] if part > 1 else _FIRST
        path = await self._begin(export, part)
        async for piece in self._pieces(export, first, export.cuts[part - 1]):
            await asyncio.to_thread(self._files.append, path, piece.lines)
        return await asyncio.to_thread(self._files.finish, path)

    async def _begin(self, export: Export, part: int) -> Path:
        header = header_of(LISTINGS[export.kind].columns)
        return await asyncio.to_thread(self._files.begin, export.id, part, header)

    async def _pieces(self, export: Export, after: int, last: int | None) -> AsyncIterator[Piece]:
        read, loop = LISTINGS[export.kind].read, asyncio.get_running_loop()
        while True:
            began = loop.time()
            stretch = Stretch(after, last, self._piece)
            piece = await self._db.read_long(read, export, stretch)
            if not piece.count:
                return
            took_s = loop.time() - began
            yield piece
            after = piece.last
            await asyncio.sleep(_REST * took_s)
