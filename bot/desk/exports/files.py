"""The files of exports in a folder of this machine: written bit by bit, and taken away again."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

_PACKED_ABOVE: Final = 2 * 2**20
_AT_ONCE: Final = 2**20
_CSV: Final = ".csv"
_ZIP: Final = ".zip"
_PART: Final = ".part"
"""What is still being written; only what is whole is ever sent."""


@dataclass(frozen=True, slots=True)
class ExportFiles:
    """The files of all exports; nobody else on the machine may read them.

    One of more bytes than `packed_above` is packed: it travels sooner, and every system opens it.
    """

    folder: Path
    packed_above: int = _PACKED_ABOVE

    def begin(self, export: int, part: int, header: bytes) -> Path:
        """A new file with its first line, in the place of all that was left of it.

        It is found under its own name once it is whole: see `finish`.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for suffix in (_CSV, _ZIP):
            self._path(export, part, suffix).unlink(missing_ok=True)
        begun = self._new_part(self._path(export, part, _CSV))
        self.append(begun, header)
        return begun

    def append(self, begun: Path, lines: bytes) -> None:
        """Write some lines to its end. Raises OSError where another process began it anew."""
        with os.fdopen(os.open(begun, os.O_WRONLY | os.O_APPEND), "ab") as file:
            file.write(lines)

    def finish(self, begun: Path) -> Path:
        """Give a file that is whole its own name. Raises OSError where it was begun anew."""
        with begun.open("rb") as file:
            os.fsync(file.fileno())
        return begun.replace(begun.with_suffix("").with_suffix(""))

    def pack(self, path: Path, name: str) -> Path:
        """The file as it is sent: a long one packed, under the name that it has inside."""
        if path.suffix == _ZIP or path.stat().st_size <= self.packed_above:
            return path
        begun = self._new_part(path.with_suffix(_ZIP))
        with (
            begun.open("r+b") as target,
            ZipFile(target, "w", ZIP_DEFLATED) as archive,
            path.open("rb") as source,
            archive.open(f"{name}{_CSV}", "w") as inside,
        ):
            while some := source.read(_AT_ONCE):
                inside.write(some)
        packed = self.finish(begun)
        path.unlink(missing_ok=True)
        return packed

    def find(self, export: int, part: int) -> Path | None:
        """A whole file that was made before; None where it is gone, or another machine's."""
        made = (self._path(export, part, suffix) for suffix in (_ZIP, _CSV))
        return next((path for path in made if path.exists()), None)

    def exports(self) -> frozenset[int]:
        """The numbers of all exports that have a file here, whole or begun."""
        return frozenset(number for number, _ in self._all())

    def clear(self, over: Collection[int]) -> None:
        """Take the files of these exports away."""
        for number, path in self._all():
            if number in over:
                path.unlink(missing_ok=True)

    def _all(self) -> Iterator[tuple[int, Path]]:
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            number = path.name.partition("-")[0]
            if path.suffix in {_CSV, _ZIP, _PART} and number.isdecimal():
                yield int(number), path

    def _new_part(self, path: Path) -> Path:
        """An empty file that becomes this one, in the place of what was begun of it before."""
        for left in self.folder.glob(f"{path.name}.*{_PART}"):
            left.unlink(missing_ok=True)
        handle, begun = mkstemp(_PART, f"{path.name}.", self.folder)
        os.close(handle)
        return Path(begun)

    def _path(self, export: int, part: int, suffix: str) -> Path:
        return self.folder / f"{export}-{part}{suffix}"
