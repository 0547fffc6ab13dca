"""The files and modules of the project, as tests look at them."""

import pkgutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import bot

ROOT = Path(__file__).parents[2]
_BY_ITSELF = frozenset({"bot.__main__", "bot.db.migrations.env"})
"""Modules that do something when they are imported."""
_NOT_OURS = frozenset({"build", "dist", "data"})


@cache
def our_files() -> tuple[Path, ...]:
    """Every file that is tracked or about to be; outside of git, all but folders of tools."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 - whichever git the developer uses
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = [ROOT / name for name in listed.stdout.split("\0") if name]
    found = names if listed.returncode == 0 else [p for p in ROOT.rglob("*") if _is_ours(p)]
    return tuple(sorted(path for path in found if path.is_file()))


def python_files(*folders: str) -> tuple[Path, ...]:
    """Our Python files under some folders of the root."""
    return tuple(
        path
        for path in our_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders
    )


def modules() -> Iterator[ModuleType]:
    """Every module of the product."""
    for found in pkgutil.walk_packages(bot.__path__, "bot."):
        if found.name not in _BY_ITSELF:
            yield import_module(found.name)


def shown(path: Path) -> str:
    """A path as one would type it at the root."""
    return path.relative_to(ROOT).as_posix()


def _is_ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    hidden = any(part.startswith(".") and part != ".ci" for part in parts[:-1])
    return not hidden and not _NOT_OURS & set(parts) and not str(path).endswith(".pyc")
