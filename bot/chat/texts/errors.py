"""Why an operator's words are not taken."""

from __future__ import annotations

from typing import Final

from bot.chat.kit.errors import Wordings
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, fill
from bot.i18n.language import LANGUAGES
from bot.people.texts.reading import BadText, BadTextReason


def bad_text_words(_: Locale, error: BadText) -> Rich:
    """What was wrong with the words, and what would do."""
    said = {
        BadTextReason.EMPTY: _("Nothing was changed: there are no words to show."),
        BadTextReason.LONG: _(
            "Nothing was changed: this has {length} characters, and {most} fit there. Please "
            "send it shorter."
        ),
        BadTextReason.LANGUAGE: _(
            "Nothing was changed: “{language}” is none of the shop's languages, which are: "
            "{languages}. If it is the first word of your text, write “all” before it."
        ),
        BadTextReason.LINES: _("Nothing was changed: the pinned line is one line."),
        BadTextReason.TIME: _(
            "Nothing was changed: that end is no time to come. Write it like this: "
            "until 2026-12-31 18:00"
        ),
    }[error.reason]
    return fill(
        said,
        length=_.number(error.length),
        most=_.number(error.most),
        language=_.iso(error.language),
        languages=_.iso(", ".join(LANGUAGES)),
    )


WORDING: Final[Wordings] = {BadText: bad_text_words}
