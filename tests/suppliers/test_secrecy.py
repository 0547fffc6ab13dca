"""The key leaves in the body of a request and nowhere else, however a supplier echoes it."""

import html
import json
import logging
import traceback
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from bot.base.ids import RemoteId
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.api_v2.masking import Mask
from bot.suppliers.errors import Refused, SupplierError
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
    said = Mask(KEY).on_one_line(f"key={spell(KEY)}&x " + "a" * 980 + spell(KEY))

    assert said.startswith("key=***&x ")
    assert len(said) <= 1000
    assert not any(spell(KEY)[:size] in said[10:] for size in range(6, len(KEY)))


@pytest.mark.parametrize("spell", SPELLINGS)
@pytest.mark.parametrize("fewer", range(0, 60, 7))
def test_a_cut_leaves_no_half_of_a_key(spell: Callable[[str], str], fewer: int) -> None:
    spelt = spell(KEY)
    said = "x" * fewer + f"{spelt} " * (9_000 // len(spelt))
    mask = Mask(KEY).besides("https://example.com/secret-link")

    for shown in (mask.on_one_line(said), mask.quoted(said), mask.quoted("x" * fewer + said)):
        rest = shown.replace("***", "").strip("x …")
        assert not any(spelt[:size] in rest for size in range(6, len(spelt)))


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


@pytest.mark.long
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


ACCOUNT = "ann@mail.test:p4ssword"
LINK = "https://example.com/wanted/alice_official?from=ads"


async def test_goods_in_an_answer_that_is_no_http_are_repeated_by_nobody(
    raw_line: RawLine, build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    """A parser quotes what it stumbled over."""
    caplog.set_level(logging.DEBUG)
    raw_line.writes = f"{ACCOUNT}\r\n\r\n".encode()

    async with build(raw_line.url) as supplier:
        told = await _everything_told(supplier)

    assert "mail.test" not in told + caplog.text


@pytest.mark.parametrize(
    "said",
    [
        '{"error": "@ is private"}',
        '{"order": 7, "error": "@"}',
        '{"order": null, "status": "@"}',
        '{"order": 7, "error": "' + "x" * 990 + ' @"}',
    ],
)
@pytest.mark.parametrize(
    "spell",
    [
        str,
        lambda link: link.partition("://")[2],
        lambda link: quote(link, safe=""),
        lambda link: json.dumps(link).replace("/", "\\/")[1:-1],
        lambda _: "alice_official",
    ],
)
async def test_a_link_that_a_supplier_repeats_is_covered(
    accplanet: ApiV2, counter: Counter, said: str, spell: Callable[[str], str]
) -> None:
    counter.will_say(said.replace("@", spell(LINK)))
    with pytest.raises(SupplierError) as caught:
        await accplanet.add(RemoteId("1"), 1, LINK)

    told = repr(caught.value) + "".join(traceback.format_exception(caught.value))
    assert not any(part in told for part in ("alice_off", "wanted", "from=ads"))
    assert counter.forms[-1]["link"] == LINK


@pytest.mark.parametrize(
    "account", [ACCOUNT, "ann_12|p4ss|ann@mail.test", "user7;secret", "a.b@c.de:qwerty:cookie1"]
)
async def test_accounts_in_a_refusal_are_covered(
    accplanet: ApiV2, counter: Counter, account: str
) -> None:
    counter.will_say(json.dumps({"error": f"Cannot deliver {account}, ask support@acc.test"}))
    with pytest.raises(Refused) as no:
        await accplanet.add(RemoteId("1"), 1)

    assert no.value.said == "Cannot deliver ***, ask support@acc.test"


@pytest.mark.parametrize(
    "said",
    ["Insufficient balance: 0.50 USD", "Invalid quantity (min: 10, max: 500)", "At 12:30:45"],
)
async def test_honest_words_of_a_refusal_are_shown_whole(
    accplanet: ApiV2, counter: Counter, said: str
) -> None:
    counter.will_say(json.dumps({"error": said}))
    with pytest.raises(Refused) as no:
        await accplanet.add(RemoteId("1"), 1)

    assert no.value.said == said


@pytest.mark.parametrize("where", ["status", "field"])
async def test_goods_in_the_wrong_place_of_an_answer_are_counted_not_kept(
    accplanet: ApiV2, counter: Counter, where: str
) -> None:
    fields: dict[str, object] = {"status": f"Completed {ACCOUNT}", "accounts": [ACCOUNT]}
    if where == "field":
        fields = {"status": "Completed", ACCOUNT: 1, "note": ACCOUNT, "accounts": [ACCOUNT]}
    counter.will_say(json.dumps(fields))
    answer = await accplanet.status(RemoteId("7"))

    assert "mail.test" not in answer.said + answer.progress.status
    assert answer.progress.accounts == (ACCOUNT,)
