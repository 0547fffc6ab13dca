"""An open page hears of every change, and one that opens later sees the same world."""

import aiohttp

from sandbox.clock import TurnableClock
from sandbox.page.log import KEPT
from sandbox.world import ALICE
from tests.sandbox_page.conftest import Page


async def test_a_message_is_heard_when_sent_edited_and_deleted(page: Page) -> None:
    stream = await page.opens()
    opening = await stream.hears("hello")
    assert opening["chats"][str(ALICE)] == []

    await page.posts(f"people/{ALICE}/text", text="/start")
    assert (await stream.hears("message", chat=ALICE))["message"]["mine"]
    assert (await stream.hears("person"))["person"]["started"]

    text = "<b>Hi</b>"
    sent = await page.bot_calls("sendMessage", chat_id=ALICE, text=text, parse_mode="HTML")
    message = (await stream.hears("message", chat=ALICE))["message"]
    assert (message["text"], message["entities"][0]["type"]) == ("Hi", "bold")

    place = {"chat_id": ALICE, "message_id": sent["message_id"]}
    await page.bot_calls("editMessageText", text="Bye", **place)
    edited = (await stream.hears("message"))["message"]
    assert (edited["id"], edited["text"]) == (sent["message_id"], "Bye")
    await page.bot_calls("deleteMessage", **place)
    await stream.hears("deleted", chat=ALICE, id=sent["message_id"])


async def test_a_tap_and_its_toast_are_heard(page: Page) -> None:
    await page.posts(f"people/{ALICE}/text", text="/start")
    keyboard = {"inline_keyboard": [[{"text": "Buy", "callback_data": "b"}]]}
    sent = await page.bot_calls("sendMessage", chat_id=ALICE, text="x", reply_markup=keyboard)
    stream = await page.opens()
    tapped = await page.posts(f"people/{ALICE}/tap", message=sent["message_id"], tapped="b")
    query = tapped.said["query"]
    assert (await stream.hears("spin", query=query))["tapped"] == "b"
    await page.bot_calls(
        "answerCallbackQuery", callback_query_id=query, text="Sold out", show_alert=True
    )
    await stream.hears("answered", query=query, text="Sold out", alert=True)


async def test_the_menu_and_inline_results_are_heard(page: Page) -> None:
    stream = await page.opens()
    commands = [{"command": "start", "description": "Open the shop"}]
    await page.bot_calls("setMyCommands", commands=commands)
    assert (await stream.hears("bot"))["bot"]["commands"][0]["commands"] == commands

    await page.posts(f"people/{ALICE}/inline", text="gmail")
    [update] = await page.bot_calls("getUpdates")
    query = update["inline_query"]["id"]
    result = {
        "type": "article",
        "id": "1",
        "title": "Gmail",
        "input_message_content": {"message_text": "Gmail"},
    }
    await page.bot_calls("answerInlineQuery", inline_query_id=query, results=[result])
    assert (await stream.hears("inline", chat=ALICE))["results"][0]["title"] == "Gmail"
    assert (await page.posts(f"people/{ALICE}/choose", result="1")).status == 200
    sent = (await stream.hears("message", chat=ALICE))["message"]
    assert (sent["text"], sent["mine"], sent["via"]) == ("Gmail", True, "kiosk_demo_bot")
    assert (await page.posts(f"people/{ALICE}/choose", result="2")).status == 409


async def test_orders_are_heard_as_they_arrive_and_as_time_completes_them(
    page: Page, clock: TurnableClock
) -> None:
    stream = await page.opens()
    await page.bot_buys("accplanet", action="add", service="10042", quantity=2)
    assert (await stream.hears("log"))["line"]["what"] == "add"
    await stream.hears_of_order("accplanet", "In progress")
    clock.advance(seconds=3)
    await stream.hears_of_order("accplanet", "Completed")


async def test_a_refused_call_stands_in_the_log_with_its_reason(page: Page) -> None:
    stream = await page.opens()
    await page.bot_calls("sendMessage", chat_id=ALICE, text="too early")
    line = (await stream.hears("log"))["line"]
    assert (line["who"], line["what"], line["chat"]) == ("telegram", "sendMessage", ALICE)
    assert "can't initiate conversation" in line["refused"]
    assert (await page.state())["log"][-1] == line


async def test_a_card_that_is_right_already_is_no_refusal_in_the_log(page: Page) -> None:
    await page.posts(f"people/{ALICE}/text", text="/start")
    sent = await page.bot_calls("sendMessage", chat_id=ALICE, text="x")
    place = {"chat_id": ALICE, "message_id": sent["message_id"]}
    await page.bot_calls("editMessageText", text="x", **place)
    line = (await page.state())["log"][-1]
    assert line["refused"] is None
    assert "message is not modified" in line["note"]


async def test_the_log_is_bounded_counts_repeats_and_shows_no_key(page: Page) -> None:
    for _ in range(3):
        await page.bot_calls("getMe")
    assert (await page.state())["log"][-1]["times"] == 3
    for number in range(KEPT + 5):
        await page.bot_calls("getChat", chat_id=number)
    assert len((await page.state())["log"]) == KEPT
    stream = await page.opens()
    await page.bot_buys("accplanet", action="balance")
    await stream.hears("log")
    written = str((await page.state())["log"])
    assert all(stall.world.key not in written for stall in page.served.stalls.values())
    assert page.served.world.telegram.token not in written


async def test_two_browsers_hear_the_same(page: Page) -> None:
    first, second = await page.opens(), await page.opens()
    await page.posts("people", name="Zed", language="en")
    for stream in (first, second):
        heard = await stream.hears("person")
        assert heard["person"]["name"] == "Zed"


async def test_the_page_says_whether_a_bot_listens(page: Page) -> None:
    assert not (await page.state())["listening"]
    await page.bot_calls("getUpdates")
    assert (await page.state())["listening"]


async def test_a_document_can_be_downloaded_but_is_never_run(page: Page) -> None:
    await page.posts(f"people/{ALICE}/text", text="/start")
    form = aiohttp.FormData({"chat_id": str(ALICE)})
    form.add_field("document", b"<script>", filename="goods.html", content_type="text/html")
    url = f"{page.served.url}/bot{page.served.world.telegram.token}/sendDocument"
    async with page.session.post(url, data=form) as answer:
        assert answer.status == 200
    file = (await page.state())["chats"][str(ALICE)][-1]["file"]
    assert (file["name"], file["size"], file["picture"]) == ("goods.html", 8, False)
    async with page.session.get(f"{page.served.url}{file['url']}") as answer:
        assert await answer.read() == b"<script>"
        assert answer.content_type == "application/octet-stream"
    assert (await page.gets("files/none")).status == 404
