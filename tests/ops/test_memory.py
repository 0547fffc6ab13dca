"""Room that was freed below what is still in use goes back to the machine."""

import ctypes
from pathlib import Path

import pytest

from bot.ops.memory import release_memory

_PIECE = 100_000
"""Below the size from which the allocator gives each piece back by itself."""
_PIECES = 400
_MB = 1024 * 1024


def _held() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="only glibc has it")
async def test_what_was_freed_is_given_back() -> None:
    pieces = [bytes([1]) * _PIECE for _ in range(_PIECES)]
    kept = pieces[-1]
    pieces.clear()
    before = _held()
    await release_memory()
    assert before - _held() > 20 * _MB
    assert kept[0] == 1
