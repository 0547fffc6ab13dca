"""Copies of the whole shop as one file, the same for both databases, and the way back.

The file is an SQLite database of the shop's own shape, whichever database it was taken from.
"""

from bot.safety.copies.examine import CannotCopy, Examined
from bot.safety.copies.make import make_copy
from bot.safety.copies.restore import read_copy, restore_copy

__all__ = ["CannotCopy", "Examined", "make_copy", "read_copy", "restore_copy"]
