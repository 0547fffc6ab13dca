"""Customers turn news off and on."""

from __future__ import annotations

from dataclasses import dataclass

from bot.broadcasts.news import gets_news, set_news
from bot.chat.broadcasts.taps import OpenNews, SetNews, StopNews
from bot.chat.facade import Storefront
from bot.chat.home.taps import OpenTopic
from bot.chat.kit.context import Context
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import bold, join
from bot.chat.kit.routes import Routes
from bot.chat.kit.screen import Button, Screen, footer


@dataclass(frozen=True, slots=True)
class NewsPages:
    """Takes a customer's word on news."""

    store: Storefront

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.stop, StopNews, keeps_form=True)
        routes.on_tap(self.open, OpenNews)
        routes.on_tap(self.set, SetNews)

    async def stop(self, context: Context, tap: StopNews) -> None:
        """Send no more news; the broadcast itself stays as it is."""
        await self.store.db.write(set_news, context.customer.id, wanted=False)
        await context.send(news_screen(context.locale, wanted=False))

    async def open(self, context: Context, tap: OpenNews) -> None:
        """Show whether news come."""
        wanted = await self.store.db.read(gets_news, context.customer.id)
        await context.show(news_screen(context.locale, wanted=wanted))

    async def set(self, context: Context, tap: SetNews) -> None:
        """Change it, and show it."""
        await self.store.db.write(set_news, context.customer.id, wanted=tap.wanted)
        await context.show(news_screen(context.locale, wanted=tap.wanted))


def news_screen(_: Locale, *, wanted: bool) -> Screen:
    """Whether news come, and the button that changes it."""
    said = (
        _("🔔 You get news from the shop.")
        if wanted
        else _("🔕 You will get no more news from us.")
    )
    always = _("Your goods, and answers about your orders and money, always come.")
    button = (
        Button(_("🔕 Don't send me news"), SetNews(wanted=False))
        if wanted
        else Button(_("🔔 Send me news again"), SetNews(wanted=True))
    )
    return Screen(join([bold(said), always], "\n\n"), ((button,), footer(_, OpenTopic())))
