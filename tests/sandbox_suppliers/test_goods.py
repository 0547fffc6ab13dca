"""In the demo everybody gets what they bought: a code, a key, an invitation, a login."""

import re

import pytest

from sandbox.suppliers.goods import fit_goods, goods_of
from sandbox.suppliers.world import SupplierWorld
from sandbox.world import demo_world

_SHAPES = {
    "10042": r"([\w.]+)@gmail\.example:\w{12}:\1@mail\.example:[A-Z2-7]{16}",
    "10072": r"[A-Z2-9]{4}-[A-Z2-9]{6}-[A-Z2-9]{4}",
    "10073": r"[A-Z2-9]{5}(-[A-Z2-9]{5}){4}",
    "10074": r"https://www\.canva\.example/brand/join\?token=\w{24}",
}


@pytest.fixture
def suppliers() -> tuple[SupplierWorld, ...]:
    suppliers = demo_world().suppliers
    fit_goods(suppliers)
    return suppliers


@pytest.mark.parametrize("service", _SHAPES)
def test_goods_look_like_what_they_are(service: str, suppliers: tuple[SupplierWorld, ...]) -> None:
    made = suppliers[0].services[service].goods
    assert made is not None
    units = [made(f"order_{n}") for n in range(200)]
    assert all(re.fullmatch(_SHAPES[service], unit) for unit in units)
    assert len(set(units)) == len(units)
    assert units[0] == made("order_0")


def test_all_goods_of_the_demo_have_a_shape(suppliers: tuple[SupplierWorld, ...]) -> None:
    goods = [
        service
        for supplier in suppliers
        for service in supplier.services.values()
        if service.is_product
    ]
    assert [service.name for service in goods if service.goods is None] == []


def test_a_part_that_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        goods_of("{nothing}")("1")
