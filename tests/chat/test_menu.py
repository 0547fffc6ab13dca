"""Each command of Telegram's menu is answered, and each kind of order has its screens."""

from __future__ import annotations

from aiogram.methods import SetMyDescription
from aiogram.types import BotCommand

from bot.base.acts import Role
from bot.chat.home.menu import (
    customer_commands,
    description,
    list_desk_commands,
    menu_calls,
    operator_commands,
)
from bot.chat.kinds import CHAT_KINDS
from bot.suppliers.words import Kind
from tests.human import ALL_LOCALES, ENGLISH, Human
from tests.small_shop import SmallShop
from tests.stored_shop import OLGA

LOST = "I did not understand that."


async def answers(reader: Human, commands: list[BotCommand]) -> dict[str, str]:
    """What is shown for each."""
    shown = {}
    for command in commands:
        await reader.sends(f"/{command.command}")
        shown[command.command] = reader.card.text
    return shown


async def test_every_command_of_a_customers_menu_has_its_page(alice: Human) -> None:
    shown = await answers(alice, customer_commands(ENGLISH, numbers=True))
    assert [name for name, text in shown.items() if LOST in text] == []
    assert len(set(shown.values())) == len(shown)


async def test_every_command_of_the_desk_is_for_operators_alone(
    alice: Human, shop: SmallShop
) -> None:
    desk = operator_commands(ENGLISH, Role.OWNER, numbers=True)[
        : len(list_desk_commands(Role.OWNER))
    ]
    shared = [one for one in desk if one.command == "orders"]
    desk = [one for one in desk if one not in shared]
    olga = shop.person(OLGA, "Olga")
    assert LOST not in "".join((await answers(olga, desk)).values())
    assert set((await answers(alice, desk)).values()) == {alice.card.text}
    alice.sees(LOST)


def test_help_has_an_example_of_each_command_of_the_desk() -> None:
    for command in list_desk_commands(Role.OWNER):
        assert command.example.startswith(f"/{command.name}")


async def test_a_command_of_another_noun_ends_what_was_to_be_typed(alice: Human) -> None:
    await alice.sends("/numbers")
    await alice.sends("/orders")
    await alice.sends("WhatsApp")
    alice.sees("Nothing found for “WhatsApp”.")


def test_of_languages_with_the_same_letters_telegram_is_given_the_most_read() -> None:
    calls = list(menu_calls(ALL_LOCALES, "Kiosk", numbers=True))
    said = [one for one in calls if isinstance(one, SetMyDescription)]
    brazilian = [one.description for one in said if one.language_code == "pt"]
    assert brazilian == [description(ALL_LOCALES.of("pt-BR"), "Kiosk")]
    assert len({one.language_code for one in said}) == len(said)


def test_every_kind_of_order_has_its_screens() -> None:
    assert set(CHAT_KINDS) == set(Kind)
    assert all(CHAT_KINDS[kind].kind is kind for kind in Kind)
