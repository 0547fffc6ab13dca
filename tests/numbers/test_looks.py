"""What one look at a rented number writes down: its end, its phone, its codes and its charge."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.base.errors import NotYours
from bot.base.ids import OrderId, RemoteId
from bot.catalog import store
from bot.numbers import poll, settle
from bot.numbers.rows import DueNumber, list_codes, load_rental
from bot.numbers.rules import LATE_FOR, USUAL_LIFE
from bot.orders import order_details
from bot.orders.rules.moves import Reason, State
from bot.orders.views import RentalState, RentalView
from bot.outbox.notices import CodeArrived, SupplierAlert, SupplierCause
from bot.outbox.store import decode
from bot.safety import safe_mode
from bot.safety.safe_mode import Restored
from bot.suppliers.port import NumberAnswer
from bot.suppliers.words import Code
from tests.numbers.renting import CODE, phone_of, rents
from tests.orders.active import told
from tests.stored_shop import ALICE, HSTOCK, OLGA, Books
from tests.suppliers.fake_orders import number_says

SECOND = Code("222222", "Your code is 222222")
OPEN, SEEN = number_says("active"), number_says("code_received", "123456")
CALLED_OFF, OVER = number_says("cancelled"), number_says("expired")


async def looks_at(books: Books) -> DueNumber:
    """Alice's one number, claimed for a look a minute after the rent."""
    await rents(books)
    [due] = await books.db.write(poll.claim, HSTOCK, 5)
    books.wait(minutes=1)
    return due


async def sees(
    books: Books, due: DueNumber, answer: NumberAnswer, *codes: Code
) -> RentalState | None:
    return await books.db.write(settle.settle, due, answer, codes)


async def number(books: Books, due: DueNumber) -> RentalView:
    return await books.db.read(load_rental, ALICE, due.order)


async def looked_at_in(books: Books, order: OrderId) -> timedelta | None:
    """How long its next look is off; None where there is none."""
    [(due_us, now_us)] = await books.sql(
        f"SELECT due_at, {int(books.now.timestamp() * 1_000_000)} FROM rentals"  # noqa: S608 - a number
        f" WHERE order_id = {int(order)}"
    )
    return None if due_us is None else timedelta(microseconds=due_us - now_us)


async def edits(books: Books, order: OrderId) -> int:
    """How often the order's card was to be edited so far."""
    key = f"card:{int(order)}"
    rows = await books.sql(f"SELECT version FROM outbox WHERE dedup_key = '{key}'")  # noqa: S608 - a number
    return int(rows[0][0]) if rows else 0


async def test_a_look_at_a_closed_number_changes_nothing(rich: Books) -> None:
    due = await looks_at(rich)
    await sees(rich, due, SEEN, CODE)
    assert await sees(rich, due, CALLED_OFF) is RentalState.CLOSED
    cards = await edits(rich, due.order)

    assert await sees(rich, due, SEEN, SECOND) is None

    assert await rich.db.read(list_codes, ALICE, due.order) == (CODE,)
    assert await edits(rich, due.order) == cards


async def test_a_look_under_another_id_changes_nothing(rich: Books) -> None:
    due = await looks_at(rich)
    other = replace(due, remote=RemoteId("other"))

    assert await sees(rich, other, SEEN, CODE) is None

    assert await rich.state(due.order) is State.ACTIVE


async def test_a_look_in_safe_mode_changes_nothing(rich: Books) -> None:
    due = await looks_at(rich)
    await rich.db.write(safe_mode.switch_on, Restored(rich.now, rich.now))

    assert await sees(rich, due, SEEN, CODE) is None

    assert await rich.db.read(list_codes, ALICE, due.order) == ()


async def test_an_order_without_a_number_is_not_looked_at(rich: Books) -> None:
    due = await rich.has_active()
    with pytest.raises(NotYours):
        await sees(rich, DueNumber(due.order, due.remote, RentalState.WAITING, ALICE), OPEN)


@pytest.mark.parametrize(("has_zone", "is_believed"), [(True, True), (False, False)])
async def test_the_first_answer_says_when_a_number_ends_and_no_later_one_does(
    rich: Books, *, has_zone: bool, is_believed: bool
) -> None:
    due = await looks_at(rich)
    was = await number(rich, due)
    said = was.rented_at + timedelta(hours=2)
    cards = await edits(rich, due.order)

    assert await sees(rich, due, replace(OPEN, expires_at=said, has_zone=has_zone)) is (
        RentalState.WAITING
    )

    ends = said if is_believed else was.rented_at + USUAL_LIFE
    assert (await number(rich, due)).expires_at == ends
    assert (await edits(rich, due.order) > cards) is is_believed
    later = replace(OPEN, expires_at=said + timedelta(hours=1), has_zone=True)
    await sees(rich, due, later)
    assert (await number(rich, due)).expires_at == ends


async def test_a_look_that_tells_nothing_new_edits_no_card(rich: Books) -> None:
    due = await looks_at(rich)
    cards = await edits(rich, due.order)

    await sees(rich, due, OPEN)

    assert await edits(rich, due.order) == cards


async def test_a_phone_that_the_rent_did_not_bring_is_taken_from_the_first_look(
    rich: Books,
) -> None:
    due = await looks_at(rich)
    await rich.sql("UPDATE rentals SET phone = ''")
    cards = await edits(rich, due.order)

    await sees(rich, due, OPEN)
    assert (await number(rich, due)).phone == ""
    await sees(rich, due, replace(OPEN, phone="+15550000042"))

    assert (await number(rich, due)).phone == "+15550000042"
    assert await edits(rich, due.order) > cards
    assert "15550000042" not in str(await rich.sql("SELECT phone FROM rentals"))


async def test_a_phone_that_is_known_stays(rich: Books) -> None:
    due = await looks_at(rich)
    cards = await edits(rich, due.order)

    await sees(rich, due, replace(OPEN, phone="+15550000042"))

    assert (await number(rich, due)).phone == phone_of(due.order)
    assert await edits(rich, due.order) == cards


async def test_a_look_at_one_number_leaves_the_others_as_they_were(rich: Books) -> None:
    first, _ = await rents(rich, 2)
    due, other = await rich.db.write(poll.claim, HSTOCK, 5)
    assert due.order == first
    query = f"SELECT * FROM rentals WHERE order_id = {other.order}"  # noqa: S608 - a number
    was = await rich.sql(query)

    ends = rich.now + timedelta(hours=2)
    await sees(rich, due, replace(SEEN, expires_at=ends), CODE)

    assert await rich.sql(query) == was


async def test_codes_are_counted_from_the_first_one_on_and_delivered_one_by_one(
    rich: Books,
) -> None:
    due = await looks_at(rich)
    third = Code("333333", "Your code is 333333")
    assert await sees(rich, due, SEEN, CODE, SECOND) is RentalState.RECEIVED
    assert await sees(rich, due, number_says("code_received", "333333"), third) is (
        RentalState.RECEIVED
    )

    assert await rich.db.read(list_codes, ALICE, due.order) == (CODE, SECOND, third)
    assert (await number(rich, due)).codes == 3
    rows = await rich.sql(f"SELECT notice FROM outbox WHERE chat = {ALICE} ORDER BY id")  # noqa: S608 - a number
    arrived = [one for [text] in rows if isinstance(one := decode(text), CodeArrived)]
    assert arrived == [CodeArrived(due.order, batch) for batch in (1, 2, 3)]
    rows = await rich.sql("SELECT batch, count FROM goods ORDER BY batch")
    assert rows == [(1, 1), (2, 1), (3, 1)]


async def test_the_first_code_completes_the_order_and_tells_nothing_else(rich: Books) -> None:
    due = await looks_at(rich)

    await sees(rich, due, SEEN, CODE)

    order = await rich.order(due.order)
    assert (order.state, order.delivered, order.reason) == (State.COMPLETED, 1, None)
    assert (order.captured, order.released) == (order.total, order.total - order.total)
    assert await rich.told(ALICE) == ["credited", "code"]
    assert await looked_at_in(rich, due.order) == timedelta(seconds=4)


@pytest.mark.parametrize(
    ("answer", "minutes", "state"),
    [(CALLED_OFF, 0, RentalState.CANCELED), (OVER, 2, RentalState.EXPIRED)],
)
async def test_a_number_without_a_code_gives_the_money_back_once_and_looks_on(
    rich: Books, *, answer: NumberAnswer, minutes: int, state: RentalState
) -> None:
    due = await looks_at(rich)
    if minutes:  # an end that the supplier tells is waited for once more
        await sees(rich, due, answer)
        rich.wait(minutes=minutes)

    assert await sees(rich, due, answer) is state

    order = await rich.order(due.order)
    assert (order.state, order.reason) == (State.CANCELED, Reason.NO_CODE)
    assert (order.delivered, order.released) == (0, order.total)
    assert await rich.told(ALICE) == ["credited", "ended"]
    assert await looked_at_in(rich, due.order) == timedelta(seconds=15)

    rich.clock.turn(LATE_FOR - timedelta(seconds=1))
    assert await sees(rich, due, answer) is state
    rich.wait(seconds=1)
    assert await sees(rich, due, answer) is RentalState.CLOSED
    assert await looked_at_in(rich, due.order) is None
    assert await rich.told(ALICE) == ["credited", "ended"]
    assert await rich.faults() == ()


async def test_a_number_that_closes_has_its_card_edited(rich: Books) -> None:
    due = await looks_at(rich)
    await sees(rich, due, SEEN, CODE)
    cards = await edits(rich, due.order)

    assert await sees(rich, due, CALLED_OFF) is RentalState.CLOSED

    assert await edits(rich, due.order) > cards
    assert await looked_at_in(rich, due.order) is None
    assert await rich.told(ALICE) == ["credited", "code"]


async def test_what_is_said_and_charged_is_kept(rich: Books) -> None:
    due = await looks_at(rich)

    await sees(rich, due, replace(OPEN, charge=Decimal("0.7"), currency="EUR"))

    details = await rich.db.read(order_details.find_details, due.order)
    assert details is not None
    assert (details.charge, details.charge_currency) == (Decimal("0.7"), "EUR")
    assert await rich.sql("SELECT last_said FROM orders") == [("status: active",)]


@pytest.mark.parametrize("charge", ["0.9", "5"])
async def test_a_charge_is_compared_when_the_first_code_comes_and_not_before(
    rich: Books, charge: str
) -> None:
    due = await looks_at(rich)

    for answer, codes in ((number_says("in progress"), ()), (SEEN, (CODE,))):
        assert not (await rich.db.read(store.load)).services[0].paused
        said = replace(answer, charge=Decimal(charge), currency="USD")
        await sees(rich, due, said, *codes)

    assert (await rich.db.read(store.load)).services[0].paused is (charge == "5")


async def test_a_charge_that_is_told_after_the_code_is_compared_too(rich: Books) -> None:
    due = await looks_at(rich)
    await sees(rich, due, SEEN, CODE)

    await sees(rich, due, replace(SEEN, charge=Decimal(5), currency="USD"))

    assert (await rich.db.read(store.load)).services[0].paused


async def test_only_a_status_that_nobody_knows_is_told_to_operators(rich: Books) -> None:
    due = await looks_at(rich)

    await sees(rich, due, OPEN)
    assert await rich.told(OLGA) == []
    await sees(rich, due, number_says("on its way to the moon"))

    words = "on its way to the moon"
    assert await told(rich, OLGA) == [SupplierAlert(HSTOCK, SupplierCause.STATUS, words=words)]
