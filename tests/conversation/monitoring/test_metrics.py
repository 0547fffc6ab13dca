"""Each number on /metrics is counted where the thing happens: it is made to happen, and read."""

from datetime import timedelta

from bot.chat.orders.taps import OpenOrder
from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import completes
from sandbox.telegram.faults import (
    BLOCKED,
    Delay,
    Fault,
    LostBefore,
    Refuse,
    RetryAfter,
    ServerError,
)
from tests.conversation.closed_books import locked
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.pages import MetricsPage, metrics_of
from tests.conversation.replicas import reach, two_processes
from tests.conversation.shop import Shop

GROUP = -1009
UPDATES = "kiosk_update_seconds_count"
CALLS = "kiosk_telegram_call_seconds_count"
REQUESTS = "kiosk_supplier_call_seconds_count"


class Change:
    """What has been added to a count since this was made."""

    def __init__(self, before: MetricsPage, after: MetricsPage) -> None:
        self._before, self._after = before, after

    def of(self, sample: str, **labels: str) -> float:
        return self._after.value(sample, **labels) - self._before.value(sample, **labels)


@on_sqlite
async def test_updates_are_counted_by_what_they_were(shop: Shop, alice: Human) -> None:
    before = await metrics_of(shop.kiosk)
    await alice.sends("/start")
    await alice.taps("Catalog")
    await alice.taps("Social")
    await alice.sends("aged")
    await alice.does(lambda who: who.sends_sticker())
    await alice.does(lambda who: who.blocks_bot())

    change = Change(before, await metrics_of(shop.kiosk))
    kinds = {"command": 1, "tap": 2, "text": 1, "other": 1, "member": 1}
    assert {kind: change.of(UPDATES, kind=kind) for kind in kinds} == kinds


@on_sqlite
async def test_updates_are_counted_by_what_became_of_them(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    before = await metrics_of(shop.kiosk)
    async with locked(shop):
        await alice.taps("Pay")
    start = alice.person.sends("/start")
    await shop.hears()
    shop.telegram.redeliver(start)
    await shop.hears()
    await alice.forges(OpenOrder(order=77).pack())
    await alice.does(lambda who: who.adds_bot_to_group(GROUP))
    shop.telegram.faults.next("sendMessage", RetryAfter(3))
    await alice.sends("/start")
    shop.clock.turn(timedelta(seconds=3))
    shop.telegram.faults.next("sendMessage", Refuse(400, "Bad Request: whatever"))
    await alice.sends("/start")
    shop.telegram.faults.next("sendMessage", BLOCKED)
    await alice.sends("/start")

    change = Change(before, await metrics_of(shop.kiosk))
    outcomes = {"ok": 1, "repeated": 1, "refused": 1, "outside": 1, "not_shown": 1}
    outcomes |= {"failed": 1, "blocked": 1, "closed": 1}
    assert {outcome: change.of(UPDATES, outcome=outcome) for outcome in outcomes} == outcomes


@on_sqlite
async def test_the_time_of_a_tap_ends_with_its_last_answer(shop: Shop, alice: Human) -> None:
    await alice.sends("/start")
    before = await metrics_of(shop.kiosk)
    shop.telegram.faults.next("editMessageText", Delay(0.05))
    await alice.taps("Catalog")

    change = Change(before, await metrics_of(shop.kiosk))
    assert change.of("kiosk_update_seconds_sum", kind="tap", outcome="ok") >= 0.05
    edits = {"method": "editMessageText", "outcome": "ok"}
    assert change.of("kiosk_telegram_call_seconds_sum", **edits) >= 0.05


REFUSALS: dict[str, Fault] = {
    "flood": RetryAfter(3),
    "forbidden": BLOCKED,
    "unauthorized": Refuse(401, "Unauthorized"),
    "conflict": Refuse(409, "Conflict: whatever"),
    "bad_request": Refuse(400, "Bad Request: whatever"),
    "server": ServerError(502, html=True),
    "network": LostBefore(),
}


@on_sqlite
async def test_calls_to_telegram_are_counted_by_method_and_outcome(
    shop: Shop, alice: Human
) -> None:
    before = await metrics_of(shop.kiosk)
    await alice.sends("/start")
    for nth, fault in enumerate(REFUSALS.values()):
        shop.telegram.faults.next("answerCallbackQuery", fault)
        await alice.taps("Home" if nth % 2 else "Catalog")

    change = Change(before, await metrics_of(shop.kiosk))
    answers = {"method": "answerCallbackQuery"}
    counted = {refusal: change.of(CALLS, outcome=refusal, **answers) for refusal in REFUSALS}
    assert counted == dict.fromkeys(REFUSALS, 1)
    assert change.of(CALLS, method="sendMessage", outcome="ok") == 1
    assert change.of(CALLS, method="editMessageText", outcome="ok") == len(REFUSALS)


@on_sqlite
async def test_requests_to_suppliers_are_counted_by_action_and_outcome(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.default_timeline = completes(2)
    before = await metrics_of(shop.kiosk)
    await alice.buys_unseen()
    await shop.passes(seconds=4)
    shop.accplanet.faults.next("add", wire_faults.error_text("Out of stock", 200))
    await alice.buys_unseen()
    await shop.works()
    shop.accplanet.faults.next("add", wire_faults.throttle("60"))
    await alice.buys_unseen()
    await shop.works()
    await shop.sites["accplanet"].go_down()
    await shop.passes(minutes=2)

    change = Change(before, await metrics_of(shop.kiosk))
    for outcome in ("ok", "refused", "throttled"):
        assert change.of(REQUESTS, supplier="accplanet", action="add", outcome=outcome) == 1
    assert change.of(REQUESTS, supplier="accplanet", action="status", outcome="ok") >= 1
    assert change.of(REQUESTS, supplier="accplanet", action="balance", outcome="not_sent") >= 1
    assert change.of(REQUESTS, supplier="hstockplus", action="add") == 0


@on_sqlite
async def test_each_process_counts_its_own(shop: Shop, alice: Human) -> None:
    async with two_processes(shop) as (first, second):
        before = [await metrics_of(one) for one in (first, second)]
        await reach(((first, alice.person.sends("/start")),))
        after = [await metrics_of(one) for one in (first, second)]

    counted = [Change(*pair).of(UPDATES) for pair in zip(before, after, strict=True)]
    assert counted == [1, 0]
