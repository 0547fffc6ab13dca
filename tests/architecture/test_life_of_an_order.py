import re

from bot.orders.rules import moves
from bot.orders.rules.moves import MOVES, State
from tests.architecture.tree import ROOT

_ROW = re.compile(r"^\| `(\w+)` \|([^|]*)\|", re.MULTILINE)


def test_the_readmes_life_of_an_order_is_the_one_that_is_lived() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = {
        State(name): frozenset(State(to) for to in re.findall(r"`(\w+)`", onward))
        for name, onward in _ROW.findall(readme)
        if name in set(State)
    }

    assert told == MOVES


def test_the_drawing_shows_every_state() -> None:
    drawing = moves.__doc__ or ""
    assert all(state in drawing for state in State)
