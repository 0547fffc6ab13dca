"""Every fault of a reply is well-formed JSON that says something wrong."""

import json
from decimal import Decimal
from typing import Any

import pytest

from sandbox.suppliers import reply_faults as reply


async def test_an_order_can_be_taken_without_saying_which(accplanet: Any) -> None:
    accplanet.world.faults.next("add", reply.accepted_without_id())
    said = await accplanet.asks("add", service=10042)
    assert (said.status, said.payload) == (201, {})
    assert accplanet.world.orders_placed == 1


async def test_an_answer_can_hold_an_id_and_an_error(accplanet: Any) -> None:
    accplanet.world.faults.next("add", reply.id_and_error())
    assert set((await accplanet.asks("add", service=10042)).payload) == {"order", "error"}


async def test_an_id_can_be_given_twice(accplanet: Any) -> None:
    first = await accplanet.orders(10042)
    accplanet.world.faults.next("add", reply.order_id(first))
    assert await accplanet.orders(10042) == first
    assert accplanet.world.orders_placed == 2


@pytest.mark.parametrize("weird", reply.WEIRD_IDS, ids=lambda said: repr(said)[:12])
async def test_an_id_can_be_anything(hstock: Any, weird: object) -> None:
    hstock.world.faults.next("add", reply.order_id(weird))
    said = await hstock.asks("add", service=501, quantity=1)
    assert said.payload["order"] == weird
    assert type(said.payload["order"]) is type(weird)


async def test_a_charge_can_be_ten_times_too_high_and_in_another_currency(accplanet: Any) -> None:
    order = await accplanet.orders(10042)
    accplanet.world.faults.next("status", reply.charge_times(10))
    accplanet.world.faults.next("status", reply.currency("EUR"))
    assert (await accplanet.status(order))["charge"] == "250.00"
    assert (await accplanet.status(order))["currency"] == "EUR"
    assert await accplanet.balance() == Decimal("75.00")


@pytest.mark.parametrize("said", ["abc", "", None, "NaN", -1, ["1"]])
async def test_a_balance_can_be_garbage(accplanet: Any, said: object) -> None:
    accplanet.world.faults.next("balance", reply.balance(said))
    assert (await accplanet.asks("balance")).payload["balance"] == said


async def test_a_balance_can_be_missing(accplanet: Any) -> None:
    accplanet.world.faults.next("balance", reply.balance())
    assert (await accplanet.asks("balance")).payload == {"currency": "USD"}


async def test_a_catalogue_can_be_empty_or_shrunken(accplanet: Any) -> None:
    accplanet.world.faults.next("services", reply.empty_catalogue())
    accplanet.world.faults.next("services", reply.shrunken_catalogue(1))
    empty, shrunken = [(await accplanet.asks("services")).payload for _ in range(2)]
    assert (empty["services"], empty["total"]) == ([], 0)
    assert (len(shrunken["services"]), shrunken["total"]) == (1, 1)


async def test_bare_lists_can_be_emptied_too(hstock: Any) -> None:
    hstock.world.faults.next("sms_projects", reply.empty_catalogue())
    assert (await hstock.asks("sms_projects")).payload == []


async def test_garbage_rows_come_behind_the_honest_ones(accplanet: Any) -> None:
    accplanet.world.faults.next("services", reply.garbage_rows())
    said = await accplanet.asks("services")
    rows = json.loads(said.text, parse_float=str)["services"]
    assert [row["service"] for row in rows[:2]] == [10042, "64f1c0ffee0000000000a001"]
    assert '"rate": 1e400' in said.text
    rates = [row.get("rate") for row in rows if isinstance(row, dict)]
    assert {"abc", "NaN", "-1.00"} <= {rate for rate in rates if isinstance(rate, str)}
    assert rows[-5:] == [None, "a string", 42, [], {}]


async def test_a_refusal_stays_honest(accplanet: Any) -> None:
    accplanet.world.faults.next("add", reply.id_and_error("made up"))
    assert (await accplanet.asks("add", service=7)).payload == {"error": "Service not found"}
