import re

from bot.settings import setting_names
from tests.architecture.tree import ROOT

_ROW = re.compile(r"^\|\s*`([A-Z][A-Z0-9_<>]+)`", re.MULTILINE)


def test_the_readmes_table_of_settings_lists_exactly_those_there_are() -> None:
    listed = _ROW.findall((ROOT / "README.md").read_text(encoding="utf-8"))

    assert sorted(listed) == sorted(setting_names())
