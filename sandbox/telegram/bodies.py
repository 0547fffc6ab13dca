"""Reads the body of a request or of a webhook's answer, whatever way it was written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, StreamReader, web

from sandbox.telegram.params import Upload
from sandbox.telegram.refusals import bad_request, too_large

UPLOAD_MAX: Final = 50 * 1024 * 1024
BODY_MAX: Final = UPLOAD_MAX + 1024 * 1024
_CHUNK: Final = 64 * 1024


async def read_request(request: web.Request) -> dict[str, Any]:
    """Answer the arguments of a call; those in the body outrank those in the address."""
    return dict(request.query) | await read_body(request.headers, request.content)


async def read_body(headers: Mapping[str, str], content: StreamReader) -> dict[str, Any]:
    """Answer the fields of a body; an unknown kind of body has none."""
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind.startswith("multipart/"):
        return await _parts(MultipartReader(headers, content))
    if kind not in ("application/json", "application/x-www-form-urlencoded"):
        return {}
    try:
        text = (await _whole(content)).decode()
    except UnicodeDecodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    return _from_json(text) if kind == "application/json" else _from_form(text)


async def _whole(content: StreamReader) -> bytes:
    body = bytearray()
    async for chunk in content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > BODY_MAX:
            raise too_large()
    return bytes(body)


def _from_json(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        fields = json.loads(text)
    except ValueError as error:
        raise bad_request("can't parse the request as a JSON object") from error
    if not isinstance(fields, dict):
        raise bad_request("can't parse the request as a JSON object")
    return fields


def _from_form(text: str) -> dict[str, Any]:
    try:
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error


async def _parts(reader: MultipartReader) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    while (part := await reader.next()) is not None:
        if isinstance(part, BodyPartReader) and part.name:
            fields[part.name] = await _part(part)
    return fields


async def _part(part: BodyPartReader) -> str | Upload:
    content = bytearray()
    while chunk := await part.read_chunk():
        content += chunk
        if len(content) > UPLOAD_MAX:
            raise too_large()
    if part.filename is not None:
        mime = part.headers.get("Content-Type", "application/octet-stream")
        return Upload(part.filename, bytes(content), mime)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
