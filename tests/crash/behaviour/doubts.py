"""Orders of which nobody knows whether they arrived, and what operators decide of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.chat.desk.taps import Decision
from bot.orders.rules.moves import State
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.timelines import trouble
from tests.crash.behaviour.behaviour import Behaviour
from tests.crash.mortal import ADD_WITHIN_S
from tests.crash.wares import OLD_REMOTE, Kind


def _doubt(name: str, fault: Fault, kind: Kind = Kind.ACCOUNTS) -> Behaviour:
    return Behaviour(name=f"in doubt: {name}", ends=State.IN_DOUBT, kind=kind, add=(fault,))


_HANGS: Final = wire_faults.hang(timedelta(seconds=ADD_WITHIN_S + 1)).after_acting()

_DROPPED: Final = wire_faults.dropped_before()
DECIDED: Final = (
    Behaviour(
        name="in doubt, refunded by an operator",
        ends=State.FAILED,
        add=(_DROPPED,),
        decision=Decision.NOT_PLACED,
    ),
    Behaviour(
        name="in doubt, sent again by an operator",
        ends=State.COMPLETED,
        add=(_DROPPED,),
        adds=2,
        decision=Decision.SEND_AGAIN,
    ),
    Behaviour(
        name="trouble, canceled by an operator",
        ends=State.CANCELED,
        timeline=trouble(1),
        decision=Decision.CANCEL,
    ),
)

DOUBTS: Final = (
    _doubt("reply lost", wire_faults.lost_reply()),
    _doubt("hung up before acting", _DROPPED),
    _doubt("no answer in time", _HANGS),
    _doubt("500", wire_faults.server_error()),
    _doubt("502 with a page, taken", wire_faults.html_page(502).after_acting()),
    _doubt("a page with 200", wire_faults.html_page()),
    _doubt("broken JSON", wire_faults.broken_json()),
    _doubt("half a JSON", wire_faults.truncated_json()),
    _doubt("empty body", wire_faults.empty_body()),
    _doubt("cut midway", wire_faults.cut_midway()),
    _doubt("no id", reply_faults.accepted_without_id()),
    _doubt("id and error", reply_faults.id_and_error()),
    _doubt("id of another order", reply_faults.order_id(OLD_REMOTE)),
    _doubt("number: reply lost", wire_faults.lost_reply(), Kind.NUMBER),
    _doubt("elsewhere: reply lost", wire_faults.lost_reply(), Kind.OTHER_ACCOUNTS),
)
