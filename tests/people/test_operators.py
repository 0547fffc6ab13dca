"""Operators come and go with the settings, and whoever is none any more acts in vain."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from inspect import isfunction, signature
from typing import Any

import pytest

from bot.base.acts import Act, Permission, Role, may
from bot.base.errors import NotAllowed, NotYours
from bot.base.ids import CustomerId
from bot.catalog import standing
from bot.db.tx import Tx
from bot.money import approvals, requests
from bot.orders.claims.report import ClaimDraft, make_claim
from bot.orders.rules.claims import ClaimReason
from bot.outbox.notices import SupplierCause
from bot.people import customers
from bot.people.operators import (
    find_role,
    list_operators,
    seed_operators,
)
from bot.people.texts.own import EVERY, OwnText, TextName
from bot.people.texts.store import put_words
from tests.architecture.tree import modules
from tests.clock import TurnableClock
from tests.people.deeds import (
    CAME,
    CHECKS,
    DEEDS,
    OTTO,
    Deed,
    gives_role,
)
from tests.small_shop import SmallShop, open_small_shop
from tests.stored_shop import ACC, ALICE, BOB, HSTOCK, OLGA, Books, listed, says, usd


async def find_roles(books: Books) -> dict[CustomerId, Role | None]:
    return {
        who: await books.db.read(find_role, who) for who in await books.db.read(list_operators)
    }


# Who is one


async def test_those_whom_the_settings_name_are_owners_and_nobody_else_is(books: Books) -> None:
    await books.db.write(seed_operators, (OLGA, BOB, OLGA))

    assert await find_roles(books) == {BOB: Role.OWNER, OLGA: Role.OWNER}
    assert await books.db.read(find_role, ALICE) is None


async def test_a_second_start_changes_nothing(books: Books) -> None:
    before = await books.sql("SELECT * FROM operators")
    books.wait(days=1)
    await books.begins()

    assert await books.sql("SELECT * FROM operators") == before


async def test_who_is_taken_out_of_the_settings_is_none_after_the_next_start(books: Books) -> None:
    await books.db.write(seed_operators, (BOB,))

    assert await find_roles(books) == {BOB: Role.OWNER}
    await books.db.write(seed_operators, ())
    assert await find_roles(books) == {}


async def test_a_role_that_a_person_gave_outlives_the_settings(books: Books) -> None:
    await gives_role(books, BOB, Role.CASHIER)
    await books.begins()

    assert await find_roles(books) == {BOB: Role.CASHIER, OLGA: Role.OWNER}


async def test_a_customer_is_shown_with_their_role_and_most_have_none(books: Books) -> None:
    await books.meets(ALICE, OLGA)

    found = [await books.db.read(customers.load_customer, who) for who in (ALICE, OLGA)]
    assert [one.role for one in found] == [None, Role.OWNER]


# Who acts in vain


@pytest.fixture
async def lively(books: Books) -> Books:
    """A shop in which each deed would find something to do."""
    await books.meets(OLGA)
    await books.has(ALICE, "1")
    await books.has(ALICE, "20")
    await books.in_doubt()
    await books.needs_person()
    await books.has_active()
    await books.buys(service=await books.stocks(listed("r9"), HSTOCK))
    assert await books.accepts(await books.sends(HSTOCK))
    await books.hears(await books.polls_one(HSTOCK), says("Completed", "a"))
    await books.db.write(make_claim, ALICE, ClaimDraft(CAME, ClaimReason.OTHER))
    await books.buys()
    await books.db.write(requests.ask_topup, ALICE, usd("5"))
    await gives_role(books, OTTO, Role.OWNER)
    await books.db.write(approvals.ask_second, Act(OTTO, Role.OWNER, "k"), ALICE, usd("9"))
    await books.db.write(standing.pause, ACC, SupplierCause.WALLET)
    await books.db.write(standing.pause, HSTOCK, SupplierCause.SWITCHED)
    await books.db.write(put_words, TextName.TERMS, {EVERY: OwnText("No refunds")})
    await books.sql("UPDATE services SET paused = 1 WHERE id = 1")
    await books.sql("INSERT INTO categories (parent, name) VALUES (0, 'Games')")
    return books


async def _stranger(_books: Books) -> Act:
    return Act(BOB, Role.OWNER, "stranger")


async def _taken_out(books: Books) -> Act:
    await books.db.write(seed_operators, ())
    return books.act()


async def _in_another_role(books: Books) -> Act:
    await gives_role(books, OLGA, Role.VIEWER)
    return books.act()


@pytest.mark.parametrize("becomes", [_stranger, _taken_out, _in_another_role])
async def test_who_is_no_operator_by_now_does_nothing(
    lively: Books, becomes: Callable[[Books], Awaitable[Act]]
) -> None:
    act, before = await becomes(lively), await _all_there_is(lively)

    for deed in DEEDS.values():
        with pytest.raises(NotYours):
            await deed(lively, act)

        assert await _all_there_is(lively) == before


@pytest.mark.parametrize("role", Role)
async def test_a_role_does_what_it_permits_and_nothing_else(lively: Books, role: Role) -> None:
    await gives_role(lively, BOB, Role.OWNER)
    await gives_role(lively, OLGA, role)
    for deed, do in DEEDS.items():
        before = await _all_there_is(lively)
        permitted = may(role, _needs(deed))
        if not permitted:
            with pytest.raises(NotAllowed):
                await do(lively, Act(OLGA, role, f"of {role}"))
        assert permitted or await _all_there_is(lively) == before, deed


def _needs(deed: Callable[..., object]) -> Permission:
    """By the room that it lives in."""
    of_room = {
        "bot.money.topup": Permission.CREDIT,
        "bot.money.decide": Permission.CREDIT,
        "bot.money.approvals": Permission.CREDIT,
        "bot.orders.decide": Permission.ORDERS,
        "bot.orders.claims.answer": Permission.ORDERS,
        "bot.orders.claims.remedy": Permission.ORDERS,
        "bot.orders.claims.replace": Permission.ORDERS,
        "bot.catalog.switches.switch": Permission.SUPPLIERS,
        "bot.people.texts.store": Permission.SHOP,
        "bot.people.customers": Permission.CUSTOMERS,
        "bot.people.limits": Permission.CUSTOMERS,
        "bot.people.writing": Permission.CUSTOMERS,
        "bot.people.roles": Permission.SHOP,
        "bot.desk.exports.ask": Permission.SHOP,
        "bot.safety.safe_mode": Permission.SHOP,
        "bot.catalog.places.decide": Permission.SHOP,
        "bot.catalog.prices.decide": Permission.SHOP,
        "bot.catalog.hiding.decide": Permission.SUPPLIERS,
        "bot.catalog.places.look": Permission.SHOP,
        "bot.catalog.standins.decide": Permission.SHOP,
        "bot.broadcasts.steer": Permission.SHOP,
        "bot.catalog.basis.decide": Permission.SHOP,
        "bot.catalog.rises.decide": Permission.SUPPLIERS,
        "bot.orders.calibration.place": Permission.SHOP,
        "bot.catalog.standing": Permission.SUPPLIERS,
        "bot.catalog.store": Permission.SUPPLIERS,
    }
    return of_room[deed.__module__]


@pytest.mark.parametrize("deed", DEEDS.values(), ids=[one.__name__ for one in DEEDS])
async def test_an_operators_deed_is_done_and_written_down_in_their_name(
    lively: Books, deed: Deed
) -> None:
    [(before,)] = await lively.sql("SELECT max(id) FROM audit_log")

    await deed(lively, lively.act())

    assert await lively.sql(f"SELECT actor FROM audit_log WHERE id > {before}") == [(str(OLGA),)]  # noqa: S608 - a number


async def _all_there_is(books: Books) -> list[list[tuple[Any, ...]]]:
    tables = ("orders", "accounts", "transfers", "topup_requests", "audit_log", "outbox")
    credit = ("credit_approvals", "claims", "remedies", "letters")
    more = ("suppliers", "services", "customers", *credit)
    return [await books.sql(f"SELECT * FROM {name} ORDER BY 1") for name in tables + more]  # noqa: S608 - our own words


def test_every_deed_of_the_product_is_tried_here() -> None:
    assert set(_deeds()) == set(DEEDS)


def _deeds() -> Iterator[Callable[..., object]]:
    """Each transaction that is asked for with an act, but for what only checks it."""
    for module in modules():
        for name, one in vars(module).items():
            if not isfunction(one) or one.__module__ != module.__name__ or name.startswith("_"):
                continue
            given = list(signature(one, eval_str=True).parameters.values())
            if [each.annotation for each in given][:2] == [Tx, Act] and one not in CHECKS:
                yield one


# At the desk


@pytest.fixture
async def shop(sqlite_books_url: str, clock: TurnableClock) -> AsyncIterator[SmallShop]:
    async with open_small_shop(sqlite_books_url, clock) as shop:
        yield shop


async def test_a_role_that_is_taken_away_between_card_and_tap_stops_the_tap(
    shop: SmallShop,
) -> None:
    olga = shop.person(OLGA, "Olga")
    await shop.person(ALICE, "Alice").sends("/start")
    await olga.sends(f"/topup {ALICE} 5")
    await olga.taps("↩ Undo")
    await shop.books.db.write(seed_operators, ())

    await olga.taps("↩ Undo")
    assert (await shop.books.wallet()).free == usd("5")
    olga.sees_no_button("↩ Undo")

    shop.books.wait(minutes=2)
    await olga.sends(f"/topup {ALICE} 5")
    olga.sees("I did not understand that.")
    assert (await shop.books.wallet()).free == usd("5")
