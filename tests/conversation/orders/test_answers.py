"""What an answer to `add` means for the money, over real HTTP: refused or in doubt."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import Reason, State
from sandbox.suppliers import SupplierWorld, reply_faults, wire_faults
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.timelines import never
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

NO_ANSWERS: dict[str, Fault] = {
    "500": wire_faults.server_error().after_acting(),
    "502 with a page": wire_faults.html_page(502, "Bad Gateway"),
    "503": wire_faults.server_error(503),
    "redirect": wire_faults.redirect(),
    "redirect that repeats the form": wire_faults.redirect(307).after_acting(),
    "408": wire_faults.error_text("Request timeout", 408),
    "409": wire_faults.error_text("Conflict", 409),
    "423": wire_faults.error_text("Locked", 423),
    "425": wire_faults.error_text("Too early", 425),
    "429 with nothing clear": wire_faults.throttle(None, html=True),
    "no answer in time": wire_faults.hang(timedelta(minutes=1)),
    "hang-up after acting": wire_faults.lost_reply(),
    "hang-up before acting": wire_faults.dropped_before(),
    "cut": wire_faults.cut_midway(),
    "empty": wire_faults.empty_body(),
    "half a JSON": wire_faults.truncated_json(),
    "broken JSON": wire_faults.broken_json(),
    "page with 200": wire_faults.html_page(200),
    "a list": wire_faults.not_an_object(["665f1a2b3c4d5e6f70000001"]),
    "null": wire_faults.not_an_object(None),
    "no id": reply_faults.accepted_without_id(),
    "id and error": reply_faults.id_and_error(),
    "empty error": wire_faults.error_text(" "),
    "empty id": reply_faults.order_id(""),
    "zero": reply_faults.order_id(0),
    "true": reply_faults.order_id(True),
    "a list of ids": reply_faults.order_id(["1"]),
    "huge id": reply_faults.order_id("x" * 5000),
    "202": wire_faults.custom(202, '{"order": "665f1a2b3c4d5e6f70000009"}'),
}
AT_ACCPLANET = (
    "500", "502 with a page", "redirect", "redirect that repeats the form", "408", "409", "423",
    "425", "429 with nothing clear", "hang-up after acting", "cut", "half a JSON", "no id",
    "id and error", "202",
)  # fmt: skip
AT_HSTOCKPLUS = (
    "503", "no answer in time", "hang-up before acting", "empty", "broken JSON", "page with 200",
    "a list", "null", "empty error", "empty id", "zero", "true", "a list of ids", "huge id",
)  # fmt: skip
REFUSALS = (
    ("Minimum quantity is 5.", 400),
    ("Invalid quantity.", 200),
    ("Product not found.", 404),
    ("This product is not available for purchase.", 422),
    ("Duplicate order, try later", 403),
    ("Ошибка", 405),
)
Buying = Callable[[Human], Awaitable[None]]
Chat = tuple[Shop, Human, Human, Buying]


async def is_parked(shop: Shop, alice: Human, olga: Human, order: int) -> None:
    assert await shop.state(order) is State.IN_DOUBT
    assert alice.times(f"Order #{order} is being checked") == 1
    assert olga.times(f"Order #{order}: in doubt") == 1


async def buys_for(kinds: tuple[str, ...], world: SupplierWorld, chat: Chat) -> None:
    """One order for each kind of answer, and what is true of each right after it was sent."""
    shop, alice, olga, buys = chat
    for order, kind in enumerate(kinds, 1):
        world.faults.next("add", NO_ANSWERS[kind])
        await buys(alice)
        await shop.works()
        assert await shop.state(order) is State.IN_DOUBT, kind
        await is_parked(shop, alice, olga, order)
        alice.sees_last("🔒 Your money is safe: $", "is set aside for this order.")


@on_sqlite
@pytest.mark.parametrize(
    "wanted",
    [
        ("accplanet", Human.buys, AT_ACCPLANET),
        ("hstockplus", lambda alice: alice.buys_mailboxes("1"), AT_HSTOCKPLUS),
    ],
    ids=["accplanet", "hstockplus"],
)
async def test_an_answer_that_says_nothing_parks_the_order_at_once_and_for_good(
    shop: Shop, alice: Human, olga: Human, wanted: tuple[str, Buying, tuple[str, ...]]
) -> None:
    at, buys, kinds = wanted
    world: SupplierWorld = shop.accplanet if at == "accplanet" else shop.hstockplus
    await buys_for(kinds, world, (shop, alice, olga, buys))

    await shop.restarts()
    await shop.leaps(4, hours=5)
    for order in range(1, len(kinds) + 1):
        await is_parked(shop, alice, olga, order)
    assert world.adds_received == len(kinds)
    held = usd(str(Decimal("0.36") * len(kinds)))
    assert await alice.wallet() == Wallet(free=usd("10") - held, held=held)
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
@pytest.mark.parametrize("buys", [Human.buys, Human.buys_mailboxes])
async def test_an_answered_id_that_is_ours_already_parks_the_new_order(
    shop: Shop, alice: Human, olga: Human, buys: Buying
) -> None:
    for world in shop.suppliers:
        world.default_timeline = never()
    await buys(alice)
    await shop.works()
    for world in shop.suppliers:
        world.faults.next("add", reply_faults.order_id((await shop.details()).remote_order))
    await buys(alice)
    await shop.works()

    assert await shop.state(1) is State.ACTIVE
    await is_parked(shop, alice, olga, 2)
    assert (await shop.details(2)).order.reason is Reason.ID_ALREADY_OURS
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
@pytest.mark.parametrize("buys", [Human.buys, Human.buys_mailboxes])
async def test_every_clear_no_gives_the_money_back_and_says_so_first(
    shop: Shop, alice: Human, buys: Buying
) -> None:
    for order, (said, status) in enumerate(REFUSALS, 1):
        for world in shop.suppliers:
            world.faults.next("add", wire_faults.error_text(said, status))
        await buys(alice)
        await shop.works()

        assert await shop.state(order) is State.FAILED, said
        assert alice.card.text.startswith("💳 $"), alice.card.text
        alice.sees_last("is back in your balance.", f"Order #{order} could not be placed.")
        alice.sees_nothing_of(said)
        assert await alice.wallet() == Wallet(free=usd("10"), held=usd("0"))
        for world in shop.suppliers:
            world.faults.clear()

    await shop.restarts()
    await shop.leaps(4, hours=1)
    assert sum(world.adds_received for world in shop.suppliers) == len(REFUSALS)
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_refusal_for_lack_of_stock_says_that_the_item_has_sold_out(
    shop: Shop, alice: Human
) -> None:
    no = wire_faults.error_text("Insufficient stock. Available: 1.", 400)
    shop.accplanet.faults.next("add", no)
    await alice.buys()
    await shop.works()
    alice.sees_last("$0.36 is back in your balance.", "this item has just sold out")
    alice.sees_nothing_of("Insufficient")
    assert await shop.proof() == ()
