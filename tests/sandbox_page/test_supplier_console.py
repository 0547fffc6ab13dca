"""The console steers what a supplier does, and the supplier's API shows it."""

import aiohttp
import pytest

from sandbox.clock import TurnableClock
from tests.sandbox_page.conftest import Page

GMAIL = "10042"


async def _ordered(page: Page, quantity: int = 3) -> str:
    await page.posts("suppliers/accplanet/pace", pace="hand")
    placed = await page.bot_buys("accplanet", action="add", service=GMAIL, quantity=quantity)
    return str(placed["order"])


async def _status(page: Page, order: str) -> str:
    told = await page.bot_buys("accplanet", action="status", order=order)
    return str(told["status"])


async def test_orders_are_delivered_two_seconds_later_unless_told_otherwise(
    page: Page, clock: TurnableClock
) -> None:
    placed = await page.bot_buys("accplanet", action="add", service=GMAIL, quantity=1)
    assert await _status(page, placed["order"]) == "In progress"
    clock.advance(seconds=2)
    assert await _status(page, placed["order"]) == "Completed"


async def test_by_hand_an_order_waits_for_a_person(page: Page, clock: TurnableClock) -> None:
    order = await _ordered(page)
    clock.advance(hours=5)
    assert await _status(page, order) == "In progress"
    shown = await page.posts(f"suppliers/accplanet/orders/{order}/deliver")
    assert shown.said["orders"][0]["delivered"] == 1
    await page.posts(f"suppliers/accplanet/orders/{order}/complete")
    assert await _status(page, order) == "Completed"


@pytest.mark.parametrize(
    ("act", "status"),
    [("partial", "Partial"), ("cancel", "Canceled"), ("stall", "In progress"), ("fail", "Failed")],
)
async def test_an_order_ends_as_the_console_says(page: Page, act: str, status: str) -> None:
    order = await _ordered(page)
    assert (await page.posts(f"suppliers/accplanet/orders/{order}/{act}")).status == 200
    assert await _status(page, order) == status


async def test_what_is_over_stays_over(page: Page) -> None:
    order = await _ordered(page)
    await page.posts(f"suppliers/accplanet/orders/{order}/cancel")
    again = await page.posts(f"suppliers/accplanet/orders/{order}/complete")
    assert (again.status, again.said["error"]) == (409, "the order is canceled already")


async def test_a_lost_answer_leaves_an_order_behind_and_is_named_until_it_strikes(
    page: Page,
) -> None:
    shown = await page.posts("suppliers/accplanet/break", breakage="lose")
    assert shown.said["armed"] == ["Lose the next answer"]
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await _ordered(page)
    stream = await page.opens()
    await stream.hears("hello")
    state = await page.state()
    assert state["suppliers"][0]["orders_total"] == 1


async def test_a_supplier_goes_down_and_comes_back_on_the_same_port(page: Page) -> None:
    url = page.served.supplier_url("ACCPLANET")
    assert not (await page.posts("suppliers/accplanet/door", up=False)).said["up"]
    with pytest.raises(aiohttp.ClientConnectionError):
        await page.bot_buys("accplanet", action="balance")
    assert (await page.posts("suppliers/accplanet/door", up=True)).said["up"]
    assert page.served.supplier_url("accplanet") == url
    assert (await page.bot_buys("accplanet", action="balance"))["currency"] == "USD"


async def test_a_refused_key_is_refused_until_it_is_accepted_again(page: Page) -> None:
    key = page.served.stalls["accplanet"].world.key
    await page.posts("suppliers/accplanet/key", key_ok=False)
    url = page.served.supplier_url("accplanet")
    async with page.session.post(url, data={"key": key, "action": "balance"}) as answer:
        assert answer.status == 401
    await page.posts("suppliers/accplanet/key", key_ok=True)
    assert "balance" in await page.bot_buys("accplanet", action="balance")


async def test_the_balance_is_what_was_typed(page: Page) -> None:
    await page.posts("suppliers/hstockplus/balance", balance="7.25")
    assert (await page.bot_buys("hstockplus", action="balance"))["balance"] == "7.25"
    for nonsense in ("-1", "1e9", "", "abc", 5):
        refused = await page.posts("suppliers/hstockplus/balance", balance=nonsense)
        assert refused.status == 400
        assert "amount" in refused.said["error"]


async def test_stock_and_price_are_found_and_changed(page: Page) -> None:
    found = (await page.gets("suppliers/accplanet/shelf?q=aged%20gmail")).said
    assert [service["id"] for service in found["services"]] == [GMAIL]
    path = f"suppliers/accplanet/shelf/{GMAIL}"
    changed = await page.posts(path, stock="5", rate="2.10", listed=True)
    assert (changed.said["stock"], changed.said["rate"]) == (5, "2.10")
    told = await page.bot_buys("accplanet", action="services", service=GMAIL)
    assert (told["services"][0]["stock"], told["services"][0]["rate"]) == (5, "2.10")
    refused = await page.posts(path, stock="-1", rate="9")
    assert refused.status == 400
    assert (await page.posts(path, listed=False)).said["rate"] == "2.10"


async def test_an_empty_wallet_is_said_until_it_is_refilled(page: Page) -> None:
    shown = await page.posts("suppliers/accplanet/balance", balance="7.50")
    assert shown.said["too_dear"] > 0
    assert (await page.posts("suppliers/accplanet/balance", balance="100.00")).said[
        "too_dear"
    ] == 0


async def test_what_a_person_does_with_a_number_is_the_last_word(
    page: Page, clock: TurnableClock
) -> None:
    project = (await page.bot_buys("hstockplus", action="sms_projects"))[0]["project_id"]
    placed = await page.bot_buys("hstockplus", action="add_sms", project_id=project)
    number = placed["orders"][0]["order"]
    await page.posts(f"suppliers/hstockplus/numbers/{number}/expire")
    clock.advance(seconds=60)
    told = await page.bot_buys("hstockplus", action="sms_status", order=number)
    assert (told["status"], told["code"]) == ("expired", None)


async def test_a_number_gets_the_code_a_person_sends(page: Page) -> None:
    await page.posts("suppliers/hstockplus/pace", pace="hand")
    project = (await page.bot_buys("hstockplus", action="sms_projects"))[0]["project_id"]
    placed = await page.bot_buys("hstockplus", action="add_sms", project_id=project)
    number = placed["orders"][0]["order"]
    shown = await page.posts(f"suppliers/hstockplus/numbers/{number}/code", code="777")
    assert shown.said["numbers"][0]["code"] == "777"
    told = await page.bot_buys("hstockplus", action="sms_code", order=number)
    assert told["code"] == "777"


@pytest.mark.parametrize(
    "path",
    [
        "suppliers/nobody/mend",
        "suppliers/accplanet/flies",
        "suppliers/accplanet/orders/1/complete",
        "suppliers/accplanet/numbers/1/code",
        "suppliers/accplanet/shelf/1",
    ],
)
async def test_what_does_not_exist_is_said_so(page: Page, path: str) -> None:
    answer = await page.posts(path)
    assert answer.status == 404
    assert answer.said["error"]


async def test_telegram_itself_can_be_broken_once(page: Page) -> None:
    await page.posts("people/1001/text", text="/start")
    await page.posts("telegram/break", breakage="429")
    assert await page.bot_calls("sendMessage", chat_id=1001, text="x") is None
    assert await page.bot_calls("sendMessage", chat_id=1001, text="x")
    assert (await page.posts("telegram/break", breakage="x")).status == 404
    await page.posts("telegram/pace", paced=True)
    assert (await page.state())["paced"]
