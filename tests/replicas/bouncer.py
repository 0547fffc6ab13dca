"""A PgBouncer of a test's own, in front of a PostgreSQL that listens in a folder."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

PGBOUNCER: Final = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin") or ""
_NAME: Final = ".s.PGSQL.5432"
_CONFIG: Final = """
[databases]
* = host={server}

[pgbouncer]
listen_port = 5432
listen_addr =
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder}/users
pool_mode = session
default_pool_size = 60
logfile = {folder}/log
"""


def _written(folder: Path, server: str) -> Path:
    folder.chmod(0o777)  # another user's process writes there
    (folder / "users").write_text('"postgres" ""\n')
    config = folder / "pgbouncer.ini"
    config.write_text(_CONFIG.format(server=server, folder=folder))
    return config


def _as_whom(server: Path) -> tuple[str, ...]:
    """It refuses to run as root; the server's own user may enter the server's folder."""
    return ("-u", server.owner()) if os.geteuid() == 0 else ()


@asynccontextmanager
async def bouncer_before(server: str) -> AsyncIterator[str]:
    """The folder in which it listens."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bouncer-") as name:
        folder = Path(name)
        config = _written(folder, server)
        as_whom = _as_whom(Path(server))
        process = await asyncio.create_subprocess_exec(PGBOUNCER, "-q", *as_whom, str(config))
        try:
            async with asyncio.timeout(60):
                await _listens(folder / _NAME)
            yield name
        finally:
            process.terminate()
            await process.wait()


async def _listens(path: Path) -> None:
    while True:
        try:
            _, writer = await asyncio.open_unix_connection(str(path))
        except OSError:
            await asyncio.sleep(0)
        else:
            writer.close()
            return
