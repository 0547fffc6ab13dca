"""An answer about one order that cannot be read is that order's trouble, and no silence."""

import pytest
from aiohttp import web

from bot.base.ids import RemoteId
from bot.suppliers import Bound, RequestLimits
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.errors import InDoubt, Malformed, SupplierError, Unreadable
from bot.suppliers.words import NumberId
from tests.suppliers.conftest import Build, Counter

ORDER = RemoteId("7")
READABLE: list[tuple[bytes, tuple[str, ...]]] = [
    (b'{"status": "Completed", "accounts": ["a:caf\xe9"]}', ("a:café",)),
    (b'{"status": "Completed", "accounts": ["a:b\x01c"]}', ("a:b\x01c",)),
    (b'{"status": "Completed", "accounts": ["a:b\tc"]}', ("a:b\tc",)),
    (b'{"status": "Completed", "accounts": ["a:b"]}<br>Notice: 7', ("a:b",)),
    (b'{"status": "Completed", "accounts": ["a:b"]}{"status": "x"}', ("a:b",)),
    (b'\xef\xbb\xbf {"status": "Completed", "accounts": ["a:\xff"]} ;', ("a:ÿ",)),
    (b'{"status": "Completed", "charge": NaN, "accounts": ["a:b"]}', ("a:b",)),
]
UNREADABLE = [
    b"x", b'"x"', b"7", b"null", b"{", b"[]", b"{}", b'{"status": 7}', b"\xff\xfe\x00",
    b'{"status": "x", "accounts": [', b"[" * 100_000, b"OK {}", b'{"error": {"code": 7}}',
    b'{"status": "x", "order": 8}',
]  # fmt: skip


@pytest.mark.parametrize(("body", "accounts"), READABLE)
async def test_what_an_eye_can_read_is_read(
    accplanet: ApiV2, counter: Counter, body: bytes, accounts: tuple[str, ...]
) -> None:
    counter.will_say(body)
    assert (await accplanet.status(ORDER)).progress.accounts == accounts


@pytest.mark.parametrize(
    "body",
    [
        b'{"order": "caf\xe9"}', b'{"order": "a\x01b"}', b'{"order": 7}<br>', b'{"order": 7}{}',
        b'{"error": "no"} Notice', b'{"error": "caf\xe9"}',
    ],
)  # fmt: skip
async def test_an_order_takes_no_such_answer(
    accplanet: ApiV2, hstock: ApiV2, counter: Counter, body: bytes
) -> None:
    counter.will_say(body)
    with pytest.raises(InDoubt):
        await accplanet.add(ORDER, 1)
    with pytest.raises(InDoubt):
        await hstock.rent(NumberId("1", "us"))


async def _ask(supplier: ApiV2, action: str) -> object:
    if action == "status":
        return await supplier.status(ORDER)
    return await (
        supplier.number_status(ORDER) if action == "sms_status" else supplier.number_code(ORDER)
    )


@pytest.mark.parametrize("body", UNREADABLE)
@pytest.mark.parametrize("action", ["status", "sms_status"])
async def test_what_cannot_be_read_takes_the_supplier_from_nobody_else(
    hstock: ApiV2, counter: Counter, action: str, body: bytes
) -> None:
    counter.will_say(body)
    for _ in range(7):
        with pytest.raises(Unreadable):
            await _ask(hstock, action)
    assert hstock.health.down_since is None


async def test_nor_does_an_answer_that_is_too_long(
    build: Build, counter_url: tuple[Counter, str]
) -> None:
    counter, url = counter_url
    small = Bound(10, 1_000)
    limits = RequestLimits(status=small, number=small, attempts=1)
    counter.will_say('{"status": "Completed", "accounts": ["' + "a" * 2_000 + '"]}')
    async with build(url, "hstockplus", limits) as supplier:
        for action in ("status", "sms_status", "sms_code") * 2:
            with pytest.raises(Unreadable):
                await _ask(supplier, action)
        assert supplier.health.down_since is None


@pytest.mark.parametrize(("body", "status"), [("<html>", 200), ("", 200), ("x", 502), ("{}", 500)])
async def test_a_page_and_nothing_at_all_are_silence(
    accplanet: ApiV2, counter: Counter, body: str, status: int
) -> None:
    counter.will_say(body, status)
    for _ in range(7):
        with pytest.raises(SupplierError) as failure:
            await accplanet.status(ORDER)
        assert not isinstance(failure.value, Unreadable)
    assert accplanet.health.down_since is not None


async def test_a_catalogue_that_cannot_be_read_says_why(
    accplanet: ApiV2, counter: Counter
) -> None:
    for body in (
        '"services"',
        '{"services": 7}',
        "[1, 2]",
        '{"services": [{"id": 1}]}',
        '{"a":1}',
    ):
        counter.will_say(body)
        with pytest.raises(Malformed) as failure:
            await accplanet.list_services()
        assert failure.value.why


async def test_a_page_of_bad_rows_hides_no_other_page(accplanet: ApiV2, counter: Counter) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        page = (await request.post()).get("page", "1")
        row = {"name": "bad"} if page == "2" else {"service": page, "name": "x", "rate": 1}
        return web.json_response({"services": [row], "total_pages": 3, "limit": 1})

    counter.answers["*"] = answer
    listed = await accplanet.list_services()
    assert (len(listed.rows), listed.unreadable) == (2, 1)
