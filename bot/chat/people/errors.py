"""What an owner reads when a role cannot be changed."""

from __future__ import annotations

from typing import Final

from bot.chat.kit.errors import Wordings, plain
from bot.people.errors import LastOwner, NamedInSettings

WORDING: Final[Wordings] = {
    LastOwner: plain(lambda _: _("Nothing was changed: nobody would be left who may give roles.")),
    NamedInSettings: plain(
        lambda _: _(
            "Nothing was changed: ADMIN_IDS in the settings names this person. "
            "Take them out there and start the bot again."
        )
    ),
}
