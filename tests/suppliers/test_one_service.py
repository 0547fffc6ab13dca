"""One service asked for, the languages of the catalogue, and its categories."""

import json
import time
from typing import Any

import pytest
from aiohttp import web

from bot.base.ids import RemoteId
from bot.suppliers import DIALECTS
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.api_v2.listing import merge, read_page
from bot.suppliers.api_v2.masking import Mask
from bot.suppliers.errors import Malformed, Refused
from tests.suppliers.conftest import Answer, Counter, says

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


@pytest.mark.parametrize(
    ("language", "sent"),
    [("en", None), ("en-GB", None), ("xx", None), ("zh-TW", "zh"), ("BD", "bn-BD"), ("RU", "ru")],
)
async def test_languages_follow_the_page(
    accplanet: ApiV2, counter: Counter, language: str, sent: str | None
) -> None:
    counter.will_say(catalogue(ROW))
    await accplanet.list_services(language)
    assert counter.forms[0].get("language") == sent
    assert accplanet.speaks(language) is (sent is not None)


async def test_hstock_is_asked_in_its_own_field_for_its_own_languages(
    hstock: ApiV2, counter: Counter
) -> None:
    counter.will_say(catalogue(ROW))
    for language in ("pt-BR", "th", "en"):
        await hstock.list_services(language)
    assert [form.get("lang") for form in counter.forms] == ["pt-BR", None, None]
    assert not any("language" in form for form in counter.forms)
    spoken = [language for language in ("en", "ru", "pt-BR", "th") if hstock.speaks(language)]
    assert spoken == ["ru", "pt-BR"]


@pytest.mark.parametrize(
    ("russian", "translates"),
    [
        (says('{"categories": [{"category": "Почта"}]}'), True),
        (says('{"categories": [{"category": "Mail"}]}'), False),
        (says('{"error": "Invalid parameter"}'), False),
    ],
    ids=["another answer", "the same answer", "an error"],
)
async def test_whether_a_server_translates_is_found_out_by_its_categories(
    hstock: ApiV2, counter: Counter, russian: Answer, translates: bool
) -> None:
    english = says('{"categories": [{"category": "Mail"}]}')

    async def categories(request: web.Request) -> web.StreamResponse:
        return await (russian if "lang" in await request.post() else english)(request)

    counter.answers["categories"] = categories
    assert await hstock.translates() is translates
    assert [form.get("lang") for form in counter.forms] == [None, "ru"]


async def test_one_service_is_asked_for_where_that_is_possible(
    accplanet: ApiV2, hstock: ApiV2, counter: Counter
) -> None:
    counter.will_say(catalogue(ROW))

    for supplier in (accplanet, hstock):
        row = await supplier.find_service(RemoteId("10042"))
        assert row is not None
        assert row.name == "Gmail"

    assert [form.get("service") for form in counter.forms] == ["10042", None]
    assert await hstock.find_service(RemoteId("7")) is None


@pytest.mark.parametrize(
    "body",
    ['{"services": []}', '{"error": "Service not found"}', '{"error": "Product not found."}'],
)
async def test_a_service_that_is_gone_is_none(
    accplanet: ApiV2, counter: Counter, body: str
) -> None:
    counter.will_say(body, 200 if "services" in body else 400)
    assert await accplanet.find_service(RemoteId("1")) is None


async def test_another_service_is_no_answer_and_other_refusals_stay(
    accplanet: ApiV2, counter: Counter
) -> None:
    counter.will_say(catalogue(ROW))
    with pytest.raises(Malformed):
        await accplanet.find_service(RemoteId("1"))

    counter.will_say('{"error": "Invalid API key"}', 401)
    with pytest.raises(Refused):
        await accplanet.find_service(RemoteId("1"))


async def test_categories_are_names_with_names(accplanet: ApiV2, counter: Counter) -> None:
    counter.will_say(
        '{"categories": [{"category": "Social", "subcategories": ["A", 7, null, "A"]},'
        ' {"category": "Email", "subcategories": null}, {"category": null}, null, "Games"]}'
    )
    assert await accplanet.list_categories() == {"Social": ("A", "7"), "Email": (), "Games": ()}


@pytest.mark.long
def test_ten_thousand_rows_are_read_in_a_blink() -> None:
    rows = (ROW | {"service": n, "description": "<p>words</p>" * 20} for n in range(10_000))
    body = catalogue(*rows).encode()

    def read() -> float:
        start = time.process_time()
        page = read_page(body, Mask("canary-key-0123456789"), DIALECTS["accplanet"])
        assert page is not None
        assert len(merge([page])[0]) == 10_000
        return time.process_time() - start

    assert min(read() for _ in range(3)) < 0.3
