"""What happens to a shop in which secrets were planted: everything, and then every trouble."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

import aiohttp
from aiohttp import web
from sqlalchemy import text

from bot.base.ids import SupplierName
from bot.chat.kit.telegram.webhook import webhook_routes
from bot.db.tx import Tx
from sandbox.serving import serve
from sandbox.suppliers import wire_faults
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.numbers import SmsProject, code_after
from sandbox.suppliers.timelines import completes
from sandbox.telegram.faults import Refuse
from tests.conversation.human import Human
from tests.conversation.once import runs_once
from tests.conversation.shop import Shop

ACCOUNTS: Final = ["acc-canary-1@mail.test:p4ss-canary", "acc-canary-2@mail.test:w0rd-canary"]
CODE: Final = "KANARI913"
LINK: Final = "https://instagram.com/link-canary-7"
WEBHOOK: Final = "webhook-canary_secret"
KEYS: Final = ("acc-key-canary", "hst-key-canary")


async def everything_goes_well(shop: Shop, alice: Human) -> None:
    """Accounts, work on a link, and a number with a code."""
    shop.accplanet.plan(completes(2), ACCOUNTS)
    await alice.buys("Aged account", "2")
    await buys_followers(alice)
    project = SmsProject(
        project_id="65f1", name="Chat", price=Decimal("0.5"), country_id="us", country_title="US"
    )
    shop.hstockplus.projects = [project]
    shop.hstockplus.plan_sms(code_after(10, CODE).with_phone("+15550123456"))
    await shop.kiosk.shop.refresh.numbers(shop.kiosk.shop.suppliers[SupplierName("hstockplus")])
    await alice.sends("/numbers")
    for label in ("Chat", "United States", "Pay"):
        await alice.taps(label)
    await shop.passes(seconds=40)
    alice.sees(*ACCOUNTS, CODE, LINK)


async def buys_followers(alice: Human) -> None:
    await alice.sends("/start")
    for label in ("Catalog", "Instagram", "Followers", "Buy"):
        await alice.taps(label)
    await alice.sends("100")
    await alice.sends(LINK)
    await alice.taps("Pay")


async def refusals_repeat_what_was_sent(shop: Shop, alice: Human) -> None:
    """A supplier's no that quotes the link, whole and in pieces, and both keys."""
    for said in (
        f"Link {LINK} is private ({KEYS[1]})",
        "user link-canary-7 was not found",
        f"bad request: key={KEYS[1]}&link=https%3A%2F%2Fexample.com%2Flink-canary-7",
    ):
        shop.hstockplus.faults.next("add", wire_faults.error_text(said))
        await buys_followers(alice)
        await shop.works()


async def keys_are_refused(shop: Shop, alice: Human) -> None:
    """401 to readings and to an order, with the key in the words."""
    for world, key in zip(shop.suppliers, KEYS, strict=True):
        refusal = wire_faults.error_text(f"Invalid API key {key}", 401)
        world.faults.next("balance", refusal)
        world.faults.next("services", refusal)
        await shop.passes(minutes=6)
    refusal = wire_faults.error_text(f"Invalid API key {KEYS[1]}", 401)
    shop.hstockplus.faults.next("add", refusal)
    await keys_are_good_again(shop)
    await buys_followers(alice)
    await shop.works()
    await keys_are_good_again(shop)


async def keys_are_good_again(shop: Shop) -> None:
    for supplier in shop.kiosk.shop.suppliers.values():
        await shop.kiosk.shop.watch.read_balance(supplier)
    await shop.comes_to(timedelta(seconds=2))


def _garbage() -> dict[str, Fault]:
    account = ACCOUNTS[0]
    odd = {"status": f"Completed {account}", "accounts": [account], account: 1, "note": account}
    return {
        "no JSON": wire_faults.custom(200, f"{account}\n{LINK}\n{CODE}"),
        "a page": wire_faults.custom(200, f"<html>{account}</html>", "text/html"),
        "odd fields": wire_faults.custom(200, json.dumps(odd)),
        "a list": wire_faults.not_an_object([account, CODE]),
        "an error with an id": wire_faults.custom(
            200, json.dumps({"order": 7, "error": account, "link": LINK, "sms": CODE})
        ),
        "5xx": wire_faults.custom(500, json.dumps({"error": account, "accounts": [account]})),
        "half": wire_faults.truncated_json(),
        "lost": wire_faults.lost_reply(),
    }


async def garbage_is_answered(shop: Shop, alice: Human) -> None:
    """To orders, which are in doubt then, and to readings of one that goes well."""
    for fault in _garbage().values():
        shop.hstockplus.faults.next("add", fault)
        await buys_followers(alice)
        await shop.works()
    shop.accplanet.plan(completes(60), ACCOUNTS)
    await alice.buys("Aged account", "2")
    await shop.works()
    for fault in _garbage().values():
        shop.accplanet.faults.next("status", fault)
        await shop.passes(seconds=8)
    await shop.passes(minutes=2)


async def the_books_break(shop: Shop, alice: Human) -> None:
    """Tables that are gone for a while: handlers, pollers and senders fall over them."""
    async with gone(shop, "quotes"):
        await alice.sends("/start")
        for label in ("Catalog", "Instagram", "Followers", "Buy"):
            await alice.taps(label)
        await alice.sends("100")
        await alice.sends(LINK)
    shop.accplanet.plan(completes(2), ACCOUNTS)
    await alice.buys("Aged account", "2")
    await shop.works()
    async with gone(shop, "goods"):
        shop.clock.turn(timedelta(seconds=4))
        for poller in shop.kiosk.pollers:
            await poller.step()
    shop.clock.turn(timedelta(minutes=6))
    for poller in shop.kiosk.pollers:
        await poller.step()
    async with gone(shop, "goods"):
        await shop.kiosk.sender.step()
    async with gone(shop, "outbox"):
        await runs_once(shop.kiosk.sender.step)
    await shop.passes(minutes=6)


@asynccontextmanager
async def gone(shop: Shop, table: str) -> AsyncIterator[None]:
    """A table under another name."""

    def rename(tx: Tx, old: str, new: str) -> None:
        if tx.dialect.name == "sqlite":
            tx.connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")
        tx.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))

    await shop.kiosk.db.write(rename, table, f"{table}_away")
    yield
    await shop.kiosk.db.write(rename, f"{table}_away", table)


async def telegram_quotes_goods(shop: Shop, alice: Human) -> None:
    """A delivery is refused in words that repeat it, twice: operators are told."""
    quote = Refuse(400, f"Bad Request: can't parse entities in {ACCOUNTS[0]}")
    shop.accplanet.plan(completes(0), ACCOUNTS)
    await alice.buys("Aged account", "2")
    shop.telegram.faults.next("sendMessage", quote, chat_id=alice.id)
    shop.telegram.faults.next("sendDocument", quote, chat_id=alice.id)
    await shop.passes(seconds=10)
    shop.telegram.faults.clear()


async def a_webhook_is_misused(shop: Shop, alice: Human) -> None:
    """The right secret with a body that is no update, and a wrong one."""
    app = web.Application()
    app.add_routes(webhook_routes(shop.kiosk.dispatcher, shop.kiosk.bot, WEBHOOK))
    bad: dict[str, Any] = {"update_id": 1, "message": {"text": LINK, "chat": ACCOUNTS[0]}}
    async with serve(app) as site, aiohttp.ClientSession() as client:
        for secret, body in ((WEBHOOK, bad), (f"{WEBHOOK}x", bad)):
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
            async with client.post(site.url, json=body, headers=headers) as answer:
                assert answer.status in {400, 401}
