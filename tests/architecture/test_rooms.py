import subprocess
import sys

from tests.architecture.tree import ROOT, python_files, shown

LONGEST = 300


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
        for path in python_files("bot", "sandbox", "tools", "bench")
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }

    assert not long, "split them along their nouns"
