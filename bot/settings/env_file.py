"""Reads .env so that every value is just what stands there, or says in one line what to change.

Nothing is filled in, cut or unescaped without a word; no refusal repeats a value.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from dotenv.parser import Binding, parse_stream
from pydantic_settings import BaseSettings, EnvSettingsSource

_ASSIGNMENT: Final = re.compile(
    r"\s*(?:export[^\S\r\n]+)?'?(?P<name>[^=#\s']+)'?[^\S\r\n]*(?:=(?P<written>.*))?", re.DOTALL
)
_NEXT_SETTING: Final = re.compile(r"^[^\S\n]*(export\s+)?[A-Z][A-Z0-9_]*[^\S\n]*=", re.MULTILINE)
_NAME: Final = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_COMMENT: Final = re.compile(r"\s#")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_QUOTES: Final = ("'", '"')
_CURLY: Final = tuple("“”„‟«»‘’‚‛")


class SettingsError(Exception):
    """A setting is missing or cannot be; its text is one line for the operator."""


class _Line(NamedTuple):
    name: str
    value: str
    number: int


def read_env_file(file: Path) -> dict[str, str]:
    """What the file sets, by the names as they are written; nothing where there is no file.

    Raises SettingsError where a value would not be what stands there.
    """
    lines = [_read(file.name, binding) for binding in parse_stream(io.StringIO(_text_in(file)))]
    said: dict[str, _Line] = {}
    for line in filter(None, lines):
        before = said.get(line.name.upper())
        if before is not None and before.value and line.value not in ("", before.value):
            message = (
                f"{line.name} stands in lines {before.number} and {line.number} of {file.name}"
                " with different values: keep one of them"
            )
            raise SettingsError(message)
        if before is None or line.value:
            said[line.name.upper()] = line
    return {line.name: line.value for line in said.values()}


def _text_in(file: Path) -> str:
    try:
        held = file.read_bytes() if file.exists() and not file.is_dir() else b""
    except OSError as error:
        message = f"{file.name} cannot be read: {error.strerror}"
        raise SettingsError(message) from None
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    # Outside the handler: the original carries the whole file, and tracebacks get logged.
    if "\0" in text:
        message = f"{file.name} must be UTF-8 text"
        raise SettingsError(message)
    return text


def _read(file: str, binding: Binding) -> _Line | None:
    """A line's setting; None for an empty line or a comment."""
    original = binding.original.string
    number = binding.original.line + _breaks(original[: len(original) - len(original.lstrip())])
    match = _ASSIGNMENT.match(original)
    if not binding.error and (binding.key is None or match is None):
        return None
    if match is None or match["written"] is None or not _NAME.fullmatch(match["name"]):
        # What stands in the place of a name may be a secret: it is not repeated.
        message = f"line {number} of {file} cannot be read: write NAME=value"
        raise SettingsError(message)
    fault = next(_faults(binding, match["written"]), None)
    if fault is not None:
        message = f"{match['name']} {fault.format(where=f'line {number} of {file}')}"
        raise SettingsError(message)
    return _Line(match["name"], binding.value or "", number)


def _breaks(text: str) -> int:
    return len(re.findall(r"\r\n|\n|\r", text))


def _faults(binding: Binding, written: str) -> Iterator[str]:
    """What would make another value of the written one, as the rest of a sentence."""
    value = written.lstrip()
    if value.startswith(_QUOTES):
        yield from _quoted_faults(binding, value)
    elif binding.error:
        yield "cannot be read ({where}): write it as NAME=value"
    elif value.startswith(_CURLY):
        yield "begins with a curly quotation mark ({where}): use straight ones"
    elif _COMMENT.search(written.rstrip("\r\n")):
        yield (
            "would be cut off at the # ({where}): put the whole value in quotation marks, or the"
            " comment on a line of its own"
        )
    if _CONTROL.search(binding.value or ""):
        yield "holds a control sign that cannot be seen ({where}): type it again"


def _quoted_faults(binding: Binding, value: str) -> Iterator[str]:
    if binding.error or _NEXT_SETTING.search(value.replace("\r", "\n")):
        yield (
            "has a quotation mark that does not close, or something after the one that closes"
            " ({where})"
        )
    elif value.startswith('"') and any(sign not in 'n\\"' for sign in _ESCAPED.findall(value)):
        yield (
            "would be changed at a backslash ({where}): write each backslash twice, or put the"
            " value in single quotation marks"
        )


class FromFile(EnvSettingsSource):
    """Settings from what a file sets, named and nested as in the environment."""

    def __init__(self, settings: type[BaseSettings], in_file: Mapping[str, str]) -> None:
        """Read these instead of the environment's."""
        super().__init__(settings)
        self.env_vars = {name.lower(): value for name, value in in_file.items() if value}
