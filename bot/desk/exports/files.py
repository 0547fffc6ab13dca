"""The files of exports in a folder of this machine: written bit by bit, and taken away again."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

_PACKED_ABOVE: Final = 2 * 2**20
"""A file of more bytes is packed: it travels sooner, and every system opens it."""
_AT_ONCE: Final = 2**20
_CSV: Final = ".csv"
_ZIP: Final = ".zip"


@dataclass(frozen=True, slots=True)
class ExportFiles:
    """The files of all exports; nobody else on the machine may read them."""

    folder: Path

    def begin(self, export: int, part: int, header: bytes) -> Path:
        """A new file with its first line, in the place of one that was left there."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(export, part, _CSV)
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(header)
        return path

    def append(self, path: Path, lines: bytes) -> None:
        """Write some lines to its end."""
        with path.open("ab") as file:
            file.write(lines)

    def pack(self, path: Path, name: str) -> Path:
        """The file as it is sent: a long one packed, under the name that it has inside."""
        if path.stat().st_size <= _PACKED_ABOVE:
            return path
        packed = path.with_suffix(_ZIP)
        packed.unlink(missing_ok=True)
        with (
            os.fdopen(os.open(packed, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as target,
            ZipFile(target, "w", ZIP_DEFLATED) as archive,
            path.open("rb") as source,
            archive.open(f"{name}{_CSV}", "w") as inside,
        ):
            while some := source.read(_AT_ONCE):
                inside.write(some)
        path.unlink()
        return packed

    def find(self, export: int, part: int) -> Path | None:
        """A file that was made before; None where it is gone, or was made on another machine."""
        made = (self._path(export, part, suffix) for suffix in (_ZIP, _CSV))
        return next((path for path in made if path.exists()), None)

    def clear(self, kept: Collection[int]) -> None:
        """Take the files away that belong to no export of these."""
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            number = path.name.partition("-")[0]
            if path.suffix in {_CSV, _ZIP} and number.isdecimal() and int(number) not in kept:
                path.unlink(missing_ok=True)

    def _path(self, export: int, part: int, suffix: str) -> Path:
        return self.folder / f"{export}-{part}{suffix}"
