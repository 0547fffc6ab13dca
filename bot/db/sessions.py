"""How a session with PostgreSQL begins: what it may hold, and for how long.

Said with SET once connected, not in the startup packet: PgBouncer refuses a packet with parameters
that it does not know.
"""

from __future__ import annotations

import socket
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

APPLICATION: Final = "kiosk"
_KEEPALIVE_S: Final = 5
_KEEPALIVES: Final = 3
"""A peer that answers nothing is given up after 5 + 3 * 5 s; the system's usual is two hours."""
_UNANSWERED_MS: Final = _KEEPALIVE_S * (1 + _KEEPALIVES) * 1_000
_SETTINGS: Final = {
    # Who it is, in pg_stat_activity.
    "application_name": APPLICATION,
    # Whoever waits for a row tells its customer soon, and tries again.
    "lock_timeout": "5s",
    # No statement here takes seconds; one that does holds up everybody behind its rows.
    "statement_timeout": "30s",
    # A process that is frozen, or whose network is cut, keeps no row from the others for longer.
    # Nothing here waits for a network inside a transaction.
    "idle_in_transaction_session_timeout": "10s",
    # The server notices a peer that is gone between two transactions, ...
    "tcp_keepalives_idle": f"{_KEEPALIVE_S}s",
    "tcp_keepalives_interval": f"{_KEEPALIVE_S}s",
    "tcp_keepalives_count": f"{_KEEPALIVES}",
    # ... and one that takes no answer, where keepalives are not sent.
    "tcp_user_timeout": f"{_UNANSWERED_MS}ms",
}
_SET: Final = "".join(f"SET {name} = '{value}';" for name, value in _SETTINGS.items())


def prepare_sessions(engine: AsyncEngine) -> None:
    """Have each new connection begin with these limits, before any transaction runs on it."""

    @event.listens_for(engine.sync_engine, "connect")
    def begin(connection: Any, _record: object) -> None:
        # asyncpg knows of no public way to its socket.
        _keep_alive(connection.driver_connection._transport.get_extra_info("socket"))  # noqa: SLF001 - see above
        connection.run_async(lambda raw: raw.execute(_SET))


def _keep_alive(end: Any) -> None:
    """Notice a server that is gone also where we only listen. Sockets of files need none."""
    if end is None or end.family == socket.AF_UNIX:
        return
    end.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _KEEPALIVE_S)
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, _KEEPALIVE_S)
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, _KEEPALIVES)
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNANSWERED_MS)
