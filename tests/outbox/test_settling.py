"""What was told of a subject says in the end what is true, also if it was on its way meanwhile."""

from bot.base.ids import OrderId
from bot.base.subjects import order_subject
from bot.outbox import store
from bot.outbox.notices import OrderWaits
from bot.outbox.tell import settle_notices
from tests.outbox.queued import claim, sent, tell
from tests.stored_shop import ALICE, Books

SHOWN = 77
"""The message that `sent` notes."""


async def settle(books: Books) -> None:
    await books.db.write(settle_notices, order_subject(OrderId(1)))


async def test_a_notice_that_is_settled_while_it_is_sent_is_edited_after(books: Books) -> None:
    await tell(books, ALICE, "waits:1", OrderWaits(1))
    (row,) = await claim(books)
    await settle(books)
    await sent(books, row)

    (again,) = await claim(books)
    assert again.message == SHOWN, "it is no new message"
    await sent(books, again)
    assert await claim(books) == []


async def test_a_notice_that_is_settled_while_it_is_edited_is_edited_again(books: Books) -> None:
    await tell(books, ALICE, "waits:1", OrderWaits(1))
    (first,) = await claim(books)
    await sent(books, first)
    await settle(books)
    (edit,) = await claim(books)
    await settle(books)
    await sent(books, edit)

    (again,) = await claim(books)
    assert again.message == SHOWN
    await sent(books, again)
    assert await claim(books) == []


async def test_a_notice_that_waits_is_sent_once_though_it_is_settled(books: Books) -> None:
    await tell(books, ALICE, "waits:1", OrderWaits(1))
    await settle(books)
    (row,) = await claim(books)
    await sent(books, row)
    assert await claim(books) == []


async def test_a_message_that_shows_something_else_by_now_is_edited_no_more(books: Books) -> None:
    await tell(books, ALICE, "waits:1", OrderWaits(1))
    (first,) = await claim(books)
    await sent(books, first)
    await settle(books)
    (edit,) = await claim(books)
    await settle(books)
    await books.db.write(store.forget_message, ALICE, SHOWN)
    await sent(books, edit)
    await settle(books)
    assert await claim(books) == []
