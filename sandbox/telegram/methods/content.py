"""Reads the parts that messages are made of: formatted text, keyboards and files."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final, Literal

from sandbox.telegram.entities import formatted
from sandbox.telegram.keyboards import Keyboard, read_keyboard
from sandbox.telegram.messages import Chat, StoredFile
from sandbox.telegram.params import Params, Upload
from sandbox.telegram.pictures import find_size
from sandbox.telegram.refusals import bad_request, too_large
from sandbox.telegram.text import Entity, check_caption, check_text
from sandbox.telegram.world import TelegramWorld

DOCUMENT_MAX: Final = 50 * 1024 * 1024
PHOTO_MAX: Final = 10 * 1024 * 1024
NAME_MAX: Final = 255
_SIDES_MAX: Final = 10_000
_RATIO_MAX: Final = 20

_OTHER_MARKUPS: Final = ("keyboard", "remove_keyboard", "force_reply")


@dataclass(frozen=True)
class Written:
    """A text as Telegram stores it."""

    text: str
    entities: list[Entity]


def read_text(params: Params) -> Written:
    """Read `text`, which must be there and fit."""
    given, entities = params.text("text"), params.find_array("entities")
    written = Written(*formatted(given, params.find_text("parse_mode"), entities))
    check_text(written.text)
    return written


def read_caption(params: Params) -> Written:
    """Read `caption`, which may be missing."""
    given, entities = params.text("caption"), params.find_array("caption_entities")
    written = Written(*formatted(given, params.find_text("parse_mode"), entities))
    check_caption(written.text)
    return written


def read_markup(params: Params) -> tuple[Keyboard, dict[str, Any] | None]:
    """Read `reply_markup`: an inline keyboard, or any other kind as it was sent."""
    markup = params.find_object("reply_markup")
    if not markup:
        return (), None
    if "inline_keyboard" in markup:
        return read_keyboard(markup), None
    if not any(kind in markup for kind in _OTHER_MARKUPS):
        raise bad_request("object expected as reply markup")
    return (), markup


def read_inline_markup(params: Params) -> Keyboard:
    """Read `reply_markup` of an edit, where only an inline keyboard will do."""
    keyboard, other = read_markup(params)
    if other is not None:
        raise bad_request("inline keyboard expected")
    return keyboard


def read_reply(chat: Chat, params: Params) -> int | None:
    """Read which message is replied to; None when there is none."""
    wanted = params.find_object("reply_parameters") or {
        "message_id": params.find_whole("reply_to_message_id"),
        "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
    }
    message_id = wanted.get("message_id")
    if message_id is None:
        return None
    if message_id in chat.messages:
        return int(message_id)
    if wanted.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def read_file(
    world: TelegramWorld,
    params: Params,
    kind: Literal["document", "photo"],
) -> StoredFile:
    """Read a file: uploaded with the call, or named by the id of one sent before."""
    upload = params.find_upload(kind)
    if upload is not None:
        return _stored(world, upload, kind)
    given = params.fields.get(kind)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if given not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    file = world.files[given]
    if not file.path.startswith(f"{kind}s/"):
        raise bad_request(f"can't use file of type {file.path} as {kind.capitalize()}")
    return file


def read_photo(world: TelegramWorld, params: Params) -> StoredFile:
    """Read a picture, which must be a PNG or a JPEG; it is kept with its size."""
    photo = _measured(read_file(world, params, "photo"))
    world.files[photo.file_id] = photo
    return photo


def _measured(photo: StoredFile) -> StoredFile:
    size = find_size(photo.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    too_thin = max(size) > _RATIO_MAX * max(min(size), 1)
    if width + height > _SIDES_MAX or min(size) < 1 or too_thin:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return dataclasses.replace(photo, size_px=size)


def _stored(world: TelegramWorld, upload: Upload, kind: str) -> StoredFile:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > (PHOTO_MAX if kind == "photo" else DOCUMENT_MAX):
        raise too_large()
    return world.keep_file(_cleaned_name(upload.name), upload.content, upload.mime, f"{kind}s")


def _cleaned_name(name: str) -> str:
    """Answer the name people see: without folders and control characters, and not too long."""
    visible = "".join(char for char in name if char.isprintable()).replace("\\", "/")
    base = PurePosixPath(visible).name.strip() or "file"
    suffix = PurePosixPath(base).suffix
    return base if len(base) <= NAME_MAX else base[: NAME_MAX - len(suffix)] + suffix
