"""What an answer to `add` means for the money: every row of the table, at the wire."""

import gzip
import json
from datetime import timedelta

import pytest

from bot.base.ids import RemoteId
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.errors import InDoubt, RefusalKind, Refused, Throttled
from tests.suppliers.conftest import Build, Counter, RawLine

GMAIL = RemoteId("10042")
HEX = "0123456789abcdef01234567"


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize(
    ("order", "kept"),
    [
        (HEX, HEX),
        ("0" * 23 + "1", "0" * 23 + "1"),
        (23501, "23501"),
        ("23501", "23501"),
        ("x" * 64, "x" * 64),
    ],
)
async def test_an_id_is_an_acceptance(
    accplanet: ApiV2, counter: Counter, status: int, order: object, kept: str
) -> None:
    counter.will_say(json.dumps({"order": order}), status)

    assert (await accplanet.add(GMAIL, 3)).order == kept
    assert counter.forms[0] | {"key": ""} == {
        "key": "",
        "action": "add",
        "service": "10042",
        "quantity": "3",
    }


UNUSABLE = [
    "null", '""', '" "', "true", "false", "0", "-1", "1.0", "1.5", "1e3", "[]", "[7]", "{}",
    '{"id":7}', '"' + "x" * 65 + '"', "9" * 65, '"two words"', '"\\u0000"', '"ünïcode"',
    '"null"', '"undefined"', '"NaN"', '"0"', '"-7"', "9" * 5000, '"0023501"', f'"{"0" * 24}"',
]  # fmt: skip


@pytest.mark.parametrize("order", UNUSABLE)
async def test_what_is_no_id_leaves_the_order_in_doubt(
    accplanet: ApiV2, counter: Counter, order: str
) -> None:
    counter.will_say(f'{{"order": {order}}}', 201)

    with pytest.raises(InDoubt):
        await accplanet.add(GMAIL, 1)


async def test_hstock_takes_numbers_and_digits_for_ids(hstock: ApiV2, counter: Counter) -> None:
    counter.will_say('{"order": "23501"}')
    assert (await hstock.add(GMAIL, 1)).order == "23501"

    for other in (HEX, "0023501"):
        counter.will_say(f'{{"order": "{other}"}}')
        with pytest.raises(InDoubt):
            await hstock.add(GMAIL, 1)


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 422])
async def test_nothing_but_an_error_text_is_a_refusal(
    accplanet: ApiV2, counter: Counter, status: int
) -> None:
    counter.will_say('{"error": "Insufficient balance. Please recharge your account."}', status)

    with pytest.raises(Refused) as no:
        await accplanet.add(GMAIL, 1)

    is_about_the_key = status == 401
    assert (no.value.kind is RefusalKind.BAD_KEY) is is_about_the_key
    assert (no.value.kind is RefusalKind.EMPTY_WALLET) is not is_about_the_key


async def test_a_wrong_key_is_seen_as_such(accplanet: ApiV2, counter: Counter) -> None:
    counter.will_say('{"error": "Nope"}', 401)

    with pytest.raises(Refused) as no:
        await accplanet.add(GMAIL, 1)

    assert no.value.kind is RefusalKind.BAD_KEY


@pytest.mark.parametrize(
    ("status", "body"),
    [
        *((status, '{"error": "no"}') for status in (201, 202, 302, 408, 409, 423, 425, 500, 503)),
        *((status, '{"order": 7}') for status in (202, 204, 302, 400, 404, 408, 409, 500, 503)),
        (200, '{"order": 7, "error": "no"}'),
        (200, '{"error": "no", "message": "really"}'),
        (200, '{"error": ""}'),
        (200, '{"error": "  "}'),
        (200, '{"error": null}'),
        (200, '{"error": {"text": "no"}}'),
        (400, '{"error": ["no"]}'),
        (200, "{}"),
        (200, ""),
        (200, "null"),
        (200, "7"),
        (200, '[{"order": 7}]'),
        (200, '{"orders": [{"order": 7}]}'),
        (200, '{"order": 7'),
        (200, '{"order": 7}}'),
        (200, '{"order": NaN}'),
        (200, "<html>Checking your browser</html>"),
        (400, "<html>Bad Request</html>"),
        (429, "<html>Too many</html>"),
        (429, ""),
        (429, '{"order": 7}'),
        (200, "[" * 100_000),
    ],
)
async def test_everything_else_is_in_doubt(
    accplanet: ApiV2, counter: Counter, status: int, body: str
) -> None:
    counter.will_say(body, status)

    with pytest.raises(InDoubt):
        await accplanet.add(GMAIL, 1)

    assert len(counter.forms) == 1


@pytest.mark.parametrize(
    ("headers", "body", "wait"),
    [
        ({"Retry_After": "7"}, "", timedelta(seconds=7)),
        ({"Retry_After": "0"}, "<html>", timedelta(seconds=1)),
        ({"Retry_After": "86400"}, "{}", timedelta(minutes=10)),
        ({"Retry_After": "9" * 400}, "{}", timedelta(minutes=10)),
        ({"Retry_After": "Sun, 01 Mar 2026 12:00:30 GMT"}, "", timedelta(seconds=30)),
        ({"Retry_After": "Sun, 01 Mar 2020 12:00:30 GMT"}, "", timedelta(seconds=1)),
        ({"Retry_After": "soon"}, "", timedelta(seconds=10)),
        ({}, '{"error": "Too many requests"}', timedelta(seconds=10)),
    ],
)
async def test_a_429_in_the_suppliers_words_asks_for_patience(
    accplanet: ApiV2, counter: Counter, headers: dict[str, str], body: str, wait: timedelta
) -> None:
    counter.will_say(body, 429, **headers)

    with pytest.raises(Throttled) as throttled:
        await accplanet.add(GMAIL, 1)

    assert throttled.value.retry_after == wait


async def test_a_redirect_is_not_followed(accplanet: ApiV2, counter: Counter) -> None:
    counter.will_say("", 307, Location="/elsewhere")

    with pytest.raises(InDoubt):
        await accplanet.add(GMAIL, 1)

    assert [request.path for request in counter.requests] == ["/api/v2"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"order": 7, "note": "' + b"x" * 300_000 + b'"}',
        gzip.compress(b'{"order": 7, "note": "' + b"x" * 9_000_000 + b'"}'),
    ],
)
async def test_a_huge_answer_is_not_read_to_its_end(
    accplanet: ApiV2, counter: Counter, body: bytes
) -> None:
    packed = {"Content_Encoding": "gzip"} if body.startswith(b"\x1f") else {}
    counter.will_say(body, 200, **packed)

    with pytest.raises(InDoubt) as doubt:
        await accplanet.add(GMAIL, 1)

    assert "longer" in doubt.value.why


async def test_each_add_comes_over_a_connection_of_its_own(
    accplanet: ApiV2, counter: Counter
) -> None:
    counter.will_say('{"order": 7}')
    await accplanet.add(GMAIL, 1)
    await accplanet.add(GMAIL, 1)
    counter.will_say('{"balance": "1", "currency": "USD"}')
    await accplanet.balance()
    await accplanet.balance()

    first, second, reading, next_reading = counter.peers
    assert len({first, second, reading}) == 3
    assert reading == next_reading


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{",
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"or',
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 2\r\n\r\n{}",
    ],
)
async def test_a_line_that_breaks_after_connecting_is_in_doubt_and_tried_once(
    raw_line: RawLine, build: Build, answer: bytes
) -> None:
    raw_line.writes = answer

    async with build(raw_line.url) as supplier:
        with pytest.raises(InDoubt):
            await supplier.add(GMAIL, 1)

    assert len(raw_line.heard) == 1
