import re

from bot.settings import setting_names
from tests.architecture.tree import ROOT

_ROW = re.compile(r"^\|\s*`([A-Z][A-Z0-9_<>]+)`", re.MULTILINE)


def test_the_readmes_settings_are_exactly_those_there_are() -> None:
    """Tolerates a README without a table of settings, until it has one."""
    readme = ROOT / "README.md"
    listed = set(_ROW.findall(readme.read_text(encoding="utf-8"))) if readme.exists() else set()

    assert not listed or listed == set(setting_names())
