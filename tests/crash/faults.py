"""Deliberate faults, one for each promise: with any of them the harness has to cry out.

Each is committed inside a doomed process by replacing a function of the shop, which nothing else
here may do. Money, order and attempts are protected by rules of the database too; where these stop
a fault, the shop does not end well, and that is a violation as well.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import wraps
from itertools import count
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.engine.default import DefaultDialect

from bot.chat.claims.remedy_handlers import RemedyPages
from bot.chat.kit.late_screens import LateScreens
from bot.db.database import Database
from bot.db.tx import Tx
from bot.money import ledger, post
from bot.money.ledger import SALES, Transfer, TransferKind, customer_account
from bot.orders import attempts, orphaned_orders, settle
from bot.orders.claims.rows import list_remedies, load_claim
from bot.orders.rows import lock
from bot.orders.rules import settlement
from bot.orders.rules.settlement import ActiveOrder
from bot.orders.submit import SubmitOrder
from bot.outbox import store
from bot.outbox.notices import GoodsArrived
from bot.outbox.sender import Sender, SendResult
from bot.safety import leases
from bot.safety.purge import NightlyPurge
from bot.suppliers.api_v2.exchange import Exchange
from bot.suppliers.errors import InDoubt
from bot.suppliers.progress import Progress, Stage
from tests.crash.observers import Function, around


def _retry_a_lost_add() -> None:
    def make(ordered: Function) -> Function:
        async def twice(*given: Any) -> Any:
            try:
                return await ordered(*given)
            except InDoubt:
                return await ordered(*given)

        return twice

    around(Exchange, "order", make)


def _requeue_at_start() -> None:
    def make(_park: Function) -> Function:
        def requeued(tx: Tx, _which: Any) -> int:
            moment = int(tx.now.timestamp() * 1_000_000)
            tx.execute(text("UPDATE attempts SET outcome = 'not_sent' WHERE outcome = ''"))
            again = "UPDATE orders SET state = 'queued', due_at = :at WHERE state = 'submitting'"
            return int(tx.execute(text(again), {"at": moment}).rowcount)

        return requeued

    around(orphaned_orders, "park_interrupted", make)
    around(leases, "park_sent_by", make)


def _send_before_the_attempt_is_written() -> None:
    def make(_send: Function) -> Function:
        async def hastily(self: Any, supplier: Any, claimed: Any) -> None:
            answer = await supplier.add(claimed.service, claimed.quantity, claimed.link)
            begun = await self.db.write(attempts.begin, claimed, None)
            await self.db.write(attempts.accepted, begun, answer)

        return hastily

    around(SubmitOrder, "_send", make)


def _mark_sent_before_sending() -> None:
    def make(send: Function) -> Function:
        async def marked_first(self: Any, row: Any) -> SendResult:
            if isinstance(row.notice, GoodsArrived):  # cards have their chat given back too early
                await self._db.write(store.sent, row, None)
            receipt: SendResult = await send(self, row)
            return receipt

        return marked_first

    around(Sender, "_send", make)


def _refund_on_every_poll() -> None:
    refunds = count(1)

    def refund(tx: Tx, due: Any) -> None:
        row = lock(tx, due.order)
        key = f"again:{due.order}:{next(refunds)}"
        back = Transfer(
            SALES,
            customer_account(row.customer),
            row.total,
            TransferKind.RELEASE,
            key,
            order=due.order,
        )
        post.post(tx, back)

    def make(settle: Function) -> Function:
        def generously(tx: Tx, due: Any, answer: Any, next_at: Any) -> Any:
            if answer.progress.stage is Stage.CANCELED:
                refund(tx, due)
            return settle(tx, due, answer, next_at)

        return generously

    around(settle, "settle", make)


def _refund_at_each_tap() -> None:
    """The tap that refunds a claim, tapped once more, refunds it once more."""
    refunds = count(1)

    def refund(tx: Tx, claim: int) -> None:
        order = load_claim(tx, claim).order_id
        done, row = list_remedies(tx, order), lock(tx, order)
        if done:
            again = ledger.refund(
                row.customer, order, len(done) + next(refunds), done[0].amount, "", ""
            )
            post.post(tx, again)

    def make(refunded: Function) -> Function:
        async def generously(self: Any, context: Any, tap: Any) -> None:
            await self._desk.db.write(refund, tap.claim)
            await refunded(self, context, tap)

        return generously

    around(RemedyPages, "refund", make)


def _count_each_spelling() -> None:
    """An edited account counts as one more unit."""

    def make(_count: Function) -> Function:
        def counted(order: ActiveOrder, said: Progress) -> int:
            return len({*order.goods, *filter(settlement.is_goods, said.accounts or ())})

        return counted

    for module in (settlement, settle):
        around(module, "count_units", make)


def _believe_the_future() -> None:
    """A row that is due in a hundred years is waited for."""

    def make(until: Function) -> Function:
        def believing(tx: Tx, longest: timedelta) -> Any:
            return until(tx, longest) | {"too_far": tx.now + timedelta(days=36_500)}

        return believing

    around(Tx, "until", make)


def _forget_late_screens() -> None:
    around(LateScreens, "_keep", lambda _keep: lambda *_given, **_more: None)


def _purge_by_the_clock() -> None:
    def make(_look: Function) -> Function:
        async def at_once(self: NightlyPurge) -> int:
            return await self.purge()

        return at_once

    around(NightlyPurge, "__call__", make)


def _take_a_lost_commit_for_done() -> None:
    def make(commit: Function) -> Function:
        def deaf(dialect: Any, connection: Any) -> None:
            with suppress(Exception):
                commit(dialect, connection)

        return deaf

    around(DefaultDialect, "do_commit", make)


_APPLYING: Final = "transfers_apply"
_PROTECTING: Final = (
    "balances_follow_transfers",
    "orders_end_paid_out",
    "orders_leave_only_with_money",
)
_DROP: Final = {
    "sqlite": "DROP TRIGGER IF EXISTS {}",
    "postgresql": "DROP FUNCTION IF EXISTS {} CASCADE",
}
_FRESH: Final = "balances not yet written back"
_WRITE_BACK: Final = text(
    "UPDATE accounts SET balance = :balance, last_transfer = :by WHERE account = :account"
)


class ByHand:
    """Balances are read when a transfer is written, and written back after its commit.

    The next transaction does that; one that shares the commit would keep both together.
    """

    def __init__(self, *without: str) -> None:
        self._without = without
        self._owed: list[dict[str, Any]] = []

    def __call__(self) -> None:
        """Commit the fault, without these rules of the database."""
        around(Database, "write", self._write)
        around(post, "_write", self._insert)
        around(DefaultDialect, "do_commit", self._commit)

    def _write(self, write: Function) -> Function:
        async def by_hand(database: Any, fn: Function, *args: Any, **kwargs: Any) -> Any:
            @wraps(fn)
            def after_what_is_owed(tx: Tx, *given: Any, **more: Any) -> Any:
                self._pay(tx)
                return fn(tx, *given, **more)

            return await write(database, after_what_is_owed, *args, **kwargs)

        return by_hand

    def _pay(self, tx: Tx) -> None:
        for rule in self._without:
            tx.execute(text(_DROP[tx.dialect.name].format(rule)))
        while self._owed:
            tx.execute(_WRITE_BACK, self._owed.pop(0))

    def _commit(self, commit: Function) -> Function:
        def committed(dialect: Any, connection: Any) -> None:
            commit(dialect, connection)
            self._owed += connection.info.pop(_FRESH, ())

        return committed

    def _insert(self, insert: Function) -> Function:
        def inserted(tx: Tx, transfer: Transfer) -> Any:
            by = insert(tx, transfer)
            if by is None:
                return None
            fresh = tx.connection.info.setdefault(_FRESH, [])
            ends = ((transfer.debit, -transfer.amount), (transfer.credit, transfer.amount))
            for account, moved in ends:
                balance = (post.balance(tx, account) + moved).micros
                fresh.append({"account": account, "balance": balance, "by": by})
            return by

        return inserted


FAULTS: Final[dict[str, Callable[[], None]]] = {
    "retry a lost add": _retry_a_lost_add,
    "requeue at start": _requeue_at_start,
    "send before the attempt is written": _send_before_the_attempt_is_written,
    "mark sent before sending": _mark_sent_before_sending,
    "refund on every poll": _refund_on_every_poll,
    "refund at each tap": _refund_at_each_tap,
    "count each spelling": _count_each_spelling,
    "believe the future": _believe_the_future,
    "forget late screens": _forget_late_screens,
    "purge by the clock": _purge_by_the_clock,
    "take a lost commit for done": _take_a_lost_commit_for_done,
    "balances by hand": ByHand(_APPLYING, *_PROTECTING),
    "balances by hand, under the rules": ByHand(_APPLYING),
}
"""By name, what commits it in this process."""
