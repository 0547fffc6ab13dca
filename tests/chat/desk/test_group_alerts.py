"""What the operators' group may read is decided for each alert."""

from __future__ import annotations

from typing import get_args

from bot.chat.outbox.group import SHOWN
from bot.outbox.notices import AnyNotice

FOR_OPERATORS = "a-"
"""What the tags of alerts begin with."""


def test_every_alert_has_words_for_the_group() -> None:
    kinds = get_args(AnyNotice)
    alerts = {kind for kind in kinds if str(kind.__struct_config__.tag).startswith(FOR_OPERATORS)}

    assert alerts == SHOWN
