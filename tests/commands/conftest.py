"""The command line without a process of its own, for what ends before anybody is asked outside."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from bot.app.command_line import main
from tests.books import KEY, open_empty_books
from tests.commands.terminal import Said

Types = Callable[..., Said]
_ENOUGH = {"BOT_TOKEN": "42:nobody", "ADMIN_IDS": "99", "SUPPLIERS__ACCPLANET__KEY": "a-quiet-key"}


@pytest.fixture
def types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Types]:
    """Type a command in a new folder; settings are given by name."""
    root = logging.getLogger()
    handlers, level, shape = list(root.handlers), root.level, structlog.get_config()

    def typed(*words: str, **settings: str) -> Said:
        with monkeypatch.context() as here:
            here.chdir(tmp_path)
            here.setattr(sys, "argv", ["bot", *words])
            for name, value in ({**_ENOUGH, "DATA_DIR": "data"} | settings).items():
                here.setenv(name, value)
            code = main()
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    yield typed
    root.handlers[:], root.level = handlers, level
    structlog.configure(**shape)


@pytest.fixture
def has_a_shop(tmp_path: Path) -> Path:
    """Opened, empty books with their key beside .env, as a first start leaves them; the folder."""
    (tmp_path / "data").mkdir()
    (tmp_path / "goods.key").write_text(f"{KEY}\n")
    asyncio.run(open_empty_books(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'kiosk.db'}"))
    return tmp_path
