"""Numbers on sale, and how a customer rents them in the chat."""

from decimal import Decimal

from sandbox.suppliers.numbers import SmsProject
from tests.conversation.human import Human
from tests.conversation.shop import Shop


def project(name: str, country: str, title: str, price: str, number: str = "7") -> SmsProject:
    return SmsProject(
        project_id=number,
        name=name,
        price=Decimal(price),
        country_id=country,
        country_title=title,
    )


PROJECTS = (
    project("WhatsApp", "us", "United States", "0.50"),
    project("WhatsApp", "de", "Germany", "0.80"),
    project("WhatsApp", "in", "India", "0.20", number="9"),
    project("Viber", "us", "United States", "1.00", number="8"),
    project("Any other", "us", "United States", "0.10", number="1"),
)


async def reads_numbers(shop: Shop) -> None:
    for supplier in shop.kiosk.shop.suppliers.values():
        if supplier.rents_numbers:
            await shop.kiosk.shop.refresh.numbers(supplier)
    await shop.kiosk.shop.load_shelf()


async def goes_to_confirm(human: Human, *labels: str) -> None:
    await human.sends("/start")
    for label in ("SMS numbers", *(labels or ("WhatsApp", "United States"))):
        await human.taps(label)


async def rents(human: Human, *labels: str) -> None:
    await goes_to_confirm(human, *labels)
    await human.taps("Pay")
    await human.shop.works()


def copied(human: Human, label: str) -> str:
    """What a button puts into the reader's clipboard."""
    button = human.card.find_button(label)
    assert button is not None
    assert button.copy_text is not None
    return button.copy_text


def labels_of(human: Human) -> list[str]:
    return [label for row in human.card.labels for label in row]


async def is_sound(shop: Shop, human: Human) -> None:
    assert await shop.proof() == ()
    assert not shop.trouble()
    assert human.person.unanswered == ()
