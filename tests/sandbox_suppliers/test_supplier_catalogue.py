"""The shelves of the pretend suppliers are varied, and the big one is the same at every call."""

from collections import Counter
from typing import Any

from sandbox.serving import serve
from sandbox.suppliers.catalogue import (
    accplanet_services,
    accplanet_world,
    big_catalogue,
    hstockplus_services,
    hstockplus_world,
    sms_projects,
)
from sandbox.suppliers.languages import PRIMARY


def test_accplanet_sells_a_bit_of_everything() -> None:
    services = accplanet_services()
    assert len(services) >= 30
    assert {type(service.id) for service in services} == {int, str}
    assert {service.auto_delivery for service in services} == {True, False}
    assert {service.subcategory == "" for service in services} == {True, False}
    assert {service.stock > 0 for service in services} == {True, False}
    assert max(len(service.description) for service in services) > 4096
    assert len({service.category for service in services}) >= 8


def test_accplanet_is_translated_where_it_has_words() -> None:
    services = accplanet_services()
    for language in set(PRIMARY) - {"en"}:
        named = [s for s in services if s.words(language)["name"] != s.name]
        assert len(named) >= 25
        assert all(s.words(language)["category"] != s.category for s in named if s.category in (
            "Email", "Social", "Games",
        ))  # fmt: skip


def test_hstockplus_sells_accounts_by_the_piece_and_work_by_the_thousand() -> None:
    services = hstockplus_services()
    assert len(services) >= 20
    basis = Counter((service.is_product, service.rate_per) for service in services)
    assert set(basis) == {(True, 1), (False, 1000)}
    assert [service.type for service in services].count("Custom Comments") == 1


def test_sms_projects_cover_fifteen_names_in_twelve_countries() -> None:
    projects = sms_projects()
    assert len({project.name for project in projects}) == 15
    assert len({project.country_id for project in projects}) == 12
    assert len({project.project_id for project in projects}) == len(projects)


def test_ids_are_unique_and_shelves_are_fresh_copies() -> None:
    for shelf in (accplanet_services, hstockplus_services):
        assert len({str(service.id) for service in shelf()}) == len(shelf())
        shelf()[0].stock = -1
        assert shelf()[0].stock != -1


def test_the_big_catalogue_is_big_varied_and_always_the_same() -> None:
    services = big_catalogue(10_000)
    assert services == big_catalogue(10_000)
    assert len({str(service.id) for service in services}) == 10_000
    assert len({service.category for service in services}) == 25
    assert {type(service.id) for service in services} == {int, str}


async def test_full_worlds_are_served_each_on_its_own_port(clock: Any, session: Any) -> None:
    worlds = accplanet_world(clock), hstockplus_world(clock)
    async with serve(worlds[0].app()) as first, serve(worlds[1].app()) as second:
        for world, site in zip(worlds, (first, second), strict=True):
            form = {"key": world.key, "action": "services"}
            async with session.post(f"{site.url}/api/v2", data=form) as response:
                assert (await response.json())["total"] == len(world.services)
