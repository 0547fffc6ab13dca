"""The key leaves in the body of a request and nowhere else, however a supplier echoes it."""

import html
import json
import logging
import traceback
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from bot.domain.errors import SupplierError
from bot.domain.ids import RemoteId
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.saying import Mask
from tests.suppliers.conftest import KEY, Build, Counter, RawLine, says

CORE = "canary"
SPELLINGS: list[Callable[[str], str]] = [
    str,
    quote,
    quote_plus,
    lambda key: quote(key, safe=""),
    lambda key: quote(quote(key, safe="")),
    lambda key: quote(key, safe="").lower(),
    lambda key: json.dumps(key)[1:-1],
    lambda key: json.dumps(key, ensure_ascii=False)[1:-1],
    lambda key: json.dumps(key)[1:-1].replace("/", "\\/"),
    lambda key: json.dumps(json.dumps(key))[3:-3],
    lambda key: "".join(f"\\u{ord(sign):04x}" for sign in key),
    lambda key: "".join(f"%{byte:02X}" for byte in key.encode()),
    html.escape,
]


@pytest.mark.parametrize("spell", SPELLINGS)
def test_a_key_is_covered_in_every_spelling(spell: Callable[[str], str]) -> None:
    said = Mask(KEY).said(f"key={spell(KEY)}&x " + "a" * 980 + spell(KEY))

    assert said.startswith("key=***&x ")
    assert len(said) <= 1000
    assert not any(spell(KEY)[:size] in said[10:] for size in range(6, len(KEY)))


async def _everything_told(supplier: ApiV2) -> str:
    told = ""
    for ask in (
        supplier.add(RemoteId("1"), 1),
        supplier.status(RemoteId("1")),
        supplier.balance(),
        supplier.list_services(),
        supplier.list_categories(),
        supplier.stock(RemoteId("1")),
    ):
        try:
            told += repr(await ask)
        except SupplierError as error:
            told += repr(error) + "".join(traceback.format_exception(error))
    return told + repr(supplier.health) + repr(supplier) + repr(vars(supplier))


@pytest.mark.parametrize("spell", SPELLINGS)
@pytest.mark.parametrize(
    "template",
    [
        '{"error": "bad key @"}',
        '{"error": "bad key @", "order": "@"}',
        '{"order": "@"}',
        '{"order": 7, "note": "@", "@": 1}',
        '{"status": "@", "charge": "@", "accounts": ["@"], "@": "@"}',
        '{"services": [{"service": 1, "name": "@", "category": "@", "description": "@"}]}',
        '{"categories": [{"category": "@", "subcategories": ["@"]}]}',
        "<html>@</html>",
    ],
)
async def test_no_echo_of_the_key_gets_out(
    accplanet: ApiV2,
    counter: Counter,
    caplog: pytest.LogCaptureFixture,
    template: str,
    spell: Callable[[str], str],
) -> None:
    caplog.set_level(logging.DEBUG)
    spelt = spell(KEY)
    if template.startswith("{") and spell(KEY) != json.dumps(KEY)[1:-1]:
        spelt = json.dumps(spelt)[1:-1]
    counter.will_say(template.replace("@", spelt))

    told = await _everything_told(accplanet)

    for text in (told, caplog.text):
        assert CORE not in text
        assert "0123456789" not in text
    assert all(CORE not in str(request.url) for request in counter.requests)
    assert all(form["key"] == KEY for form in counter.forms)


async def test_an_echo_in_a_broken_http_answer_stays_inside(
    raw_line: RawLine, build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    raw_line.writes = f"HTTP/1.1 200 OK\r\nBad {quote(KEY)} Header\r\n\r\n".encode()

    async with build(raw_line.url) as supplier:
        told = await _everything_told(supplier)

    assert CORE not in told
    assert CORE not in caplog.text
    assert all(CORE.encode() not in head for head in raw_line.heard)


async def test_no_cookie_and_no_proxy_of_the_environment_is_used(
    build: Build, counter_url: tuple[Counter, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    counter, url = counter_url
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    counter.answers["*"] = says('{"balance": "1", "currency": "USD"}', Set_Cookie="sid=1; Path=/")

    async with build(url) as supplier:
        await supplier.balance()
        await supplier.balance()

    assert [request.headers.get("Cookie") for request in counter.requests] == [None, None]
    assert {request.method for request in counter.requests} == {"POST"}
    assert {request.query_string for request in counter.requests} == {""}
