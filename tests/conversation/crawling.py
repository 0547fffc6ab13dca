"""A crawler that taps every button it can reach, and the ugliest texts of a supplier."""

import re
from collections import Counter

from bot.db.tx import Tx
from tests.conversation.human import Human
from tests.conversation.services import account
from tests.conversation.shop import Shop

ZALGO = "Z" + "".join(chr(0x300 + nth % 0x70) for nth in range(600)) + "algo"
UGLY = (
    "A" * 4000,
    "👩‍👩‍👧‍👦" * 400,
    "\u202e\u2067حساب قديم\u202c " * 100,
    ZALGO,
    "lone \ud83d surrogate \udc00",
    "<b>not</b> <script>alert(1)</script> &amp; {name} {0} %s",
    "\u200b\u200d\ufeff",
    "two\nlines\r\n\tand \x00 \x07 controls",
    "   ",
    "`code` *stars* _lines_ [link](tg://user?id=1) @name /start #tag",
)
DESCRIPTION = (
    "<p>" + "<b>bold <i>both</b> x</i> " * 500 + "</p><ul><li>" + "😀" * 3000 + "</li></ul>"
    '<a href="javascript:alert(1)">x</a><a href="https://example.com/' + "y" * 3000 + '">y</a>'
)
HIGH = 2**62
FAMILY = re.compile(r"^[a-z]+")
AT_MOST_ALIKE = 12
"""So many taps of one kind are tried; the thousandth step of a stepper tells nothing new."""


def begin_high(tx: Tx) -> None:
    """Let every id of ours be as long as an id can be."""
    for table in (
        "services",
        "categories",
        "quotes",
        "orders",
        "transfers",
        "topup_requests",
        "searches",
    ):
        if tx.dialect.name == "postgresql":
            tx.connection.exec_driver_sql(f"ALTER SEQUENCE {table}_id_seq RESTART WITH {HIGH}")
            continue
        tx.connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        row = "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)"
        tx.connection.exec_driver_sql(row, (table, HIGH))


async def fill_with_ugliness(shop: Shop) -> None:
    await shop.kiosk.db.write(begin_high)
    for nth, ugly in enumerate(UGLY):
        names = {"category": ugly or "x", "subcategory": UGLY[-nth - 1]}
        row = account(70_000 + nth, ugly, "0.000001", description=DESCRIPTION, **names)
        shop.accplanet.put(row)
        more = account(71_000 + nth, f"{nth} {ugly}", "0.01", category="!Ugly", subcategory="")
        shop.accplanet.put(more)
    await shop.refreshes()


async def crawls(
    human: Human,
    *starts: str,
    but: frozenset[str] = frozenset(),
    alike: int = AT_MOST_ALIKE,
    tapped: Counter[str] | None = None,
) -> int:
    """Tap every button that can be reached, but these; how many taps that were.

    `tapped` counts the buttons that were seen by their kind.
    """
    seen: set[str] = set(but)
    tapped = Counter() if tapped is None else tapped
    taps = 0
    for start in starts:
        await human.sends(start)
        waiting = new_taps(human, seen, tapped, alike)
        while waiting:
            tap, message = waiting.pop()
            await human.forges(tap, message)
            if tap.startswith(("y:", "x:", "d")):
                await human.shop.works()
            taps += 1
            waiting += new_taps(human, seen, tapped, alike)
    return taps


def new_taps(
    human: Human, seen: set[str], tapped: Counter[str], alike: int
) -> list[tuple[str, int]]:
    found = []
    for message in human.person.messages:
        for button in message.buttons:
            tap = button.callback_data
            if tap is None or tap in seen:
                continue
            seen.add(tap)
            family = FAMILY.match(tap)
            assert family is not None
            tapped[family[0]] += 1
            if tapped[family[0]] <= alike:
                found.append((tap, message.message_id))
    return found


def assert_everything_was_accepted(shop: Shop) -> None:
    assert shop.trouble() == []
    for human in shop.telegram.people.values():
        assert human.unanswered == ()
        for message in human.messages:
            assert "something went wrong." not in message.text.lower(), message.text
            for button in message.buttons:
                assert len((button.callback_data or "").encode()) <= 64
