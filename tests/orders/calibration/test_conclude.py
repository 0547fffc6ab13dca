"""A calibration is placed once and concluded once, whoever freezes, falls or acts beside it."""

from decimal import Decimal

import pytest

from bot.base.acts import Act, Role
from bot.base.errors import NotAllowed, TooLate
from bot.base.ids import OrderId
from bot.catalog import standing
from bot.catalog.errors import NotForSale, SoldOut
from bot.catalog.rules import Service
from bot.db.tx import Tx
from bot.orders import attempts, collect_evidence
from bot.orders.calibration.conclude import (
    OpenCalibration,
    claim_calibration,
    note_balance_after,
    read_again,
)
from bot.orders.calibration.place import CalibrationAsked, dearest_cost, place_calibration
from bot.orders.calibration.read import CalibrationView, find_calibration
from bot.orders.calibration.tables import CalibrationState, UnclearReason
from bot.orders.rows import OrderRow, find_row
from bot.orders.rules.evidence import EvidenceReason, EvidenceVerdict
from bot.orders.rules.moves import Reason, State
from bot.outbox.notices import SupplierCause
from bot.people.roles import set_role
from bot.safety.leases import release_claims
from bot.suppliers.port import Balance
from tests.races import all_at_once
from tests.stored_shop import ACC, ALICE, BOB, BY, OLGA, Books, listed, says


def asks(service: Service, seen: int = 0) -> CalibrationAsked:
    most = dearest_cost(service.listed.rate, service.listed.least)
    return CalibrationAsked(service.id, service.kind, most, seen)


async def placed(books: Books) -> OrderId:
    """One calibration that the supplier took."""
    await books.meets(OLGA)
    order, _ = await books.db.write(place_calibration, BY, asks(await books.stocks()))
    assert await books.accepts(await books.sends())
    return order


async def charged(books: Books) -> OrderId:
    order = await placed(books)
    await books.hears(await books.polls_one(), says("In progress", charge="0.90"))
    books.wait(seconds=5)
    return order


async def claims(books: Books) -> OpenCalibration:
    held = await books.db.write(claim_calibration, ACC)
    assert held is not None
    return held


async def found(books: Books, order: OrderId) -> CalibrationView:
    view = await books.db.read(find_calibration, order)
    assert view is not None
    return view


def left(amount: str) -> Balance:
    return Balance(Decimal(amount), "USD")


async def test_a_confirmed_charge_is_concluded_once_and_told_once(books: Books) -> None:
    order = await charged(books)
    held = await claims(books)
    assert await books.db.write(note_balance_after, held, left("99.1"), books.now)
    again = await books.db.write(note_balance_after, held, left("99.1"), books.now)
    assert again is None
    seen = await found(books, order)
    assert (seen.state, seen.basis) == (CalibrationState.FOUND, 1)
    assert (await books.told(OLGA)).count("calibration") == 1
    assert await books.faults() == ()


async def test_taps_of_two_processes_place_one(books: Books) -> None:
    await books.meets(OLGA)
    service, other = await books.stocks(), await books.another()
    came = await all_at_once(
        *(
            (books, other)[turn % 2].db.write(place_calibration, BY, asks(service))
            for turn in range(6)
        )
    )
    orders = [one for one in came if not isinstance(one, BaseException)]
    assert len(orders) == len(came)
    assert len({order for order, _ in orders}) == 1
    assert sum(fresh for _, fresh in orders) == 1


async def test_another_waits_until_the_first_is_concluded(books: Books) -> None:
    await charged(books)
    service = await books.service("r1")
    with pytest.raises(TooLate):
        await books.db.write(place_calibration, BY, asks(service, seen=1))
    await books.db.write(note_balance_after, await claims(books), left("99.1"), books.now)
    _, fresh = await books.db.write(place_calibration, BY, asks(service, seen=1))
    assert fresh


async def test_a_cost_that_nobody_has_seen_is_not_spent(books: Books) -> None:
    await books.meets(OLGA)
    service = await books.stocks()
    await books.stocks(listed(rate=Decimal(9)))
    with pytest.raises(TooLate):
        await books.db.write(place_calibration, BY, asks(service))
    await books.stocks(listed(stock=0))
    with pytest.raises(SoldOut):
        await books.db.write(place_calibration, BY, asks(service))
    await books.stocks()
    await books.db.write(standing.pause, ACC, SupplierCause.KEY)
    with pytest.raises(NotForSale):
        await books.db.write(place_calibration, BY, asks(service))


@pytest.mark.parametrize("role", [Role.CASHIER, Role.SUPPORT, Role.VIEWER])
async def test_only_an_owner_spends_the_shops_money(books: Books, role: Role) -> None:
    await books.meets(BOB)
    await books.db.write(set_role, BY, BOB, role)
    service = await books.stocks()
    with pytest.raises(NotAllowed):
        await books.db.write(place_calibration, Act(BOB, role), asks(service))


async def test_a_process_that_froze_over_its_reading_writes_nothing(books: Books) -> None:
    order = await charged(books)
    frozen = await claims(books)
    books.wait(seconds=31)
    awake = await claims(books)
    assert await books.db.write(note_balance_after, frozen, left("1"), books.now) is None
    await books.db.write(read_again, frozen, books.now - books.now)
    assert await books.db.write(note_balance_after, awake, left("99.1"), books.now)
    assert (await found(books, order)).state is CalibrationState.FOUND


async def test_what_a_process_that_is_gone_had_claimed_is_due_at_once(books: Books) -> None:
    await charged(books)
    gone = await claims(books)
    assert await books.db.write(claim_calibration, ACC) is None
    await books.db.write(release_claims, books.db.settings.replica)
    assert await books.db.write(claim_calibration, ACC) is not None
    assert await books.db.write(note_balance_after, gone, left("99.1"), books.now) is None


async def test_an_order_beside_it_makes_it_unclear(books: Books) -> None:
    await books.has(ALICE, "10")
    order = await charged(books)
    await books.buys()
    await books.sends()
    held = await claims(books)
    await books.db.write(note_balance_after, held, left("99.1"), books.now)
    assert (await found(books, order)).why is UnclearReason.OTHERS_MOVED


async def test_a_doubt_from_before_makes_it_unclear(books: Books) -> None:
    await books.has(ALICE, "10")
    await books.in_doubt()
    books.wait(minutes=10)
    order = await charged(books)
    await books.db.write(note_balance_after, await claims(books), left("99.1"), books.now)
    assert (await found(books, order)).why is UnclearReason.OTHERS_MOVED


async def test_nothing_is_read_before_there_is_a_charge(books: Books) -> None:
    order = await placed(books)
    assert await books.db.write(claim_calibration, ACC) is None
    books.wait(minutes=11)
    await books.db.write(note_balance_after, await claims(books), left("99.1"), books.now)
    assert (await found(books, order)).why is UnclearReason.NO_CHARGE


async def test_one_in_doubt_stays_open_until_it_is_decided(books: Books) -> None:
    await books.meets(OLGA)
    order, _ = await books.db.write(place_calibration, BY, asks(await books.stocks()))
    sent = await books.sends()
    await books.db.write(attempts.in_doubt, sent, Reason.ANSWER_LOST, "timeout")
    books.wait(minutes=20)
    assert await books.db.write(claim_calibration, ACC) is None
    assert await books.state(order) is State.IN_DOUBT
    assert (await found(books, order)).state is CalibrationState.OPEN


async def test_what_it_takes_proves_nothing_about_a_doubt_beside_it(books: Books) -> None:
    """Its cost is a guess, so that no order in doubt is refunded by it."""
    await books.has(ALICE, "10")
    doubt = await books.in_doubt()
    books.wait(seconds=5)
    await placed(books)
    books.wait(minutes=3)
    for one in await books.db.write(collect_evidence.claim_readings, ACC):
        await books.db.write(collect_evidence.note_reading, one, left("99.1"))
    row = await books.db.read(_row, doubt.order)
    evidence = await books.db.read(collect_evidence.find, row)
    assert evidence is not None
    assert evidence.reason is EvidenceReason.OTHERS_UNKNOWN


def _row(tx: Tx, order: OrderId) -> OrderRow:
    row = find_row(tx, order)
    assert row is not None
    return row


async def test_an_order_that_was_on_its_way_before_makes_it_unclear(books: Books) -> None:
    """Another process had sent it just before our balance was read."""
    await books.has(ALICE, "10")
    await books.buys()
    before = await books.sends()
    await books.sql("UPDATE orders SET submitting_at = submitting_at - 600000000")
    books.wait(seconds=1)
    await books.meets(OLGA)
    order, _ = await books.db.write(place_calibration, BY, asks(await books.service("r1")))
    sent = await books.sends()
    books.wait(seconds=1)
    await books.accepts(before)
    await books.accepts(sent)
    for _turn in range(2):
        due = await books.polls_one()
        await books.hears(due, says("In progress", charge="0.90"))
    books.wait(seconds=5)
    await books.db.write(note_balance_after, await claims(books), left("99.1"), books.now)
    assert (await found(books, order)).why is UnclearReason.OTHERS_MOVED


@pytest.mark.parametrize("after", ["99.1", "99.9991"])
async def test_in_doubt_any_fall_may_be_its_charge(books: Books, after: str) -> None:
    """Nobody knows its cost, so that a small one is not called none."""
    await books.meets(OLGA)
    await books.db.write(place_calibration, BY, asks(await books.stocks()))
    sent = await books.sends()
    await books.db.write(attempts.in_doubt, sent, Reason.ANSWER_LOST, "timeout")
    books.wait(minutes=3)
    for one in await books.db.write(collect_evidence.claim_readings, ACC):
        await books.db.write(collect_evidence.note_reading, one, left(after))
    evidence = await books.db.read(collect_evidence.find, await books.db.read(_row, sent.order))
    assert evidence is not None
    assert evidence.verdict is EvidenceVerdict.INCONCLUSIVE
