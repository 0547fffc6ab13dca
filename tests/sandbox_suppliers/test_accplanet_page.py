"""AccPlanet answers every action as its page says, field by field."""

from decimal import Decimal
from typing import Any

import pytest

from sandbox.suppliers.services import SandboxService

HEX_ID = "64f1c0ffee0000000000a001"


async def test_a_wrong_or_missing_key_is_a_401(accplanet: Any) -> None:
    for form in ({"action": "balance"}, {"action": "balance", "key": "guessed"}):
        said = await accplanet.sends("POST", data=form)
        assert (said.status, said.payload) == (401, {"error": "Invalid API key"})


async def test_the_key_may_be_called_apikey_and_the_body_may_be_json(accplanet: Any) -> None:
    asked = {"apikey": accplanet.world.key, "action": "balance"}
    form, json = (
        await accplanet.sends("POST", data=asked),
        await accplanet.sends("POST", json=asked),
    )
    assert form.payload == json.payload == {"balance": "100.00", "currency": "USD"}
    assert [r.content_type for r in accplanet.world.received] == [
        "application/x-www-form-urlencoded",
        "application/json",
    ]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_only_post_is_served_and_a_key_in_the_url_is_seen(
    accplanet: Any, method: str
) -> None:
    said = await accplanet.sends(method, params={"key": accplanet.world.key})
    assert (said.status, said.headers["Allow"]) == (405, "POST")
    assert "key=" in accplanet.world.received[0].query


@pytest.mark.parametrize("body", ["", "[]", "nonsense", "null"])
async def test_a_body_without_parameters_has_no_key(accplanet: Any, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    assert (await accplanet.sends("POST", data=body, headers=headers)).status == 401


async def test_categories_are_listed_with_their_subcategories(accplanet: Any) -> None:
    assert (await accplanet.asks("categories")).payload == {
        "categories": [
            {"category": "Email", "subcategories": ["Gmail"]},
            {"category": "Social", "subcategories": []},
        ]
    }


async def test_a_service_row_has_the_fields_of_the_page(accplanet: Any) -> None:
    reply = (await accplanet.asks("services", service=10042)).payload
    assert reply == {
        "services": [
            {
                "service": 10042,
                "name": "Gmail, aged",
                "description": "",
                "type": "Default",
                "category": "Email",
                "subcategory": "Gmail",
                "rate": "25.00",
                "min": 1,
                "max": 5,
                "refill": False,
                "cancel": False,
                "stock": 10,
                "entityType": "product",
                "autoDelivery": True,
            }
        ],
        "total": 1,
        "page": 1,
        "limit": 0,
        "total_pages": 1,
    }


async def test_an_id_is_a_number_or_a_24_hex_string(accplanet: Any) -> None:
    rows = (await accplanet.asks("services")).payload["services"]
    assert [row["service"] for row in rows] == [10042, HEX_ID]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"category": "Email"}, [10042]),
        ({"subcategory": "Gmail"}, [10042]),
        ({"category": "Email", "language": "zh"}, [10042]),
        ({"category": "Social", "service": 10042}, []),
        ({"service": HEX_ID}, [HEX_ID]),
    ],
)
async def test_filters_take_english_names(
    accplanet: Any, filters: dict[str, str], found: list[object]
) -> None:
    rows = (await accplanet.asks("services", **filters)).payload["services"]
    assert [row["service"] for row in rows] == found


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"category": "Nowhere"}, "Category not found"),
        ({"category": "邮箱", "language": "zh"}, "Category not found"),
        ({"subcategory": "Nowhere"}, "Subcategory not found"),
        ({"category": "Social", "subcategory": "Gmail"}, "Subcategory not found in category"),
        ({"service": 7}, "Service not found"),
    ],
)
async def test_unknown_filters_are_refused(
    accplanet: Any, filters: dict[str, str], said: str
) -> None:
    answer = await accplanet.asks("services", **filters)
    assert (answer.status, answer.payload) == (400, {"error": said})


@pytest.mark.parametrize("asked", ["zh", "ZH", "zh-Hant", "zh-tw", "zh-mo"])
async def test_languages_and_their_aliases_translate(accplanet: Any, asked: str) -> None:
    row = (await accplanet.asks("services", language=asked)).payload["services"][0]
    assert (row["name"], row["category"], row["subcategory"]) == ("老号", "邮箱", "Gmail")


@pytest.mark.parametrize("asked", ["en", "en-GB", "xx", "", "ru"])
async def test_unknown_or_untranslated_languages_read_english(accplanet: Any, asked: str) -> None:
    row = (await accplanet.asks("services", language=asked)).payload["services"][0]
    assert row["name"] == "Gmail, aged"


async def test_pages_are_cut_and_counted(accplanet: Any) -> None:
    for n in range(5):
        accplanet.world.put(
            SandboxService(id=n, name=str(n), rate=Decimal(1), category="Page", stock=1)
        )
    reply = (await accplanet.asks("services", category="Page", page=2, limit=2)).payload
    assert [row["service"] for row in reply.pop("services")] == [2, 3]
    assert reply == {"total": 5, "page": 2, "limit": 2, "total_pages": 3}
    beyond = (await accplanet.asks("services", category="Page", page=9, limit=2)).payload
    assert beyond["services"] == []


async def test_inventory_tells_stock_and_kind(accplanet: Any) -> None:
    assert (await accplanet.asks("inventory", service=10042)).payload == {
        "service": 10042,
        "stock": 10,
        "available": True,
        "entityType": "product",
        "autoDelivery": True,
    }
    accplanet.world.services["10042"].stock = 0
    assert (await accplanet.asks("inventory", service=10042)).payload["available"] is False


async def test_add_answers_201_with_a_24_hex_id_and_takes_money_and_stock(accplanet: Any) -> None:
    said = await accplanet.asks("add", service=10042, quantity=2, link="ignored")
    assert said.status == 201
    assert len(said.payload["order"]) == 24
    assert int(said.payload["order"], 16)
    assert await accplanet.balance() == Decimal("50.00")
    assert accplanet.world.services["10042"].stock == 8


async def test_add_without_a_quantity_means_one(accplanet: Any) -> None:
    await accplanet.asks("add", service=10042)
    assert accplanet.world.last_order.quantity == 1


async def test_a_fine_rate_is_charged_exactly(accplanet: Any) -> None:
    order = await accplanet.orders(HEX_ID, 3)
    assert (await accplanet.status(order))["charge"] == "0.105"


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({}, "Service ID is required"),
        ({"service": 7}, "Service not found"),
        ({"service": 10042, "quantity": 0}, "Invalid quantity."),
        ({"service": 10042, "quantity": "two"}, "Invalid quantity."),
        ({"service": 10042, "quantity": "-1"}, "Invalid quantity."),
        ({"service": 10042, "quantity": "٢"}, "Invalid quantity."),
        ({"service": 10042, "quantity": 6}, "Invalid quantity."),
        ({"service": HEX_ID, "quantity": 1}, "Minimum quantity is 2."),
        ({"service": HEX_ID, "quantity": 11}, "Insufficient stock. Available: 10."),
        (
            {"service": 10042, "quantity": 5},
            "Insufficient balance. Please recharge your account.",
        ),
    ],
)
async def test_add_refuses_in_the_words_of_the_page(
    accplanet: Any, params: dict[str, object], said: str
) -> None:
    answer = await accplanet.asks("add", **params)
    assert (answer.status, answer.payload) == (400, {"error": said})
    assert (accplanet.world.adds_received, accplanet.world.orders_placed) == (1, 0)
    assert await accplanet.balance() == Decimal("100.00")


async def test_add_refuses_a_product_that_is_gone_or_withdrawn(accplanet: Any) -> None:
    service = accplanet.world.services["10042"]
    service.gone = True
    assert (await accplanet.asks("add", service=10042)).payload == {"error": "Product not found."}
    service.gone, service.listed = False, False
    assert (await accplanet.asks("add", service=10042)).payload == {
        "error": "This product is not available for purchase."
    }


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("inventory", "Service ID is required"),
        ("status", "Order not found"),
        ("", "Invalid action"),
        ("orders", "Invalid action"),
        ("add_sms", "Invalid action"),
    ],
)
async def test_what_is_missing_or_unknown_is_named(accplanet: Any, action: str, said: str) -> None:
    answer = await accplanet.asks(action)
    assert (answer.status, answer.payload) == (400, {"error": said})


async def test_a_status_in_progress_has_the_fields_of_the_page(accplanet: Any) -> None:
    order = await accplanet.orders(10042, 3)
    accplanet.world.last_order.deliver_one()
    accplanet.world.last_order.deliver_one()
    reply = await accplanet.status(order)
    accounts = reply.pop("accounts")
    assert accounts == [f"user_{order}_1:pass", f"user_{order}_2:pass"]
    assert reply == {
        "status": "In progress",
        "charge": "75.00",
        "start_count": 3,
        "remains": 1,
        "delivered_units": 2,
        "currency": "USD",
        "autoDelivery": True,
        "entityType": "product",
    }


async def test_every_request_is_remembered_with_what_was_answered(accplanet: Any) -> None:
    await accplanet.asks("add", service=10042, quantity=2)
    received = accplanet.world.received_of("add")[0]
    assert received.params == {"service": "10042", "quantity": "2"}
    assert received.answer.status == 201
    assert accplanet.world.key not in repr(received)
