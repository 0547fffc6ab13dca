"""What is sent of an export is whole, however often its file was begun, packed and asked for."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.desk.exports.files import ExportFiles

LONG = os.urandom(3 * 2**20)
"""Longer than what is sent as it is, packed as well."""


def made(files: ExportFiles, lines: bytes) -> Path:
    begun = files.begin(5, 1, b"head\r\n")
    files.append(begun, lines)
    return files.finish(begun)


def test_a_packed_file_is_packed_once_and_found_again(tmp_path: Path) -> None:
    files = ExportFiles(tmp_path / "exports")
    first = files.pack(made(files, LONG), "orders-all")
    for _ in range(3):
        found = files.find(5, 1)
        assert found == first
        assert files.pack(found, "orders-all") == first
    with ZipFile(first) as archive:
        assert archive.read("orders-all.csv") == b"head\r\n" + LONG
    assert list(files.folder.iterdir()) == [first]


def test_a_short_file_is_sent_as_it_is(tmp_path: Path) -> None:
    files = ExportFiles(tmp_path / "exports")
    path = made(files, b"a,b\r\n")
    assert files.pack(path, "orders-all") == path
    assert path.name == "5-1.csv"
    assert path.read_bytes() == b"head\r\na,b\r\n"


def test_what_is_half_written_is_not_found(tmp_path: Path) -> None:
    files = ExportFiles(tmp_path / "exports")
    files.append(files.begin(5, 1, b"head\r\n"), b"a,b\r\n")  # and its process is killed
    assert files.find(5, 1) is None
    assert made(files, b"c,d\r\n").read_bytes() == b"head\r\nc,d\r\n"
    assert len(list(files.folder.iterdir())) == 1


def test_what_is_half_packed_is_packed_anew(tmp_path: Path) -> None:
    files = ExportFiles(tmp_path / "exports")
    path = made(files, LONG)
    left = files.folder / "5-1.zip.killed.part"
    left.write_bytes(b"PK")
    assert files.find(5, 1) == path
    packed = files.pack(path, "orders-all")
    assert list(files.folder.iterdir()) == [packed]


def test_who_was_overtaken_adds_nothing_to_the_file_of_another(tmp_path: Path) -> None:
    files = ExportFiles(tmp_path / "exports")
    slow = files.begin(5, 1, b"head\r\n")
    quick = files.begin(5, 1, b"head\r\n")
    with pytest.raises(FileNotFoundError):
        files.append(slow, b"a,b\r\n")
    with pytest.raises(FileNotFoundError):
        files.finish(slow)
    assert files.finish(quick).read_bytes() == b"head\r\n"


def test_nobody_else_may_read_any_of_it_at_any_time(tmp_path: Path) -> None:
    files = ExportFiles(tmp_path / "exports")
    begun = files.begin(5, 1, b"head\r\n")
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(begun.stat().st_mode) == 0o600
    files.append(begun, LONG)
    packed = files.pack(files.finish(begun), "orders-all")
    assert stat.S_IMODE(packed.stat().st_mode) == 0o600


def test_what_is_half_written_goes_with_its_export(tmp_path: Path) -> None:
    files = ExportFiles(tmp_path / "exports")
    files.begin(5, 1, b"head\r\n")
    assert files.exports() == {5}
    files.clear({50})
    assert len(list(files.folder.iterdir())) == 1
    files.clear({5})
    assert list(files.folder.iterdir()) == []
