"""A notice that is not sent any more, and why."""

from __future__ import annotations

from enum import StrEnum


class GoneReason(StrEnum):
    """Why a notice is not sent any more."""

    NO_ORDER = "no such order"
    NO_GOODS = "no such goods"
    NO_REQUEST = "no such request"
    NOT_THEIRS = "the order is somebody else's"
    NO_LONGER_SO = "it is no longer so"
    UNKNOWN = "no words for this notice"


class Gone(Exception):
    """What a notice is about does not exist, or is no longer so."""

    def __init__(self, why: GoneReason) -> None:
        super().__init__(why.value)
