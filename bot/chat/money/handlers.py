"""The wallet, and asking for more in it."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.chat.facade import Storefront
from bot.chat.kit.context import Visit
from bot.chat.kit.forms import Forms, TopupForm
from bot.chat.middlewares import KEEPS_FORM
from bot.chat.money.taps import OpenWallet, TypeTopup
from bot.chat.money.wallet import topup_screen, wallet_screen
from bot.money import wallet


def wallet_router(store: Storefront, forms: Forms) -> Router:
    """Taps on credit."""
    router = Router(name="wallet")

    @router.callback_query(OpenWallet.filter())
    async def open_wallet(query: CallbackQuery, visit: Visit) -> None:
        await show_wallet(store, visit)

    @router.callback_query(TypeTopup.filter(), flags=KEEPS_FORM)
    async def type_topup(query: CallbackQuery, visit: Visit) -> None:
        await forms.open(visit.customer.id, TopupForm())
        await visit.show(topup_screen(visit.voice, store.facts.topup_instructions))

    return router


async def show_wallet(store: Storefront, visit: Visit) -> None:
    """Balance and last movements."""
    view = await store.db.read(wallet.wallet, visit.customer.id)
    await visit.show(wallet_screen(visit.voice, view, store.clock.now()))
