"""Requests for credit: decided once, by whoever comes first."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.money.taps import ApproveTopup, DenyTopup
from tests.clock import TurnableClock
from tests.conversation.human import BORIS, OLGA, OTTO, Human, person
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.shop import Shop
from tests.stored_shop import usd


@pytest.fixture
async def two_desks(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    async with open_shop(database_url, clock, stocked=True, admin_ids=f"{OLGA},{OTTO}") as opened:
        yield opened


@pytest.mark.parametrize("first", [True, False], ids=["approve first", "deny first"])
async def test_a_request_is_decided_once_by_whoever_comes_first(
    two_desks: Shop, *, first: bool
) -> None:
    shop = two_desks
    olga, otto = person(shop, OLGA, "Olga"), person(shop, OTTO, "Otto")
    boris = person(shop, BORIS, "Boris")
    for human in (olga, otto, boris):
        await human.sends("/start")
    await boris.sends("/wallet")
    await boris.taps("Top up")
    await boris.sends("20")
    await shop.works()
    olga.sees_last("Request for a top-up of $20.00", "Boris")
    otto.sees_last("Request for a top-up of $20.00", "Boris")
    approve, deny = ApproveTopup(request=1, version=1).pack(), DenyTopup(request=1).pack()
    mine, other = (approve, deny) if first else (deny, approve)
    await olga.forges(mine)
    for _ in range(5):
        otto.person.taps_raw(other, 3)
        otto.person.taps_raw(mine, otto.card.message_id)
    await shop.hears()
    await shop.works()

    decided = "Approved: the credit was given" if first else "Denied: nothing was given"
    olga.sees_last(decided)
    otto.sees(decided, f"Decided by {OLGA}.")
    assert (await boris.wallet()).free == usd("20" if first else "0")
    told = "$20.00 was added" if first else "your request for $20.00 was declined"
    assert boris.chat.count(told) == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_second_tap_on_approve_shows_what_the_first_one_did(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await boris.sends("/wallet")
    await boris.taps("Top up")
    await boris.sends("20")
    await shop.works()
    approve = olga.button("Approve")
    await olga.taps("Approve")
    await olga.sends("/topup @boris 5")
    await olga.forges(approve)

    olga.sees_last("Approved: the credit was given", "$0.00 → $20.00")
    await olga.taps("Undo")
    olga.sees_last("$20.00")
    assert (await boris.wallet()).free == usd("25")
    await olga.taps("Undo")
    await olga.forges(approve)
    olga.sees_last("Approved: the credit was given", "Undone.")
    assert olga.card.find_button("Undo") is None
    assert (await boris.wallet()).free == usd("5")


@on_sqlite
async def test_a_request_that_a_colleague_has_answered_has_no_buttons_left(
    two_desks: Shop,
) -> None:
    shop = two_desks
    olga, otto = person(shop, OLGA, "Olga"), person(shop, OTTO, "Otto")
    boris = person(shop, BORIS, "Boris")
    for human in (olga, otto, boris):
        await human.sends("/start")
    await boris.sends("/wallet")
    await boris.taps("Top up")
    await boris.sends("20")
    await shop.works()
    assert otto.card.find_button("Approve") is not None
    await olga.taps("Approve")
    await shop.works()

    otto.sees_last("Approved: the credit was given")
    assert otto.card.find_button("Approve") is None
