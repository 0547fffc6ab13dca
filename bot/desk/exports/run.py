"""The worker of exports: it makes what was asked for, and sends it file by file, once each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import structlog

from bot.db.database import Database
from bot.desk.exports import store
from bot.desk.exports.days import days_of
from bot.desk.exports.files import ExportFiles
from bot.desk.exports.job import Export
from bot.desk.exports.make import MakeExport
from bot.desk.exports.tables import ExportFailure, ExportState

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file to be sent: the export as it stands, which of its files this is, and its name."""

    export: Export
    part: int
    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class FileSent:
    """What became of a file: it is in the chat, waits, or will never be there."""

    failure: ExportFailure | None = None
    wait: timedelta | None = None


SendFile = Callable[[ExportFile], Awaitable[FileSent]]
"""Sends one file to who asked for the export; raises nothing that Telegram can say."""


@dataclass(frozen=True, slots=True)
class RunExports:
    """Makes and sends exports, one after the other."""

    db: Database
    files: ExportFiles
    make: MakeExport
    send: SendFile

    async def step(self) -> int:
        """Work on one export that is due; 0 where none is. No file of one that is over stays."""
        export = await self.db.write(store.claim)
        if export is not None:
            try:
                await self._work_on(export)
            except OSError as failure:
                log.warning("export_not_written", export=export.id, why=failure.strerror)
                await self.db.write(store.fail, export, ExportFailure.DISK)
        await self._clear()
        return int(export is not None)

    async def _clear(self) -> None:
        """The files are listed first: another process may begin one of a new export meanwhile."""
        if found := await asyncio.to_thread(self.files.exports):
            over = found - await self.db.read(store.list_open)
            await asyncio.to_thread(self.files.clear, over)

    async def _work_on(self, export: Export) -> None:
        if export.state is ExportState.ASKED:
            made = await self.make.all_files(export)
            if made is None or not await self.db.write(store.made, export, made.cuts, made.rows):
                return
            export = replace(export, state=ExportState.MADE, cuts=made.cuts, rows=made.rows)
        for part in range(export.sent + 1, len(export.cuts) + 1):
            if not await self._send(export, part):
                return

    async def _send(self, export: Export, part: int) -> bool:
        """Send one file; whether the next one may follow."""
        if not await self.db.read(store.may_have, export):
            await self.db.write(store.fail, export, ExportFailure.ROLE)
            return False
        path, name = await self.make.one_file(export, part), self._name(export, part)
        path = await asyncio.to_thread(self.files.pack, path, name)
        if not await self.db.write(store.begin_sending, export):
            return False
        sent = await self.send(ExportFile(export, part, path, f"{name}{path.suffix}"))
        if sent.failure is not None:
            await self.db.write(store.fail, export, sent.failure)
        elif sent.wait is not None:
            await self.db.write(store.postpone, export, sent.wait)
        else:
            return await self.db.write(store.sent_one, export, part)
        return False

    def _name(self, export: Export, part: int) -> str:
        """`orders-2026-11`, `ledger-2026-11-03-to-2026-11-09-part-1-of-3`."""
        days = days_of(export.since, export.until, self.db.settings.zone)
        if days.month is not None:
            when = f"{days.month:%Y-%m}"
        else:
            first = f"from-{days.first}" if days.first else ""
            last = f"to-{days.last}" if days.last else ""
            when = "-".join(filter(None, (first, last))) or "all"
        parts = len(export.cuts)
        return f"{export.kind}-{when}" + (f"-part-{part}-of-{parts}" if parts > 1 else "")
