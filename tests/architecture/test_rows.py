"""A row that is read whole has a field for each column of its table, in their order."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isclass
from typing import Any, Final

import pytest

import bot
from bot.db.schema import metadata

_WHOLE: Final = re.compile(r"A row of `(\w+)`, column by column")


def _whole_rows() -> Iterator[Any]:
    for found in pkgutil.walk_packages(bot.__path__, "bot."):
        if ".migrations." in found.name or found.name.endswith("__main__"):
            continue
        module = import_module(found.name)
        for _, kind in getmembers(module, isclass):
            if kind.__module__ == module.__name__ and _WHOLE.match(kind.__doc__ or ""):
                yield kind


@pytest.mark.parametrize("row", tuple(_whole_rows()), ids=lambda row: row.__name__)
def test_a_row_that_is_read_whole_has_the_columns_of_its_table(row: Any) -> None:
    table = _WHOLE.match(row.__doc__)

    assert table
    assert row._fields == tuple(metadata.tables[table[1]].columns.keys())


def test_rows_that_are_read_whole_are_found() -> None:
    assert len(tuple(_whole_rows())) >= 6
