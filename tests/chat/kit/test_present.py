"""What is sent, and what Telegram's refusals become, over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters.callback_data import CallbackData

from bot.catalog.listing import Sort
from bot.chat.catalog.taps import OpenCategory
from bot.chat.home.taps import ChooseLanguage, OpenTopic, Topic
from bot.chat.kit.locale import Locale
from bot.chat.kit.present import Presenter, packed
from bot.chat.kit.richtext import Rich, bold
from bot.chat.kit.screen import Button, Document, Screen
from bot.chat.kit.taps import OpenHome
from bot.chat.kit.telegram.refusal import AskedToWait, Blocked, CannotEdit
from bot.chat.numbers.taps import OpenCountries
from sandbox.telegram import (
    BLOCKED,
    Garbage,
    LostAfter,
    Person,
    Refuse,
    RetryAfter,
    ServerError,
    TelegramWorld,
)
from tests.chat.samples import NOON
from tests.clock import TurnableClock
from tests.human import open_telegram

HELLO = Screen(
    bold("Hello") + " <b>&amp;",
    (
        (Button("Home", OpenHome(), style="primary"), Button("Copy", copy="abc")),
        (Button("Link", url="https://example.com"), Button("Share", share="text")),
    ),
)


@pytest.fixture
async def telegram(clock: TurnableClock) -> AsyncIterator[tuple[TelegramWorld, Bot]]:
    async with open_telegram(clock) as telegram:
        yield telegram


@pytest.fixture
def world(telegram: tuple[TelegramWorld, Bot]) -> TelegramWorld:
    return telegram[0]


@pytest.fixture
def presenter(telegram: tuple[TelegramWorld, Bot]) -> Presenter:
    return Presenter(telegram[1])


@pytest.fixture
def person(world: TelegramWorld) -> Person:
    person = world.person(7, "Alice")
    person.has_started = True
    return person


async def test_a_screen_arrives_as_it_is(presenter: Presenter, person: Person) -> None:
    sent = await presenter.show(7, HELLO)
    message = person.last_message
    assert message.message_id == sent
    assert message.text == "Hello <b>&amp;"
    assert message.entities == [{"type": "bold", "offset": 0, "length": 5}]
    first = message.keyboard[0][0]
    assert (first.text, first.callback_data) == ("Home", "h:0")


async def test_a_card_is_edited_in_place_and_the_same_again_is_fine(
    presenter: Presenter, person: Person
) -> None:
    card = await presenter.show(7, HELLO)
    other = Screen(Rich("Other"))
    assert await presenter.show(7, other, card) == card
    assert await presenter.show(7, other, card) == card
    assert [message.text for message in person.messages] == ["Other"]


async def test_a_card_that_is_gone_is_sent_anew(presenter: Presenter, person: Person) -> None:
    assert await presenter.show(7, HELLO, 999) == person.last_message.message_id
    with pytest.raises(CannotEdit):
        await presenter.edit(7, HELLO, 999)


async def test_a_document_goes_with_its_caption_and_is_never_edited_into_text(
    presenter: Presenter, person: Person
) -> None:
    file = Screen(bold("Goods"), (), Document("order-1.txt", b"a@x:1"))
    sent = await presenter.send(7, file)
    assert person.last_message.document is not None
    assert person.last_message.document.content == b"a@x:1"
    assert await presenter.show(7, HELLO, sent) != sent


async def test_a_time_is_shown_in_the_reader_s_own_zone(
    presenter: Presenter, person: Person, english: Locale
) -> None:
    await presenter.send(7, Screen(english.moment(NOON)))
    [entity] = person.last_message.entities
    assert (entity["type"], entity["unix_time"]) == ("date_time", int(NOON.timestamp()))
    assert "UTC" in person.last_message.text


@pytest.mark.parametrize(("ago", "form"), [(timedelta(minutes=5), "r"), (timedelta(days=2), "dt")])
def test_a_time_near_now_stays_relative_as_time_passes(
    english: Locale, ago: timedelta, form: str
) -> None:
    [entity] = english.recent(NOON - ago, NOON).entities
    assert dict(entity.more)["date_time_format"] == form


def test_an_end_near_now_says_when_and_how_long(english: Locale) -> None:
    end = english.until(NOON + timedelta(minutes=12), NOON)
    assert end.text.replace("\u202f", " ") == "12:12 PM UTC (in 12 minutes)"
    assert [dict(one.more)["date_time_format"] for one in end.entities] == ["t", "r"]
    assert english.duration(timedelta(minutes=10)) == "10 minutes"


@pytest.mark.parametrize(
    "fault",
    [
        BLOCKED,
        Refuse(403, "Forbidden: user is deactivated"),
        Refuse(403, "Forbidden: bot can't initiate conversation with a user"),
        Refuse(400, "Bad Request: chat not found"),
    ],
)
async def test_who_cannot_be_reached_is_blocked(
    presenter: Presenter, person: Person, world: TelegramWorld, fault: Refuse
) -> None:
    world.faults.next("sendMessage", fault)
    with pytest.raises(Blocked):
        await presenter.send(7, HELLO)


async def test_too_fast_says_how_long_to_wait(
    presenter: Presenter, person: Person, world: TelegramWorld
) -> None:
    world.faults.next("sendMessage", RetryAfter(17))
    with pytest.raises(AskedToWait) as refused:
        await presenter.send(7, HELLO)
    assert refused.value.wait == timedelta(seconds=17)


@pytest.mark.parametrize("fault", [ServerError(), ServerError(502, html=True), LostAfter()])
async def test_a_failing_telegram_is_tried_later(
    presenter: Presenter, person: Person, world: TelegramWorld, fault: ServerError | LostAfter
) -> None:
    world.faults.next("sendMessage", fault)
    with pytest.raises(AskedToWait):
        await presenter.send(7, HELLO)


async def test_our_own_mistakes_are_not_hidden(presenter: Presenter, person: Person) -> None:
    with pytest.raises(TelegramBadRequest):
        await presenter.send(7, Screen(Rich("")))


async def test_an_answer_that_comes_too_late_is_nobody_s_trouble(presenter: Presenter) -> None:
    await presenter.answer("12345", "too late", alert=True)


async def test_links_lead_to_the_private_chat(presenter: Presenter) -> None:
    assert await presenter.link("s_1") == "https://t.me/kiosk_demo_bot?start=s_1"
    assert await presenter.share("s_1", "A & B · $1") == (
        "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fkiosk_demo_bot%3Fstart%3Ds_1"
        "&text=A%20%26%20B%20%C2%B7%20%241"
    )


@pytest.mark.parametrize(
    "tap",
    [
        OpenHome(),
        OpenHome(new=True),
        OpenTopic(topic=Topic.TERMS),
        OpenCategory(category=2**63 - 1, sort=Sort.NAME, page=7),
        OpenCountries(project="telegram"),
        ChooseLanguage(code="pt-BR"),
    ],
)
def test_a_button_carries_what_its_tap_is_read_from(tap: CallbackData) -> None:
    assert packed(tap) == tap.pack()
    assert type(tap).unpack(packed(tap)) == tap


def test_a_tap_that_would_be_read_as_another_is_no_button() -> None:
    for code in ("a:b", "x" * 70):
        with pytest.raises(ValueError, match=r"can not be used|too long"):
            packed(ChooseLanguage.model_construct(code=code))


async def test_an_answer_without_a_message_is_no_answer(
    presenter: Presenter, world: TelegramWorld
) -> None:
    for body in ('{"ok":true}', '{"ok":true,"result":true}', '{"ok":true,"result":{}}', "{"):
        world.faults.next("sendMessage", Garbage(body))
        with pytest.raises(AskedToWait):
            await presenter.send(7, HELLO)
