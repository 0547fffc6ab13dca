"""The taps about price rules, and what is typed for them."""

from __future__ import annotations

from hashlib import blake2b
from typing import ClassVar, Self

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.base.ids import SupplierName
from bot.base.money import Money
from bot.catalog.prices.decide import PriceProposal
from bot.catalog.prices.rules import NO_RULE
from bot.catalog.prices.typed import OFF, RulePart, read_rule
from bot.catalog.selection.selection import Scope, Selection
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Id, Key
from bot.chat.places.taps import key_of


class OpenPrices(CallbackData, prefix="yl"):
    """All price rules."""

    needs: ClassVar = Permission.SEE
    page: Count = 0


class ChoosePriced(CallbackData, prefix="yw"):
    """What a rule is for is chosen, or typed next; below a category where one is named."""

    needs: ClassVar = Permission.SEE
    category: Id = 0
    page: Count = 0


class OpenPrice(CallbackData, prefix="yo"):
    """What holds for one part of the shelf; a supplier is named by its key."""

    needs: ClassVar = Permission.SEE
    scope: Scope
    id: Id = 0
    supplier: Key = ""

    @classmethod
    def of(cls, selection: Selection) -> Self:
        """The tap about a part of the shelf."""
        supplier = key_of(SupplierName(selection.name))
        return cls(scope=selection.scope, id=selection.id, supplier=supplier)


class TypePrice(CallbackData, prefix="yt"):
    """A part of a rule is typed next."""

    needs: ClassVar = Permission.SHOP
    scope: Scope
    part: RulePart
    id: Id = 0
    supplier: Key = ""


class DropPrice(CallbackData, prefix="yd"):
    """Show what it would change to have no rule there."""

    needs: ClassVar = Permission.SHOP
    scope: Scope
    id: Id = 0
    supplier: Key = ""


class FormerPrice(CallbackData, prefix="yf"):
    """Show what it would change to have the rule from before this line of the log again."""

    needs: ClassVar = Permission.SHOP
    line: Id


class SavePrice(CallbackData, prefix="ys"):
    """Save what was previewed; `mark` names that."""

    needs: ClassVar = Permission.SHOP
    mark: Key


class PricedForm(Form, frozen=True, tag="price-what"):
    """What a price rule is for is typed or chosen; `rule` is what was typed of it already."""

    rule: str = ""

    def ask_again(self) -> CallbackData:
        """What a rule may be for."""
        return ChoosePriced()


class PriceForm(Form, frozen=True, tag="price"):
    """A part of a price rule is typed.

    `rule` and `known` are those of a preview (see `PriceProposal`), which stands on the card until
    another value is typed; `known` is empty before there is one.
    """

    scope: str
    name: str
    target: int
    part: str
    rule: str = ""
    known: str = ""

    @classmethod
    def of(cls, selection: Selection, part: RulePart) -> Self:
        """Nothing was typed yet."""
        return cls(selection.scope, selection.name, selection.id, part)

    @property
    def selection(self) -> Selection:
        """What the rule is for."""
        return Selection(Scope(self.scope), self.name, self.target)

    @property
    def proposal(self) -> PriceProposal:
        """What Save saves."""
        rule = read_rule(self.rule or OFF, NO_RULE, Money(1))
        return PriceProposal(self.selection, rule, self.known)

    @property
    def mark(self) -> str:
        """What a tap names the preview by; empty where there is none."""
        if not self.known:
            return ""
        text = f"{self.selection!r} {self.rule} {self.known}"
        return blake2b(text.encode(errors="replace"), digest_size=6).hexdigest()

    def ask_again(self) -> CallbackData:
        """The rule's card."""
        return OpenPrice.of(self.selection)
