"""A list is a list: bare, wrapped, or an object with numbers for names."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.base.ids import RemoteId
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.errors import Unreadable
from bot.suppliers.progress import split_units
from bot.suppliers.words import Code, NumberId
from tests.suppliers.conftest import Counter

ORDER = RemoteId("7")
Shape = Callable[[str, list[Any]], object]
SHAPES: dict[str, Shape] = {
    "bare": lambda _name, rows: rows,
    "wrapped": lambda name, rows: {name: rows},
    "numbered": lambda _name, rows: {str(2 * at + 1): row for at, row in enumerate(rows)},
    "numbered and wrapped": lambda name, rows: {
        name: {str(2 * at + 1): row for at, row in enumerate(rows)}
    },
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
async def test_every_list_is_read_in_every_shape(
    hstock: ApiV2, counter: Counter, shape: Shape
) -> None:
    counter.will_say(json.dumps(shape("services", [_service(nth) for nth in range(12)])))
    listed = await hstock.list_services()
    assert [row.remote_id for row in listed.rows] == [str(nth) for nth in range(12)]

    counter.will_say(json.dumps(shape("categories", [{"category": "A"}, {"category": "B"}])))
    assert list(await hstock.list_categories()) == ["A", "B"]

    project = {"country_id": "us", "country_title": "States", "name": "x", "price": "1"}
    projects = [project | {"project_id": str(nth)} for nth in range(2)]
    counter.will_say(json.dumps(shape("projects", projects)))
    assert len((await hstock.list_numbers()).rows) == 2

    counter.will_say(
        json.dumps(shape("countries", [{"country_code": "us", "country_name": "States"}]))
    )
    assert await hstock.list_countries() == {"us": "States"}


def _service(nth: int) -> dict[str, object]:
    return {"service": nth, "name": f"Mail {nth}", "rate": "1", "min": 1, "max": 9}


@pytest.mark.parametrize(
    ("accounts", "units"),
    [
        ({"1": "u1:p1", "3": "u2:p2"}, ("u1:p1", "u2:p2")),
        ({"10": "b:2", "9": "a:1"}, ("a:1", "b:2")),
        ({"0": {"login": "a"}}, ('{"login":"a"}',)),
        ({"login": "a"}, ('{"login":"a"}',)),
        ({}, ()),
        (["processing", "Preparing your order..."], ()),
        ("------", ()),
        (["u1:p1", "pending"], ("u1:p1",)),
    ],
)
async def test_goods_are_units_in_every_shape(
    hstock: ApiV2, counter: Counter, accounts: object, units: tuple[str, ...]
) -> None:
    counter.will_say(json.dumps({"status": "In progress", "accounts": accounts}))
    assert (await hstock.status(ORDER)).progress.accounts == units


@pytest.mark.parametrize(
    ("accounts", "quantity", "units"),
    [
        (("u1:p1\nu2:p2",), 2, ("u1:p1", "u2:p2")),
        (("u1:p1\r\nu2:p2\n\n",), 3, ("u1:p1", "u2:p2")),
        (("u1|p1|m1\nu2|p2|m2",), 2, ("u1|p1|m1", "u2|p2|m2")),
        (("login: a\npassword: b",), 2, ("login: a\npassword: b",)),
        (("u1:p1\nrecovery|mail|x",), 2, ("u1:p1\nrecovery|mail|x",)),
        (("a\nb",), 2, ("a\nb",)),
        (("u1:p1\nu2:p2",), 1, ("u1:p1\nu2:p2",)),
        (("u1:p1\nu2:p2\nu3:p3",), 2, ("u1:p1\nu2:p2\nu3:p3",)),
        (("u1:p1\nu2:p2", "u3:p3"), 3, ("u1:p1", "u2:p2", "u3:p3")),
        (("u1:p1", "u2:p2"), 2, ("u1:p1", "u2:p2")),
        ((), 2, ()),
    ],
)
def test_one_text_with_an_account_per_line_is_several(
    accounts: tuple[str, ...], quantity: int, units: tuple[str, ...]
) -> None:
    assert split_units(accounts, quantity) == units


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "completed", "code": ["11111", "22222"]},
        {"status": "completed", "codes": ["11111", "22222"]},
        {"status": "completed", "codes": {"1": "11111", "4": "22222"}},
        {"status": "completed", "codes": [{"code": "11111"}, {"code": "22222"}]},
        [{"status": "waiting"}, {"status": "completed", "code": "22222"}],
    ],
)
async def test_of_several_codes_the_newest_is_the_code(
    hstock: ApiV2, counter: Counter, answer: object
) -> None:
    counter.will_say(json.dumps(answer))
    assert await hstock.number_code(ORDER) == Code("22222")


async def test_the_one_number_of_an_order_may_be_numbered(hstock: ApiV2, counter: Counter) -> None:
    counter.will_say(json.dumps({"orders": {"1": {"order": 12, "phone": "+15550100"}}}))
    assert (await hstock.rent(NumberId("1", "us"))).order == "12"


async def test_ids_of_hex_are_the_same_whatever_their_case(
    accplanet: ApiV2, counter: Counter
) -> None:
    order = RemoteId("0123456789abcdef01234567")
    counter.will_say(json.dumps({"status": "Completed", "order": order.upper()}))
    assert (await accplanet.status(order)).progress.status == "Completed"
    counter.will_say(json.dumps({"status": "Completed", "order": "AB"}))
    with pytest.raises(Unreadable):
        await accplanet.status(RemoteId("ab"))
    counter.will_say(json.dumps({"order": "0" * 8 + "ABCDEF0123456789"}))
    assert (await accplanet.add(RemoteId("1"), 1)).order == "0" * 8 + "ABCDEF0123456789"
