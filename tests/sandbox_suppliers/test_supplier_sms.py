"""SMS numbers at HstockPlus: projects, countries, renting, codes, expiry and money."""

from decimal import Decimal
from typing import Any

import pytest

from sandbox.suppliers import numbers
from sandbox.suppliers.numbers import SmsPlan, SmsStep

Seen = tuple[str, str | None]  # the word of sms_status, its code


async def rents(hstock: Any, **params: object) -> Any:
    params.setdefault("project_id", hstock.world.projects[0].project_id)
    return (await hstock.asks("add_sms", **params)).payload["orders"][0]


async def test_projects_are_a_bare_list_filtered_by_country(hstock: Any) -> None:
    every = (await hstock.asks("sms_projects")).payload
    american = (await hstock.asks("sms_projects", country="us")).payload
    assert every[0] == {
        "project_id": "65f0a1b2c3d4e5f600000001",
        "name": "Telegram",
        "price": "0.9500",
        "country_id": "us",
        "country_title": "United States",
    }
    assert len(american) == 15
    assert len(every) > 30
    assert (await hstock.asks("sms_projects", country="zz")).payload == []


async def test_countries_are_a_bare_list(hstock: Any) -> None:
    countries = (await hstock.asks("sms_countries")).payload
    assert countries[0] == {"country_code": "us", "country_name": "United States"}
    assert len(countries) == 12


async def test_a_number_is_rented_with_its_phone(hstock: Any) -> None:
    assert await rents(hstock) == {
        "order": 23501,
        "phone": "+15550100000",
        "country": "us",
        "status": "active",
    }


async def test_up_to_ten_numbers_come_at_once_and_all_differ(hstock: Any) -> None:
    hstock.world.balance = Decimal(1000)
    project = hstock.world.projects[0].project_id
    orders = (await hstock.asks("add_sms", project_id=project, quantity=10)).payload["orders"]
    assert len({order["phone"] for order in orders} | {order["order"] for order in orders}) == 20


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"project_id": ""}, "Service ID is required"),
        ({"project_id": "65f"}, "Service not found"),
        ({"country": "zz"}, "Service not found"),
        ({"quantity": 0}, "Invalid quantity."),
        ({"quantity": 11}, "Invalid quantity."),
        ({"phone": "+100"}, "Order not found"),
    ],
)
async def test_a_number_is_refused(hstock: Any, params: dict[str, object], said: str) -> None:
    asked = {"project_id": hstock.world.projects[0].project_id} | params
    assert (await hstock.asks("add_sms", **asked)).payload == {"error": said}
    assert (hstock.world.adds_received, hstock.world.orders_placed) == (1, 0)


async def test_a_wallet_that_cannot_pay_rents_nothing(hstock: Any) -> None:
    hstock.world.balance = Decimal("0.94")
    project = hstock.world.projects[0].project_id
    said = await hstock.asks("add_sms", project_id=project)
    assert said.payload == {"error": "Insufficient balance"}


async def test_a_phone_can_be_used_again(hstock: Any) -> None:
    first = await rents(hstock)
    again = await rents(hstock, phone=first["phone"])
    assert again["phone"] == first["phone"]
    assert again["order"] != first["order"]


async def test_a_code_is_awaited_shown_and_only_then_charged(hstock: Any, clock: Any) -> None:
    order = (await rents(hstock))["order"]
    assert (await hstock.asks("sms_code", order=order)).payload == {
        "status": "waiting",
        "message": "Waiting for code",
    }
    assert await hstock.balance() == Decimal("100.00")
    clock.advance(seconds=15)
    assert (await hstock.asks("sms_code", order=order)).payload == {
        "status": "completed",
        "code": "123456",
        "sms_content": "Your verification code is 123456",
    }
    assert (await hstock.asks("sms_status", order=order)).payload == {
        "status": "code_received",
        "phone": "+15550100000",
        "code": "123456",
        "charge": "0.9500",
        "currency": "USD",
        "expires_at": "2026-01-05T12:20:00.000Z",
    }
    assert await hstock.balance() == Decimal("99.05")


HISTORIES: list[tuple[SmsPlan, dict[int, Seen]]] = [
    (
        numbers.codes_after((10, "111"), (20, "222")),
        {
            0: ("active", None),
            10: ("code_received", "111"),
            20: ("code_received", "222"),
            1200: ("completed", "222"),
        },
    ),
    (numbers.no_code(), {1199: ("active", None), 1200: ("expired", None)}),
    (numbers.stays_active(), {10**6: ("active", None)}),
    (numbers.expired(60), {59: ("active", None), 60: ("expired", None)}),
    (numbers.canceled_by_supplier(60), {60: ("canceled", None)}),
    (numbers.code_at_expiry(), {1199: ("active", None), 1200: ("completed", "123456")}),
    (numbers.late_code(120), {1200: ("expired", None), 1320: ("code_received", "123456")}),
    (SmsPlan(waiting="waiting"), {0: ("waiting", None)}),
    (SmsPlan(steps=(SmsStep(5, "banned"),)), {5: ("banned", None)}),
]


@pytest.mark.parametrize(("plan", "history"), HISTORIES)
async def test_a_number_follows_its_plan(
    hstock: Any, clock: Any, plan: SmsPlan, history: dict[int, Seen]
) -> None:
    hstock.world.plan_sms(plan)
    order = (await rents(hstock))["order"]
    passed_s = 0
    for at_s, expected in history.items():
        clock.advance(seconds=at_s - passed_s)
        passed_s = at_s
        reply = (await hstock.asks("sms_status", order=order)).payload
        assert (reply["status"], reply["code"]) == expected
        assert Decimal(reply["charge"]) == (Decimal("0.95") if expected[1] else 0)


async def test_an_expiry_can_be_absurd_or_missing(hstock: Any) -> None:
    hstock.world.plan_sms(numbers.no_code().with_expiry("tomorrow"))
    hstock.world.plan_sms(numbers.no_code().without_expiry())
    absurd, missing = [
        (await hstock.asks("sms_status", order=(await rents(hstock))["order"])).payload
        for _ in range(2)
    ]
    assert absurd["expires_at"] == "tomorrow"
    assert "expires_at" not in missing


async def test_a_phone_can_come_without_its_country_code(hstock: Any) -> None:
    hstock.world.plan_sms(numbers.code_after(5).with_phone("5550100"))
    assert (await rents(hstock))["phone"] == "5550100"


@pytest.mark.parametrize("given", [0, 2])
async def test_one_number_asked_for_can_bring_none_or_two(hstock: Any, given: int) -> None:
    hstock.world.give_numbers(given)
    project = hstock.world.projects[0].project_id
    orders = (await hstock.asks("add_sms", project_id=project, quantity=1)).payload["orders"]
    assert len(orders) == given == hstock.world.orders_placed


async def test_an_expired_number_has_no_code_to_ask_for(hstock: Any, clock: Any) -> None:
    hstock.world.default_sms_plan = numbers.no_code()
    order = (await rents(hstock))["order"]
    clock.advance(seconds=1200)
    assert (await hstock.asks("sms_code", order=order)).payload == {"status": "expired"}


@pytest.mark.parametrize("action", ["sms_code", "sms_status"])
async def test_an_unknown_number_is_an_unknown_order(hstock: Any, action: str) -> None:
    assert (await hstock.asks(action, order=1)).payload == {"error": "Order not found"}


@pytest.mark.parametrize(
    ("act", "seen"),
    [
        (lambda number: number.give_code("42", "code: 42"), ("code_received", "42")),
        (lambda number: number.cancel(), ("canceled", None)),
        (lambda number: number.expire(), ("expired", None)),
        (lambda number: (number.give_code("42"), number.expire()), ("completed", "42")),
    ],
)
async def test_a_person_can_steer_a_number(hstock: Any, act: Any, seen: Seen) -> None:
    order = (await rents(hstock))["order"]
    act(hstock.world.last_number)
    reply = (await hstock.asks("sms_status", order=order)).payload
    assert (reply["status"], reply["code"]) == seen
