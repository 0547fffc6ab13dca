"""HstockPlus answers its service actions as its page says, field by field."""

from decimal import Decimal
from typing import Any

import pytest

LINK = "https://instagram.com/alice"


async def test_refusals_come_with_200_until_told_otherwise(hstock: Any) -> None:
    assert (await hstock.asks("orders")).status == 200
    hstock.world.refusal_status = 422
    said = await hstock.asks("orders")
    assert (said.status, said.payload) == (422, {"error": "Invalid action"})


async def test_only_the_field_key_carries_the_key(hstock: Any) -> None:
    asked = {"apikey": hstock.world.key, "action": "balance"}
    said = await hstock.sends("POST", data=asked)
    assert (said.status, said.payload) == (200, {"error": "Invalid API key"})
    hstock.world.wrong_key_status = 403
    assert (await hstock.sends("POST", data=asked)).status == 403


async def test_a_service_row_has_the_fields_of_the_page(hstock: Any) -> None:
    reply = (await hstock.asks("services", category="Instagram")).payload
    assert reply == {
        "services": [
            {
                "service": 1,
                "name": "Instagram Followers",
                "type": "Default",
                "category": "Instagram",
                "rate": "0.50",
                "min": 100,
                "max": 10000,
                "refill": True,
                "cancel": False,
                "stock": 10000,
            }
        ],
        "total": 1,
        "page": 1,
        "limit": 1,
        "total_pages": 1,
    }


async def test_a_product_row_names_its_kind(hstock: Any) -> None:
    rows = (await hstock.asks("services", category="Email Accounts")).payload["services"]
    assert [row["entityType"] for row in rows] == ["product"]


async def test_language_means_nothing_and_unknown_filters_find_nothing(hstock: Any) -> None:
    assert (await hstock.asks("services", category="Nowhere")).payload["services"] == []
    rows = (await hstock.asks("services", subcategory="Followers", language="zh")).payload
    assert rows["services"][0]["name"] == "Instagram Followers"


async def test_pages_are_counted(hstock: Any) -> None:
    reply = (await hstock.asks("services", page=2, limit=1)).payload
    assert [row["service"] for row in reply.pop("services")] == [501]
    assert reply == {"total": 2, "page": 2, "limit": 1, "total_pages": 2}


async def test_inventory_has_three_fields(hstock: Any) -> None:
    expected = {"service": 501, "stock": 42, "available": True}
    assert (await hstock.asks("inventory", service=501)).payload == expected


async def test_add_answers_200_with_a_number_and_charges_by_the_rate_basis(hstock: Any) -> None:
    said = await hstock.asks("add", service=1, quantity=1000, link=LINK)
    assert (said.status, said.payload) == (200, {"order": 23501})
    assert hstock.world.last_order.link == LINK
    assert (await hstock.asks("status", order=23501)).payload == {
        "status": "In progress",
        "charge": "0.50",
        "start_count": 1000,
        "remains": 1000,
        "currency": "USD",
    }
    assert await hstock.balance() == Decimal("99.50")


async def test_a_product_needs_no_link_and_shows_accounts_only_if_the_supplier_does(
    hstock: Any, clock: Any
) -> None:
    order = await hstock.orders(501, 2)
    clock.advance(seconds=5)
    assert (await hstock.status(order))["accounts"] == [f"user_{order}_{n}:pass" for n in (1, 2)]
    hstock.world.shows_accounts = False
    assert "accounts" not in await hstock.status(order)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({}, "Service ID is required"),
        ({"service": 9}, "Service not found"),
        ({"service": 501}, "Invalid quantity."),
        ({"service": 1, "quantity": 99, "link": LINK}, "Minimum quantity is 100."),
        ({"service": 501, "quantity": 43}, "Insufficient stock. Available: 42."),
        ({"service": 1, "quantity": 100}, "Link is required"),
    ],
)
async def test_add_refuses(hstock: Any, params: dict[str, object], said: str) -> None:
    answer = await hstock.asks("add", **params)
    assert (answer.status, answer.payload) == (200, {"error": said})


async def test_an_empty_wallet_is_named_shortly(hstock: Any) -> None:
    hstock.world.balance = Decimal("1.19")
    said = await hstock.asks("add", service=501, quantity=1)
    assert said.payload == {"error": "Insufficient balance"}


async def test_orders_and_numbers_never_share_an_id(hstock: Any) -> None:
    project = hstock.world.projects[0].project_id
    first = await hstock.orders(501)
    number = (await hstock.asks("add_sms", project_id=project)).payload["orders"][0]["order"]
    assert len({first, str(number), await hstock.orders(501)}) == 3
    assert (await hstock.asks("status", order=number)).payload == {"error": "Order not found"}
