"""Numbers are listed beside the catalogue, and neither takes the other off the shelf."""

from bot.base.ids import RemoteId
from bot.suppliers.words import NumberId
from tests.conversation.opening import on_sqlite
from tests.conversation.rentals.counter import HSTOCK, Counter
from tests.conversation.shop import Shop


def test_a_numbers_id_is_read_back_and_no_ordinary_one_is_taken_for_it() -> None:
    number = NumberId("a:b", "us")
    assert NumberId.find(number.remote_id) == number
    for other in ("10042", "sms", "sms:", "sms::us", "sms:1:", "smsx:1:us"):
        assert NumberId.find(RemoteId(other)) is None


@on_sqlite
async def test_numbers_stand_apart_from_the_catalogue(counter: Counter) -> None:
    shelf = counter.store.shelf.now
    names = [project.name for project in shelf.projects()]
    countries = [offer.service.listed.subcategory for offer in shelf.projects()[0].offers]

    assert names == ["Chat", "Mail"]
    assert countries == ["United Kingdom", "United States"]
    assert [project.name for project in shelf.projects("mai")] == ["Mail"]
    assert "SMS" not in [category.name for category in shelf.categories()]
    assert shelf.find_project(shelf.projects()[1].key) == shelf.projects()[1]


async def test_neither_part_of_a_catalogue_takes_the_other_off_the_shelf(
    counter: Counter, shop: Shop
) -> None:
    on_sale = counter.store.shelf.now.on_sale
    await shop.refreshes()
    assert len(counter.store.shelf.now.projects()) == 2
    shop.hstockplus.projects.pop()
    await shop.kiosk.shop.refresh.numbers(shop.kiosk.shop.suppliers[HSTOCK])
    assert len(counter.store.shelf.now.projects()) == 1
    assert counter.store.shelf.now.on_sale == on_sale
