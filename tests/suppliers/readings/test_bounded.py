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
from sandbox.suppliers.worst import MIB, worst_of
from tests.suppliers.conftest import KEY, Build, Counter

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


async def _seconds(supplier: ApiV2, counter: Counter, action: str, body: bytes) -> float:
    """What CPU the reading of a body takes; a failure has to be in the words of the port."""
    counter.will_say(body)
    before = time.process_time()
    with contextlib.suppress(SupplierError):
        await ASKED[action](supplier)
    return time.process_time() - before


@pytest.mark.long
@pytest.mark.parametrize("action", ASKED)
async def test_a_megabyte_of_the_worst_is_read_in_bounded_time(
    build: Build, counter_url: tuple[Counter, str], action: str
) -> None:
    counter, url = counter_url
    slow = {}
    async with build(url, "hstockplus", LIMITS) as supplier:
        plain = json.dumps({"status": "x", "note": ["word"] * MIB}).encode()
        usual = await _seconds(supplier, counter, action, plain)
        for name, body in worst_of(action).items():
            took = await _seconds(supplier, counter, action, body)
            if took > 10 * usual:
                slow[name] = (round(took, 2), round(usual, 2))
    assert slow == {}


@pytest.mark.long
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
