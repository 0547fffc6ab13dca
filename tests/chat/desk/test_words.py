"""A customer's line at the desk cannot look like another customer's."""

from dataclasses import replace

import pytest

from bot.base.ids import CustomerId
from bot.chat.desk.words import who
from bot.chat.kit.locale import Locale
from tests.chat.desk.samples import alice


@pytest.mark.parametrize(
    "name",
    [
        f"{alice.first_name} · @{alice.username} · {alice.id}",
        f"{alice.id} · @{alice.username} · “Alice”",
        f"Alice” · @{alice.username} · {alice.id} · “",
        f"\u2066{alice.id}\u2069 • @{alice.username}",
        "\u202e“ecilA” · ecila@ · 7",
        "",
        "·",
        "x" * 500,
    ],
)
def test_the_id_comes_first_and_the_name_stays_in_its_quotes(english: Locale, name: str) -> None:
    mallory = replace(alice, id=CustomerId(66), first_name=name, username="")
    id_, _, shown = who(english, mallory).text.partition(" · ")

    assert "66" in id_
    assert " · " not in shown
    assert shown.strip("\u2066\u2067\u2068\u2069").startswith("“")
    assert shown.count("“") == shown.count("”") == 1


def test_a_username_stands_between_them(english: Locale) -> None:
    plain = who(english, alice).text.translate(dict.fromkeys(range(0x2066, 0x206A)))

    assert plain == f"{alice.id} · @{alice.username} · “{alice.first_name}”"
