"""A supplier with words of its own is one file of words: everything else stays as it is.

The whole of what such a file says stands here, and the shop is led over the real wire with it.
"""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.base.ids import RemoteId
from bot.base.money import ZERO, Money
from bot.numbers.rules import NumberReading, Rental, judge_reading
from bot.orders.rules.moves import Reason, State
from bot.orders.rules.settlement import ActiveOrder, Ending, judge
from bot.orders.views import RentalState
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.dialects.dialect import Dialect, is_word_or_number
from bot.suppliers.errors import InDoubt, RefusalKind, Refused
from bot.suppliers.port import Balance, Stock
from bot.suppliers.progress import RentalWord, Stage
from bot.suppliers.words import Code, NumberId
from tests.suppliers.conftest import Build, Counter, says

BAZAAR = Dialect(
    name="bazaar",
    url="https://bazaar.example/api",
    is_order_id=is_word_or_number,
    languages={"de": "german"},
    reads_one_service=True,
    rents_numbers=True,
    rate_per=100,
    fields={
        "services": "artikel",
        "service": "nummer",
        "order": "nummer",
        "name": "titel",
        "rate": "preis",
        "price": "preis",
        "stock": "bestand",
        "entityType": "sorte",
        "type": "art",
        "status": "lage",
        "charge": "kosten",
        "remains": "rest",
        "accounts": "ware",
        "balance": "guthaben",
        "currency": "waehrung",
        "error": "fehler",
        "orders": "vermietet",
        "phone": "telefon",
        "code": "geheimzahl",
        "sms_content": "text",
        "expires_at": "bis",
        "project_id": "projekt",
        "country_id": "land",
        "country_title": "landesname",
    },
    default_types=("einfach",),
    product_entities=("ding",),
    statuses={
        Stage.WAITING: ("in der schlange",),
        Stage.WORKING: ("wird gepackt",),
        Stage.DONE: ("erledigt",),
        Stage.PARTIAL: ("halb erledigt",),
        Stage.CANCELED: ("zurückgezogen",),
        Stage.TROUBLE: ("kaputt",),
    },
    number_statuses={
        RentalWord.OPEN: ("wartet",),
        RentalWord.CODE: ("angekommen",),
        RentalWord.RUN_OUT: ("abgelaufen",),
        RentalWord.CANCELED: ("zurückgezogen",),
    },
    refusals={
        RefusalKind.BAD_KEY: ("schlüssel",),
        RefusalKind.EMPTY_WALLET: ("guthaben reicht nicht",),
        RefusalKind.OUT_OF_STOCK: ("ausverkauft",),
        RefusalKind.NO_SUCH_ORDER: ("bestellung unbekannt",),
        RefusalKind.NO_SUCH_SERVICE: ("artikel unbekannt",),
    },
    refusal_codes={418: RefusalKind.BAD_KEY},
)
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TOTAL = Money(3_000_000)
SERVICE = RemoteId("7")
ROW = {"nummer": 7, "titel": "Postfach", "preis": "0.50", "bestand": 4, "sorte": "Ding"}


@pytest.fixture
async def bazaar(counter_url: tuple[Counter, str], build: Build) -> AsyncIterator[ApiV2]:
    async with build(counter_url[1], BAZAAR) as supplier:
        yield supplier


def three(*goods: str) -> ActiveOrder:
    return ActiveOrder(True, 3, TOTAL, goods)


async def ending(bazaar: ApiV2, counter: Counter, **answer: object) -> Ending | Reason | None:
    """Where such a status takes an order of three accounts."""
    counter.answers["status"] = says(json.dumps(answer))
    said = await bazaar.status(RemoteId("b7"))
    verdict = judge(three(), said.progress, NOW)
    return verdict.ending or verdict.park


async def test_its_catalogue_is_read(bazaar: ApiV2, counter: Counter) -> None:
    row = ROW | {"art": "EINFACH", "service": "no id of theirs", "accounts": 3}
    counter.will_say(json.dumps({"artikel": [row, {"titel": "nameless"}]}))

    listed = await bazaar.list_services("de")

    [mailbox] = listed.rows
    assert (mailbox.remote_id, mailbox.name, mailbox.rate) == (SERVICE, "Postfach", Decimal("0.5"))
    assert (mailbox.stock, mailbox.type, mailbox.entity_type) == (4, "Default", "product")
    assert mailbox.problem == ""
    assert listed.unreadable == 1
    assert counter.forms[0]["language"] == "german"
    assert await bazaar.find_service(SERVICE) == mailbox


async def test_its_balance_and_its_stock_are_read(bazaar: ApiV2, counter: Counter) -> None:
    counter.answers["balance"] = says('{"guthaben": "12.50", "waehrung": "USD"}')
    counter.answers["inventory"] = says('{"nummer": 7, "bestand": 2}')

    assert await bazaar.balance() == Balance(Decimal("12.50"), "USD")
    assert await bazaar.stock(SERVICE) == Stock(2, available=True)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Falscher Schlüssel", RefusalKind.BAD_KEY),
        ("Ihr Guthaben reicht nicht.", RefusalKind.EMPTY_WALLET),
        ("Leider AUSVERKAUFT", RefusalKind.OUT_OF_STOCK),
        ("Bestellung unbekannt", RefusalKind.NO_SUCH_ORDER),
        ("Insufficient balance", RefusalKind.OTHER),
    ],
)
async def test_a_refused_order_is_refused_for_its_reason(
    bazaar: ApiV2, counter: Counter, said: str, kind: RefusalKind
) -> None:
    counter.will_say(json.dumps({"fehler": said}), 400)

    with pytest.raises(Refused) as no:
        await bazaar.add(SERVICE, 3)

    assert (no.value.kind, no.value.said) == (kind, said)


async def test_a_service_it_does_not_know_is_gone(bazaar: ApiV2, counter: Counter) -> None:
    counter.will_say('{"fehler": "Artikel unbekannt"}', 404)
    assert await bazaar.find_service(SERVICE) is None


async def test_its_own_http_status_refuses_the_key_and_no_other(
    bazaar: ApiV2, counter: Counter
) -> None:
    counter.will_say("<html>", 418)
    with pytest.raises(Refused) as no:
        await bazaar.balance()
    assert no.value.kind is RefusalKind.BAD_KEY

    counter.will_say('{"fehler": "Nein"}', 401)
    with pytest.raises(Refused) as other:
        await bazaar.balance()
    assert other.value.kind is RefusalKind.OTHER


@pytest.mark.parametrize(
    "answer",
    [
        {"nummer": "b7", "fehler": "Ausverkauft"},
        {"order": "b7"},
        {"error": "Ausverkauft"},
        {"fehler": "Ausverkauft", "error": "no field of theirs"},
    ],
)
async def test_what_is_neither_in_its_words_leaves_the_order_in_doubt(
    bazaar: ApiV2, counter: Counter, answer: dict[str, object]
) -> None:
    counter.will_say(json.dumps(answer))
    with pytest.raises(InDoubt):
        await bazaar.add(SERVICE, 3)


async def test_an_accepted_order_is_followed_to_each_of_its_ends(
    bazaar: ApiV2, counter: Counter
) -> None:
    counter.answers["add"] = says('{"nummer": "b7"}', 201)
    assert (await bazaar.add(SERVICE, 3)).order == "b7"

    waits = await ending(bazaar, counter, nummer="b7", lage="In der Schlange", kosten="0.015")
    assert waits is None
    goods = ["alice:s1", "bob:s2", {"status": "a field of goods"}]
    done = await ending(bazaar, counter, lage="ERLEDIGT", ware=goods)
    assert done == Ending(State.COMPLETED, TOTAL, ZERO, 3)
    half = await ending(bazaar, counter, lage="halb-erledigt", rest=2, ware=goods[:1])
    assert half == Ending(State.PARTIAL, Money(1_000_000), Money(2_000_000), 1)
    canceled = await ending(bazaar, counter, lage="zurückgezogen")
    assert canceled == Ending(State.CANCELED, ZERO, TOTAL, 0)
    assert await ending(bazaar, counter, lage="Kaputt") is Reason.TROUBLE_STATUS
    assert await ending(bazaar, counter, lage="Completed", ware=goods) is None


async def test_goods_are_not_touched_by_names_of_fields(bazaar: ApiV2, counter: Counter) -> None:
    account = {"lage": "Berlin", "nummer": "17"}
    counter.will_say(json.dumps({"lage": "erledigt", "status": "secret", "ware": [account]}))

    said = await bazaar.status(RemoteId("b7"))

    assert said.progress.accounts == ('{"lage":"Berlin","nummer":"17"}',)
    assert said.progress.status == "erledigt"
    assert "secret" not in said.said
    assert "Berlin" not in said.said


async def test_a_number_is_rented_and_brings_its_code(bazaar: ApiV2, counter: Counter) -> None:
    project = {"projekt": "p", "land": "de", "landesname": "Deutschland"}
    counter.answers["sms_projects"] = says(json.dumps([project | {"titel": "Chat", "preis": 1}]))
    counter.answers["add_sms"] = says('{"vermietet": [{"nummer": 5, "telefon": "+4915"}]}')
    state = {"nummer": 5, "lage": "Angekommen", "geheimzahl": "123", "bis": "2026-03-01T12:20:00"}
    counter.answers["sms_status"] = says(json.dumps(state))
    counter.answers["sms_code"] = says('{"geheimzahl": "123", "text": "Code 123"}')

    [row] = (await bazaar.list_numbers()).rows
    assert (row.subcategory, row.rate) == ("Deutschland", Decimal(1))
    rented = await bazaar.rent(NumberId("p", "de"))
    assert (rented.order, rented.phone) == ("5", "+4915")
    seen, code = await bazaar.number_status(rented.order), await bazaar.number_code(rented.order)
    assert (seen.word, seen.code, code) == (RentalWord.CODE, "123", Code("123", "Code 123"))

    rental = Rental(RentalState.WAITING, NOW, NOW + timedelta(minutes=20))
    assert seen.expires_at == rental.expires_at
    assert judge_reading(rental, NumberReading(seen.word, (Code("123"),)), NOW).captures
    counter.answers["sms_status"] = says('{"lage": "zurückgezogen"}')
    gone = await bazaar.number_status(rented.order)
    assert judge_reading(rental, NumberReading(gone.word), NOW).releases
