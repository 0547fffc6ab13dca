"""What a tap or a typed word shows is never lost: it comes as soon as Telegram takes it."""

import asyncio
from datetime import timedelta

import pytest

from bot.chat.orders.taps import ShowGoods
from sandbox.telegram.faults import BLOCKED, Fault, LostAfter, LostBefore, RetryAfter, ServerError
from tests.conversation.human import ALICE, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

pytestmark = on_sqlite
TROUBLES: dict[str, Fault] = {
    "too fast": RetryAfter(1),
    "500": ServerError(),
    "a page": ServerError(502, html=True),
    "lost on the way there": LostBefore(),
    "lost on the way back": LostAfter(),
}
WELCOME = "Welcome to Kiosk!"


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_screen_that_was_refused_once_is_shown_within_two_seconds(
    shop: Shop, alice: Human, trouble: str
) -> None:
    await alice.sends("/wallet")
    shop.telegram.faults.next("editMessageText", TROUBLES[trouble], chat_id=ALICE)
    await alice.taps("Home")
    await shop.passes(seconds=2)
    alice.sees_last(WELCOME)

    shop.telegram.faults.next("sendMessage", TROUBLES[trouble], chat_id=ALICE)
    await alice.sends("/wallet")
    await shop.passes(seconds=2)
    alice.sees_last("Balance")


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_screen_that_is_refused_again_and_again_is_shown_in_the_end(
    shop: Shop, alice: Human, trouble: str
) -> None:
    await alice.sends("/wallet")
    for _ in range(5):
        shop.telegram.faults.next("editMessageText", TROUBLES[trouble], chat_id=ALICE)
    await alice.taps("Home")
    await shop.passes(minutes=1)

    alice.sees_last(WELCOME)


async def test_a_chat_that_has_to_wait_is_not_asked_and_then_sees_its_newest_screen(
    shop: Shop, alice: Human, boris: Human
) -> None:
    await alice.sends("/wallet")
    home, top_up = alice.button("Home"), alice.button("Top up")
    shop.telegram.faults.next("editMessageText", RetryAfter(30), chat_id=ALICE)
    await alice.taps("Home")
    before = len(_shown(shop))
    for tap in (top_up, home, top_up, home, top_up):
        await alice.forges(tap)
    await boris.sends("/wallet")
    await boris.taps("Home")
    await shop.passes(seconds=29)
    assert len(_shown(shop)) == before + 2  # both of them are for Boris
    boris.sees_last(WELCOME)

    await shop.passes(seconds=2)
    alice.sees_last("Pay Olga at the counter.")
    assert len(_shown(shop)) == before + 3


async def test_a_flood_of_words_costs_its_own_chat_only(
    shop: Shop, alice: Human, boris: Human
) -> None:
    shop.telegram.faults.keep("sendMessage", RetryAfter(5), chat_id=ALICE)
    before = len(_shown(shop))
    for number in range(40):
        alice.person.sends(f"what {number}?")
    boris.person.sends("/wallet")
    await shop.hears()
    assert len(_shown(shop)) <= before + 41
    boris.sees_last("Balance")
    again = len(_shown(shop))
    for number in range(40):
        alice.person.sends(f"and {number}?")
    await shop.hears()
    assert len(_shown(shop)) == again
    shop.telegram.faults.clear()
    await shop.passes(seconds=6)
    assert len(_shown(shop)) == again + 1


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_words_over_a_screen_that_telegram_does_not_show_come_as_a_message(
    shop: Shop, alice: Human, trouble: str
) -> None:
    await alice.buys()
    told = "There are no goods to show: none have come yet, or they are no longer kept."
    shop.telegram.faults.next("answerCallbackQuery", TROUBLES[trouble])
    await alice.forges(ShowGoods(order=1).pack())
    await shop.passes(seconds=2)

    assert alice.toast == told or alice.times(told) == 1


async def test_a_clock_that_is_set_back_keeps_nobody_waiting(shop: Shop, alice: Human) -> None:
    await alice.sends("/wallet")
    shop.telegram.faults.next("editMessageText", RetryAfter(30), chat_id=ALICE)
    await alice.taps("Home")
    shop.clock.turn(-timedelta(hours=1))
    await shop.looks()

    alice.sees_last(WELCOME)


async def test_who_has_left_meanwhile_is_asked_no_more(shop: Shop, alice: Human) -> None:
    await alice.sends("/wallet")
    shop.telegram.faults.next("editMessageText", ServerError(), chat_id=ALICE)
    await alice.taps("Home")
    shop.telegram.faults.next("editMessageText", BLOCKED, chat_id=ALICE)
    await shop.passes(seconds=2)
    before = len(_shown(shop))
    await shop.passes(minutes=5)

    assert len(_shown(shop)) == before


async def test_a_chat_that_hangs_holds_up_no_other(shop: Shop, alice: Human, boris: Human) -> None:
    people = (alice, boris)
    for human in people:
        await human.sends("/wallet")
        shop.telegram.faults.next("editMessageText", ServerError(), chat_id=human.id)
    async with asyncio.TaskGroup() as tasks:
        for human in people:
            tasks.create_task(human.taps("Home"))
    shop.telegram.faults.next("editMessageText", RetryAfter(300), chat_id=ALICE)
    await shop.passes(seconds=2)

    boris.sees_last(WELCOME)
    assert WELCOME not in alice.card.text


def _shown(shop: Shop) -> list[str]:
    """Every call that would show something to somebody."""
    shows = {"sendMessage", "editMessageText"}
    return [call.method for call in shop.telegram.calls if call.method in shows]
