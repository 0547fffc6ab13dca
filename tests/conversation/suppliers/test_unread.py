"""The desk says since when a catalogue is not read, and why, until it is read again."""

from dataclasses import replace

import pytest

from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.catalogue import big_catalogue
from sandbox.suppliers.faults import Fault
from tests.conversation.human import OLGA, Human, person
from tests.conversation.numbers.renting import PROJECTS, reads_numbers
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

pytestmark = on_sqlite
SINCE = "⚠️ Catalogue not read since "


async def looks(olga: Human, words: str) -> None:
    await olga.sends("/suppliers")
    olga.sees_last(SINCE, f": {words}")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (wire_faults.error_text("No access today"), "the supplier refuses to show it"),
        (wire_faults.throttle("30"), "the supplier asks us to wait"),
        (wire_faults.broken_json(), "the supplier's answer cannot be read"),
        (reply_faults.empty_catalogue(), "it has become much smaller and is not believed"),
    ],
    ids=["refused", "waits", "broken", "shrunk"],
)
async def test_the_desk_says_why_a_catalogue_is_not_read(
    shop: Shop, olga: Human, fault: Fault, words: str
) -> None:
    for service in big_catalogue(20):
        shop.accplanet.put(replace(service, category="Many", subcategory=""))
    await shop.leaps(1, minutes=3)
    shop.accplanet.faults.always("services", fault)
    await shop.leaps(2, minutes=3)
    await looks(olga, words)
    assert olga.card.text.count(SINCE) == 1

    shop.accplanet.faults.clear()
    await shop.leaps(1, minutes=5)
    await olga.sends("/suppliers")
    olga.sees_last("Catalogue read")
    assert SINCE not in olga.card.text


async def test_a_refused_key_and_silence_are_told_apart(shop: Shop, olga: Human) -> None:
    shop.accplanet.key, key = "another", shop.accplanet.key
    await shop.leaps(1, minutes=3)
    await looks(olga, "the supplier refuses our key; put the right one into the settings")
    shop.accplanet.key = key
    await shop.sites["accplanet"].go_down()
    await shop.leaps(2, minutes=3)
    await looks(olga, "the supplier does not answer")


async def test_numbers_that_are_not_read_have_a_line_of_their_own(shop: Shop, olga: Human) -> None:
    shop.hstockplus.projects = list(PROJECTS)
    await reads_numbers(shop)
    shop.hstockplus.faults.always("sms_projects", wire_faults.truncated_json())
    await shop.leaps(2, hours=1)
    await olga.sends("/suppliers")
    olga.sees_last(
        "⚠️ SMS numbers not read since", "the supplier's answer cannot be read", "Catalogue read"
    )
    assert SINCE not in olga.card.text


async def test_the_line_is_in_words_of_its_reader(shop: Shop) -> None:
    olga = person(shop, OLGA, "Olga", language="de")
    await olga.sends("/start")
    shop.accplanet.key = "another"
    await shop.leaps(1, minutes=3)
    await olga.sends("/suppliers")
    olga.sees_last("⚠️ Katalog nicht abgerufen seit ", "der Lieferant lehnt unseren Schlüssel ab")
