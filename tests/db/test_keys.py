"""A key is made today as version 0001 made it: what happened and was told counts as known."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pytest

from bot.base import keys
from bot.base.ids import OrderId, ServiceId, SupplierName, TransferId
from bot.money import post
from bot.money.ledger import Account
from bot.outbox.notices import Oddity, SupplierCause
from tests.db.steps.earlier import in_memory
from tests.db.steps.filled import fill_first
from tests.stored_shop import Books

ORDER, SUPPLIER, AT = OrderId(7), SupplierName("accplanet"), datetime(2026, 3, 1, tzinfo=UTC)
MARK = 1772323200

MADE: Final = {
    "hold:7": keys.hold_key(ORDER),
    "cap:7": keys.capture_key(ORDER),
    "rel:7": keys.release_key(ORDER),
    "rev:5": keys.reverse_key(TransferId(5)),
    "req:3": keys.request_key(3),
    "card:7": keys.card_key(ORDER),
    "goods:7:2": keys.delivery_key("goods", ORDER, 2),
    "code:7:2": keys.delivery_key("code", ORDER, 2),
    "ended:7": keys.ended_key(ORDER),
    "waits:7": keys.waits_key(ORDER),
    "doubt:7:2:1772323200000000": keys.doubt_key(ORDER, 2, AT),
    "doubt:7:restored:1772323200": keys.restored_doubt_key(ORDER, MARK),
    "attention:7:1772323200": keys.attention_key(ORDER, AT),
    "a-attention:7:1772323200": keys.operators_key(keys.attention_key(ORDER, AT)),
    "surplus:7": keys.oddity_key(Oddity.SURPLUS, ORDER),
    "odd-cancel:7": keys.oddity_key("odd-cancel", ORDER),
    "late:7:2": keys.oddity_key("late", ORDER, 2),
    "late-code:7:2": keys.oddity_key("late-code", ORDER, 2),
    "released:7:2": keys.oddity_key(Oddity.RELEASED, ORDER, 2),
    "undeliverable:9": keys.undeliverable_key(9),
    "credited:5": keys.credited_key(TransferId(5)),
    "debited:5": keys.debited_key(TransferId(5)),
    "undone:5": keys.undone_key(TransferId(5)),
    "topup:3": keys.topup_key(3),
    "topup:3:restored:1772323200": keys.topup_key(3, MARK),
    "topup-denied:3": keys.topup_denied_key(3),
    "restored:1772323200": keys.restored_key(MARK),
    "alert:down:accplanet:2:on": keys.alert_key("down:accplanet", 2, on=True),
    "alert:down:accplanet:2:off": keys.alert_key("down:accplanet", 2, on=False),
    "down:accplanet": keys.supplier_cause(SupplierCause.DOWN, SUPPLIER),
    "charge:4": keys.charge_cause(ServiceId(4)),
    "stuck:7": keys.stuck_cause(ORDER),
    "status:accplanet:delayed #:#": keys.spelling_cause(SUPPLIER, "delayed #:#"),
    "books": keys.BOOKS_CAUSE,
}
"""As version 0001 spelled them, and as they are made now."""
KEYED: Final = (
    "SELECT dedup_key, chat, notice FROM outbox WHERE dedup_key NOT LIKE 'problem:%'"
    " AND dedup_key NOT LIKE 'claim%' AND dedup_key NOT LIKE 'remedy:%' ORDER BY 1",
    "SELECT idem_key, debit, credit, amount FROM transfers"
    " WHERE idem_key NOT LIKE 'tm:%' AND idem_key NOT LIKE 'cmd:%'"
    " AND idem_key NOT LIKE 'refund:%' ORDER BY 1",
    'SELECT cause, "on", rounds FROM alerts ORDER BY 1',
)
"""Every row that has a key of ours; that of a top-up names the message that asked for it.

Version 0001 knew no claims: it told of a problem in a way of its own.
"""


@pytest.fixture(scope="module")
def left() -> Iterator[sqlite3.Connection]:
    """The shop that version 0001 has left, after the story that `fill` tells."""
    with in_memory() as file:
        yield file


@pytest.mark.parametrize("spelled", MADE)
def test_a_key_is_spelled_as_it_always_was(spelled: str) -> None:
    assert MADE[spelled] == spelled


@pytest.mark.long
async def test_the_same_story_leaves_the_same_keys_as_version_0001_did(
    books: Books, left: sqlite3.Connection
) -> None:
    await fill_first(books)

    for query in KEYED:
        found = [tuple(map(as_version_0001, row)) for row in await books.sql(query)]
        assert found == [tuple(map(as_version_0001, row)) for row in left.execute(query)]


def as_version_0001(said: object) -> object:
    """A message that could not be brought is named by its row: more of them are told today."""
    if isinstance(said, str) and re.fullmatch(r"undeliverable:[0-9]+:[0-9]+", said):
        return re.sub(":[0-9]+:", ":row:", said)
    return whole_account(said)


def whole_account(said: object) -> object:
    """The account that a shard is of, which version 0001 did not have."""
    is_shard = isinstance(said, str) and re.fullmatch(r"(sales|world:manual)/[0-9]+", said)
    return post.whole(Account(said)) if isinstance(said, str) and is_shard else said
