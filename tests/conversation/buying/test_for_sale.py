"""What is not for sale, and what the desk says of it."""

from pathlib import Path

from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers import wire_faults
from tests.clock import TurnableClock
from tests.conversation.human import ALICE, OLGA, Human, person
from tests.conversation.opening import on_sqlite, open_shop, sqlite_at
from tests.conversation.services import account
from tests.conversation.shop import Shop
from tests.stored_shop import usd


@on_sqlite
async def test_a_rate_that_nobody_has_explained_is_not_for_sale_and_the_desk_says_so(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.hstockplus.put(account(80, "Riddle", "0.70", category="Riddles"))
    await shop.leaps(1, minutes=3)
    await alice.sends("/catalog")
    assert not any("Riddles" in label for row in alice.card.labels for label in row)
    await olga.sends("/suppliers")
    olga.sees_last("1: nobody has said what the rate is for", "#80 Riddle: 1 cost 0.7 or 0.0007")


@on_sqlite
async def test_comments_that_nobody_could_write_are_hidden_with_the_reason(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.sends("/catalog")
    await alice.taps("Instagram")
    assert not any("Comments" in label for row in alice.card.labels for label in row)
    alice.sees_nothing_of("Custom words")
    await olga.sends("/suppliers")
    olga.sees_last("1: a type that needs more than a link")


@on_sqlite
async def test_what_may_or_may_not_need_a_link_is_hidden_and_listed_for_the_operator(
    shop: Shop, alice: Human, olga: Human
) -> None:
    unmarked = account(80, "Account recovery", "0.70", category="Email Accounts", entity_type=None)
    shop.hstockplus.put(unmarked)
    await shop.leaps(1, minutes=3)
    await alice.sends("/catalog")
    await alice.taps("Email Accounts")
    alice.sees_nothing_of("Account recovery")
    await olga.sends("/suppliers")
    olga.sees_last(
        "1: nobody has said whether they need a link",
        "Say in the settings (PRODUCTS or SOCIALS)",
        "#80 Account recovery (Email Accounts)",
    )


@on_sqlite
async def test_work_that_names_an_account_is_not_sold_without_its_link(
    shop: Shop, alice: Human
) -> None:
    unmarked = account(
        81, "Account reach", "0.70", category="Email Accounts", subcategory="", entity_type=None
    )
    shop.hstockplus.put(unmarked)
    await shop.leaps(1, minutes=3)
    await alice.sends("/catalog")
    await alice.taps("Email Accounts")
    await alice.taps("Account reach")
    await alice.taps("Buy")
    await alice.sends("1")
    alice.sees_last("Which link?")


async def with_social(shop: Shop) -> tuple[Human, Human]:
    olga, alice = person(shop, OLGA, "Olga"), person(shop, ALICE, "Alice")
    await olga.sends("/start")
    await alice.sends("/start")
    return olga, alice


@on_sqlite
async def test_social_services_are_not_shown_while_they_are_switched_off(
    tmp_path: Path, clock: TurnableClock, database_url: str
) -> None:
    async with open_shop(sqlite_at(tmp_path), clock, sell_social="false") as shop:
        olga, alice = await with_social(shop)
        await alice.sends("/catalog")
        assert not any("Instagram" in label for row in alice.card.labels for label in row)
        await olga.sends("/suppliers")
        olga.sees_last("1: social network services are switched off")


async def test_what_would_be_sold_at_a_loss_is_not_for_sale(
    tmp_path: Path, clock: TurnableClock, database_url: str
) -> None:
    async with open_shop(sqlite_at(tmp_path), clock, markup_percent="-5") as shop:
        olga, alice = await with_social(shop)
        await alice.sends("/catalog")
        assert not any("Social" in label for row in alice.card.labels for label in row)
        await olga.sends("/suppliers")
        olga.sees_last("3: would be sold at a loss")


@on_sqlite
async def test_a_supplier_that_cannot_be_asked_at_confirm_is_no_obstacle_to_the_quote(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    for action in ("services", "inventory"):
        shop.accplanet.faults.next(action, wire_faults.server_error(503))
    await alice.taps("Pay")
    await shop.passes(seconds=10)
    assert await shop.state() is State.COMPLETED
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0"))
    assert await shop.proof() == ()
