"""Why a service cannot be bought now."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.base.errors import ShopError
from bot.base.ids import ServiceId
from bot.people.texts.own import Said


class NotForSaleReason(StrEnum):
    """Why a service cannot be bought now; the desk and the customer have a sentence for each."""

    GONE = "gone"
    UNKNOWN_BASIS = "unknown_basis"
    UNKNOWN_KIND = "unknown_kind"
    NEGATIVE_MARGIN = "negative_margin"
    UNSUPPORTED_TYPE = "unsupported_type"
    SOCIAL_OFF = "social_off"
    UNREADABLE = "unreadable"
    SERVICE_PAUSED = "service_paused"
    SUPPLIER_PAUSED = "supplier_paused"
    PRICE_JUMPED = "price_jumped"
    STALE = "stale"
    HIDDEN = "hidden"
    DENIED = "denied"


@dataclass(eq=False)
class SoldOut(ShopError):
    """Only `left` are there."""

    left: int


@dataclass(eq=False)
class TooManyFavourites(ShopError):
    """A customer keeps `most` favourites already."""

    most: int


@dataclass(eq=False)
class TooManyWatches(ShopError):
    """A customer waits for `most` things already."""

    most: int


@dataclass(eq=False)
class NotForSale(ShopError):
    """The service cannot be bought now; `said` is what the operator says of it, if anything."""

    reason: NotForSaleReason
    said: Said = field(default_factory=dict)


class CannotPlaceReason(StrEnum):
    """Why a category cannot be put where an operator wants it."""

    UNKNOWN = "unknown"
    SAME = "same"
    CIRCLE = "circle"
    TAKEN = "taken"
    NAME = "name"
    ICON = "icon"


@dataclass(eq=False)
class CannotPlace(ShopError):
    """The tree stays as it was."""

    reason: CannotPlaceReason


class CannotTieReason(StrEnum):
    """Why two services cannot stand in for each other."""

    UNKNOWN = "unknown"
    TOO_FEW = "too_few"
    SUPPLIER = "supplier"
    KIND = "kind"
    UNIT = "unit"
    DELIVERY = "delivery"
    COUNTRY = "country"
    AMOUNTS = "amounts"


@dataclass(eq=False)
class CannotTie(ShopError):
    """Nothing was tied: `service` is no equal of `first`, or there is none of that number."""

    reason: CannotTieReason
    service: ServiceId | None = None
    first: ServiceId | None = None
