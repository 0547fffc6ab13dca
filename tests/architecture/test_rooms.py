import subprocess
import sys
from collections import Counter
from typing import Final

import pytest

from tests.architecture.tree import ROOT, python_files, shown

LONGEST: Final = 300
MOST_SIDE_BY_SIDE: Final = 18
STEPS: Final = "bot/db/migrations/"
HARNESS: Final = "tests/crash"
"""One program beside the tests, whose modules are read along its plan."""


@pytest.mark.long
def test_imports_go_one_way() -> None:
    lint = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", lint],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_every_file_fits_a_readers_head() -> None:
    long = {
        shown(path): lines
        for path in python_files("bot", "sandbox", "tools", "bench", "tests")
        if not shown(path).startswith(STEPS)
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }

    assert long == {}, "split them along their nouns"


def test_every_folder_can_be_read_through_at_a_glance() -> None:
    files = Counter(
        folder
        for path in python_files("bot", "tests")
        if (folder := path.parent.relative_to(ROOT).as_posix()) != HARNESS
    )
    full = {folder: count for folder, count in files.items() if count > MOST_SIDE_BY_SIDE}

    assert full == {}, "give their nouns folders of their own"
