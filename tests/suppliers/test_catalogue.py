"""A catalogue is read row by row, whatever single rows claim."""

import json
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

import pytest
from aiohttp import web

from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.errors import Malformed
from tests.suppliers.conftest import Counter, says

NO_IDS: tuple[object, ...] = (None, "", " ", True, -1, 1.5, [], {"id": 1})
NO_NAMES: tuple[object, ...] = (None, "", "  ", "\u200b", "\ud800", {"en": "x"})
ROW: dict[str, Any] = {
    "service": 10042,
    "name": "Gmail",
    "category": "Email",
    "rate": "9.99",
    "min": 1,
    "max": 100,
    "stock": 100,
}


def catalogue(*rows: object, **beside: object) -> str:
    return json.dumps({"services": rows, **beside})


async def test_a_row_is_read_as_it_stands(accplanet: ApiV2, counter: Counter) -> None:
    counter.will_say(
        catalogue(
            ROW
            | {"entityType": "product", "autoDelivery": True, "refill": True, "description": "<b>"}
        )
    )

    (row,) = (await accplanet.list_services()).rows

    assert (row.remote_id, row.name, row.rate) == ("10042", "Gmail", Decimal("9.99"))
    assert (row.least, row.most, row.stock) == (1, 100, 100)
    assert (row.type, row.entity_type, row.auto_delivery) == ("Default", "product", True)
    assert (row.description, row.problem) == ("<b>", "")
    assert counter.forms[0]["limit"] == "0"


@pytest.mark.parametrize(
    "flaw",
    [
        *({"rate": rate} for rate in ("abc", "NaN", "-Infinity", "1e400", "", "1,00", "1_0", "٣")),
        *({"rate": rate} for rate in (None, True, ["1"], "-1", 0, "0.00", -1, "1e18")),
        {"min": 10, "max": 9},
        {"min": "many"},
        {"min": 1.5},
        {"max": 0},
        {"max": "lots"},
        {"stock": -1},
        {"stock": "lots"},
        {"stock": 1.5},
    ],
)
async def test_a_row_that_can_be_named_and_not_sold_is_kept_with_its_problem(
    accplanet: ApiV2, counter: Counter, flaw: dict[str, object]
) -> None:
    counter.will_say(catalogue(ROW | flaw, ROW | {"service": 2}))

    listed = await accplanet.list_services()

    assert [bool(row.problem) for row in listed.rows] == [True, False]
    assert listed.unreadable == 0


@pytest.mark.parametrize(
    "row",
    [
        *(ROW | {"service": wrong} for wrong in NO_IDS),
        *(ROW | {"name": wrong} for wrong in NO_NAMES),
        None,
        "a string",
        42,
        [],
        {},
    ],
)
async def test_a_row_that_cannot_be_named_is_counted(
    accplanet: ApiV2, counter: Counter, row: object
) -> None:
    counter.will_say(catalogue(row, ROW))

    listed = await accplanet.list_services()

    assert [row.remote_id for row in listed.rows] == ["10042"]
    assert listed.unreadable == 1


@pytest.mark.parametrize(
    "rate", ["NaN", "Infinity", "1e400", "9" * 5000, "1e99999999999999999999"]
)
async def test_a_number_that_no_json_has_spoils_its_own_row_only(
    accplanet: ApiV2, counter: Counter, rate: str
) -> None:
    body = catalogue(ROW | {"rate": "@"}, ROW | {"service": 2}).replace('"@"', rate)
    counter.will_say(body)

    rows = (await accplanet.list_services()).rows

    assert [(row.remote_id, bool(row.problem)) for row in rows] == [("10042", True), ("2", False)]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({"min": None, "max": None}, (1, 100, 100)),
        ({"min": 0, "max": "50"}, (1, 50, 100)),
        ({"min": -5, "max": 50.0}, (1, 50, 100)),
        ({"min": "2", "max": None, "stock": None}, (2, 10**9, None)),
        ({"max": 10**30, "stock": "7"}, (1, 1, 7)),
        ({"max": 10**15, "stock": 10**15}, (1, 10**9, 10**9)),
    ],
)
async def test_units_are_read_from_texts_and_numbers(
    accplanet: ApiV2, counter: Counter, said: dict[str, object], read: tuple[int, int, int | None]
) -> None:
    counter.will_say(catalogue(ROW | said))

    (row,) = (await accplanet.list_services()).rows

    assert (row.least, row.most, row.stock) == read


async def test_texts_are_cleaned(accplanet: ApiV2, counter: Counter) -> None:
    ugly = {"name": "  A\u202e\tb\x00\ud800c\n ", "category": "", "description": "a\r\nb\x07"}
    counter.will_say(catalogue(ROW | ugly, ROW | {"service": "x" * 24, "name": "n" * 999}))

    first, second = (await accplanet.list_services()).rows

    assert (first.name, first.category, first.description) == ("A bc", "Other", "a\nb")
    assert (second.remote_id, len(second.name)) == ("x" * 24, 300)


async def test_wrong_utf8_in_one_name_leaves_the_others_alone(
    accplanet: ApiV2, counter: Counter
) -> None:
    counter.will_say(
        catalogue(ROW | {"name": "@"}, ROW | {"service": 2}).encode().replace(b"@", b"\xff!")
    )

    assert len((await accplanet.list_services()).rows) == 2


async def test_the_first_of_two_equal_ids_wins(accplanet: ApiV2, counter: Counter) -> None:
    counter.will_say(catalogue(ROW, ROW | {"service": "10042", "name": "Other"}))

    listed = await accplanet.list_services()

    assert [row.name for row in listed.rows] == ["Gmail"]
    assert listed.unreadable == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"services": null}',
        '{"services": {}}',
        "<html>",
        '{"services": []',
    ],
)
async def test_no_list_is_malformed(accplanet: ApiV2, counter: Counter, body: str) -> None:
    counter.will_say(body)

    with pytest.raises(Malformed):
        await accplanet.list_services()


async def test_a_count_without_rows_is_malformed(accplanet: ApiV2, counter: Counter) -> None:
    counter.will_say(catalogue(total=150))

    with pytest.raises(Malformed):
        await accplanet.list_services()


@pytest.mark.parametrize("status", [302, 404, 500, 503])
async def test_a_catalogue_under_a_failing_status_is_malformed(
    accplanet: ApiV2, counter: Counter, status: int
) -> None:
    counter.will_say(catalogue(ROW), status)

    with pytest.raises(Malformed):
        await accplanet.list_services()


def pages_of(
    rows: list[dict[str, Any]], size: int, **told: object
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        page = int(str((await request.post()).get("page", "1")))
        cut = rows[(page - 1) * size : page * size]
        return await says(catalogue(*cut, page=page, limit=size, **told))(request)

    return answer


@pytest.mark.parametrize(
    "told", [{"total": 7, "total_pages": 3}, {"total": "7"}, {"total_pages": 3}]
)
async def test_an_answer_cut_into_pages_is_put_together(
    accplanet: ApiV2, counter: Counter, told: dict[str, object]
) -> None:
    rows = [ROW | {"service": number} for number in range(7)]
    counter.answers["services"] = pages_of(rows, 3, **told)

    listed = await accplanet.list_services("pt_BR")

    assert [row.remote_id for row in listed.rows] == list("0123456")
    assert {form["language"] for form in counter.forms} == {"pt-BR"}
    assert [form.get("page") for form in counter.forms] == [None, "2", "3"]


async def test_a_supplier_that_repeats_its_first_page_is_not_asked_for_ever(
    accplanet: ApiV2, counter: Counter
) -> None:
    counter.will_say(catalogue(ROW, total=10**6, total_pages=10**6))

    listed = await accplanet.list_services()

    assert (len(listed.rows), listed.unreadable, len(counter.forms)) == (1, 0, 2)
