"""Whatever a supplier says, it is read or refused in time that grows with its length alone."""

import contextlib
import gc
import json
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from typing import Final

import pytest

from bot.base.ids import RemoteId
from bot.suppliers import DIALECTS, Bound, RequestLimits
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.api_v2.masking import Mask
from bot.suppliers.api_v2.replies import read_status
from bot.suppliers.errors import SupplierError
from bot.suppliers.words import NumberId
from tests.suppliers.conftest import KEY, Build, Counter

MIB: Final = 2**20
BOUND: Final = Bound(60, 16 * MIB)
LIMITS: Final = RequestLimits(
    reading=BOUND,
    status=BOUND,
    number=BOUND,
    catalogue=BOUND,
    add=BOUND,
    attempts=1,
    failures_to_open=10**6,
)
ID: Final = RemoteId("7")
WANTED: Final = NumberId("65f1", "us")
ASKED: Final[dict[str, Callable[[ApiV2], Awaitable[object]]]] = {
    "services": lambda supplier: supplier.list_services(),
    "categories": lambda supplier: supplier.list_categories(),
    "inventory": lambda supplier: supplier.stock(ID),
    "add": lambda supplier: supplier.add(ID, 1, "https://example.com/a-longer-link?x=12345678"),
    "status": lambda supplier: supplier.status(ID),
    "balance": lambda supplier: supplier.balance(),
    "sms_projects": lambda supplier: supplier.list_numbers(),
    "sms_countries": lambda supplier: supplier.list_countries(),
    "add_sms": lambda supplier: supplier.rent(WANTED, "+15550100200"),
    "sms_status": lambda supplier: supplier.number_status(ID),
    "sms_code": lambda supplier: supplier.number_code(ID),
}
WORST: Final[dict[str, str]] = {
    "one word of hex": "0123456789abcdef" * (MIB // 16),
    "parts of accounts": "abc:" * (MIB // 4),
    "escapes": "%25" * (MIB // 3),
    "backslashes": "\\" * (MIB // 2),
    "tags": "<ul><li>" * (MIB // 8),
    "open tags": "<b " * (MIB // 3),
    "comments": "<!--" * (MIB // 4),
    "entities": "&#" + "1" * MIB,
    "ampersands": "&amp;" * (MIB // 5),
    "a picture": "<img src='data:image/png;base64," + "A" * MIB,
    "pictures": "data:image/png;base64," * (MIB // 22),
    "digits": "9" * MIB,
    "half letters": "\ud800" * (MIB // 6),
    "spaces": " " * MIB,
    "lines": "\n" * (MIB // 2),
}
SHAPES: Final[dict[str, Callable[[object], object]]] = {
    "an error": lambda word: {"error": word},
    "short answers": lambda word: (
        dict.fromkeys(
            (
                *("status", "order", "charge", "currency", "remains", "accounts", "balance"),
                *("service", "stock", "code", "sms_content", "phone", "expires_at", "message"),
            ),
            word,
        )
        | {"orders": [{"order": 1, "phone": word, "country": word, "status": word}]}
    ),
    "a unit": lambda word: {"status": "Completed", "accounts": [word], "code": [word]},
    "names": lambda word: {"status": "Completed", str(word): word},
    "rows": lambda word: {
        "services": [
            dict.fromkeys(("service", "rate", "min", "max", "stock", "type"), word),
            {"service": 1, "rate": "1", "name": "a", "description": word, "type": word},
            {"service": 2, "rate": "1", "name": word, "category": word, "subcategory": word},
        ],
        "categories": [{"category": word, "subcategories": [word]}],
        "projects": [
            {"project_id": "1", "country_id": "us", "name": word, "country_title": word}
            | {"price": word}
        ],
        "countries": [{"country_code": "us", "country_name": word}],
    },
}
BODIES: Final = {
    "nested lists": "[" * MIB,
    "nested objects": '{"a":' * (MIB // 5),
    "a nested field": '{"status":"x","error":' + "[" * (MIB // 2) + "]" * (MIB // 2) + "}",
    "a name a thousand times": "{" + '"status":"x",' * (MIB // 13) + '"status":"y"}',
    "endless digits": '{"status":"x","order":' + "9" * MIB + "}",
    "an endless fraction": '{"balance":1.' + "9" * MIB + ',"currency":"USD"}',
    "half letters": '{"status":"' + "\\ud800" * (MIB // 6) + '"}',
    "no utf-8": '{"status":"x' + "\xff" * (MIB // 2) + '"}',
    "many fields": json.dumps({f"field {nth}": nth for nth in range(MIB // 20)}),
    "many lists": '{"accounts":[' + "[]," * (MIB // 3) + "[]]}",
}


async def _seconds(supplier: ApiV2, counter: Counter, action: str, body: bytes) -> float:
    """How long the reading of a body takes; a failure has to be in the words of the port."""
    counter.will_say(body)
    before = time.perf_counter()
    with contextlib.suppress(SupplierError):
        await ASKED[action](supplier)
    return time.perf_counter() - before


ROWS: Final = frozenset({"services", "categories", "sms_projects", "sms_countries"})


def _bodies(action: str) -> dict[str, bytes]:
    """The worst in the shapes that an action reads; errors are read alike in all of them."""
    shapes = {"rows"} if action in ROWS else {"short answers", "a unit"}
    shapes |= {"an error", "names"} if action in {"status", "add"} else set()
    made = {name: body.encode("latin-1") for name, body in BODIES.items()}
    for shape in shapes:
        for name, word in WORST.items():
            made[f"{name} in {shape}"] = json.dumps(SHAPES[shape](word)).encode()
    return made


@pytest.mark.parametrize("action", ASKED)
async def test_a_megabyte_of_the_worst_is_read_in_bounded_time(
    build: Build, counter_url: tuple[Counter, str], action: str
) -> None:
    counter, url = counter_url
    slow = {}
    async with build(url, "hstockplus", LIMITS) as supplier:
        plain = json.dumps({"status": "x", "note": ["word"] * MIB}).encode()
        usual = await _seconds(supplier, counter, action, plain)
        for name, body in _bodies(action).items():
            took = await _seconds(supplier, counter, action, body)
            if took > 10 * usual:
                slow[name] = (round(took, 2), round(usual, 2))
    assert slow == {}


@pytest.mark.parametrize("field", ["status", "charge", "currency", "error"])
def test_texts_of_answers_are_not_kept(field: str) -> None:
    mask, dialect = Mask(KEY), DIALECTS["accplanet"]

    def read(nth: int) -> None:
        read_status({"status": "x"} | {field: f"{nth} " + "x" * 2 * MIB}, ID, mask, dialect)

    read(0)
    gc.collect()
    tracemalloc.start()
    for nth in range(1, 21):
        read(nth)
    gc.collect()
    kept, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert kept < MIB
