"""What was refused for certain goes to the next supplier of its tie, once; no doubt does."""

import pytest

from bot.catalog import standing
from bot.catalog.standins.decide import untie_service
from bot.orders import attempts, collect_evidence, decide, read
from bot.orders.order_details import find_details
from bot.orders.rules.moves import Outcome, Reason, State
from bot.orders.standins.rows import HandedOn
from bot.outbox.notices import SupplierCause
from tests.orders.standins.tied import FULL, HELD, THIRD, tied
from tests.stored_shop import ACC, ALICE, BY, HSTOCK, Books, usd


async def test_it_waits_in_the_other_queue_under_the_id_and_the_cost_of_there(rich: Books) -> None:
    alices = await tied(rich, "0.7")

    await alices.is_refused(ACC, Reason.OUT_OF_STOCK)

    assert await alices.row() == ("queued", HSTOCK, "h1", 700_000)
    assert await alices.left() == [(alices.services[0].id, Reason.OUT_OF_STOCK, 1)]
    assert await rich.wallet() == HELD
    view = await rich.order(alices.order)
    assert (view.service, view.service_name, view.total) == (
        alices.services[0].id,
        "Mail account",
        usd("1"),
    )
    assert await rich.accepts(await rich.sends(HSTOCK))
    details = await rich.db.read(find_details, alices.order)
    assert details is not None
    assert [one.outcome for one in details.attempts] == [Outcome.REFUSED, Outcome.ACCEPTED]
    assert details.bought == alices.services[1].id
    notes = [HandedOn.find(one.note) for one in details.events]
    assert HandedOn(Reason.OUT_OF_STOCK, ACC, HSTOCK, alices.services[1].listed.remote_id) in notes
    assert await rich.faults() == ()


async def test_each_is_tried_in_the_order_of_the_tie_and_once(rich: Books) -> None:
    alices = await tied(rich, "0.7", "0.6")

    for supplier in (ACC, HSTOCK, THIRD):
        assert (await alices.row())[:2] == ("queued", supplier)
        await alices.is_refused(supplier)

    assert await rich.state(alices.order) is State.FAILED
    assert await rich.wallet() == FULL
    assert [number for _, _, number in await alices.left()] == [1, 2]
    assert await rich.faults() == ()


async def test_one_that_does_not_fit_is_passed_over(rich: Books) -> None:
    alices = await tied(rich, "0.7", "0.6", least=2)

    await alices.is_refused(ACC)

    assert (await alices.row())[1] == THIRD


@pytest.mark.parametrize("rate", ["1", "1.01", "999"])
async def test_one_that_costs_what_was_paid_or_more_is_not_used(rich: Books, rate: str) -> None:
    alices = await tied(rich, rate)

    await alices.is_refused(ACC)

    assert await rich.state(alices.order) is State.FAILED
    assert await rich.wallet() == FULL


async def test_one_whose_supplier_is_paused_or_that_is_gone_or_old_is_not_used(
    rich: Books,
) -> None:
    alices = await tied(rich, "0.7")
    await rich.db.write(standing.pause, HSTOCK, SupplierCause.WALLET)
    await alices.is_refused(ACC)
    assert await rich.state(alices.order) is State.FAILED

    await rich.db.write(standing.resume, HSTOCK, SupplierCause.WALLET)
    second = await rich.buys(service=alices.services[0])
    await rich.sql("UPDATE services SET gone = 1 WHERE remote_id = 'h1'")
    await alices.is_refused(ACC)
    assert await rich.state(second) is State.FAILED

    await rich.sql("UPDATE services SET gone = 0")
    third = await rich.buys(service=alices.services[0])
    rich.wait(hours=7)
    await alices.is_refused(ACC)
    assert await rich.state(third) is State.FAILED
    assert await rich.wallet() == FULL


async def test_untied_meanwhile_it_is_not_handed_on(rich: Books) -> None:
    alices = await tied(rich, "0.7")
    await rich.db.write(untie_service, BY, alices.services[1].id)

    await alices.is_refused(ACC)

    assert await rich.state(alices.order) is State.FAILED


async def test_a_doubt_stays_whatever_a_second_attempt_is_told(rich: Books) -> None:
    alices = await tied(rich, "0.7")
    sent = await rich.sends()
    await rich.db.write(attempts.in_doubt, sent, Reason.ANSWER_LOST, "timeout")
    await rich.db.write(decide.send_again, rich.act(), alices.order)

    await alices.is_refused(ACC)

    assert (await alices.row())[:2] == ("in_doubt", ACC)
    assert await rich.wallet() == HELD


async def test_one_that_waited_in_a_copy_stays_where_it_may_have_been_sent(rich: Books) -> None:
    alices = await tied(rich, "0.7")
    await rich.sql("UPDATE orders SET restored_at = 1")
    claimed = await rich.claims()

    await rich.db.write(attempts.give_up, claimed, Reason.SUPPLIER_UNAVAILABLE)

    assert (await alices.row())[:2] == ("in_doubt", ACC)


async def test_what_waits_longer_than_it_may_is_given_up_as_its_customer_was_told(
    rich: Books,
) -> None:
    alices = await tied(rich, "0.7")

    await rich.db.write(attempts.give_up, await rich.claims(), Reason.PATIENCE_OVER)

    assert await rich.state(alices.order) is State.FAILED
    assert await rich.wallet() == FULL


async def test_one_cancelled_by_its_customer_is_not_handed_on(rich: Books) -> None:
    alices = await tied(rich, "0.7")

    await rich.db.write(read.cancel, ALICE, alices.order)

    assert await rich.state(alices.order) is State.FAILED
    assert await alices.left() == []


@pytest.mark.parametrize("reason", [Reason.SUPPLIER_UNAVAILABLE, Reason.SUPPLIER_GONE])
async def test_one_that_waits_is_handed_on_without_an_attempt(rich: Books, reason: Reason) -> None:
    alices = await tied(rich, "0.7")

    await rich.db.write(attempts.give_up, await rich.claims(), reason)

    assert (await alices.row())[:2] == ("queued", HSTOCK)
    assert await alices.left() == [(alices.services[0].id, reason, 0)]


async def test_an_empty_wallet_is_lifted_by_what_was_refused_there(rich: Books) -> None:
    alices = await tied(rich, "0.7")
    await alices.is_refused(ACC, Reason.SUPPLIER_UNAVAILABLE)

    assert await rich.db.read(attempts.refused_cost, ACC) == usd("0.9")
    assert await rich.db.read(attempts.refused_cost, HSTOCK) is None

    await rich.db.write(attempts.give_up, await rich.claims(HSTOCK), Reason.SUPPLIER_UNAVAILABLE)
    assert await rich.db.read(attempts.refused_cost, HSTOCK) is None
    assert await rich.db.read(attempts.refused_cost, ACC) == usd("0.9")


async def test_what_was_refused_elsewhere_explains_no_balance_of_the_other(rich: Books) -> None:
    alices = await tied(rich, "0.7")
    await alices.is_refused(ACC)
    sent = await rich.sends(HSTOCK)
    await rich.db.write(attempts.in_doubt, sent, Reason.ANSWER_LOST, "timeout")
    rich.wait(minutes=10)

    due = await rich.db.write(collect_evidence.claim_readings, HSTOCK)

    assert [(one.order, one.attempt) for one in due] == [(alices.order, 2)]
    assert await rich.db.read(collect_evidence.due_readings, ACC) == ()
