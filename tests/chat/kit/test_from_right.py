"""Lines of names alone begin on the right where one reads so, and entities stay put."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.kit.richtext import Rich, bold, code, join
from bot.i18n.language import isolate

_RIGHT = "\u200f"


def covered(text: Rich) -> list[str]:
    """The words under each entity."""
    wire = text.text.encode("utf-16-le")
    return [
        wire[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le")
        for one in text.entities
    ]


def test_a_line_of_a_name_alone_begins_on_the_right() -> None:
    name, place = isolate("Instagram 🎉"), isolate("Instagram")
    shown = join([bold(name), place, "السعر: 1"]).from_right()
    assert shown.text == f"{_RIGHT}{name}\n{_RIGHT}{place}\nالسعر: 1"
    assert covered(shown) == [name]


def test_goods_stay_as_they_are() -> None:
    goods = code(f"a\n{isolate('b')}\nc")
    assert goods.from_right() == goods


def test_a_text_that_is_full_stays_as_it_is() -> None:
    full = Rich(isolate("x" * 4094))
    assert full.from_right() == full


_LINES = st.lists(st.sampled_from(["plain", isolate("one"), isolate("🎉"), "", "two words"]))


@given(_LINES, st.data())
def test_entities_cover_the_same_words(lines: list[str], data: st.DataObject) -> None:
    parts = [bold(line) if line and data.draw(st.booleans()) else Rich(line) for line in lines]
    text = join(parts)
    shown = text.from_right()
    assert [one.replace(_RIGHT, "") for one in covered(shown)] == covered(text)
    assert shown.text.replace(_RIGHT, "") == text.text
