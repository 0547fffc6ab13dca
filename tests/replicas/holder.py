"""A process that stands still within a transaction, with the row of a supplier in its hand."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from bot.base.clock import SystemClock
from bot.base.ids import SupplierName
from bot.catalog.standing import lock_supplier
from bot.db.database import open_database
from bot.db.tx import Tx


def hold(tx: Tx, supplier: str) -> None:
    lock_supplier(tx, SupplierName(supplier))
    os.kill(os.getpid(), signal.SIGSTOP)


async def main(url: str, supplier: str) -> None:
    database = await open_database(url, SystemClock())
    await database.write(hold, supplier)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
