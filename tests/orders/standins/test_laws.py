"""Whatever suppliers answer, an order is accepted once at most, and below its price."""

from decimal import Decimal
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.base.ids import SupplierName
from bot.base.money import Money
from bot.catalog.rules import Service
from bot.catalog.standins.decide import tie_services
from bot.orders import attempts, submit
from bot.orders.kinds import Submission
from bot.orders.order_details import find_details
from bot.orders.rules.moves import HARMLESS, Outcome, State
from bot.orders.standins.rows import list_handovers
from tests.orders.test_attempts import ANSWERS
from tests.stored_shop import ACC, ALICE, BY, HSTOCK, HUNDRED, Books, listed, usd

SHOPS: Final = (ACC, HSTOCK, SupplierName("third"))
PRICE: Final = usd("1")
RATES: Final = st.decimals(min_value="0.01", max_value="1.5", places=2)
HEARD: Final = st.lists(st.sampled_from(sorted(ANSWERS)), min_size=3, max_size=9)
LONG: Final = 12
"""More turns than any order needs."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rates=st.tuples(RATES, RATES), heard=HEARD)
async def test_an_order_is_accepted_once_at_most_and_where_it_costs_less_than_it_brings(
    rich: Books, rates: tuple[Decimal, Decimal], heard: list[str]
) -> None:
    await rich.has(ALICE, "1")
    tied = await _tied(rich, rates)
    before = await rich.wallet()
    order = await rich.buys(service=tied[0], total="1")

    answers = iter(heard)
    for _turn in range(LONG):
        rich.wait(seconds=5)
        for supplier in SHOPS:
            sent = await _sends(rich, supplier)
            if sent is not None:
                await ANSWERS[next(answers, "refused")](rich, sent)

    details = await rich.db.read(find_details, order)
    assert details is not None
    left = await rich.db.read(list_handovers, order)
    accepted = [one for one in details.attempts if one.outcome is Outcome.ACCEPTED]
    assert len(accepted) == (details.order.state is State.ACTIVE)
    assert all(one.outcome in HARMLESS for one in details.attempts[:-1])
    assert len({one.service for one in left}) == len(left)
    assert details.supplier not in {one.supplier for one in left}
    assert not left or details.cost < PRICE
    paid = before.free - (await rich.wallet()).free
    assert paid == (Money(0) if details.order.state is State.FAILED else PRICE)
    assert await rich.faults() == ()


async def _tied(books: Books, rates: tuple[Decimal, ...]) -> list[Service]:
    """Three that list the same: the first at 0.90, the others at these rates."""
    costs = zip(SHOPS, (Decimal("0.9"), *rates), strict=True)
    services = [await books.stocks(listed(f"{name}1", rate=rate), name) for name, rate in costs]
    await books.db.write(tie_services, BY, [one.id for one in services])
    return services


async def _sends(books: Books, supplier: SupplierName) -> Submission | None:
    """The next order of a supplier has left; None where none waits."""
    claimed = await books.db.write(submit.claim, supplier)
    return None if claimed is None else await books.db.write(attempts.begin, claimed, HUNDRED)
