"""Takes what operators and customers write to each other."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.ids import CustomerId
from bot.base.subjects import customer_subject
from bot.chat.desk.home import unknown_customer_screen
from bot.chat.facade import Desk, Storefront
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.routes import Routes
from bot.chat.people.letters import answer_shop_screen, ask_letter_screen
from bot.chat.people.taps import AnswerShop, AnswerShopForm, WriteForm, WriteToCustomer
from bot.people import customers, writing
from bot.people.letters import list_letters

_BEFORE = 4


@dataclass(frozen=True, slots=True)
class WritePages:
    """Operators write to customers."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.ask, WriteToCustomer)
        routes.on_typed(self.write, WriteForm, is_kept=True)

    async def ask(self, context: Context, tap: WriteToCustomer) -> None:
        """Ask for the words, which are typed next."""
        if await self._show(context, tap.customer):
            await context.open_form(WriteForm(tap.customer))

    async def write(self, context: Context, form: WriteForm, text: str) -> None:
        """Bring the words to the customer, once a message."""
        _, customer = context.locale, CustomerId(form.customer)
        if not text.strip():
            await self._show(context, form.customer, _("Only words, please."))
            return
        await self.desk.db.write(writing.write_to, act_of(context), customer, text.strip())
        context.answer_below()
        await context.close_form()
        await self._show(context, form.customer, _("✅ Passed on to the customer."))

    async def _show(self, context: Context, customer: int, note: str = "") -> bool:
        """Show what was written so far; False where there is no such customer."""
        _, db, whom = context.locale, self.desk.db, CustomerId(customer)
        found = await db.read(customers.find, whom)
        if found is None:
            await context.show(unknown_customer_screen(_))
            return False
        before = await db.read(list_letters, customer_subject(whom), _BEFORE)
        await context.show(ask_letter_screen(_, found, before, note))
        return True


@dataclass(frozen=True, slots=True)
class AnswerPages:
    """Customers answer."""

    store: Storefront

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.ask, AnswerShop)
        routes.on_typed(self.answer, AnswerShopForm, is_kept=True)

    async def ask(self, context: Context, tap: AnswerShop) -> None:
        """Ask for the answer, which is typed next."""
        await context.open_form(AnswerShopForm())
        await context.show(answer_shop_screen(context.locale))

    async def answer(self, context: Context, form: AnswerShopForm, text: str) -> None:
        """Bring the answer to the operators, once a message. Raises NotYours."""
        _, mine = context.locale, context.customer.id
        if not text.strip():
            await context.show(answer_shop_screen(_, _("Only words, please.")))
            return
        await self.store.db.write(writing.answer_shop, mine, text.strip(), context.key)
        context.answer_below()
        await context.close_form()
        await context.show(answer_shop_screen(_, _("✅ Thank you, your answer is with the shop.")))
