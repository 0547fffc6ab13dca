"""Status, balance and stock: what can be read is read exactly, the rest is said to be missing."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.base.ids import RemoteId
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.api_v2.limits import RequestLimits
from bot.suppliers.errors import Malformed, NotSent, RefusalKind, Refused, Throttled, Unreadable
from bot.suppliers.port import Balance, Stock
from bot.suppliers.progress import Progress, Stage
from tests.suppliers.conftest import BOUND, Build, Counter, RawLine

ORDER = RemoteId("0123456789abcdef01234567")


async def test_a_whole_status_is_read(accplanet: ApiV2, counter: Counter) -> None:
    counter.will_say(
        '{"status": "Completed", "charge": 50.00, "remains": 0, "currency": "usd",'
        ' "accounts": ["alice:secret", "bob:secret"]}'
    )

    said = await accplanet.status(ORDER)

    assert said.progress == Progress(
        "Completed", Stage.DONE, Decimal("50.00"), "USD", 0, remains_said=True,
        accounts=("alice:secret", "bob:secret"),
    )  # fmt: skip
    assert "secret" not in said.said
    assert "accounts: (2)" in said.said


@pytest.mark.parametrize(
    ("remains", "read"),
    [
        ("1", 1), ('"1"', 1), ("1.0", 1), ('"1.0"', 1), ("-1", -1), ("1.5", None), ('"x"', None),
        ("true", None), ("[]", None), ("1e400", None), ('"1_0"', None),
    ],
)  # fmt: skip
async def test_remains_is_a_whole_number_or_unreadable(
    accplanet: ApiV2, counter: Counter, remains: str, read: int | None
) -> None:
    counter.will_say(f'{{"status": "Partial", "remains": {remains}, "charge": "odd"}}')

    progress = (await accplanet.status(ORDER)).progress

    assert (progress.remains, progress.remains_said, progress.charge) == (read, True, None)


@pytest.mark.parametrize(
    "body", ['{"status": "Partial"}', '{"status": "Partial", "remains": null}']
)
async def test_remains_not_said_is_told_apart(
    accplanet: ApiV2, counter: Counter, body: str
) -> None:
    counter.will_say(body)
    assert not (await accplanet.status(ORDER)).progress.remains_said


@pytest.mark.parametrize(
    ("accounts", "read"),
    [
        (None, None),
        ([], ()),
        (["", "  ", None, "a:b"], ("a:b",)),
        ("a:b\nc:d\r\n\n", ("a:b", "c:d")),
        ([{"login": "a", "n": 1.50}, 7, ["x", 1]], ('{"login":"a","n":1.5}', "7", '["x",1]')),
        ({"login": "a"}, ('{"login":"a"}',)),
        (["\ud800a"], ("a",)),
        ([{"pass": "1", "login": "a"}], ('{"login":"a","pass":"1"}',)),
        (3, None),
        (0, None),
        (1.5, None),
        ([False, True, False], ()),
    ],
)
async def test_goods_are_texts_and_nothing_of_them_is_lost(
    accplanet: ApiV2, counter: Counter, accounts: object, read: tuple[str, ...] | None
) -> None:
    counter.will_say(json.dumps({"status": "Completed", "accounts": accounts}))
    assert (await accplanet.status(ORDER)).progress.accounts == read


@pytest.mark.parametrize(
    "body",
    [
        "{}", "[]", "", '{"status": ""}', '{"status": null}', '{"status": 7}',
        '{"status": "Completed", "order": "another"}', '{"status": "Completed"',
        '{"status": "Completed", "accounts": ' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
)  # fmt: skip
async def test_a_status_without_its_text_is_malformed(
    accplanet: ApiV2, counter: Counter, body: str
) -> None:
    counter.will_say(body)
    with pytest.raises(Malformed):
        await accplanet.status(ORDER)


async def test_a_balance_is_exact(accplanet: ApiV2, counter: Counter) -> None:
    counter.will_say('{"balance": 100.10, "currency": "usd"}')
    assert await accplanet.balance() == Balance(Decimal("100.10"), "USD")


@pytest.mark.parametrize(
    "body",
    [
        '{"balance": "NaN", "currency": "USD"}', '{"balance": "", "currency": "USD"}',
        '{"balance": true, "currency": "USD"}', '{"balance": "1", "currency": "US$"}',
        '{"balance": "1"}', '{"currency": "USD"}', '{"balance": NaN, "currency": "USD"}',
        '{"balance": "1,234", "currency": "USD"}', '{"balance": "1.234,5.6", "currency": "USD"}',
        '{"balance": "1,23,456.00", "currency": "USD"}', '{"balance": "1", "currency": "USDT"}',
        '{"balance": "1 EUR", "currency": "USD"}', '{"balance": "$1", "currency": "EUR"}',
        '{"balance": "$", "currency": "USD"}', '{"balance": "$1"}', '{"balance": []}', "7",
        '{"balance": {"balance": "1,234.56"}}', "100,00", '"1"', "[]", "null",
    ],
)  # fmt: skip
async def test_a_balance_that_is_none_is_malformed(
    accplanet: ApiV2, counter: Counter, body: str
) -> None:
    counter.will_say(body)
    for _ in range(7):
        with pytest.raises(Unreadable):
            await accplanet.balance()
    assert accplanet.health.down_since is None


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("1,234.56", "1234.56"), ("1.234,56", "1234.56"), ("1 234,56", "1234.56"),
        ("1\u202f234.56", "1234.56"), ("1 234", "1234"), ("1,234,567", "1234567"),
        ("1.234.567", "1234567"), ("1,234,567.8", "1234567.8"), ("-1,234.56", "-1234.56"),
        ("$1,234.56", "1234.56"), ("12.5 USD", "12.5"), ("usd 12.5", "12.5"), (" 12.5 ", "12.5"),
        ("1.234", "1.234"), ("0.5", "0.5"), ("1e2", "100"),
    ],
)  # fmt: skip
async def test_grouped_thousands_are_read_where_they_have_one_meaning(
    accplanet: ApiV2, counter: Counter, said: str, amount: str
) -> None:
    counter.will_say(json.dumps({"balance": said, "currency": "USD"}))
    assert await accplanet.balance() == Balance(Decimal(amount), "USD")


async def test_a_currency_may_stand_beside_the_amount_or_within(
    accplanet: ApiV2, counter: Counter
) -> None:
    for answer in ({"balance": "12.5 USD"}, {"balance": {"balance": "12.5", "currency": "usd"}}):
        counter.will_say(json.dumps(answer))
        assert await accplanet.balance() == Balance(Decimal("12.5"), "USD")


@pytest.mark.parametrize(
    ("body", "stock"),
    [
        ('{"service": 7, "stock": 42, "available": true}', Stock(42, available=True)),
        ('{"service": "7", "stock": "0", "available": false}', Stock(0, available=False)),
        ('{"stock": 3}', Stock(3, available=True)),
        ('{"stock": null, "available": true}', Stock(None, available=True)),
        ('{"stock": -4, "available": true}', Stock(0, available=False)),
    ],
)
async def test_the_stock_is_what_the_supplier_says(
    accplanet: ApiV2, counter: Counter, body: str, stock: Stock
) -> None:
    counter.will_say(body)
    assert await accplanet.stock(RemoteId("7")) == stock


@pytest.mark.parametrize("body", ['{"service": 8, "stock": 4}', "{}", '{"stock": "lots"}'])
async def test_no_stock_or_anothers_is_malformed(
    accplanet: ApiV2, counter: Counter, body: str
) -> None:
    counter.will_say(body)
    with pytest.raises(Malformed):
        await accplanet.stock(RemoteId("7"))


Reading = Callable[[ApiV2], Awaitable[object]]
READINGS: list[Reading] = [
    lambda supplier: supplier.list_services(),
    lambda supplier: supplier.list_categories(),
    lambda supplier: supplier.find_service(RemoteId("7")),
    lambda supplier: supplier.stock(RemoteId("7")),
    lambda supplier: supplier.status(ORDER),
    lambda supplier: supplier.balance(),
]


@pytest.mark.parametrize("read", READINGS)
async def test_every_reading_fails_in_the_same_words(
    accplanet: ApiV2, counter: Counter, read: Reading
) -> None:
    counter.will_say('{"error": "Invalid action", "hint": 1}')
    with pytest.raises(Refused, match="Invalid action"):
        await read(accplanet)
    counter.will_say("<html>", 401)
    with pytest.raises(Refused) as no:
        await read(accplanet)
    assert no.value.kind is RefusalKind.BAD_KEY
    counter.will_say("<html>", 429)
    with pytest.raises(Throttled) as throttled:
        await read(accplanet)
    assert throttled.value.retry_after == timedelta(seconds=10)
    for status, body in (
        (500, '{"error": "no"}'),
        (409, '{"error": "no"}'),
        (302, ""),
        (200, "x"),
    ):
        counter.will_say(body, status)
        with pytest.raises(Malformed):
            await read(accplanet)


@pytest.mark.parametrize("read", READINGS)
async def test_nobody_there_is_told_from_silence(
    build: Build, raw_line: RawLine, read: Reading
) -> None:
    async with build("http://127.0.0.1:1/api/v2") as supplier:
        with pytest.raises(NotSent):
            await read(supplier)
    async with build(raw_line.url) as supplier:
        with pytest.raises(Malformed):
            await read(supplier)
    assert len(raw_line.heard) == 1


async def test_a_reading_is_asked_again_a_status_and_an_order_never(
    build: Build, raw_line: RawLine
) -> None:
    limits = RequestLimits(reading=BOUND, status=BOUND, add=BOUND, attempts=2)

    async with build(raw_line.url, limits=limits) as supplier:
        with pytest.raises(Malformed):
            await supplier.balance()
        assert len(raw_line.heard) == 2
        with pytest.raises(Malformed):
            await supplier.status(ORDER)

    assert len(raw_line.heard) == 3
