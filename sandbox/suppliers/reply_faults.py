"""Faults of the reply: well-formed JSON in which the supplier says something wrong.

They act, and leave an honest refusal as it is.
"""

from collections.abc import Callable
from decimal import Decimal

from sandbox.suppliers.answers import Answer
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.garbage import GARBAGE_ROWS, INFINITE, INFINITE_MARK
from sandbox.suppliers.services import money_text
from sandbox.suppliers.timelines import LEFT_OUT, rewritten

Reply = dict[str, object]

# Ids that no client should take for an id, next to a few it may take.
WEIRD_IDS: tuple[object, ...] = (
    None, "", " ", False, True, 0, -1, 1.5, [], ["1"], {}, {"id": 1}, "x" * 5000, "\u0000", "null",
)  # fmt: skip


def _rewrites(name: str, rewrite: Callable[[Reply], Reply]) -> Fault:
    def spoil(honest: Answer) -> Answer:
        reply = honest.payload()
        if not isinstance(reply, dict) or "error" in reply:
            return honest
        return Answer.of(rewrite(reply), status=honest.status)

    return Fault(name=name, acts=True, spoil=spoil)


def changed(**fields: object) -> Fault:
    """Say something else in these fields; `LEFT_OUT` removes one."""
    return _rewrites(f"changes {', '.join(fields)}", lambda reply: rewritten(reply, fields))


def accepted_without_id() -> Fault:
    """Take the order and do not say which."""
    return changed(order=LEFT_OUT, orders=LEFT_OUT)


def id_and_error(said: str = "Something went wrong") -> Fault:
    """Answer with an id and an error at once."""
    return changed(error=said)


def order_id(said: object) -> Fault:
    """Answer any id: one that is in use already, or one of `WEIRD_IDS`."""
    return changed(order=said)


def charge_times(factor: int = 10) -> Fault:
    """Say a charge so many times too high in a status."""

    def rewrite(reply: Reply) -> Reply:
        charge = Decimal(str(reply.get("charge", "0")))
        return reply | {"charge": money_text(charge * factor)}

    return _rewrites(f"charges {factor} times", rewrite)


def currency(said: object) -> Fault:
    """Name another currency in a status or a balance."""
    return changed(currency=said)


def balance(said: object = LEFT_OUT) -> Fault:
    """Say anything for a balance, or nothing."""
    return changed(balance=said)


def _relists(name: str, relist: Callable[[list[object]], list[object]]) -> Fault:
    """Change the rows of `services` or `categories`, or of a bare list such as `sms_projects`."""

    def spoil(honest: Answer) -> Answer:
        reply = honest.payload()
        if isinstance(reply, list):
            return Answer.of(relist(reply), status=honest.status)
        if isinstance(reply, dict):
            reply = {k: relist(v) if isinstance(v, list) else v for k, v in reply.items()}
            if "total" in reply:
                reply["total"] = len(reply["services"])
        return Answer.of(reply, status=honest.status)

    return Fault(name=name, acts=True, spoil=spoil)


def empty_catalogue() -> Fault:
    """List nothing at all."""
    return _relists("empty catalogue", lambda _rows: [])


def shrunken_catalogue(keep: int = 1) -> Fault:
    """List only the first few rows."""
    return _relists("shrunken catalogue", lambda rows: rows[:keep])


def garbage_rows() -> Fault:
    """List the honest rows with one of every bad kind behind them."""
    honest_rows = _relists("garbage rows", lambda rows: [*rows, *GARBAGE_ROWS])

    def spoil(honest: Answer) -> Answer:
        written = honest_rows.spoil(honest)
        return Answer(status=written.status, body=written.body.replace(INFINITE_MARK, INFINITE))

    return Fault(name="garbage rows", acts=True, spoil=spoil)
