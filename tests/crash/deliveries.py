"""Judges deliveries: what a supplier handed over is in the buyer's chat, and in nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from bot.orders.rules.moves import State
from sandbox.telegram import BotMessage
from tests.crash.behaviour.goods import ANNOUNCEMENTS, is_covered
from tests.crash.evidence import BookedOrder
from tests.crash.scene import Case, Wish
from tests.crash.told import Words, bringing, bringing_code, count, listing
from tests.crash.wares import GUESTS, OPERATORS


def expected_goods(case: Case, wish: Wish, order: BookedOrder) -> Mapping[str, Words]:
    """Everything that an order has to bring, each with the messages that bring it."""
    if order.remote_order is None or order.state == State.IN_DOUBT:
        return {}
    if wish.behaviour.unreadable_for_good:
        return {}
    supplier = case.around.supplier(wish.ware.supplier)
    bought = supplier.orders.get(order.remote_order)
    if bought is not None:
        listed = bought.shown_accounts if bought.service.is_product else []
        return {line: bringing(line) for line in listed if _is_due(line, order)}
    plan = wish.behaviour.sms
    codes = [step.code for step in plan.steps if step.code] if plan is not None else []
    if case.slept:
        codes = codes[-1:]  # the supplier keeps the newest only, and nobody was there to ask
    return {code: bringing_code(order.id, code) for code in codes}


def _is_due(line: str, order: BookedOrder) -> bool:
    """Announcements are no goods; a covered account is shown once a person has to look."""
    return line not in ANNOUNCEMENTS and (not is_covered(line) or order.state == State.ATTENTION)


def missing_deliveries(case: Case, wish: Wish, order: BookedOrder) -> Iterator[str]:
    """What has not come yet."""
    for goods, brings in expected_goods(case, wish, order).items():
        if not count(case.around, order.customer, brings):
            yield f"{wish.behaviour.name}: {goods} of order {order.id} is not in the chat"


def judge_deliveries(case: Case, wish: Wish, order: BookedOrder) -> Iterator[str]:
    """Each one comes once, once more for each kill or fall at most; nobody else sees it."""
    most = 1 + case.kills + case.falls + wish.behaviour.repeats
    for goods, brings in expected_goods(case, wish, order).items():
        times = count(case.around, order.customer, brings)
        if times > most:
            yield f"brought {goods} {times} times"
        others = {*GUESTS, *OPERATORS} - {order.customer}
        if any(count(case.around, other, brings) for other in others):
            yield f"showed {goods} to somebody else"
    yield from _shown_in_vain(case, wish, order)
    yield from _gone(case, wish, order)


def _shown_in_vain(case: Case, wish: Wish, order: BookedOrder) -> Iterator[str]:
    """What is listed in the place of goods is never delivered."""
    for line in _listed(case, wish, order):
        if not _is_due(line, order) and count(case.around, order.customer, listing(line)):
            yield f"delivered {line!r}, which is no account"


def _gone(case: Case, wish: Wish, order: BookedOrder) -> Iterator[str]:
    """What has reached its customer stays in the chat, whatever the newest list says."""
    chat = case.around.telegram.people[order.customer].chat.messages
    sent = [
        call
        for call in case.around.telegram.calls_of("sendMessage")
        if call.chat_id == order.customer and call.answer
    ]
    for line in _listed(case, wish, order):
        for call in sent:
            if line not in call.params["text"].split("\n"):
                continue
            message = chat.get(call.answer["message_id"])
            if not isinstance(message, BotMessage) or not bringing(line)(message):
                yield f"took {line} out of the chat again"


def _listed(case: Case, wish: Wish, order: BookedOrder) -> tuple[str, ...]:
    """Every line that any status of the order has listed."""
    lines: dict[str, None] = {}
    for asked in case.around.supplier(wish.ware.supplier).received_of("status"):
        if asked.answer is None or asked.params.get("order") != order.remote_order:
            continue
        with suppress(ValueError):  # answers that are no JSON list nothing
            said = asked.answer.payload()
            lines |= dict.fromkeys(said.get("accounts", ()) if isinstance(said, dict) else ())
    return tuple(lines)
