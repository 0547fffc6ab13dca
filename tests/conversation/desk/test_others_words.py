"""Somebody else's words and captions under pictures: no command, no answer, always explained."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from bot.chat.kit.text_of import OwnCommand
from bot.money.ledger import Wallet
from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import completed_with_fewer, completes
from sandbox.telegram import Person
from tests.conversation.human import ALICE, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite

GROUP = -1000000000043
FULL = Wallet(free=usd("10"), held=usd("0"))
others = pytest.mark.parametrize("way", [Person.forwards, Person.sends_photo])
Way = Callable[[Person, str], object]
OF_OPERATORS = (
    *(f"/topup {ALICE} 7", f"/credit {ALICE} 7", f"/debit {ALICE} 7", f"/TOPUP {ALICE} 7"),
    *(f"/user {ALICE}", "/order 1", "/orders", "/orders open", "/suppliers", "/desk"),
)
OF_CUSTOMERS = (
    *("/start", "/catalog", "/numbers", "/orders", "/wallet", "/language", "/help"),
    *("/terms", "/privacy", "/support", "/paysupport", "/start s_1", "/WALLET"),
)


def _does(way: Way, words: str, who: Person) -> object:
    return way(who, words)


async def test_no_handler_obeys_any_other_kind_of_command(shop: Shop) -> None:
    routers = shop.kiosk.dispatcher.sub_routers
    handlers = [handler for router in routers for handler in router.message.handlers]
    obeyed = [one for handler in handlers for one in handler.flags.get("commands", ())]
    assert len(obeyed) > 10
    assert {type(one) for one in obeyed} == {OwnCommand}


@others
async def test_an_operators_command_in_others_words_moves_nothing_and_shows_nothing(
    shop: Shop, alice: Human, olga: Human, way: Way
) -> None:
    for command in (*OF_OPERATORS, *OF_CUSTOMERS):
        await olga.does(partial(_does, way, command))
        olga.sees_last("did not understand")
        assert await alice.wallet() == FULL
    await shop.works()

    assert await shop.acts_audited() == [(str(olga.id), "topup", f"customer:{ALICE}")]
    assert await shop.proof() == ()
    assert not shop.trouble()


@others
async def test_a_customers_command_in_others_words_is_not_understood(
    shop: Shop, alice: Human, way: Way
) -> None:
    for command in OF_CUSTOMERS:
        await alice.does(partial(_does, way, command))
        alice.sees_last("did not understand")
    assert not shop.trouble()


@others
async def test_a_command_in_others_words_keeps_what_is_to_be_typed_open(
    shop: Shop, alice: Human, way: Way
) -> None:
    for label in ("Catalog", "Social", "Aged account", "Buy"):
        await alice.taps(label)
    for command in ("/orders", "/start", "/nonsense"):
        await alice.does(partial(_does, way, command))
        alice.sees_last("How many?", "That is not a number.")
    await alice.sends("3")
    alice.sees_last("Please check your order", "× 3\n")
    assert not shop.trouble()


async def test_a_group_is_not_answered_to_a_command_in_others_words(
    shop: Shop, alice: Human
) -> None:
    alice.person.adds_bot_to_group(GROUP)
    await shop.hears()
    before = len(shop.telegram.chats[GROUP].bot_messages)
    update = alice.person.sends_in_group(GROUP, "/start@kiosk_demo_bot")
    update["message"]["forward_origin"] = alice.person.forwards("")["message"]["forward_origin"]
    await shop.hears()
    assert len(shop.telegram.chats[GROUP].bot_messages) == before

    alice.person.sends_in_group(GROUP, "/start@kiosk_demo_bot")
    await shop.hears()
    assert len(shop.telegram.chats[GROUP].bot_messages) == before + 1


# What an operator is asked to type.


THREE = ["ann:1", "ben:2", "cid:3"]
STRAYS: dict[str, Callable[[Person], object]] = {
    "a sticker": lambda who: who.sends_sticker(),
    "a picture": lambda who: who.sends_photo(),
    "a picture with a number": lambda who: who.sends_photo("2"),
    "a contact": lambda who: who.sends_contact(),
    "a forwarded number": lambda who: who.forwards("2"),
    "a forwarded command": lambda who: who.forwards("/orders"),
    "a picture with a command": lambda who: who.sends_photo("/orders"),
}


async def asked_for_an_id(shop: Shop, alice: Human, olga: Human) -> None:
    shop.accplanet.plan(completes(2), THREE)
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await alice.buys()
    await shop.works()
    await olga.taps("Attach id")


async def asked_for_a_part(shop: Shop, alice: Human, olga: Human) -> None:
    shop.accplanet.plan(completed_with_fewer(2), THREE)
    await alice.buys()
    await shop.leaps(8, seconds=20)
    await olga.taps("Partial")


Walk = Callable[[Shop, Human, Human], Awaitable[None]]


@pytest.mark.parametrize(
    "wanted",
    [
        (asked_for_an_id, "That cannot be an order number", "follows the supplier's order 2."),
        (asked_for_a_part, "It has to be a whole number from 1 to 2.", "2 of 3 delivered"),
    ],
)
async def test_what_an_operator_is_to_type_stays_open_and_is_explained(
    shop: Shop, alice: Human, olga: Human, wanted: tuple[Walk, str, str]
) -> None:
    walk, explained, shown = wanted
    await walk(shop, alice, olga)
    for stray in STRAYS.values():
        messages = len(olga.person.messages)
        await olga.does(stray)
        assert len(olga.person.messages) == messages
        olga.sees_last("Order #1", explained)
    await olga.sends("2")
    olga.sees_last(shown)
    assert olga.card.find_button("Yes: ")
    assert not shop.trouble()


@pytest.mark.parametrize("walk", [asked_for_an_id, asked_for_a_part])
async def test_an_operators_own_command_closes_what_is_to_be_typed(
    shop: Shop, alice: Human, olga: Human, walk: Walk
) -> None:
    await walk(shop, alice, olga)
    await olga.sends("/desk")
    await olga.sends("2")
    olga.sees_last("did not understand")
