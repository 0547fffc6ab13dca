"""Readers of other languages, and what the catalogue is called in theirs."""

import re
from datetime import timedelta

from sandbox.suppliers.services import SandboxService
from tests.conversation.human import Human, person
from tests.conversation.shop import Shop

_ICON = re.compile(r"^[^\w\s(]+ ")
LAYLA, MEI, CAIO = 31, 32, 33
WORDS = {
    "ar": {
        "name": "حساب قديم",
        "description": "<b>عمره سنتان</b>.",
        "category": "التواصل الاجتماعي",
        "subcategory": "إنستغرام",
    },
    "zh": {
        "name": "老账号",
        "description": "<b>两年</b>。",
        "category": "社交媒体",
        "subcategory": "照片墙",
    },
    "pt-BR": {
        "name": "Conta antiga",
        "description": "Tem <b>dois anos</b>.",
        "category": "Redes sociais",
        "subcategory": "Rede de fotos",
    },
}
A_LOOK, AN_HOUR = timedelta(seconds=16), timedelta(minutes=61)


def aged(shop: Shop) -> SandboxService:
    return shop.accplanet.services["10042"]


def asked_for(shop: Shop) -> list[str]:
    """In which languages the catalogue was read, in their order."""
    read = [one.params for one in shop.accplanet.received_of("services")]
    return [params["language"] for params in read if "language" in params]


async def opens(human: Human, *prefixes: str) -> None:
    """Tap the first button of each kind, whatever it is called in this language."""
    for prefix in prefixes:
        await human.forges(tap_of(human, prefix))


def tap_of(human: Human, prefix: str) -> str:
    taps = [button.callback_data or "" for button in human.card.buttons]
    return next(tap for tap in taps if tap.startswith(prefix))


def shown(human: Human, prefix: str) -> list[str]:
    """The labels of the rows of this kind, without icons and what keeps their direction."""
    rows = [row[0] for row in human.card.keyboard if len(row) == 1]
    labels = [row.text for row in rows if (row.callback_data or "").startswith(prefix)]
    plain = [re.sub("[\u200f\u2066-\u2069]", "", label) for label in labels]
    return plain if prefix == "r:" else [_ICON.sub("", label) for label in plain]


async def goes_to(human: Human, *words: str) -> None:
    """From the catalog on, by the Arabic names of these."""
    await human.sends("/catalog")
    for word in words:
        await human.taps(WORDS["ar"][word])


async def comes(shop: Shop, number: int, language: str) -> Human:
    human = person(shop, number, f"Reader {number}", language)
    await human.sends("/start")
    return human
