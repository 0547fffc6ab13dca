"""Broadcasts in every state that a step of the migrations may meet."""

from bot.broadcasts.choose import choose_some
from bot.broadcasts.claims import Answer, Answered, Taken, take_after, take_next
from bot.broadcasts.content import Content
from bot.broadcasts.draft import begin_draft
from bot.broadcasts.news import set_news
from bot.broadcasts.steer import start_broadcast
from tests.stored_shop import BOB, Books


async def fill_broadcasts(books: Books) -> None:
    """One under way, of which one has got it, one is being sent to and one wants none; a draft."""
    one = await books.db.write(begin_draft, books.act(), Content("All mail is half price"))
    await books.db.write(begin_draft, books.act(), Content("Not yet"))
    await books.db.write(set_news, BOB, wanted=False)
    await books.db.write(start_broadcast, books.act(), one, 1)
    while await books.db.write(choose_some):
        continue
    taken = await books.db.write(take_next)
    assert isinstance(taken, Taken)
    await books.db.write(take_after, taken, Answer(Answered.SENT))
