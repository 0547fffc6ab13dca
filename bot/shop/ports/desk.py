"""What operators decide and look up."""

from __future__ import annotations

from enum import StrEnum


class DeskFilter(StrEnum):
    """Which orders an operator lists."""

    ALL = "all"
    OPEN = "open"
    DOUBT = "doubt"
    ATTENTION = "attention"
