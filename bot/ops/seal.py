"""Goods at rest are sealed: unreadable without the key, which lives outside the data folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealBroken(Exception):
    """No key of ours opens what was sealed."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals with the newest key, opens with any."""

    keys: MultiFernet

    @classmethod
    def with_keys(cls, keys: Sequence[str]) -> Seal:
        """Keys as Fernet writes them, the newest first. Raises ValueError for anything else."""
        return cls(MultiFernet([Fernet(key) for key in keys]))

    def seal(self, text: str) -> str:
        """Unreadable without the key."""
        return self.keys.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """What was sealed.

        Raises:
            SealBroken: no key fits.
        """
        try:
            return self.keys.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SealBroken from None


def load_or_make_key(path: Path) -> tuple[str, bool]:
    """The key kept in a file that only its owner can read, made when there is none yet.

    Returns:
        The key, and whether it is new.
    """
    try:
        return path.read_text(encoding="ascii").strip(), False
    except FileNotFoundError:
        key = Fernet.generate_key().decode()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
        return key, True
