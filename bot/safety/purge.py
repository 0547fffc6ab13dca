"""The nightly forgetting: unused prices, messages long sent, goods kept long enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import (
    ColumnElement,
    String,
    case,
    cast,
    delete,
    exists,
    literal,
    or_,
    select,
    update,
)

from bot.broadcasts.forget import forget_broadcasts
from bot.catalog.search.stored import forget_searches
from bot.catalog.wanted.watches import WATCHED_FOR, end_old_watches
from bot.db.database import Database
from bot.db.tx import Tx
from bot.money.tables import topup_requests
from bot.numbers.tables import rentals
from bot.orders.kinds import Kinds
from bot.orders.rules.claims import ClaimState
from bot.orders.rules.moves import OPEN
from bot.orders.tables import answers, attempts, claims, fingerprints, goods, orders, quotes
from bot.orders.views import RentalState
from bot.outbox.tables import Sending, outbox
from bot.people.tables import letters

_QUOTES_KEPT: Final = timedelta(days=7)
"""A tap on a card of last week says that its price has expired, and shows the one of today."""
_WORDS_KEPT: Final = timedelta(days=30)
_EVERY_S: Final = 24 * 3600.0
_PROVEN_S: Final = 1800.0
_OFF_S: Final = 60.0


def purge(tx: Tx, now: datetime) -> int:
    """Forget expired quotes without an order, and messages long since sent; how many rows."""
    used = select(orders.c.quote)
    stale = delete(quotes).where(
        quotes.c.expires_at < now - _QUOTES_KEPT, quotes.c.id.not_in(used)
    )
    said = delete(outbox).where(
        outbox.c.state.in_((Sending.SENT, Sending.DROPPED)),
        outbox.c.created_at < now - _WORDS_KEPT,
    )
    return sum(tx.execute(one).rowcount for one in (stale, said))


def list_forgettable(tx: Tx, finished_before: datetime, limit: int) -> tuple[int, ...]:
    """Ended orders whose goods have been kept long enough, the oldest first.

    What has not reached its chat yet waits for its customer, however long. A number is looked at
    until it is closed, and its phone may be wanted by an order on its way. A claim that is open is
    judged by the goods.
    """
    again = orders.alias("again")
    query = (
        select(orders.c.id)
        .where(
            orders.c.finished_at < finished_before,
            orders.c.forgotten_at.is_(None),
            ~exists().where(
                goods.c.order_id == orders.c.id,
                outbox.c.dedup_key == _key_of_delivery(tx.part(Kinds)),
                outbox.c.state.in_((Sending.PENDING, Sending.UNREACHABLE)),
            ),
            ~exists().where(
                rentals.c.order_id == orders.c.id, rentals.c.state != RentalState.CLOSED
            ),
            ~exists().where(claims.c.order_id == orders.c.id, claims.c.state == ClaimState.OPEN),
            ~exists().where(again.c.reuse == orders.c.id, again.c.state.in_(sorted(OPEN))),
        )
        .order_by(orders.c.finished_at)
        .limit(limit)
    )
    return tuple(tx.execute(query).scalars())


def _key_of_delivery(kinds: Kinds) -> ColumnElement[str]:
    """The key under which a batch was told."""
    marks = {kind.kind: kind.delivery_mark for kind in kinds}
    return (
        case(marks, value=orders.c.kind)
        + ":"
        + cast(orders.c.id, String)
        + ":"
        + cast(goods.c.batch, String)
    )


def forget(tx: Tx, chosen: Sequence[int]) -> int:
    """Forget what these orders brought, what was done to them and said of them; how many.

    The orders stay, with their money and their history. An ended order without a waiting delivery
    cannot change, so the choice made before this transaction still holds.
    """
    priced = select(orders.c.quote).where(orders.c.id.in_(chosen))
    empty = {"link": "", "last_said": "", "forgotten_at": tx.now}
    for one in (
        delete(goods).where(goods.c.order_id.in_(chosen)),
        delete(fingerprints).where(fingerprints.c.order_id.in_(chosen)),
        delete(answers).where(answers.c.order_id.in_(chosen)),
        update(rentals).where(rentals.c.order_id.in_(chosen)).values(phone=""),
        update(attempts).where(attempts.c.order_id.in_(chosen)).values(said=""),
        update(quotes).where(quotes.c.id.in_(priced)).values(link=""),
        update(orders).where(orders.c.id.in_(chosen)).values(empty),
    ):
        tx.execute(one)
    return len(chosen)


def forget_claims(tx: Tx, closed_before: datetime) -> int:
    """Forget what was said and sent about claims that were closed so long ago; how many rows."""
    old = claims.c.closed_at < closed_before
    subjects = select(literal("claim:") + cast(claims.c.id, String)).where(old)
    said = or_(claims.c.said != "", claims.c.file != "")
    empty = {"said": "", "file": "", "file_kind": ""}
    gone = (
        delete(letters).where(letters.c.subject.in_(subjects)),
        update(claims).where(old, said).values(empty),
    )
    return sum(tx.execute(one).rowcount for one in gone)


def forget_requests(tx: Tx, decided_before: datetime) -> int:
    """Forget proofs of payments and letters about requests that were decided so long ago.

    Also what was written to a customer and by them about nothing in particular; how many rows.
    """
    old = topup_requests.c.decided_at < decided_before
    subjects = select(literal("request:") + cast(topup_requests.c.id, String)).where(old)
    proved = or_(topup_requests.c.said != "", topup_requests.c.file != "")
    empty = {"said": "", "file": "", "file_kind": ""}
    written = letters.c.subject.startswith("customer:") & (letters.c.at < decided_before)
    gone = (
        delete(letters).where(or_(letters.c.subject.in_(subjects), written)),
        update(topup_requests).where(old, proved).values(empty),
    )
    return sum(tx.execute(one).rowcount for one in gone)


@dataclass(frozen=True, slots=True)
class Purge:
    """The nightly forgetting; goods and codes of ended orders are kept for `goods_kept`."""

    db: Database
    goods_kept: timedelta
    batch: int = 200
    """Orders forgotten in one transaction: few, so that others wait little behind it."""

    async def __call__(self, now: datetime | None = None) -> int:
        """How many rows and orders were forgotten; `now` where the clock was looked at before."""
        now = now or self.db.clock.now()
        done = await self.db.write(purge, now)
        done += await self.db.write(end_old_watches, now - WATCHED_FOR)
        before = now - self.goods_kept
        while chosen := await self.db.read(list_forgettable, before, self.batch):
            done += await self.db.write(forget, chosen)
        done += await self.db.write(forget_searches, now - _WORDS_KEPT)
        done += await self.db.write(forget_requests, before)
        while rows := await self.db.write(forget_broadcasts, now - _WORDS_KEPT):
            done += rows
        return done + await self.db.write(forget_claims, before)


@dataclass(slots=True)
class NightlyPurge:
    """Purges once a day, and only by a clock that has gone evenly for half an hour before.

    A clock that jumps ahead for three seconds would destroy what should be kept for months. So it
    is compared with `steady`, seconds that nobody can set, at each look; one that disagrees begins
    the half hour anew.
    """

    purge: Purge
    steady: Callable[[], float]
    _even_since: float | None = field(default=None, init=False)
    _offset: float = field(default=0.0, init=False)
    _purged_at: float | None = field(default=None, init=False)

    async def __call__(self) -> int:
        """Look at the clocks, every few minutes; how many rows and orders were forgotten."""
        now, steady = self.purge.db.clock.now(), self.steady()
        offset = now.timestamp() - steady
        if self._even_since is None or abs(offset - self._offset) > _OFF_S:
            self._even_since, self._offset = steady, offset
        is_proven = steady - self._even_since >= _PROVEN_S
        is_time = self._purged_at is None or steady - self._purged_at >= _EVERY_S
        if not (is_proven and is_time):
            return 0
        done = await self.purge(now)
        self._purged_at = steady
        return done
