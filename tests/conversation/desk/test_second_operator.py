"""Credit beyond what one operator may give a day: asked for, agreed to or refused, in the chat."""

from collections.abc import AsyncIterator

import pytest

from tests.clock import TurnableClock
from tests.conversation.desk.asking import asks
from tests.conversation.desk.test_roles import becomes
from tests.conversation.human import BORIS, OLGA, OTTO, Human, person
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite
Desk = tuple[Human, Human, Human]


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    admins = f"{OLGA},{OTTO}"
    async with open_shop(
        database_url, clock, stocked=True, admin_ids=admins, second_operator_above="100"
    ) as opened:
        yield opened


@pytest.fixture
async def desk(shop: Shop) -> Desk:
    """Olga and Otto at the desk, and Boris, who wants credit."""
    everybody = (
        person(shop, OLGA, "Olga"),
        person(shop, OTTO, "Otto"),
        person(shop, BORIS, "Boris"),
    )
    for human in everybody:
        await human.sends("/start")
    return everybody


async def test_a_command_waits_until_another_operator_agrees(shop: Shop, desk: Desk) -> None:
    olga, otto, boris = desk
    await olga.sends("/topup @boris 150 a big one")
    olga.sees_last(
        "One operator may give $100.00 a day",
        "$150.00 of credit needs a second operator.",
        "For: 12 · @boris · “Boris”",
        "Given by: 99 · @olga · “Olga”",
    )
    assert olga.card.find_button("Agree") is None
    await shop.works()
    otto.sees_last("$150.00 of credit needs a second operator.", "Note: a big one")
    assert (await boris.wallet()).free == usd("0")

    agree, card = otto.button("Agree"), otto.card.message_id
    await boris.forges(agree, boris.card.message_id)
    await olga.forges(agree)
    olga.sees_last("Another operator has to agree to this.")
    for _ in range(5):
        otto.person.taps_raw(agree, card)
    await shop.hears()
    await shop.works()
    otto.sees_last("Agreed: the credit was given.", f"Decided by {OTTO}.")
    olga.sees_last("Agreed: the credit was given.")
    boris.sees_last("$150.00 was added to your balance.", "Note: a big one")
    assert (await boris.wallet()).free == usd("150")
    await olga.sends("/log")
    olga.sees_last("asked for a second operator", "agreed to credit that another operator gives")
    olga.sees_last("$0.00 → $150.00")
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_what_is_refused_or_taken_back_gives_nothing(shop: Shop, desk: Desk) -> None:
    olga, otto, boris = desk
    await olga.sends("/topup @boris 150")
    await shop.works()
    await otto.taps("Refuse")
    otto.sees_last("Refused: nothing was given.")
    await shop.works()
    olga.sees_last("Refused: nothing was given.", f"Decided by {OTTO}.")

    await olga.sends("/topup @boris 160")
    await shop.works()
    agree = otto.button("Agree")
    await olga.taps("Take back")
    olga.sees_last("Taken back: nothing was given here.")
    await shop.works()
    otto.sees_last("Taken back: nothing was given here.")
    assert otto.card.find_button("Agree") is None
    await otto.forges(agree)
    assert (await boris.wallet()).free == usd("0")
    await otto.sends("/requests")
    assert otto.card.find_button("Second operator") is None
    await otto.forges("jq:0")
    otto.sees_last("No credit waits for a second operator.")
    for amount in (170, 180):
        await olga.sends(f"/topup @boris {amount}")
    await otto.sends("/requests")
    await otto.taps("Second operator · 2")
    otto.sees_last("$170.00")
    await otto.taps("▶")
    otto.sees_last("$180.00")
    assert not shop.trouble()


async def test_a_request_that_is_much_for_one_is_approved_by_two(shop: Shop, desk: Desk) -> None:
    olga, otto, boris = desk
    await asks(boris, "150")
    await shop.works()
    await olga.taps("Approve")
    olga.sees_last("Nothing was given yet", "Waits for a second operator.")
    await shop.works()
    otto.sees_last("$150.00 of credit needs a second operator.")
    await otto.sends("/requests")
    await otto.taps("Second operator · 1")
    await otto.taps("To the request")
    otto.sees_last("Request for a top-up of $150.00", "Waits for a second operator.")
    await otto.taps("Second operator")
    await otto.taps("Agree")
    await shop.works()
    assert (await boris.wallet()).free == usd("150")
    await olga.sends("/requests")
    olga.sees_last("No requests are waiting.")
    boris.sees_last("$150.00 was added to your balance.")
    assert not shop.trouble()


async def test_who_may_agree_is_reminded_once_under_what_was_asked(shop: Shop, desk: Desk) -> None:
    waits = "This request has been waiting for 15 minutes."
    olga, otto, boris = desk
    await becomes(olga, BORIS, "viewer")
    await olga.sends("/topup @boris 150")
    await shop.works()
    asked = otto.card.message_id
    await shop.passes(minutes=16)
    otto.sees_last(waits, "$150.00 of credit needs a second operator.")
    assert otto.card.reply_to == asked
    await shop.passes(minutes=40)
    assert otto.chat.count(waits) == 1
    for other in (olga, boris):
        other.sees_nothing_of(waits)
    await otto.taps("Agree", asked)
    await shop.works()
    otto.sees_nothing_of(waits)
    otto.sees_last("Agreed: the credit was given.")
    assert not shop.trouble()
