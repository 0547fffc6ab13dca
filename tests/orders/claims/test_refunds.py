"""Money goes back once, never more than was paid, and the books still prove."""

import pytest

from bot.base.errors import RefundTooLarge, ShopClosed, TooLate
from bot.base.money import ZERO
from bot.money.ledger import TransferKind
from bot.money.wallet import wallet
from bot.orders.claims.remedy import refund_order, resend
from bot.orders.rules.claims import ClaimState
from bot.safety import safe_mode
from bot.safety.safe_mode import Restored
from tests.orders.claims.claiming import came, claim_of, claims, refunds, remedies_of, supports
from tests.stored_shop import ALICE, OLGA, Books, says, usd


async def test_the_named_pieces_are_refunded_and_the_claim_closes_by_itself(rich: Books) -> None:
    order = await came(rich)
    claim, free = await claims(rich, order, "1,3"), (await rich.wallet()).free

    assert await refunds(rich, claim) == usd("2")

    assert (await rich.wallet()).free == free + usd("2")
    view = await rich.order(order)
    assert (view.captured, view.refunded) == (usd("3"), usd("2"))
    assert (await claim_of(rich, claim)).state is ClaimState.MADE_GOOD
    [line] = await remedies_of(rich, order)
    assert (str(line.units), line.amount, line.by) == ("1,3", usd("2"), str(OLGA))
    moved = (await rich.db.read(wallet, ALICE)).lines[0]
    assert (moved.kind, moved.amount, moved.order) == (TransferKind.REFUND, usd("2"), order)
    assert (await rich.told(ALICE))[-1] == "remedied"
    assert await rich.faults() == ()


async def test_of_two_operators_on_one_button_the_first_wins(rich: Books) -> None:
    claim = await claims(rich, await came(rich), "1-3")
    await refunds(rich, claim, seen=0, units=1)

    with pytest.raises(TooLate):
        await refunds(rich, claim, seen=0, units=1)

    assert (await claim_of(rich, claim)).state is ClaimState.OPEN
    assert await refunds(rich, claim, seen=1) == usd("2")
    with pytest.raises(TooLate):
        await refunds(rich, claim, seen=2)
    assert await rich.faults() == ()


async def test_all_goes_back_also_beyond_what_was_named(rich: Books) -> None:
    order = await came(rich)
    claim = await claims(rich, order, "2")

    assert await refunds(rich, claim, all_left=True) == usd("3")

    assert (await claim_of(rich, claim)).state is ClaimState.MADE_GOOD
    assert (await rich.order(order)).refunded == usd("3")


async def test_each_refund_is_rounded_up_and_the_last_gets_what_is_left(rich: Books) -> None:
    claim = await claims(rich, await came(rich, 3, "1"))

    given = [await refunds(rich, claim, seen, units=1) for seen in range(3)]

    assert given == [usd("0.34"), usd("0.34"), usd("0.32")]
    assert await rich.faults() == ()


async def test_only_what_was_paid_for_a_part_goes_back(rich: Books) -> None:
    due = await rich.has_active(quantity=3, total="3")
    await rich.hears(due, says("Partial", "a", remains=2))
    claim = await claims(rich, due.order)

    assert await refunds(rich, claim, all_left=True) == usd("1")
    assert await rich.faults() == ()


async def test_an_order_under_way_has_nothing_to_give_back(rich: Books) -> None:
    due = await rich.has_active(quantity=3, total="3")
    claim = await claims(rich, due.order)

    with pytest.raises(TooLate):
        await refunds(rich, claim)
    assert (await rich.wallet()).held == usd("3")


async def test_support_gives_back_up_to_its_limit(rich: Books) -> None:
    await rich.has(ALICE, "200")
    order = await came(rich, 3, "150")
    susi = await supports(rich)
    claim = await claims(rich, order)

    with pytest.raises(RefundTooLarge):
        await refunds(rich, claim, units=2, act=susi)
    assert await refunds(rich, claim, units=1, act=susi) == usd("50")
    with pytest.raises(RefundTooLarge):
        await rich.db.write(refund_order, susi, order, 1, usd("51"), "sorry")


async def test_goodwill_is_given_for_a_reason_and_never_beyond_what_was_paid(rich: Books) -> None:
    order = await came(rich)
    await rich.db.write(refund_order, rich.act(), order, 0, usd("0.5"), "It came late")

    for amount in ("2.51", "0"):
        with pytest.raises(TooLate):
            await rich.db.write(refund_order, rich.act(), order, 1, usd(amount), "more")
    await rich.db.write(refund_order, rich.act(), order, 1, usd("2.5"), "all of it")

    assert (await rich.order(order)).refunded == usd("3")
    assert [one.reason for one in await remedies_of(rich, order)] == ["It came late", "all of it"]
    assert await rich.faults() == ()


async def test_goods_are_sent_again_once_a_tap(rich: Books) -> None:
    order = await came(rich)
    goods = (await rich.told(ALICE)).count("goods")

    assert await rich.db.write(resend, rich.act(), order, 0) == 1
    with pytest.raises(TooLate):
        await rich.db.write(resend, rich.act(), order, 0)
    await rich.db.write(resend, rich.act(), order, 1)

    assert (await rich.told(ALICE)).count("goods") == goods + 2
    assert (await rich.order(order)).refunded == ZERO


async def test_in_safe_mode_nothing_goes_back(rich: Books) -> None:
    claim = await claims(rich, await came(rich))
    await rich.db.write(safe_mode.switch_on, Restored(rich.now, rich.now))

    with pytest.raises(ShopClosed):
        await refunds(rich, claim)


async def test_the_proof_finds_a_refund_that_its_order_does_not_know(rich: Books) -> None:
    order = await came(rich)
    await refunds(rich, await claims(rich, order))
    await rich.sql("UPDATE orders SET refunded = 0")

    [found] = await rich.faults()
    assert f"order {order} ended with" in found


async def test_the_database_keeps_refunds_below_what_was_captured(rich: Books) -> None:
    order = await came(rich)

    with pytest.raises(Exception, match="no_negative_parts"):
        await rich.sql(f"UPDATE orders SET refunded = captured + 1 WHERE id = {order}")  # noqa: S608 - a number
