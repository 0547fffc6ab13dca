"""What operators decide of the shelf, of sales and of the shop's words."""

from datetime import timedelta

from bot.catalog.hiding import decide as hiding
from bot.catalog.places import look
from bot.catalog.places.decide import rename_category
from bot.catalog.selection.selection import Selection
from bot.catalog.switches.switch import switch_off
from bot.people.texts.own import EVERY, OwnText, TextName
from bot.people.texts.store import save_text
from tests.stored_shop import BY, HSTOCK, Books


async def decides_at_the_desk(books: Books) -> None:
    """A category called otherwise, a part that is hidden, a supplier off, a greeting."""
    service = await books.stocks()
    await books.db.write(rename_category, BY, service.category, "Letters")
    await books.db.write(look.name_in, BY, service.category, "ru", "Письма")
    await books.db.write(look.give_icon, BY, service.category, "📮")
    await books.db.write(look.order_categories, BY, service.category, (service.category,))
    await books.db.write(hiding.hide, BY, Selection.pattern("*old stock*"))
    await books.db.write(hiding.allow, BY, Selection.service(service.id))
    await books.db.write(switch_off, BY, HSTOCK, {EVERY: OwnText("Back on Monday")})
    greeting = OwnText("Hello", '[["bold",0,5,{}]]', books.now + timedelta(days=1))
    await books.db.write(save_text, BY, TextName.GREETING, "de", greeting)
