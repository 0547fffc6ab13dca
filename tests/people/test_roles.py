"""Roles are given by owners, and nobody can lock the shop by them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.base.acts import Act, Permission, Role
from bot.base.errors import NotAllowed, NotYours, RefundTooLarge
from bot.base.ids import CustomerId
from bot.money import requests, topup
from bot.orders import decide
from bot.orders.rules.moves import Reason
from bot.people import audit, roles
from bot.people.errors import LastOwner, NamedInSettings
from bot.people.operators import find_role, list_operators, seed_operators
from tests.stored_shop import ALICE, BOB, OLGA, Books, usd

CARL = CustomerId(505)


@pytest.fixture
async def crew(books: Books) -> Books:
    """Olga is named in the settings; Alice, Bob and Carl have said hello."""
    await books.meets(ALICE, BOB, CARL, OLGA)
    return books


async def gives(books: Books, who: CustomerId, role: Role | None, by: Act | None = None) -> object:
    return await books.db.write(roles.set_role, by or books.act(), who, role)


async def test_a_role_is_given_changed_and_taken_back(crew: Books) -> None:
    assert await gives(crew, BOB, Role.CASHIER) is None
    assert await gives(crew, BOB, Role.SUPPORT) is Role.CASHIER
    assert await crew.db.read(find_role, BOB) is Role.SUPPORT
    assert await gives(crew, BOB, None) is Role.SUPPORT
    assert await crew.db.read(find_role, BOB) is None
    assert await crew.told(BOB) == ["role"] * 3


async def test_a_role_given_twice_is_written_down_once(crew: Books) -> None:
    await gives(crew, BOB, Role.CASHIER)
    assert await gives(crew, BOB, Role.CASHIER) is Role.CASHIER
    assert await crew.told(BOB) == ["role"]
    log = await crew.db.read(audit.list_acts, 0)
    assert [(one.action, one.subject, one.before, one.after) for one in log.rows] == [
        ("role", f"customer:{BOB}", "", "cashier")
    ]


async def test_who_never_wrote_to_the_bot_gets_no_role(crew: Books) -> None:
    with pytest.raises(NotYours):
        await gives(crew, CustomerId(999), Role.VIEWER)


async def test_whom_the_settings_name_stays_an_owner(crew: Books) -> None:
    await gives(crew, BOB, Role.OWNER)
    for lower in (None, Role.VIEWER):
        with pytest.raises(NamedInSettings):
            await gives(crew, OLGA, lower, Act(BOB, Role.OWNER))
    assert await crew.db.read(find_role, OLGA) is Role.OWNER


async def test_the_last_owner_stays(crew: Books) -> None:
    await gives(crew, BOB, Role.OWNER)
    await crew.db.write(seed_operators, ())
    by = Act(BOB, Role.OWNER)
    for lower in (None, Role.CASHIER):
        with pytest.raises(LastOwner):
            await gives(crew, BOB, lower, by)
    await gives(crew, CARL, Role.OWNER, by)
    await gives(crew, BOB, Role.CASHIER, by)
    assert await crew.db.read(list_operators, Permission.SHOP) == (CARL,)


@pytest.mark.parametrize("role", [Role.CASHIER, Role.SUPPORT, Role.VIEWER])
async def test_only_an_owner_gives_roles(crew: Books, role: Role) -> None:
    await gives(crew, BOB, role)
    with pytest.raises(NotAllowed):
        await gives(crew, BOB, Role.OWNER, Act(BOB, role))
    assert await crew.db.read(find_role, BOB) is role


async def test_alerts_reach_those_who_may_act_on_them(crew: Books) -> None:
    await gives(crew, ALICE, Role.VIEWER)
    await gives(crew, BOB, Role.CASHIER)
    await gives(crew, CARL, Role.SUPPORT)
    await crew.db.write(requests.ask_topup, ALICE, usd("5"))
    await crew.has(ALICE, "5")
    await crew.in_doubt()

    told = {who: set(await crew.told(who)) - {"role"} for who in (BOB, CARL, OLGA)}
    assert told == {BOB: {"a-topup"}, CARL: {"a-doubt"}, OLGA: {"a-topup", "a-doubt"}}
    assert not {one for one in await crew.told(ALICE) if one.startswith("a-")}


async def test_a_cashier_undoes_what_they_did_themselves(crew: Books) -> None:
    await gives(crew, BOB, Role.CASHIER)
    cashier = Act(BOB, Role.CASHIER, "bob's")
    theirs = await crew.has(ALICE, "5")
    own = await crew.db.write(topup.top_up, cashier, ALICE, usd("3"))
    with pytest.raises(NotAllowed):
        await crew.db.write(topup.undo, cashier, theirs.transfer)
    await crew.db.write(topup.undo, cashier, own.transfer)
    assert (await crew.wallet()).free == usd("5")


async def test_support_gives_back_up_to_a_limit(crew: Books) -> None:
    await crew.has(ALICE, "200")
    doubt = await crew.in_doubt()
    most = usd("0.01")
    crew.db.settings = replace(crew.db.settings, support_refund_limit=most)
    await gives(crew, CARL, Role.SUPPORT)
    support, order = Act(CARL, Role.SUPPORT), doubt.order
    with pytest.raises(RefundTooLarge) as refused:
        await crew.db.write(decide.fail_order, support, order, Reason.NOT_PLACED)
    assert refused.value.most == most
    await crew.db.write(decide.fail_order, crew.act(), order, Reason.NOT_PLACED)
