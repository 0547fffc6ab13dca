"""What goes as a message comes out of Telegram as it went in; everything else goes as a file."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.base.ids import OrderId
from bot.chat.kit.screen import Screen
from bot.chat.orders.goods import goods_document, goods_screen, is_plain, plain_goods_screen
from bot.orders.views import Goods
from sandbox.telegram.text import cleaned, tidy
from tests.chat.desk.samples import NOW
from tests.human import ALL_LOCALES, ENGLISH

ODD = (
    "\u030a\u0333\u033f\u200e\u200f\u2028\u202a\u202e\u200b\u2800\u3000\ufeff\x00\x07\t\r\x85\x7f"
)
UNITS = st.text(st.one_of(st.sampled_from(f"a:1 \n{ODD}"), st.characters()), max_size=12)


def batch(*units: str) -> Goods:
    return Goods(OrderId(7), 1, "Mailbox", units, NOW)


def seen(screen: Screen) -> list[str]:
    """What a chat shows of the goods of a message: the texts that a tap copies, one a unit."""
    entities = [
        {"type": one.type, "offset": one.offset, "length": one.length}
        for one in screen.text.entities
    ]
    text, kept = tidy(screen.text.text, entities)
    wide = text.encode("utf-16-le")
    return [
        wide[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in kept
        if one["type"] in {"code", "pre"}
    ]


@given(st.lists(UNITS, min_size=1, max_size=12))
@example(["a\u030a:b"])
@example(["a\u200f\u200eb"])
@example(["a\tb"])
@example(["a\n\n\n\nb", "c"])
def test_goods_in_a_message_are_unaltered_and_those_in_a_file_are_all_there(
    units: list[str],
) -> None:
    screen = goods_screen(ENGLISH, batch(*units))

    copies = [button.copy for row in screen.rows for button in row if button.copy is not None]
    assert [cleaned(copy) for copy in copies] == copies
    if screen.document is None:
        assert seen(screen) == units
        assert copies in ([], units)
    else:
        assert copies == []
        assert all(
            unit.encode(errors="backslashreplace") in screen.document.content for unit in units
        )


@pytest.mark.parametrize("odd", [*ODD, "\u2029", "\u202c", "\x9f", "\ud800", "\ue000\u200e\u200e"])
@pytest.mark.parametrize("unit", ["{odd}user:pass", "user:pass{odd}", "user:{odd}{odd}pass"])
def test_a_unit_with_a_sign_that_would_not_come_back_goes_as_a_file(odd: str, unit: str) -> None:
    if odd in "\u200b\u2800\u3000\ufeff" and "user:{" in unit:
        return  # in the middle these stay
    screen = goods_screen(ENGLISH, batch(unit.format(odd=odd)))
    assert screen.document is not None
    assert not any(button.copy for row in screen.rows for button in row)


@pytest.mark.parametrize(
    "unit",
    ["user:pass", "ann\u200e:1", "ключ:пароль", "👩‍👩‍👧‍👦:🔑", "e\u0301:x", "a\n\nb", "حساب:1"],
)
def test_ordinary_signs_stay_in_the_message(unit: str) -> None:
    assert is_plain(unit)
    assert seen(goods_screen(ENGLISH, batch(unit))) == [unit]


TWO = ("login: ann\npass: 1", "login: ben\npass: 2\n\n2/2")


def test_units_of_several_lines_are_numbered_in_the_message_and_copied_one_by_one() -> None:
    screen = goods_screen(ENGLISH, batch(*TWO))

    assert screen.text.text.endswith(f"1/2\n{TWO[0]}\n\n2/2\n{TWO[1]}")
    assert seen(screen) == list(TWO)
    copies = [button.copy for row in screen.rows for button in row if button.copy]
    assert copies == list(TWO)


def test_a_border_is_isolated_where_lines_run_from_right_to_left() -> None:
    screen = goods_screen(ALL_LOCALES.of("ar"), batch(*TWO))
    assert "\u2068" in screen.text.text
    assert seen(screen) == list(TWO)


def test_units_of_several_lines_have_borders_in_the_file_that_none_of_them_holds() -> None:
    content = goods_document(batch(*TWO)).content.decode()
    assert content == f"===== 1/2 =====\n{TWO[0]}\n===== 2/2 =====\n{TWO[1]}\n"

    tricky = "a\n===== 2/2 =====\nb"
    content = goods_document(batch(tricky, "c")).content.decode()
    assert content == f"====== 1/2 ======\n{tricky}\n====== 2/2 ======\nc\n"


@pytest.mark.long
@given(st.lists(UNITS.filter(lambda unit: max(unit, default="a") < "\ud800"), min_size=1))
def test_every_unit_can_be_taken_out_of_the_file_again(units: list[str]) -> None:
    content = goods_document(batch(*units)).content.decode()
    if any("\n" in unit or len(unit.splitlines()) > 1 for unit in units) and len(units) > 1:
        border = content.split(" ", 1)[0]
        parts = re.split(rf"^{border} \d+/\d+ {border}\n", content, flags=re.M)[1:]
        assert parts == [f"{unit}\n" for unit in units]
    else:
        assert content == "".join(f"{unit}\n" for unit in units)


def test_units_of_one_line_stay_one_line_each_so_that_a_program_can_read_them() -> None:
    assert goods_document(batch("ann:1", "ben:2")).content == b"ann:1\nben:2\n"
    screen = goods_screen(ENGLISH, batch("ann:1", "ben:2"))
    assert screen.text.text.endswith("\n\nann:1\nben:2")
    assert plain_goods_screen(ENGLISH, batch("ann:1")).document is not None
