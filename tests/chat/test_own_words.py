"""Own words on their screens: formatting stays in place, and the longest of them fit."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.base.ids import SupplierName
from bot.base.money import LARGEST, Money
from bot.catalog.switches.names import NUMBERS, SHOP
from bot.catalog.switches.switch import Switch
from bot.chat.home.home import OwnLines, Ways, home_screen
from bot.chat.home.taps import Topic
from bot.chat.home.topics import topic_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill_rich, units
from bot.chat.own_words import shown_words, stored_words
from bot.chat.switches import screens as switches
from bot.chat.texts import screens as texts
from bot.chat.texts.taps import TextForm
from bot.outbox.notices import SupplierCause
from bot.people.texts.own import EVERY, OwnText, OwnTexts, TextName
from bot.people.texts.reading import LONGEST
from tests.chat.limits import fits
from tests.chat.samples import PROFILE

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
UGLY = "ز😀" * 2000


def longest(name: TextName) -> Rich:
    """As much as the desk takes, of signs that take two units."""
    return bold(Rich(UGLY).cut(LONGEST[name], ellipsis=""))


@given(
    st.lists(st.sampled_from(["{shop}", "{other}", "😀", "word ", "{", "ز"]), max_size=8),
    st.text(alphabet="aز😀", max_size=5),
    st.data(),
)
def test_formatting_stays_around_the_same_words_when_places_are_filled(
    parts: list[str], shop: str, data: st.DataObject
) -> None:
    begin = data.draw(st.integers(0, len(parts)))
    end = data.draw(st.integers(begin, len(parts)))
    marked = bold("".join(parts[begin:end]))
    words = Rich("".join(parts[:begin])) + marked + "".join(parts[end:])
    filled = fill_rich(words, {"shop": shop})

    def said(some: list[str]) -> str:
        return "".join(some).replace("{shop}", shop)

    assert filled.text == said(parts)
    for entity in filled.entities:
        raw = filled.text.encode("utf-16-le")
        around = raw[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")
        assert around == said(parts[begin:end])
        assert entity.offset == units(said(parts[:begin]))


def test_words_are_stored_and_shown_as_they_were() -> None:
    words = Rich("Hi ") + bold("all") + " of {shop}"
    assert shown_words(stored_words(words)) == words
    assert shown_words(stored_words(words), "Kiosk").text == "Hi all of Kiosk"


def test_the_longest_words_fit_every_screen_that_they_stand_on(locale: Locale) -> None:
    top, greeting = longest(TextName.PINNED), longest(TextName.GREETING)
    own = OwnLines(top, greeting, longest(TextName.PAUSED))
    fits(home_screen(locale, "x" * 64, Money(LARGEST), Ways(), own))
    for topic, name in ((Topic.HELP, TextName.HELP), (Topic.TERMS, TextName.TERMS)):
        fits(topic_screen(locale, topic, PROFILE, longest(name)))
    many = {code: OwnText(UGLY[:200]) for code in (EVERY, "de", "ar")}
    for name in TextName:
        said, words = longest(name), OwnTexts({name: many})
        form = TextForm(name, "ar", said.text, until=1_900_000_000, is_plainer=True)
        fits(texts.preview_screen(locale, form, said, NOON, said))
        fits(texts.ask_text_screen(locale, name, "pt-BR", said, said))
        fits(texts.text_screen(locale, name, many, said, said))
        fits(texts.texts_screen(locale, words))
        fits(texts.reset_sure_screen(locale, name, None))
    fits(texts.unknown_text_screen(locale, UGLY))


def test_the_screens_of_the_switches_fit(locale: Locale) -> None:
    names = (SHOP, NUMBERS, *(SupplierName(f"{nth}" + "s" * 200) for nth in range(12)))
    said = {EVERY: OwnText(UGLY[:300])}
    for pauses in ((), tuple(SupplierCause), (SupplierCause.OUTAGE,)):
        known = tuple(Switch(name, pauses, said) for name in names)
        reads = {name: longest(TextName.PAUSED) for name in names}
        fits(switches.switches_screen(locale, known, reads, "note"))
        fits(switches.ask_words_screen(locale, known[-1], reads[SHOP]))
        fits(switches.off_sure_screen(locale, known[-1].what, reads[SHOP]))
        assert switches.done_words(locale, known[-1]).text
    fits(switches.usage_screen(locale, UGLY, names))
