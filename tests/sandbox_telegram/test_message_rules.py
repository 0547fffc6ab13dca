"""Keyboards, edits, deletions and chats: what Telegram refuses, the sandbox refuses."""

from typing import Any

import aiohttp
import pytest

from sandbox.clock import TurnableClock
from sandbox.telegram import CannotDo, Limits, Person, TelegramWorld
from tests.sandbox_telegram.conftest import Api

BUTTON: dict[str, Any] = {"text": "Go", "callback_data": "go"}


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": ""}, "Text buttons are unallowed"),
        ({"text": "x", "callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "a", "url": "https://a.io"}, "BUTTON_TYPE_INVALID"),
        ({"text": " ", "callback_data": "a"}, "button text must be non-empty"),
        ({"text": "x", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "copy_text": {"text": "c" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "url": "ftp://a.io"}, "URL 'ftp://a.io' is invalid: Unsupported URL"),
        ({"text": "x", "url": "http://localhost:80/"}, "is invalid: Wrong HTTP URL"),
        ({"text": "x", "callback_data": "a", "style": "pink"}, "Invalid button style"),
        ("Go", "Object expected"),
    ],
)
async def test_a_button_that_does_not_work_is_refused(
    api: Api,
    alice: Person,
    button: Any,
    words: str,
) -> None:
    refusal = await api.refusal(
        "sendMessage",
        chat_id=7,
        text="x",
        reply_markup=keyboard([button]),
    )
    assert words in refusal
    assert alice.messages == ()


@pytest.mark.parametrize(
    "button",
    [
        {"text": "x", "callback_data": "я" * 32},
        {"text": "x", "copy_text": {"text": "c" * 256}},
        {"text": "x", "url": "tg://user?id=7"},
        {"text": "x", "url": "https://t.me/kiosk_demo_bot?start=s_5"},
        {"text": "x", "switch_inline_query_current_chat": ""},
    ],
)
async def test_a_button_at_the_limit_is_taken(
    api: Api,
    alice: Person,
    button: dict[str, Any],
) -> None:
    markup = keyboard([button])
    result = await api.result("sendMessage", chat_id=7, text="x", reply_markup=markup)
    assert result["reply_markup"] == markup
    assert len(alice.last_message.buttons) == 1


@pytest.mark.parametrize(
    "markup",
    [
        keyboard([BUTTON] * 9),
        keyboard(*[[BUTTON] * 8] * 13),
        keyboard(*[[{"text": "Я" * 90, "callback_data": "x" * 60}]] * 50),
    ],
)
async def test_a_keyboard_that_is_too_big_is_refused(
    api: Api,
    alice: Person,
    markup: dict[str, Any],
) -> None:
    refusal = await api.refusal("sendMessage", chat_id=7, text="x", reply_markup=markup)
    assert refusal == "Bad Request: reply markup is too long"
    assert alice.messages == ()


async def test_an_edit_must_change_something(api: Api, alice: Person) -> None:
    sent = await api.result("sendMessage", chat_id=7, text="x", reply_markup=keyboard([BUTTON]))
    same = {"chat_id": 7, "message_id": sent["message_id"], "reply_markup": keyboard([BUTTON])}

    refusal = await api.refusal("editMessageText", text="x ", **same)
    assert refusal.startswith("Bad Request: message is not modified: ")
    assert "message is not modified" in await api.refusal("editMessageReplyMarkup", **same)
    await api.result("editMessageText", text="<b>x</b>", parse_mode="HTML", **same)
    assert alice.last_message.edits == []
    assert alice.last_message.entities


async def test_only_own_messages_that_are_there_can_be_edited(api: Api, alice: Person) -> None:
    theirs = alice.sends("mine")["message"]["message_id"]
    own = (await api.result("sendMessage", chat_id=7, text="x"))["message_id"]
    await api.result("deleteMessage", chat_id=7, message_id=own)

    refusal = await api.refusal("editMessageText", chat_id=7, message_id=theirs, text="y")
    assert refusal == "Bad Request: message can't be edited"
    for missing in (own, 999):
        refusal = await api.refusal("editMessageText", chat_id=7, message_id=missing, text="y")
        assert refusal == "Bad Request: message to edit not found"
    refusal = await api.refusal("editMessageText", chat_id=7, text="y")
    assert refusal == "Bad Request: message identifier is not specified"


async def test_messages_younger_than_48_hours_can_be_deleted(
    api: Api,
    alice: Person,
    clock: TurnableClock,
) -> None:
    old = (await api.result("sendMessage", chat_id=7, text="x"))["message_id"]
    clock.advance(hours=48, seconds=1)
    young = alice.sends("mine")["message"]["message_id"]

    refusal = await api.refusal("deleteMessage", chat_id=7, message_id=old)
    assert refusal == "Bad Request: message can't be deleted for everyone"
    await api.result("deleteMessage", chat_id=7, message_id=young)
    refusal = await api.refusal("deleteMessage", chat_id=7, message_id=young)
    assert refusal == "Bad Request: message to delete not found"
    await api.result("editMessageText", chat_id=7, message_id=old, text="y")


async def test_the_bot_writes_only_to_those_who_let_it(api: Api, world: TelegramWorld) -> None:
    alice = world.person(7, "Alice")
    words = "Forbidden: bot can't initiate conversation with a user"
    assert await api.refusal("sendMessage", chat_id=7, text="x") == words
    alice.sends("hello")
    await api.result("sendMessage", chat_id=7, text="x")
    alice.blocks_bot()
    words = "Forbidden: bot was blocked by the user"
    assert await api.refusal("sendMessage", chat_id=7, text="x") == words
    alice.unblocks_bot()
    await api.result("sendMessage", chat_id="7", text="x")
    alice.is_deactivated = True
    words = "Forbidden: user is deactivated"
    assert await api.refusal("sendMessage", chat_id=7, text="x") == words


@pytest.mark.parametrize("chat_id", [8, "@nobody", -100])
async def test_an_unknown_chat_is_not_found(api: Api, chat_id: object) -> None:
    words = "Bad Request: chat not found"
    assert await api.refusal("sendMessage", chat_id=chat_id, text="x") == words


async def test_a_tap_is_answered_once_and_in_time(
    api: Api,
    alice: Person,
    clock: TurnableClock,
) -> None:
    await api.result("sendMessage", chat_id=7, text="x", reply_markup=keyboard([BUTTON]))
    words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    late = alice.taps("Go")["callback_query"]["id"]
    clock.advance(seconds=31)
    quick = alice.taps("go")["callback_query"]["id"]

    too_long = await api.refusal("answerCallbackQuery", callback_query_id=quick, text="x" * 201)
    assert too_long == "Bad Request: MESSAGE_TOO_LONG"
    await api.result("answerCallbackQuery", callback_query_id=quick, text="x" * 200)
    for query_id in (quick, late, "5"):
        assert await api.refusal("answerCallbackQuery", callback_query_id=query_id) == words
    assert alice.unanswered == (late,)


async def test_a_person_taps_only_what_they_see(api: Api, alice: Person) -> None:
    row: list[dict[str, Any]] = [
        BUTTON,
        {"text": "Off", "disabled": {}},
        {"text": "Site", "url": "https://a.io"},
    ]
    await api.result("sendMessage", chat_id=7, text="x", reply_markup=keyboard(row))

    for missing in ("Stop", "Off", "Site"):
        with pytest.raises(CannotDo):
            alice.taps(missing)
    assert alice.taps("Go")["callback_query"]["data"] == "go"


async def test_captions_files_and_their_names_have_limits(api: Api, alice: Person) -> None:
    words = "Bad Request: there is no document in the request"
    assert await api.refusal("sendDocument", chat_id=7) == words
    words = "Bad Request: wrong file identifier/HTTP URL specified"
    assert await api.refusal("sendDocument", chat_id=7, document="BQAC") == words
    words = "Bad Request: message caption is too long"
    assert await api.refusal("sendDocument", chat_id=7, caption="x" * 1025) == words
    words = "Bad Request: file must be non-empty"
    assert await _uploads(api, b"", "a.txt") == words
    assert await _uploads(api, b"x", "../../etc/a\u200bb.txt") == ""
    assert alice.last_message.document is not None
    assert alice.last_message.document.name == "ab.txt"


async def _uploads(api: Api, content: bytes, name: str) -> str:
    form = aiohttp.FormData({"chat_id": "7"}, quote_fields=False)
    form.add_field("document", content, filename=name)
    url = f"{api.url}/bot42:telegram-sandbox/sendDocument"
    async with api.session.post(url, data=form) as answer:
        return str((await answer.json()).get("description", ""))


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("setMyCommands", {"commands": [{"command": "Б", "description": "x"}]}, "COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "DESCRIPTION_INV"),
        ("setMyCommands", {"commands": [], "language_code": "zh-hans"}, "invalid language code"),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "x"}] * 101},
            "COMMANDS_TOO_MUCH",
        ),
        ("setMyDescription", {"description": "x" * 513}, "TOO_LONG"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "TOO_LONG"),
        ("setMyName", {"name": "x" * 65}, "BOT_TITLE_INVALID"),
        ("sendChatAction", {"chat_id": 7, "action": "dance"}, "wrong parameter action"),
        ("getFile", {"file_id": "x"}, "wrong file_id"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": "{"}, "can't parse reply"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": {"a": 1}}, "object expected"),
        (
            "sendMessage",
            {"chat_id": 7, "text": "x", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
        ),
    ],
)
async def test_other_limits_are_refused(
    api: Api,
    alice: Person,
    method: str,
    params: dict[str, Any],
    words: str,
) -> None:
    assert words in await api.refusal(method, **params)
    assert alice.messages == ()


async def test_a_method_that_does_not_exist_is_not_found(api: Api) -> None:
    assert await api.refusal("sendNothing") == "Not Found"
    assert (await api.result("GETME"))["id"] == 42


async def test_pacing_is_off_until_limits_are_set(
    api: Api,
    world: TelegramWorld,
    alice: Person,
    clock: TurnableClock,
) -> None:
    for _ in range(40):
        await api.result("sendMessage", chat_id=7, text="x")
    world.limits = Limits(per_chat_per_s=0.5, burst=2)
    await api.result("sendMessage", chat_id=7, text="x")
    await api.result("sendMessage", chat_id=7, text="x")

    reply = await api.calls("sendMessage", chat_id=7, text="x")

    assert reply["description"] == "Too Many Requests: retry after 2"
    assert reply["parameters"] == {"retry_after": 2}
    clock.advance(seconds=2)
    await api.result("sendMessage", chat_id=7, text="x")
    assert len(alice.messages) == 43


async def test_a_group_hears_only_what_is_meant_for_the_bot(
    api: Api,
    world: TelegramWorld,
    alice: Person,
) -> None:
    alice.sends_in_group(-100, "hello all")
    alice.sends_in_group(-100, "/start@other_bot")
    alice.sends_in_group(-100, "hey @kiosk_demo_bot")
    [update] = await api.result("getUpdates")
    assert update["message"]["text"] == "hey @kiosk_demo_bot"
    await api.result("sendMessage", chat_id=-100, text="x", reply_markup=keyboard([BUTTON]))
    assert alice.taps("Go", chat_id=-100)["callback_query"]["message"]["chat"]["id"] == -100
    alice.removes_bot_from_group(-100)
    words = "Forbidden: bot was kicked from the supergroup chat"
    assert await api.refusal("sendMessage", chat_id=-100, text="x") == words
    assert world.chats[-100].bot_messages[0].text == "x"
