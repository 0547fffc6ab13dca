import re
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, our_files, shown

_REGISTRY = re.compile(
    r"(--|\b)(extra-)?index-url\b|--find-links|pythonhosted|\bpypi\.|registry\.npmjs|file:///",
    re.I,
)
_HOME = re.compile(r"(?<![\w.])/(home|Users)/\w+|(?<![\w.])/root/")


def _texts() -> dict[str, str]:
    return {
        shown(path): path.read_text(encoding="utf-8", errors="ignore")
        for path in our_files()
        if path != Path(__file__)
    }


@pytest.mark.long
def test_no_file_names_a_package_registry() -> None:
    assert {
        name: hit[0] for name, text in _texts().items() if (hit := _REGISTRY.search(text))
    } == {}


def test_the_lock_holds_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    assert "://" not in lock
    assert lock.count("==") <= lock.count("--hash=")


@pytest.mark.long
def test_no_file_names_a_path_of_somebodys_machine() -> None:
    here = re.compile("|".join(re.escape(f"{place}/") for place in (ROOT, sys.prefix)))
    texts = _texts()

    assert {name: hit[0] for name, text in texts.items() if (hit := _HOME.search(text))} == {}
    assert [name for name, text in texts.items() if here.search(text)] == []
