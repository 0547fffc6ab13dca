"""Every lie of a supplier, told again and again: the documented state, and one alert in all.

Source: suppliers' readings 4 to 6, 9 and 10. All orders of the table lie in one shop at once, so
that an alert too many of any of them is seen. "Order not found" takes longer: see the endings.
"""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import OPEN, Reason, State
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.timelines import (
    Stage,
    Timeline,
    canceled,
    completed_with_fewer,
    completed_with_more,
    last_stage_with,
    partial,
    says,
    steps,
    trouble,
)
from tests.clock import TurnableClock
from tests.conversation.crew import QUICK
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.services import account
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite

PERSON, SURPLUS = "An order needs a person", "more was delivered than ordered"


def at_work(**override: object) -> Timeline:
    return steps((0, Stage(status="In progress", override=override)))


def in_turns(every_s: int, *stages: Stage) -> Timeline:
    """One stage after the other, round and round."""
    return steps(*((nth * every_s, stages[nth % len(stages)]) for nth in range(40)))


def shown(status: str, *accounts: str) -> Stage:
    return Stage(status=status, override={"accounts": list(accounts)})


@dataclass(frozen=True)
class Lie:
    """What the supplier says of an order of three, and what must come of it.

    `alert` is in the one alert that names the order; `spelling` in one about words, not orders.
    """

    timeline: Timeline
    state: State = State.ACTIVE
    alert: str = ""
    reason: Reason | None = None
    spelling: str = ""


def parks(timeline: Timeline, reason: Reason) -> Lie:
    return Lie(timeline, State.ATTENTION, PERSON, reason)


LIES: Mapping[str, Lie] = {
    "charged ten times as much": Lie(at_work(charge="3.00"), alert="the supplier took 3 USD"),
    "charged more than there is": Lie(at_work(charge="1e17"), alert="the supplier took"),
    "charged in another currency": Lie(at_work(currency="EUR"), alert="the supplier took 0.3 EUR"),
    "charged a word": Lie(at_work(charge="abc")),
    "a status nobody knows": Lie(says("On hold", 0), spelling="On hold"),
    "a status that counts": Lie(
        in_turns(15, *(Stage(status=f"Step {nth} of 9") for nth in range(9))),
        spelling="Step 0 of 9",
    ),
    "no status": Lie(at_work(status=None)),
    "about another order": Lie(at_work(order="another")),
    "an error beside the status": Lie(at_work(error="Order found", status="Completed")),
    "back and forth": Lie(
        in_turns(20, shown("In progress", "a:1"), Stage(status="Pending"), shown("Active"))
    ),
    "done and not done": Lie(
        in_turns(45, Stage(status="Completed", delivered=3), Stage(status="In progress"))
    ),
    "fewer than ordered": parks(completed_with_fewer(2, 0), Reason.GOODS_MISSING),
    "none of the ordered": parks(
        steps((0, Stage(status="Completed", delivered=3))), Reason.GOODS_MISSING
    ),
    "partly, and more than is shown": parks(
        steps((0, Stage(status="Partial", delivered=2, shown=1))), Reason.GOODS_MISSING
    ),
    "partly, the rest below nothing": parks(
        last_stage_with(partial(2, 0), {"remains": -1}), Reason.BAD_REMAINS
    ),
    "partly, the rest a fraction": parks(
        last_stage_with(partial(2, 0), {"remains": "0.5"}), Reason.BAD_REMAINS
    ),
    "failed, without a word of money": parks(trouble(0, "REJECTED"), Reason.TROUBLE_STATUS),
    "more than ordered": Lie(completed_with_more(2, 0), State.COMPLETED, SURPLUS),
    "more and more": Lie(
        steps(*((15 * n, shown("In progress", *map(str, range(n)))) for n in range(20))),
        alert=SURPLUS,
    ),
    "canceled after goods": Lie(
        steps((0, shown("In progress", "a:1")), (30, canceled(0)(3)[-1].stage)),
        State.CANCELED,
        "was canceled by the supplier after goods",
    ),
}


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    """A supplier is spared after five failures in a row, as in real life."""
    wire = replace(QUICK, failures_to_open=5)
    async with open_shop(database_url, clock, wire=wire, stocked=True) as opened:
        yield opened


async def test_every_lie_about_an_order_ends_as_written_down_with_one_alert(
    shop: Shop, alice: Human, olga: Human
) -> None:
    for number, name in enumerate(LIES):
        shop.accplanet.put(account(20_000 + number, name, "0.10"))
    await shop.refreshes()
    for name, lie in LIES.items():
        shop.accplanet.plan(lie.timeline)
        await alice.buys_unseen(name)
    told = len(olga.person.messages)
    await shop.leaps(10, seconds=15)

    alerts = [message.text for message in olga.person.messages[told:]]
    for order, (name, lie) in enumerate(LIES.items(), 1):
        view = (await shop.details(order)).order
        assert (view.state, view.reason) == (lie.state, lie.reason), name
        mine = [text for text in alerts if re.search(rf"#{order}\b", text)]
        assert [lie.alert in text for text in mine] == [True] * bool(lie.alert), (name, mine)
        calls_a_person = lie.state is State.ATTENTION
        times = alice.times(f"went wrong with order #{order},")
        assert times == int(calls_a_person), name
    spelled = [text for text in alerts if "a status that I do not know" in text]
    wanted = [lie.spelling for lie in LIES.values() if lie.spelling]
    assert [word in text for word, text in zip(wanted, sorted(spelled), strict=True)] == [True] * 2
    assert len(alerts) == sum(bool(lie.alert or lie.spelling) for lie in LIES.values()), alerts
    held = usd("0.36").micros * sum(lie.state in OPEN for lie in LIES.values())
    assert (await alice.wallet()).held.micros == held
    assert not any("does not answer" in text for text in alerts)
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_one_order_that_is_only_ever_told_nonsense_of_takes_no_supplier_away(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.plan(at_work(status=None))
    await alice.buys_unseen()
    told = len(olga.person.messages)
    await shop.leaps(10, seconds=6)
    assert all(
        supplier.health.down_since is None for supplier in shop.kiosk.shop.suppliers.values()
    )
    await alice.buys_unseen()
    await shop.leaps(3, seconds=6)
    assert [await shop.state(order) for order in (1, 2)] == [State.ACTIVE, State.COMPLETED]

    await shop.passes(minutes=2)
    assert (await shop.details()).order.reason is Reason.UNREADABLE
    await shop.leaps(5, hours=5)
    assert ["needs a person" in text for text in _said_to(olga, told)] == [True]


async def test_an_id_that_is_ours_already_is_told_once_however_often_it_is_given(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.buys_unseen()
    await shop.works()
    ours = reply_faults.order_id((await shop.details()).remote_order)
    shop.accplanet.faults.always("add", ours)
    for _ in range(3):
        await alice.buys_unseen()
    told = len(olga.person.messages)
    await shop.leaps(4, minutes=5)

    alerts = [message.text for message in olga.person.messages[told:]]
    assert [f"#{order}" in text for order, text in zip((2, 3, 4), alerts, strict=True)] == [
        True
    ] * 3
    for order in (2, 3, 4):
        assert (await shop.details(order)).order.reason is Reason.ID_ALREADY_OURS
    assert shop.accplanet.adds_received == 4
    assert await shop.proof() == ()


PAID = Wallet(free=usd("9.64"), held=usd("0"))
UNREAD = ("🔴 Our balance at accplanet cannot be read.", "🟢 Our balance at accplanet can be read")
EUROS = ("🔴 accplanet counts in another currency", "🟢 accplanet counts in the shop's currency")
SHRANK = ("⚠️ The catalogue of accplanet has become", "🟢 The catalogue of accplanet is whole")
NONSENSE: Mapping[str, tuple[str, Fault, tuple[str, str], Reason | None]] = {
    "no number": ("balance", reply_faults.balance("NaN"), UNREAD, Reason.SUPPLIER_UNAVAILABLE),
    "no currency": ("balance", reply_faults.currency("$"), UNREAD, Reason.SUPPLIER_UNAVAILABLE),
    "only later": ("balance", wire_faults.throttle("3"), UNREAD, Reason.PATIENCE_OVER),
    "euros": ("balance", reply_faults.currency("EUR"), EUROS, Reason.SUPPLIER_UNAVAILABLE),
    "no services": ("services", reply_faults.empty_catalogue(), SHRANK, None),
}
"""What one action answers all the time, what is told of it, and why an order failed then."""


async def test_nonsense_about_the_supplier_itself_is_told_once_and_once_when_over(
    shop: Shop, alice: Human, olga: Human
) -> None:
    for order, (action, fault, (begun, over), why) in enumerate(NONSENSE.values(), 1):
        await alice.buys_unseen()
        shop.accplanet.faults.always(action, fault)
        told = len(olga.person.messages)
        await shop.leaps(5, minutes=5)
        view = (await shop.details(order)).order
        assert (view.state, view.reason) == (State.FAILED if why else State.COMPLETED, why)
        assert [text.startswith(begun) for text in _said_to(olga, told)] == [True], fault.name

        shop.accplanet.faults.clear()
        await shop.leaps(1, minutes=5)
        assert [text.startswith(over) for text in _said_to(olga, told + 1)] == [True], fault.name
    assert await alice.wallet() == PAID
    assert await shop.proof() == ()
    assert not shop.trouble()


def _said_to(human: Human, since: int) -> list[str]:
    return [message.text for message in human.person.messages[since:]]
