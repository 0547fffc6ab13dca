"""What is decided about broadcasts and about suppliers' rates, as an operator would try it."""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.base.acts import Act
from bot.base.ids import ServiceId
from bot.broadcasts import draft, steer
from bot.catalog.basis.decide import set_basis
from bot.catalog.rises import decide as rises
from bot.orders.calibration.place import CalibrationAsked, dearest_cost, place_calibration
from bot.suppliers.words import Kind
from tests.stored_shop import ACC, OLGA, Books, listed

_SERVICE: Final = ServiceId(1)
_RISE: Final = 7
_BROADCAST: Final = 7

DRAFTS: Final = (
    draft.begin_draft,
    draft.drop_draft,
    draft.load_draft,
    draft.set_links,
    draft.set_segment,
)
"""Nobody is told of a draft, so nothing of it is written into the log."""


async def _waits_for_a_word(books: Books) -> None:
    await books.sql("DELETE FROM price_rises")
    values = f"({_RISE}, {_SERVICE}, '{ACC}', '1', '2', 1, 0)"
    await books.sql(f"INSERT INTO price_rises VALUES {values}")  # noqa: S608 - our own words


async def _has_broadcast(books: Books, state: str) -> None:
    for table in ("broadcast_recipients", "broadcasts"):
        await books.sql(f"DELETE FROM {table}")  # noqa: S608 - our own words
    act = Act(OLGA, books.act().role, f"of {state}")
    await books.sql(
        "INSERT INTO broadcasts (id, author, idem_key, at, content, segment, state, mark, due_at)"  # noqa: S608 - our own words
        f" VALUES ({_BROADCAST}, {OLGA}, '{act.key}', 1, '{_CONTENT}', '{{}}', '{state}', 'm', 1)"
    )


_CONTENT: Final = '{"text":"Hello"}'


async def confirms_all(books: Books, act: Act) -> object:
    await _waits_for_a_word(books)
    return await books.db.write(rises.confirm_all, act, ACC, _RISE)


async def confirms_one(books: Books, act: Act) -> object:
    await _waits_for_a_word(books)
    return await books.db.write(rises.confirm_price, act, _RISE)


async def keeps_hidden(books: Books, act: Act) -> object:
    await _waits_for_a_word(books)
    return await books.db.write(rises.keep_hidden, act, _RISE)


async def calibrates(books: Books, act: Act) -> object:
    row = listed("r1")
    asked = CalibrationAsked(_SERVICE, Kind.PRODUCT, dearest_cost(row.rate, row.least), seen=0)
    [(pauses,)] = await books.sql(f"SELECT pauses FROM suppliers WHERE name = '{ACC}'")  # noqa: S608 - our own words
    await _rests(books, "")
    try:
        return await books.db.write(place_calibration, act, asked)
    finally:
        await _rests(books, pauses)


async def _rests(books: Books, pauses: str) -> None:
    await books.sql(f"UPDATE suppliers SET pauses = '{pauses}' WHERE name = '{ACC}'")  # noqa: S608 - our own words


def _steers(
    state: str, deed: Callable[[Books, Act], Awaitable[object]]
) -> Callable[[Books, Act], Awaitable[object]]:
    async def done(books: Books, act: Act) -> object:
        await _has_broadcast(books, state)
        return await deed(books, act)

    return done


DESK_DEEDS: Final[dict[Callable[..., object], Callable[[Books, Act], Awaitable[object]]]] = {
    set_basis: lambda books, act: books.db.write(set_basis, act, ACC, "mail", 1000),
    rises.confirm_all: confirms_all,
    rises.confirm_price: confirms_one,
    rises.keep_hidden: keeps_hidden,
    place_calibration: calibrates,
    steer.start_broadcast: _steers(
        "draft", lambda books, act: books.db.write(steer.start_broadcast, act, _BROADCAST, 1)
    ),
    steer.pause_broadcast: _steers(
        "running", lambda books, act: books.db.write(steer.pause_broadcast, act, _BROADCAST)
    ),
    steer.resume_broadcast: _steers(
        "paused", lambda books, act: books.db.write(steer.resume_broadcast, act, _BROADCAST)
    ),
    steer.stop_broadcast: _steers(
        "running", lambda books, act: books.db.write(steer.stop_broadcast, act, _BROADCAST)
    ),
}
