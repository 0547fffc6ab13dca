"""A person with their Telegram: what they do is brought to the bot at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.base.acts import Act, Role
from bot.base.ids import CustomerId
from bot.chat.orders.taps import Confirm
from bot.money import wallet
from bot.money.ledger import Wallet
from bot.orders import read
from bot.people import customers
from sandbox.telegram import BotMessage, Person
from tests.conversation.shop import Shop

ALICE, BORIS, OLGA, OTTO = 11, 12, 99, 98
AS_OLGA = Act(CustomerId(OLGA), Role.OWNER)


@dataclass
class Human:
    """A person with their chat; what they do is brought to the bot at once."""

    shop: Shop
    person: Person

    @property
    def id(self) -> int:
        return self.person.user_id

    async def sends(self, text: str) -> None:
        self.person.sends(text)
        await self.shop.hears()

    async def taps(self, label: str, message_id: int | None = None) -> None:
        self.person.taps(label, message_id=message_id)
        await self.shop.hears()

    async def forges(self, data: str, message_id: int | None = None) -> None:
        self.person.taps_raw(data, message_id or self.card.message_id)
        await self.shop.hears()

    async def does(self, act: Callable[[Person], object]) -> None:
        """Whatever else a person can do in their Telegram, brought to the bot at once."""
        act(self.person)
        await self.shop.hears()

    @property
    def toast(self) -> str:
        """The last words that a tap was answered with."""
        return self.person.toasts[-1].text if self.person.toasts else ""

    @property
    def card(self) -> BotMessage:
        return self.person.last_message

    @property
    def chat(self) -> str:
        return "\n---\n".join(message.text for message in self.person.messages)

    def sees(self, *words: str) -> None:
        for word in words:
            assert word in self.chat, f"{word!r} is not in:\n{self.chat}"

    def sees_last(self, *words: str) -> None:
        for word in words:
            assert word in self.card.text, f"{word!r} is not in:\n{self.card.text}"

    def sees_nothing_of(self, *words: str) -> None:
        for word in words:
            assert word not in self.chat, f"{word!r} is in:\n{self.chat}"

    def button(self, label: str) -> str:
        """The tap behind a button, to be repeated or forged."""
        button = self.card.find_button(label)
        assert button is not None, self.card.labels
        assert button.callback_data is not None
        return button.callback_data

    async def wallet(self) -> Wallet:
        view = await self.shop.kiosk.shop.store.db.read(wallet.wallet, CustomerId(self.id))
        return view.wallet

    async def count_orders(self) -> int:
        """How many orders of this person the books hold."""
        db, customer = self.shop.kiosk.db, CustomerId(self.id)
        return (await db.read(read.list_orders, customer, 0, only_open=False)).total

    async def goes_to_confirm(self, service: str = "Aged account", quantity: str = "3") -> None:
        """From the start to the confirm card, the way a customer walks."""
        await self.sends("/start")
        await self.taps("Catalog")
        await self.finds_account(service)
        await self.taps("Buy")
        await self.sends(quantity)

    async def finds_account(self, service: str) -> None:
        """From the catalog to a card; a level that holds something else as well takes a tap."""
        await self.taps("Social")
        if self.card.find_button(service) is None:
            await self.taps("Instagram")
        await self.taps(service)

    async def buys(self, service: str = "Aged account", quantity: str = "3") -> None:
        await self.goes_to_confirm(service, quantity)
        await self.taps("Pay")

    async def buys_unseen(self, service: str = "Aged account", quantity: int = 3) -> None:
        """A price and the tap that confirms it, without the walk from screen to screen."""
        store = self.shop.kiosk.shop.store
        customer = await store.db.read(customers.find, CustomerId(self.id))
        services = self.shop.kiosk.shop.shelf.now.services()
        wanted = next(one.id for one in services if one.listed.name == service)
        assert customer is not None
        quote = await store.ask_quote(customer, wanted, quantity)
        await self.forges(Confirm(quote=quote.id).pack())

    async def buys_mailboxes(self, quantity: str = "3") -> None:
        """Accounts of the supplier that lists no subcategories."""
        await self.sends("/start")
        for label in ("Catalog", "Email Accounts", "Mailbox", "Buy"):
            await self.taps(label)
        await self.sends(quantity)
        await self.taps("Pay")

    async def buys_followers(self, quantity: str = "1000") -> None:
        """Work on a link."""
        await self.sends("/start")
        for label in ("Catalog", "Instagram", "Followers", "Buy"):
            await self.taps(label)
        await self.sends(quantity)
        await self.sends("https://instagram.com/alice")
        await self.taps("Pay")

    def times(self, words: str) -> int:
        """How many of the messages in the chat say this."""
        return sum(words in message.text for message in self.person.messages)


def person(shop: Shop, user_id: int, name: str, language: str = "en") -> Human:
    who = shop.telegram.person(user_id, name, username=name.lower(), language_code=language)
    return Human(shop, who)
