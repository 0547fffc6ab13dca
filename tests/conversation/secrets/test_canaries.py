"""Secrets are planted, the shop is driven through every trouble, and nothing of them gets out."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import structlog
from cryptography.fernet import Fernet
from sqlalchemy import text

from bot.app.checking import check
from bot.base.ids import CustomerId
from bot.chat.desk.taps import OpenHistory, OpenOrderDetails
from bot.db.tx import Tx
from bot.ops.logging import configure_logging
from bot.ops.secrets import Secrets
from bot.orders import read
from bot.safety.tables import metadata
from tests.clock import TurnableClock
from tests.conversation.aftermath import copied
from tests.conversation.human import ALICE, Human
from tests.conversation.opening import TOKEN, open_shop
from tests.conversation.pages import metrics_of
from tests.conversation.secrets.troubles import (
    CODE,
    KEYS,
    WEBHOOK,
    a_webhook_is_misused,
    everything_goes_well,
    garbage_is_answered,
    keys_are_refused,
    refusals_repeat_what_was_sent,
    telegram_quotes_goods,
    the_books_break,
)
from tests.conversation.shop import Shop

GOODS_KEY: Final = Fernet.generate_key().decode()
PLANTED: Final = (
    *(TOKEN, TOKEN.partition(":")[2], *KEYS, GOODS_KEY, WEBHOOK),
    *("acc-canary", "p4ss-canary", "w0rd-canary", CODE, "link-canary"),
)
HAPPENED: Final = (
    *("a handler failed", "order_broke", "worker_failed", "sending_broke"),
    *("goods_refused", "notice_dropped", "webhook_not_an_update", "entry_failed"),
)
"""What is in the log when the shop was really driven through all of it."""
AT_REST: Final = (*PLANTED, "mail.test", "+15550")
"""In the database nothing may be read that the seal is for, phones among it."""


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    hook: dict[str, Any] = {"webhook_url": "https://shop.test/", "webhook_secret": WEBHOOK}
    async with open_shop(database_url, clock, goods_key=GOODS_KEY, **hook) as opened:
        yield opened


@pytest.fixture
async def sqlite_url(sqlite_folder: Path) -> str:
    """New books: those that tests share are sealed with their key."""
    return f"sqlite+aiosqlite:///{sqlite_folder / 'kiosk.db'}"


@pytest.fixture
async def postgresql_url(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The same on the other database."""
    with request.getfixturevalue("postgresql_server").fresh_database() as url:
        yield url


@pytest.fixture
def log(shop: Shop, database_url: str) -> Iterator[io.StringIO]:
    """Everything that is logged at the loudest level, in lines of text or (PostgreSQL) in JSON."""
    root = logging.getLogger()
    handlers, level, shape = list(root.handlers), root.level, structlog.get_config()
    stream = io.StringIO()
    secrets = Secrets(shop.kiosk.settings.list_secrets())
    as_json = database_url.startswith("postgresql")
    configure_logging(secrets, level="DEBUG", as_json=as_json, stream=stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    structlog.configure(**shape)


async def what_operators_see(shop: Shop, olga: Human) -> list[str]:
    """What came by itself, every order and its whole history, the lists, the suppliers."""
    await shop.works()
    seen = [olga.chat]
    known = await shop.kiosk.db.read(read.list_orders, CustomerId(ALICE), 0, only_open=False)
    for number in range(1, known.total + 1):
        await olga.forges(OpenOrderDetails(order=number).pack())
        seen.append(olga.card.text)
        await olga.forges(OpenHistory(order=number).pack())
        assert olga.card.document is not None
        seen.append(olga.card.document.content.decode())
    for command in ("/orders", "/suppliers", f"/user {ALICE}", "/desk"):
        await olga.sends(command)
        seen.append(olga.card.text)
    return [*seen, *(toast.text for toast in olga.person.toasts)]


def everything_stored(tx: Tx) -> str:
    """Every row of every table as text."""
    tables = [table.name for table in metadata.sorted_tables]
    rows = [tx.connection.execute(text(f"SELECT * FROM {name}")).all() for name in tables]  # noqa: S608 - our own
    return repr(rows)


def files_of(shop: Shop) -> tuple[Path, ...]:
    """The database's own, where it is one file with its log of changes."""
    scheme, _, path = shop.kiosk.settings.database_url.get_secret_value().partition(":///")
    return (Path(path), Path(f"{path}-wal")) if scheme.startswith("sqlite") else ()


def bytes_of(*files: Path) -> str:
    return "".join(file.read_bytes().decode("latin-1") for file in files if file.exists())


def found(planted: tuple[str, ...], *texts: str) -> list[tuple[str, str]]:
    """Which canaries sing where."""
    return [
        (canary, whole[max(0, at - 80) : at + 80])
        for canary in planted
        for whole in texts
        if (at := whole.find(canary)) >= 0
    ]


async def test_no_canary_is_found_outside_of_the_customers_chat(
    shop: Shop, alice: Human, olga: Human, log: io.StringIO, tmp_path: Path
) -> None:
    await olga.sends(f"/topup {alice.id} 500")
    await everything_goes_well(shop, alice)
    await refusals_repeat_what_was_sent(shop, alice)
    await keys_are_refused(shop, alice)
    await garbage_is_answered(shop, alice)
    await telegram_quotes_goods(shop, alice)
    await the_books_break(shop, alice)
    await a_webhook_is_misused(shop, alice)

    told = await what_operators_see(shop, olga)
    checked = [line async for _, line in check(shop.kiosk)]
    metrics = (await metrics_of(shop.kiosk)).text
    await copied(shop, tmp_path / "copy")
    logged = log.getvalue()
    for happened in HAPPENED:
        assert happened in logged
    for words in ("in doubt", "cannot be sent into the customer's chat", "answered a status"):
        assert words in told[0]
    assert found(PLANTED, logged) == []
    assert found(PLANTED, *told) == []
    assert found(PLANTED, *checked, metrics) == []

    stored = await shop.kiosk.db.read(everything_stored)
    raw = bytes_of(tmp_path / "copy", *files_of(shop))
    assert found(AT_REST, stored, raw) == []
    assert await shop.proof() == ()
