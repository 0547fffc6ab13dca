"""What carrying a notice promises, whatever Telegram says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe

from bot.chat.letters import WORDED
from bot.chat.notifier import Notifier, growing_wait
from bot.domain.catalog import Kind
from bot.domain.ids import CustomerId, OrderId
from bot.domain.order import State
from bot.domain.rental import Code
from bot.shop import notices as said
from bot.shop.ports import Fate, Outgoing, Receipt
from tests.chat_desk.conftest import World
from tests.chat_desk.telegram import PretendSession
from tests.chat_desk.world import ALICE, NOW, OLGA, an_order, goods

BotApi = tuple[Any, PretendSession]


def row(notice: said.AnyNotice, chat: CustomerId = ALICE, tries: int = 0) -> Outgoing:
    return Outgoing(1, chat, notice, tries, 1, NOW)


def will_refuse(bot_api: BotApi, *refusals: Exception | None) -> None:
    bot_api[1].refusals.extend(refusals)


def bad_request(words: str) -> TelegramBadRequest:
    return TelegramBadRequest(method=GetMe(), message=f"Bad Request: {words}")


def test_every_notice_has_words() -> None:
    assert set(every_notice()) == WORDED


def every_notice(root: type[said.Notice] = said.Notice) -> Iterable[type[said.Notice]]:
    for kind in root.__subclasses__():
        yield kind
        yield from every_notice(kind)


async def test_goods_come_as_a_new_message_with_copy_buttons(
    notifier: Notifier, world: World, bot_api: BotApi
) -> None:
    world.orders.batches[1] = goods("alice@mail:pass", "bob@mail:pass")
    receipt = await notifier.carry(row(said.GoodsArrived(12, 1)))
    shown = bot_api[1].last
    assert receipt == Receipt(Fate.SENT, message=1)
    assert "Order #12" in shown.text
    assert "alice@mail:pass" in shown.text
    assert "📋 Copy 2" in shown.labels


async def test_many_goods_come_as_a_file_that_holds_all_of_them(
    notifier: Notifier, world: World, bot_api: BotApi
) -> None:
    accounts = [f"user{number}:pass" for number in range(1000)]
    world.orders.batches[1] = goods(*accounts)
    await notifier.carry(row(said.GoodsArrived(12, 1)))
    shown = bot_api[1].last
    assert shown.name == "order-12.txt"
    assert shown.file.decode().split() == accounts
    assert "Order #12" in shown.text


@pytest.mark.parametrize("account", [" padded ", "tab\tin", "nul\x00", "x" * 5000, ""])
async def test_goods_that_a_message_would_alter_come_as_a_file(
    notifier: Notifier, world: World, bot_api: BotApi, account: str
) -> None:
    world.orders.batches[1] = goods(account)
    await notifier.carry(row(said.GoodsArrived(12, 1)))
    assert bot_api[1].last.file.decode() == account + "\n"


async def test_refused_goods_are_sent_again_as_a_plain_file(
    notifier: Notifier, world: World, bot_api: BotApi
) -> None:
    world.orders.batches[1] = goods("alice@mail:pass")
    will_refuse(bot_api, bad_request("can't parse entities"))
    receipt = await notifier.carry(row(said.GoodsArrived(12, 1)))
    assert receipt.fate is Fate.SENT
    assert bot_api[1].last.file == b"alice@mail:pass\n"
    assert bot_api[1].last.keyboard is None


async def test_the_card_of_an_order_is_edited(
    notifier: Notifier, world: World, bot_api: BotApi
) -> None:
    receipt = await notifier.carry(row(said.OrderCard(12)))
    assert receipt == Receipt(Fate.SENT, message=500)
    assert "Order #12" in bot_api[1].messages[500].text


async def test_a_code_comes_as_a_new_message_with_a_copy_button(
    notifier: Notifier, world: World, bot_api: BotApi
) -> None:
    world.numbers.codes[1] = Code("4242", "Your code is 4242")
    receipt = await notifier.carry(row(said.CodeArrived(12, 1)))
    assert receipt == Receipt(Fate.SENT, message=1)
    assert "Your code is 4242" in bot_api[1].last.text
    assert "📋 Copy 4242" in bot_api[1].last.labels


async def test_a_refused_code_is_sent_again_as_a_plain_file(
    notifier: Notifier, world: World, bot_api: BotApi
) -> None:
    world.numbers.codes[1] = Code("4242", "Your code is 4242")
    will_refuse(bot_api, bad_request("can't parse entities"))
    assert (await notifier.carry(row(said.CodeArrived(12, 1)))).fate is Fate.SENT
    assert bot_api[1].last.file == b"4242\nYour code is 4242\n"


async def test_a_code_that_is_gone_is_not_sent(notifier: Notifier) -> None:
    assert (await notifier.carry(row(said.CodeArrived(12, 9)))).fate is Fate.DROPPED


async def test_a_number_that_has_no_card_yet_gets_one(
    notifier: Notifier, world: World, bot_api: BotApi
) -> None:
    world.orders.card, world.orders.order = None, replace(an_order(), kind=Kind.NUMBER)
    assert await notifier.carry(row(said.OrderCard(12))) == Receipt(Fate.SENT, message=1)
    assert await world.orders.card_of(OrderId(12)) == 1
    assert "Order #12" in bot_api[1].last.text


@pytest.mark.parametrize(
    "words",
    ["message to edit not found", "message can't be edited", "message is not modified: same"],
)
async def test_a_card_that_cannot_be_edited_is_settled(
    notifier: Notifier, bot_api: BotApi, words: str
) -> None:
    will_refuse(bot_api, bad_request(words))
    assert (await notifier.carry(row(said.OrderCard(12)))).fate is Fate.SENT


async def test_an_order_without_a_card_needs_no_edit(notifier: Notifier, world: World) -> None:
    world.orders.card = None
    assert await notifier.carry(row(said.OrderCard(12))) == Receipt(Fate.SENT)


@pytest.mark.parametrize(
    "refusal",
    [
        TelegramForbiddenError(GetMe(), "Forbidden: bot was blocked by the user"),
        TelegramForbiddenError(GetMe(), "Forbidden: user is deactivated"),
        bad_request("chat not found"),
    ],
)
async def test_a_person_who_is_gone_is_unreachable(
    notifier: Notifier, bot_api: BotApi, refusal: Exception
) -> None:
    will_refuse(bot_api, refusal)
    receipt = await notifier.carry(row(said.Debited(1, 2)))
    assert receipt.fate is Fate.UNREACHABLE


async def test_a_flood_waits_as_long_as_telegram_says(notifier: Notifier, bot_api: BotApi) -> None:
    will_refuse(bot_api, TelegramRetryAfter(GetMe(), "Too Many Requests", retry_after=31))
    receipt = await notifier.carry(row(said.Debited(1, 2), tries=9))
    assert (receipt.fate, receipt.wait) == (Fate.LATER, timedelta(seconds=31))


@pytest.mark.parametrize(
    "refusal",
    [
        TelegramServerError(GetMe(), "Bad Gateway"),
        TelegramNetworkError(GetMe(), "timeout"),
        TelegramUnauthorizedError(GetMe(), "Unauthorized"),
    ],
)
async def test_trouble_on_the_way_waits_longer_each_time(
    notifier: Notifier, bot_api: BotApi, refusal: TelegramAPIError
) -> None:
    will_refuse(bot_api, refusal, refusal)
    first = await notifier.carry(row(said.Debited(1, 2), tries=3))
    second = await notifier.carry(row(said.Debited(1, 2), tries=6))
    assert first.fate is second.fate is Fate.LATER
    assert first.wait == growing_wait(3) < second.wait


async def test_what_telegram_will_never_take_is_dropped_with_its_words(
    notifier: Notifier, bot_api: BotApi
) -> None:
    will_refuse(bot_api, bad_request("something new"))
    receipt = await notifier.carry(row(said.Debited(1, 2)))
    assert receipt.fate is Fate.DROPPED
    assert "something new" in receipt.why


@pytest.mark.parametrize(
    "notice",
    [
        said.GoodsArrived(99, 1),
        said.GoodsArrived(12, 9),
        said.OrderEnded(99),
        said.OrderEnded(12),
        said.OrderInDoubt(12),
        said.TopupAsked(5),
        said.DoubtAlert(99),
    ],
)
async def test_what_is_not_there_or_no_longer_so_is_dropped(
    notifier: Notifier, world: World, bot_api: BotApi, notice: said.AnyNotice
) -> None:
    world.orders.order = an_order(State.ACTIVE)
    assert (await notifier.carry(row(notice))).fate is Fate.DROPPED
    assert not bot_api[1].messages


async def test_nobody_is_told_about_somebody_elses_order(
    notifier: Notifier, world: World, bot_api: BotApi
) -> None:
    world.orders.batches[1] = goods("alice@mail:pass")
    receipt = await notifier.carry(row(said.GoodsArrived(12, 1), chat=OLGA))
    assert receipt.fate is Fate.DROPPED
    assert not bot_api[1].messages


async def test_the_words_are_in_the_readers_language(
    notifier: Notifier, world: World, bot_api: BotApi
) -> None:
    alice = world.customers.people[ALICE]
    world.customers.people[ALICE] = replace(alice, language="de")
    await notifier.carry(row(said.Debited(1_500_000, 2_000_000)))
    assert "1,50" in bot_api[1].last.text


async def test_an_end_says_first_what_happened_to_the_money(
    notifier: Notifier, world: World, bot_api: BotApi
) -> None:
    world.orders.order = an_order(State.FAILED, released=an_order().total)
    await notifier.carry(row(said.OrderEnded(12)))
    assert bot_api[1].last.text.startswith("💳 $3.00 is back in your balance.")


async def test_an_order_in_doubt_comes_to_operators_with_its_decisions(
    notifier: Notifier, bot_api: BotApi
) -> None:
    await notifier.carry(row(said.DoubtAlert(12), chat=OLGA))
    wanted = {"Attach id", "Not placed: refund", "Send again", "Write off"}
    assert wanted <= set(bot_api[1].last.labels)
