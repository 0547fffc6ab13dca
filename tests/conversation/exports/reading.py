"""What stands in the files that came into a chat."""

import csv
import zipfile
from io import BytesIO, StringIO

from sandbox.telegram import BotMessage
from tests.conversation.human import Human


def files(human: Human) -> list[BotMessage]:
    """The messages that brought a file, the oldest first."""
    return [one for one in human.person.messages if one.document is not None]


def content(message: BotMessage) -> bytes:
    """What the file holds, unpacked."""
    assert message.document is not None
    raw = message.document.content
    if not message.document.name.endswith(".zip"):
        return raw
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        [name] = archive.namelist()
        return archive.read(name)


def table(message: BotMessage) -> list[dict[str, str]]:
    """Its rows, as a program that knows CSV reads them."""
    text = content(message).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))
