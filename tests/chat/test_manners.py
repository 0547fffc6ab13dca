"""Old, foreign and forged taps, stray words, groups: always answered, never acted on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiogram import Router
from aiogram.types import Update

from bot.base.ids import RemoteId
from bot.people import customers
from sandbox.telegram import BLOCKED, Refuse, RetryAfter, ServerError
from tests.chat.samples import listed
from tests.clock import TurnableClock
from tests.human import Human
from tests.small_shop import SmallShop
from tests.stored_shop import ALICE


@pytest.mark.parametrize(
    "callback",
    [
        "buy:7",
        "y",
        "y:",
        "y:x",
        "y:-1",
        f"y:{10**40}",
        "s:",
        "k:1:2:zz",
        "::::",
        "zz",
        "q:1:1e9:0",
        "\u0661:1",
    ],
)
async def test_an_old_or_forged_button_is_out_of_date(alice: Human, callback: str) -> None:
    await alice.sends("/start")
    await alice.forges(callback)
    assert alice.toast == "This button is out of date."
    alice.sees("Welcome to Kiosk!")


@pytest.mark.parametrize("callback", ["y:99", "i:99:0", "u:99"])
async def test_what_is_not_ones_own_is_not_found(alice: Human, callback: str) -> None:
    await alice.sends("/start")
    await alice.forges(callback)
    alice.sees("Nothing was charged. We cannot find that")


async def test_a_tap_on_a_message_that_is_gone_opens_a_new_card(alice: Human) -> None:
    await alice.sends("/start")
    await alice.forges("c:0:0", 4_000)
    alice.sees("Catalog")


async def test_a_service_that_is_gone_says_so(alice: Human, shop: SmallShop) -> None:
    await alice.sends("/start s_1")
    await shop.sells(listed("Another", remote_id=RemoteId("2")))
    await alice.taps("Buy")
    alice.sees("This is no longer sold")
    alice.sees_button("Catalog")


async def test_whatever_is_sent_out_of_turn_gets_an_answer(alice: Human) -> None:
    person = alice.person
    await alice.brings(person.sends_sticker())
    for act in (person.sends_sticker, person.sends_photo, person.sends_contact):
        before, card = len(person.messages), alice.card.message_id
        await alice.brings(act())
        assert len(person.messages) == before  # the same card, below what was sent
        assert alice.card.message_id > card
        alice.sees("I did not understand that.")


async def test_an_edited_message_is_not_a_second_act(alice: Human) -> None:
    sent = alice.person.sends("/start")
    await alice.brings(sent)
    before = len(alice.person.messages)
    await alice.brings(alice.person.edits(sent["message"]["message_id"], "/wallet"))
    assert len(alice.person.messages) == before


async def test_a_group_is_pointed_to_the_private_chat(alice: Human, shop: SmallShop) -> None:
    world = shop.telegram
    world.group(-100)
    await alice.brings(alice.person.sends_in_group(-100, "/wallet@kiosk_demo_bot"))
    said = world.chats[-100].bot_messages[-1]
    assert "private chat" in said.text
    assert "Balance" not in said.text


async def test_commands_for_other_bots_are_left_alone(alice: Human, shop: SmallShop) -> None:
    world = shop.telegram
    world.can_read_all_group_messages = True
    world.group(-100)
    await alice.brings(alice.person.sends_in_group(-100, "/start@other_bot"))
    await alice.brings(alice.person.sends_in_group(-100, "/start"))
    await alice.brings(alice.person.sends_in_group(-100, "good morning"))
    assert not world.chats[-100].bot_messages


@pytest.mark.parametrize("fault", [BLOCKED, RetryAfter(5), ServerError()])
async def test_telegram_s_troubles_do_not_become_ours(
    alice: Human, shop: SmallShop, fault: Refuse | RetryAfter | ServerError
) -> None:
    await alice.sends("/start")
    shop.telegram.faults.next("editMessageText", fault)
    await alice.taps("Wallet")
    await alice.taps("Wallet")
    alice.sees("Balance: $50.00")


async def test_a_failure_before_the_customer_is_known_is_answered_too(
    alice: Human, shop: SmallShop, clock: TurnableClock
) -> None:
    await alice.sends("/start")
    clock.turn(timedelta(minutes=2))
    await shop.books.sql("ALTER TABLE customers RENAME TO lost")
    await alice.sends("/wallet")
    alice.sees("something went wrong.")
    await alice.forges("w:0")
    assert "something went wrong." in alice.toast


async def test_the_language_is_chosen_from_those_that_are_spoken(
    alice: Human, shop: SmallShop
) -> None:
    async def spoken() -> str:
        known = await shop.books.db.read(customers.find, ALICE)
        return "" if known is None else known.language

    await alice.sends("/language")
    await alice.forges("m:de")
    assert await spoken() == "de"
    await alice.forges("m:tlh")
    assert await spoken() == "de"


@pytest.mark.parametrize(
    "command",
    [
        "/catalog",
        "/orders",
        "/wallet",
        "/language",
        "/help",
        "/terms",
        "/privacy",
        "/support",
        "/paysupport",
        "/start c_1",
        "/start c_99",
        "/start nonsense",
    ],
)
async def test_every_command_answers_with_a_way_home(alice: Human, command: str) -> None:
    await alice.sends(command)
    assert alice.card.labels


async def test_all_buttons_within_reach_lead_somewhere(alice: Human) -> None:
    """Tap every button of every screen up to a depth, as a curious person would."""
    await alice.sends("/start")
    start = alice.card.message_id
    seen: set[str] = set()
    todo = ["h:0"]
    while todo:
        callback = todo.pop()
        await alice.forges(callback, start)
        fresh = {
            button.callback_data
            for message in alice.person.messages
            for row in message.keyboard
            for button in row
            if button.callback_data
        } - seen
        seen |= fresh
        todo.extend(sorted(one for one in fresh if len(seen) < 80))
    assert "out of date" not in " ".join(toast.text for toast in alice.person.toasts)


def walk(router: Router) -> list[Router]:
    return [router, *(one for below in router.sub_routers for one in walk(below))]


async def test_no_filter_is_run_in_a_thread(shop: SmallShop) -> None:
    for router in walk(shop.dispatcher):
        for observer in router.observers.values():
            for handler in observer.handlers:
                assert handler.awaitable
                for one in handler.filters or ():
                    assert one.awaitable, (router.name, one.callback)


async def test_no_router_waits_for_taps_that_never_come_to_it(shop: SmallShop) -> None:
    for router in walk(shop.dispatcher):
        assert not router.callback_query.handlers, router.name


async def test_updates_of_every_kind_pass_without_noise(shop: SmallShop) -> None:
    await shop.dispatcher.feed_update(shop.bot, Update(update_id=1))
    assert {"message", "callback_query"} <= set(shop.dispatcher.resolve_used_update_types())
