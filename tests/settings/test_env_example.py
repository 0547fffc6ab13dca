import re
from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings, setting_names
from bot.suppliers import KNOWN_SUPPLIERS

ENV_EXAMPLE = Path(__file__).parents[2] / ".env.example"
_ASSIGNMENT = re.compile(r"^(?:# )?([A-Z][A-Z0-9_]+)=", re.MULTILINE)


def _documented_names() -> set[str]:
    written = _ASSIGNMENT.findall(ENV_EXAMPLE.read_text(encoding="utf-8"))
    return {re.sub(r"^SUPPLIERS__[A-Z]+__", "SUPPLIERS__<NAME>__", name) for name in written}


def test_the_example_documents_exactly_the_settings_there_are() -> None:
    assert _documented_names() == set(setting_names())


def test_every_setting_in_the_example_stands_under_a_sentence() -> None:
    blocks = ENV_EXAMPLE.read_text(encoding="utf-8").split("\n\n")

    for block in blocks:
        if _ASSIGNMENT.search(block):
            assert block.startswith("# ")
            assert not _ASSIGNMENT.match(block), block


def test_the_example_as_it_stands_asks_for_the_token_first() -> None:
    with pytest.raises(SettingsError, match="BOT_TOKEN is missing"):
        load_settings(KNOWN_SUPPLIERS, ENV_EXAMPLE)


def test_the_example_filled_in_keeps_every_default(tmp_path: Path) -> None:
    filled = ENV_EXAMPLE.read_text(encoding="utf-8")
    needed = ("BOT_TOKEN=1:a", "ADMIN_IDS=1", "SUPPLIERS__ACCPLANET__KEY=quiet-key")
    for line in needed:
        filled = filled.replace(f"\n{line.partition('=')[0]}=\n", f"\n{line}\n")
    (tmp_path / "example").write_text(filled, encoding="utf-8")
    (tmp_path / "bare").write_text("\n".join(needed), encoding="utf-8")

    example, bare = (load_settings(KNOWN_SUPPLIERS, tmp_path / one) for one in ("example", "bare"))
    assert example == bare
