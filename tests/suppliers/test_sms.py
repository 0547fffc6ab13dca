"""The five SMS actions at the wire: what is rented, what is doubt, what a number says."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.base.ids import RemoteId
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.api_v2.sms_replies import find_moment
from bot.suppliers.errors import InDoubt, Malformed, Refused, Throttled
from bot.suppliers.words import Code, NumberId
from tests.suppliers.conftest import KEY, Counter, says

ROW = {
    "project_id": "65f1",
    "name": "OpenAI / ChatGPT",
    "price": "0.5000",
    "country_id": "us",
    "country_title": "United States",
}
NUMBER = {"order": 12345, "phone": "+1234567890", "country": "us", "status": "active"}
WANTED = NumberId("65f1", "us")
ORDER = RemoteId("12345")


async def test_a_project_is_a_row_for_each_of_its_countries(
    hstock: ApiV2, counter: Counter
) -> None:
    counter.will_say(json.dumps([ROW, ROW | {"country_id": "gb", "price": 0.25}]))
    first, second = (await hstock.list_numbers()).rows

    assert (first.remote_id, second.remote_id) == ("sms:65f1:us", "sms:65f1:gb")
    assert (first.name, first.category, first.type) == ("OpenAI / ChatGPT", "SMS", "sms")
    assert (first.subcategory, first.rate) == ("United States", Decimal("0.5"))
    assert (first.span.least, first.span.most) == (1, 10)


async def test_one_country_can_be_asked_for(hstock: ApiV2, counter: Counter) -> None:
    counter.will_say("[]")
    await hstock.list_numbers("us")
    assert counter.forms[0]["country"] == "us"


async def test_missing_titles_are_taken_from_the_countries(
    hstock: ApiV2, counter: Counter
) -> None:
    untitled = [ROW | {"country_title": None}, ROW | {"country_title": "", "country_id": "zz"}]
    counter.answers["sms_projects"] = says(json.dumps(untitled))
    counter.answers["sms_countries"] = says(
        '[{"country_code": "us", "country_name": "United States"}]'
    )
    rows = (await hstock.list_numbers()).rows
    assert [row.subcategory for row in rows] == ["United States", "ZZ"]


@pytest.mark.parametrize(
    "bad",
    [
        None, 7, [], {}, ROW | {"project_id": ""}, ROW | {"country_id": None},
        ROW | {"name": " "}, ROW | {"country_id": "u:s"}, ROW,
    ],
)  # fmt: skip
async def test_a_bad_row_is_counted_and_hides_no_other(
    hstock: ApiV2, counter: Counter, bad: object
) -> None:
    counter.will_say(json.dumps([ROW, bad]))
    catalog = await hstock.list_numbers()
    assert (len(catalog.rows), catalog.unreadable) == (1, 1)


@pytest.mark.parametrize("price", ["0", "-1", "NaN", "", None, "1e400", "abc", "1_000"])
async def test_a_price_that_cannot_be_read_is_not_for_sale(
    hstock: ApiV2, counter: Counter, price: object
) -> None:
    counter.will_say(json.dumps([ROW | {"price": price}]))
    [row] = (await hstock.list_numbers()).rows
    assert row.problem


@pytest.mark.parametrize("body", ["{}", "null", '"x"', '{"projects": 7}'])
async def test_no_list_of_projects_is_malformed(
    hstock: ApiV2, counter: Counter, body: str
) -> None:
    counter.will_say(body)
    with pytest.raises(Malformed):
        await hstock.list_numbers()


async def test_one_number_is_an_acceptance(hstock: ApiV2, counter: Counter) -> None:
    counter.will_say(json.dumps({"orders": [NUMBER]}))
    rented = await hstock.rent(WANTED, "+15550100")

    assert (rented.order, rented.phone, rented.country) == ("12345", "+1234567890", "us")
    assert "1234567890" not in rented.said
    assert counter.forms[0] | {"key": ""} == {
        "key": "",
        "action": "add_sms",
        "project_id": "65f1",
        "quantity": "1",
        "country": "us",
        "phone": "+15550100",
    }


@pytest.mark.parametrize(
    "answer",
    [
        {}, [], None, {"orders": []}, {"orders": [NUMBER, NUMBER | {"order": 2}]},
        {"orders": NUMBER}, {"orders": [7]}, {"orders": [None]}, {"orders": [{}]},
        {"orders": [NUMBER | {"order": 0}]}, {"orders": [NUMBER | {"order": "x"}]},
        {"orders": [NUMBER | {"order": None}]}, {"orders": [NUMBER | {"error": "late"}]},
        {"orders": [NUMBER], "error": "Something"}, {"order": 12345},
    ],
)  # fmt: skip
async def test_anything_but_one_usable_number_is_doubt(
    hstock: ApiV2, counter: Counter, answer: object
) -> None:
    counter.will_say(json.dumps(answer))
    with pytest.raises(InDoubt):
        await hstock.rent(WANTED)
    assert len(counter.forms) == 1


async def test_a_429_beside_a_number_is_doubt(hstock: ApiV2, counter: Counter) -> None:
    counter.will_say(json.dumps({"error": "Too many requests", "orders": [NUMBER]}), 429)
    with pytest.raises(InDoubt):
        await hstock.rent(WANTED)


async def test_a_number_without_a_phone_is_a_number(hstock: ApiV2, counter: Counter) -> None:
    counter.will_say('{"orders": [{"order": "12345"}]}')
    assert (await hstock.rent(WANTED)).phone == ""


async def test_a_clear_no_and_a_clear_wait_are_no_doubt(hstock: ApiV2, counter: Counter) -> None:
    counter.will_say('{"error": "Insufficient balance"}')
    with pytest.raises(Refused):
        await hstock.rent(WANTED)
    counter.will_say('{"error": "slow down"}', 429, Retry_After="3")
    with pytest.raises(Throttled):
        await hstock.rent(WANTED)


async def test_a_status_is_read_as_it_stands(hstock: ApiV2, counter: Counter) -> None:
    counter.will_say(
        json.dumps(
            {
                "status": "code_received",
                "phone": "+1234567890",
                "code": 123456,
                "charge": "0.5000",
                "currency": "USD",
                "expires_at": "2023-01-01T12:00:00.000Z",
            }
        )
    )
    said = await hstock.number_status(ORDER)

    assert (said.status, said.phone, said.code) == ("code_received", "+1234567890", "123456")
    assert (said.charge, said.currency) == (Decimal("0.5"), "USD")
    assert said.expires_at == datetime(2023, 1, 1, 12, tzinfo=UTC)
    assert "123456" not in said.said


@pytest.mark.parametrize("body", ["{}", "[]", '{"status": 7}', '{"status": "x", "order": 9}'])
async def test_a_status_about_nothing_is_malformed(
    hstock: ApiV2, counter: Counter, body: str
) -> None:
    counter.will_say(body)
    with pytest.raises(Malformed):
        await hstock.number_status(ORDER)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"status": "waiting", "message": "Waiting for code"}', None),
        ('{"status": "completed", "code": null, "sms_content": ""}', None),
        (
            '{"status": "completed", "code": "12", "sms_content": "It is 12"}',
            Code("12", "It is 12"),
        ),
        ('{"status": "completed", "code": "007"}', Code("007")),
        ('{"status": "completed", "code": "N/A"}', None),
        ('{"status": "completed", "code": 0}', None),
        ('{"status": "completed", "code": "None", "sms_content": "Hi"}', Code("", "Hi")),
        ('{"status": "completed", "sms_content": "Tap here"}', Code("", "Tap here")),
    ],
)
async def test_a_code_comes_with_its_text(
    hstock: ApiV2, counter: Counter, body: str, code: Code | None
) -> None:
    counter.will_say(body)
    assert await hstock.number_code(ORDER) == code


async def test_the_operators_key_is_covered_in_everything_kept(
    hstock: ApiV2, counter: Counter
) -> None:
    counter.will_say(json.dumps({"status": "active", "phone": KEY, "code": KEY}))
    assert KEY not in str(await hstock.number_status(ORDER))
    counter.will_say(json.dumps({"code": "1", "sms_content": f"take {KEY}"}))
    assert KEY not in str(await hstock.number_code(ORDER))


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2026-03-01T12:00:00Z", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01 12:00:00", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01T14:00:00+02:00", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        (1772366400, datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("1772366400000", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("soon", None), ("", None), (None, None), (True, None), (0, None), (-5, None),
        ("1e17", None), ([], None), ({}, None), ("0001-01-01T00:00:00+23:00", None),
    ],
)  # fmt: skip
def test_an_end_is_read_in_every_honest_form(raw: object, moment: datetime | None) -> None:
    assert find_moment(raw) == moment


@pytest.mark.parametrize(
    ("raw", "zoned"),
    [
        ("2026-03-01T12:00:00Z", True), ("2026-03-01T12:00:00+07:00", True), (1772366400, True),
        ("1772366400000", True), (None, True), ("2026-03-01 12:00:00", False),
        ("2026-03-01T12:00:00.000", False),
    ],
)  # fmt: skip
async def test_an_end_without_a_zone_is_told_apart(
    hstock: ApiV2, counter: Counter, raw: object, *, zoned: bool
) -> None:
    counter.will_say(json.dumps({"status": "active", "expires_at": raw}))
    assert (await hstock.number_status(ORDER)).has_zone is zoned
