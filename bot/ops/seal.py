"""Goods in the database are sealed with a key, which lies outside the data folder."""

from __future__ import annotations

import binascii
import hashlib
import hmac
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

_MARK_LENGTH: Final = 12
_FINGERPRINT_LENGTH: Final = 32


class SealBroken(Exception):
    """No key of ours opens what was sealed."""


class NotAKey(Exception):
    """What should be a key cannot be one; the text never repeats it."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals with the newest key, opens with any.

    `marks` tells the keys apart, the newest first; no key can be found from its mark.
    """

    keys: MultiFernet
    newest: Fernet
    marks: tuple[str, ...]
    _secrets: tuple[bytes, ...]

    @classmethod
    def with_keys(cls, keys: Sequence[str]) -> Seal:
        """Keys as Fernet writes them, the newest first. Raises NotAKey, also where none is."""
        try:
            made = [Fernet(key) for key in keys]
            secrets = tuple(map(_fingerprint_secret, keys))
            return cls(MultiFernet(made), made[0], tuple(map(_mark, keys)), secrets)
        except (ValueError, binascii.Error, IndexError):
            raise NotAKey from None

    def seal(self, text: str) -> str:
        """The text as only the keys can read it."""
        return self.keys.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """What was sealed. Raises SealBroken."""
        try:
            return self.keys.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SealBroken from None

    def renew(self, sealed: str) -> str:
        """The same goods under the newest key, or as they are when they are. Raises SealBroken."""
        with suppress(InvalidToken):
            self.newest.decrypt(sealed.encode())
            return sealed
        try:
            return self.keys.rotate(sealed.encode()).decode()
        except InvalidToken:
            raise SealBroken from None

    def fingerprints(self, text: str) -> tuple[str, ...]:
        """A keyed hash of the text (HMAC-SHA256, 128 bits in hex) for each key, newest first."""
        said = text.encode()
        return tuple(
            hmac.new(secret, said, hashlib.sha256).hexdigest()[:_FINGERPRINT_LENGTH]
            for secret in self._secrets
        )


def _fingerprint_secret(key: str) -> bytes:
    """A secret of its own: no fingerprint tells anything of what else the key does."""
    return hmac.new(key.encode(), b"kiosk fingerprints", hashlib.sha256).digest()


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:_MARK_LENGTH]


def read_keys(path: Path) -> tuple[str, ...]:
    """The keys kept in a file, the newest first; empty when there is no such file."""
    try:
        return tuple(path.read_text(encoding="ascii", errors="replace").replace(",", " ").split())
    except FileNotFoundError:
        return ()


def make_key(path: Path) -> bool:
    """Keep a new key in a file that only its owner can read; whether it is ours.

    The file appears whole or not at all, and the one that stands there already stays: of several
    that start at once, one makes it.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(Fernet.generate_key().decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
