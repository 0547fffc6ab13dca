"""An act counts once by its key, which names where it came from: bot, chat and message."""

from datetime import UTC, datetime

import pytest
from aiogram import Bot
from aiogram.types import CallbackQuery, Chat, Message, Update, User

from bot.base.acts import Act, Role
from bot.base.errors import NotYours
from bot.base.ids import CustomerId
from bot.chat.dispatcher import FORMS
from bot.chat.kit.context import Context, act_of, key_of
from bot.chat.kit.forms import Forms
from bot.chat.kit.late_screens import LateScreens
from bot.chat.kit.present import Presenter
from bot.money import topup
from bot.people import customers
from tests.human import ENGLISH, TOKEN
from tests.stored_shop import ALICE, BOB, OLGA, Books, usd

NEW_TOKEN = "43:another-telegram"
"""What a shop has whose first bot was lost: its messages are counted from 1 again."""


async def writes(
    books: Books, number: int, *, who: CustomerId = OLGA, token: str = TOKEN, tapped: bool = False
) -> Act:
    """How somebody acts by the message of a number in their own chat, or by a button on it."""
    await books.meets(who)
    bot, customer = Bot(token), await books.db.read(customers.load_customer, who)
    chat = Chat(id=who, type="private")
    message = Message(message_id=number, date=datetime(2026, 3, 1, tzinfo=UTC), chat=chat)
    query = None
    if tapped:
        person = User(id=who, is_bot=False, first_name="Olga")
        query = CallbackQuery(id="1", from_user=person, chat_instance="1", message=message)
    update = Update(update_id=1, message=None if tapped else message, callback_query=query)
    screens = LateScreens(Presenter(bot), books.clock, lambda: None)
    forms = Forms(books.db, FORMS)
    return act_of(Context(customer, ENGLISH, screens, forms, key=key_of(update, bot.id)))


async def tops_up(books: Books, act: Act, amount: str = "5") -> bool:
    """Whether that was news."""
    return (await books.db.write(topup.top_up, act, ALICE, usd(amount))).fresh


async def test_a_message_that_comes_twice_tops_up_once(books: Books) -> None:
    await books.meets(ALICE)

    fresh = [await tops_up(books, await writes(books, 7)) for _ in range(2)]

    assert fresh == [True, False]
    assert (await books.wallet()).free == usd("5")
    assert await books.told(ALICE) == ["credited"]


async def test_two_messages_top_up_twice(books: Books) -> None:
    await books.meets(ALICE)

    assert [await tops_up(books, await writes(books, number)) for number in (7, 8)] == [True] * 2
    assert (await books.wallet()).free == usd("10")


async def test_a_new_bot_counts_its_messages_anew_and_collides_with_none_of_the_old(
    books: Books,
) -> None:
    await books.meets(ALICE)

    fresh = [
        await tops_up(books, await writes(books, 7, token=token), amount)
        for token, amount in ((TOKEN, "5"), (NEW_TOKEN, "3"))
    ]

    assert fresh == [True, True]
    assert (await books.wallet()).free == usd("8")


async def test_two_operators_whose_chats_count_alike_do_not_collide(books: Books) -> None:
    await books.meets(ALICE)
    await books.sql(f"INSERT INTO operators VALUES ({BOB}, 'owner', '{OLGA}', 1)")  # noqa: S608 - our own words

    fresh = [await tops_up(books, await writes(books, 7, who=who)) for who in (OLGA, BOB)]

    assert fresh == [True, True]


@pytest.mark.parametrize("tapped", [False, True])
async def test_an_act_names_who_in_which_role_and_by_what(books: Books, tapped: bool) -> None:
    act = await writes(books, 7, tapped=tapped)

    assert act == Act(OLGA, Role.OWNER, f"cmd:42:{OLGA}:7")
    assert act.actor == str(OLGA)


async def test_whoever_is_no_operator_cannot_even_ask(books: Books) -> None:
    with pytest.raises(NotYours):
        await writes(books, 7, who=ALICE)
