"""The taps about broadcasts at the desk and what is typed for them; customers' about news."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Id


class Asked(StrEnum):
    """What may be asked of the customers in a segment."""

    LANGUAGE = "l"
    ACTIVE = "a"
    BOUGHT = "b"
    BALANCE = "m"


class OpenBroadcasts(CallbackData, prefix="ba"):
    """All broadcasts."""

    needs: ClassVar = Permission.SHOP


class WriteBroadcast(CallbackData, prefix="bw"):
    """What a new broadcast says is sent next."""

    needs: ClassVar = Permission.SHOP


class OpenBroadcast(CallbackData, prefix="bo"):
    """A draft, or how far a broadcast is."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id


class TypeLinks(CallbackData, prefix="bl"):
    """The buttons of a draft are typed next."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id


class DropLinks(CallbackData, prefix="bx"):
    """Send a draft without buttons."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id


class OpenSegment(CallbackData, prefix="bg"):
    """Who gets a draft."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id


class AskSegment(CallbackData, prefix="bq"):
    """Choose or type what is asked of customers."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id
    asked: Asked


class ChooseReaders(CallbackData, prefix="br"):
    """Send to readers of this language as well, or no longer."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id
    code: str


class ChooseActive(CallbackData, prefix="bd"):
    """Send to who was here within so many days; 0 for whenever that was."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id
    days: Count


class ForgetAsked(CallbackData, prefix="bf"):
    """Ask this of customers no more."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id
    asked: Asked


class TestBroadcast(CallbackData, prefix="bt"):
    """Send a draft to who taps, as customers get it."""

    needs: ClassVar = Permission.SHOP
    __test__: ClassVar = False
    broadcast: Id


class SendBroadcast(CallbackData, prefix="bs"):
    """Send a draft of this version; `sure` on the second tap, `again` for the same words."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id
    version: Count
    sure: bool = False
    again: bool = False


class DropDraft(CallbackData, prefix="by"):
    """Throw a draft away; `sure` on the second tap."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id
    sure: bool = False


class PauseBroadcast(CallbackData, prefix="bp"):
    """Let a broadcast rest."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id


class ResumeBroadcast(CallbackData, prefix="bu"):
    """Let a broadcast go on; `sure` where it may reach somebody twice."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id
    sure: bool = False


class StopBroadcast(CallbackData, prefix="bz"):
    """End a broadcast; `sure` on the second tap."""

    needs: ClassVar = Permission.SHOP
    broadcast: Id
    sure: bool = False


class StopNews(CallbackData, prefix="bk"):
    """Get no more news; it stands under every broadcast."""


class OpenNews(CallbackData, prefix="bn"):
    """Whether somebody gets news."""


class SetNews(CallbackData, prefix="bm"):
    """Get news, or none."""

    wanted: bool


class BroadcastForm(Form, frozen=True, tag="broadcast"):
    """What a new broadcast says is sent."""

    def ask_again(self) -> CallbackData:
        """The same step."""
        return WriteBroadcast()


class LinksForm(Form, frozen=True, tag="broadcast-links"):
    """The buttons of a draft are typed."""

    broadcast: int

    def ask_again(self) -> CallbackData:
        """The same step."""
        return TypeLinks(broadcast=self.broadcast)


class SegmentForm(Form, frozen=True, tag="broadcast-segment"):
    """What is asked of customers is typed."""

    broadcast: int
    asked: Asked

    def ask_again(self) -> CallbackData:
        """The same step."""
        return AskSegment(broadcast=self.broadcast, asked=self.asked)
