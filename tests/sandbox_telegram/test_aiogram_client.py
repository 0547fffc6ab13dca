"""Everything the sandbox answers is understood by the client the bot is built on."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CopyTextButton,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    MessageEntity,
    ReplyParameters,
    TelegramObject,
)
from aiogram.types.disabled_button import DisabledButton

from sandbox.telegram import (
    Person,
    TelegramWorld,
)

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x02\x00\x00\x00"
    b"\x12\x16\xf1\x4d"
)


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[list(buttons)])


def shapes(*models: TelegramObject | None) -> list[dict[str, Any]]:
    """Compare what models say, not which bot they are bound to."""
    return [model.model_dump(exclude_none=True) for model in models if model is not None]


BUY = InlineKeyboardButton(text="✅ Confirm", callback_data="buy:7", style="success")


async def test_each_thing_a_person_does_arrives_as_an_update(
    bot: Bot,
    world: TelegramWorld,
    alice: Person,
) -> None:
    world.updates.next_id = 900
    first = alice.sends("/start s_5")
    alice.edits(first["message"]["message_id"], "changed")
    alice.sends_sticker()
    alice.sends_photo("look")
    alice.sends_contact()
    alice.forwards("their words")
    alice.types_inline("gmail")
    alice.blocks_bot()
    alice.unblocks_bot()
    alice.adds_bot_to_group(-100, "Friends")
    alice.sends_in_group(-100, "/start@kiosk_demo_bot")

    updates = await bot.get_updates()

    assert [update.update_id for update in updates] == list(range(900, 911))
    assert [update.event_type for update in updates] == [
        "message",
        "edited_message",
        "message",
        "message",
        "message",
        "message",
        "inline_query",
        "my_chat_member",
        "my_chat_member",
        "my_chat_member",
        "message",
    ]
    assert updates[0].message is not None
    assert updates[0].message.text == "/start s_5"


async def test_a_tap_carries_the_message_as_it_looks(
    bot: Bot,
    world: TelegramWorld,
    alice: Person,
) -> None:
    sent = await bot.send_message(7, "Sure?", reply_markup=keyboard(BUY))
    alice.taps("Confirm")
    [update] = await bot.get_updates()
    query = update.callback_query

    assert query is not None
    assert query.data == "buy:7"
    assert isinstance(query.message, Message)
    assert query.message.message_id == sent.message_id
    assert list(alice.unanswered) == [query.id]
    await bot.answer_callback_query(query.id, text="Done", show_alert=True)
    assert not alice.unanswered
    assert [(toast.text, toast.show_alert) for toast in alice.toasts] == [("Done", True)]


async def test_a_tap_on_a_deleted_message_is_inaccessible(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(7, "Sure?", reply_markup=keyboard(BUY))
    await bot.delete_message(7, sent.message_id)
    alice.taps_raw("buy:7", sent.message_id)

    [update] = await bot.get_updates()

    assert update.callback_query is not None
    assert isinstance(update.callback_query.message, InaccessibleMessage)


async def test_a_message_comes_back_with_all_its_buttons(bot: Bot, alice: Person) -> None:
    markup = keyboard(
        BUY,
        InlineKeyboardButton(text="Copy", copy_text=CopyTextButton(text="code")),
        InlineKeyboardButton(text="Site", url="https://example.com/a"),
        InlineKeyboardButton(text="Share", switch_inline_query="s_5"),
        InlineKeyboardButton(text="Later", disabled=DisabledButton()),
    )

    sent = await bot.send_message(7, "<b>Hi</b>", parse_mode="HTML", reply_markup=markup)

    assert sent.text == "Hi"
    assert sent.html_text == "<b>Hi</b>"
    assert shapes(sent.reply_markup) == shapes(markup)
    assert alice.last_message.labels == (("✅ Confirm", "Copy", "Site", "Share", "Later"),)
    assert alice.last_message.buttons[0].style == "success"
    assert alice.last_message.buttons[4].disabled


async def test_an_edit_replaces_text_and_takes_away_a_keyboard_left_out(
    bot: Bot,
    alice: Person,
) -> None:
    sent = await bot.send_message(7, "one", reply_markup=keyboard(BUY))
    edited = await bot.edit_message_text("two", chat_id=7, message_id=sent.message_id)

    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    assert alice.last_message.text == "two"
    assert alice.last_message.edits == ["one"]
    assert alice.last_message.keyboard == ()
    await bot.edit_message_reply_markup(
        chat_id=7,
        message_id=sent.message_id,
        reply_markup=keyboard(BUY),
    )
    assert alice.last_message.labels == (("✅ Confirm",),)


async def test_a_document_arrives_with_its_name_and_bytes_and_can_be_downloaded(
    bot: Bot,
    alice: Person,
) -> None:
    file = BufferedInputFile("логин:пароль".encode(), filename="order-5.txt")
    sent = await bot.send_document(7, file, caption="Order 5")

    stored = alice.last_message.document
    assert stored is not None
    assert (stored.name, stored.content.decode()) == ("order-5.txt", "логин:пароль")
    assert sent.document is not None
    described = await bot.get_file(sent.document.file_id)
    assert described.file_path is not None
    downloaded = await bot.download_file(described.file_path)
    assert downloaded is not None
    assert downloaded.read() == stored.content
    again = await bot.send_document(7, sent.document.file_id)
    assert shapes(again.document) == shapes(sent.document)


async def test_a_photo_is_measured_and_what_is_no_picture_is_refused(
    bot: Bot,
    alice: Person,
) -> None:
    sent = await bot.send_photo(7, BufferedInputFile(PNG, "chart.png"), caption="Sales")

    assert sent.photo is not None
    assert (sent.photo[0].width, sent.photo[0].height) == (3, 2)
    assert alice.last_message.text == "Sales"
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(7, BufferedInputFile(b"words", "chart.png"))


async def test_entities_and_replies_survive_the_way(bot: Bot, alice: Person) -> None:
    first = await bot.send_message(7, "first")
    entities = [
        MessageEntity(type="code", offset=3, length=4),
        MessageEntity(type="date_time", offset=0, length=2, unix_time=1_700_000_000),
    ]
    sent = await bot.send_message(
        7,
        "😀 code",
        entities=entities,
        reply_parameters=ReplyParameters(message_id=first.message_id),
    )

    assert shapes(*(sent.entities or [])) == shapes(*reversed(entities))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "first"
    assert alice.last_message.entities[1] == {"type": "code", "offset": 3, "length": 4}


async def test_the_profile_is_kept_by_scope_and_language(
    bot: Bot,
    world: TelegramWorld,
    alice: Person,
) -> None:
    menu = [BotCommand(command="start", description="Begin")]
    await bot.set_my_commands(menu, language_code="ar")
    await bot.set_my_commands(menu, scope=BotCommandScopeChat(chat_id=alice.user_id))

    assert shapes(*await bot.get_my_commands(language_code="ar")) == shapes(*menu)
    assert await bot.get_my_commands() == []
    await bot.delete_my_commands(language_code="ar")
    assert await bot.get_my_commands(language_code="ar") == []
    await bot.set_my_name("Shop")
    await bot.set_my_description("Sells things")
    await bot.set_my_short_description("Sells")
    assert (await bot.get_me()).first_name == "Shop"
    assert (await bot.get_my_description(language_code="de")).description == "Sells things"
    assert world.profile.commands == {
        ("chat:7", ""): [{"command": "start", "description": "Begin"}]
    }


async def test_chats_members_and_webhook_state_are_understood(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(7, "pin me")
    await bot.pin_chat_message(7, sent.message_id)

    chat = await bot.get_chat(7)

    assert chat.first_name == "Alice"
    assert chat.pinned_message is not None
    assert (await bot.get_chat_member(7, 7)).status == "member"
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.send_chat_action(7, "typing")
    assert alice.chat.pinned == [sent.message_id]


async def test_inline_results_reach_the_person_who_typed(bot: Bot, alice: Person) -> None:
    alice.types_inline("gmail")
    [update] = await bot.get_updates()
    assert update.inline_query is not None
    article = InlineQueryResultArticle(
        id="5",
        title="Gmail",
        input_message_content=InputTextMessageContent(message_text="Gmail: t.me/x"),
    )

    await bot.answer_inline_query(update.inline_query.id, [article])

    assert [result["title"] for result in alice.inline_results] == ["Gmail"]
