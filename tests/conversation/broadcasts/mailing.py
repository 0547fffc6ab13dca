"""A shop with a few customers, and an operator who writes to all of them."""

from __future__ import annotations

from sqlalchemy import select

from bot.broadcasts.tables import broadcasts, recipients
from bot.db.tx import Tx
from sandbox.telegram import BotMessage
from tests.conversation.human import Human, person
from tests.conversation.shop import Shop

WORDS = "Gmail is back on the shelf"
FIRST = 300


async def many(shop: Shop, count: int, first: int = FIRST) -> list[Human]:
    """So many customers who have said hello."""
    people = [person(shop, first + number, f"Guest{number}") for number in range(count)]
    for one in people:
        one.person.sends("/start")
    await shop.hears()
    return people


async def starts(olga: Human, words: str = WORDS) -> None:
    """Olga writes and sends; nobody has got it yet."""
    await olga.sends(f"/broadcast {words}")
    await olga.taps("Send to")
    await olga.taps("Yes, send it")


def got(human: Human, words: str = WORDS) -> int:
    """How often somebody has the broadcast in their chat."""
    return sum(is_broadcast(one, words) for one in human.person.messages)


def is_broadcast(message: object, words: str = WORDS) -> bool:
    """Whether a message is the broadcast itself, and no card about it."""
    return (
        isinstance(message, BotMessage)
        and message.text == words
        and message.find_button("Don't send me news") is not None
    )


async def fates(shop: Shop) -> dict[int, str]:
    """What became of each recipient."""

    def read(tx: Tx) -> dict[int, str]:
        rows = tx.execute(select(recipients.c.customer, recipients.c.state)).all()
        return {row.customer: str(row.state) for row in rows}

    return await shop.kiosk.db.read(read)


async def state(shop: Shop) -> str:
    """How far the newest broadcast is."""
    query = select(broadcasts.c.state).order_by(broadcasts.c.id.desc()).limit(1)
    return str(await shop.kiosk.db.read(lambda tx: tx.execute(query).scalar_one()))
