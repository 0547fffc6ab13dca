"""Answers about SMS numbers in our words: what can be rented, how a number stands, a code."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from bot.base.ids import RemoteId
from bot.suppliers.api_v2.listing import LONGEST_NAME, find_id, find_rows, rate_problem
from bot.suppliers.api_v2.masking import Mask
from bot.suppliers.api_v2.reasons import FailureReason
from bot.suppliers.api_v2.replies import fields_of, status_of
from bot.suppliers.api_v2.values import find_currency, find_number, many_lines, name_line, one_line
from bot.suppliers.dialects.dialect import Dialect, as_list
from bot.suppliers.dialects.waiting_words import find_code, find_text, is_waiting_text
from bot.suppliers.errors import Malformed
from bot.suppliers.port import Catalog, NumberAnswer
from bot.suppliers.progress import RentalWord
from bot.suppliers.words import MOST_NUMBERS, CatalogRow, Code, NumberId

log = logging.getLogger(__name__)

CATEGORY: Final = "SMS"
TYPE: Final = "sms"
_NO_RATE: Final = Decimal(0)
_LONGEST_PHONE: Final = 64
_FEWEST_DIGITS: Final = 3
_LONGEST_MOMENT: Final = 64
_LONGEST_CODE: Final = 200
_LONGEST_TEXT: Final = 2_000


def read_projects(answer: object, mask: Mask, titles: Mapping[str, str]) -> Catalog:
    """Read an `sms_projects` answer; a row that cannot be named is counted and hides no other.

    `titles` are countries by id, for rows that name none. Raises Malformed without projects.
    """
    rows = _list(answer, "projects", FailureReason.NO_PROJECTS)
    found: dict[RemoteId, CatalogRow] = {}
    for row in rows:
        listed = _listed(row, mask, titles) if isinstance(row, dict) else None
        if listed is not None:
            found.setdefault(listed.remote_id, listed)
    if rows and not found:
        raise Malformed(FailureReason.NO_ROW_READ)
    unreadable = len(rows) - len(found)
    if unreadable:
        log.warning("%d rows of sms_projects are unreadable or double", unreadable)
    return Catalog(tuple(found.values()), unreadable, numbers=True)


def lacks_titles(answer: object) -> bool:
    """Whether a row of `sms_projects` says no country title."""
    rows = find_rows(answer, "projects") or ()
    return any(
        isinstance(row, dict) and not one_line(row.get("country_title"), LONGEST_NAME)
        for row in rows
    )


def _listed(row: Mapping[str, object], mask: Mask, titles: Mapping[str, str]) -> CatalogRow | None:
    project, country = find_id(row.get("project_id")), find_id(row.get("country_id"))
    if project is None or country is None or ":" in country:
        return None
    name = mask.in_goods(name_line(row.get("name"), LONGEST_NAME))
    if not name:
        return None
    if mask.in_goods(f"{project} {country}") != f"{project} {country}":
        return None
    title = name_line(row.get("country_title"), LONGEST_NAME) or titles.get(country, "")
    rate = find_number(row.get("price"))
    return CatalogRow(
        remote_id=NumberId(project, country).remote_id,
        name=name,
        category=CATEGORY,
        subcategory=mask.in_goods(title) or country.upper(),
        rate=_NO_RATE if rate is None else rate,
        least=1,
        most=MOST_NUMBERS,
        stock=None,
        type=TYPE,
        problem=rate_problem(rate),
    )


def read_countries(answer: object, mask: Mask) -> dict[str, str]:
    """Country ids and their names from an `sms_countries` answer. Raises Malformed."""
    named = {}
    for row in _list(answer, "countries", FailureReason.NO_COUNTRIES):
        country = find_id(row.get("country_code")) if isinstance(row, dict) else None
        if not isinstance(row, dict) or country is None:
            continue
        if name := mask.in_goods(name_line(row.get("country_name"), LONGEST_NAME)):
            named[str(country)] = name
    return named


def _list(answer: object, within: str, why: FailureReason) -> list[object]:
    """The bare list of the page, or one within an object, as the field reports."""
    rows = find_rows(answer, within)
    if rows is None:
        raise Malformed(why)
    return rows


def read_number(answer: object, order: RemoteId, mask: Mask, dialect: Dialect) -> NumberAnswer:
    """Read an `sms_status` answer; what cannot be read is as if not said. Raises Malformed."""
    fields = fields_of(answer)
    plain = status_of(fields, order, mask)
    return NumberAnswer(
        status=plain,
        stage=dialect.stage(plain),
        word=dialect.rental_word(plain),
        said=mask.summary(fields),
        phone=read_phone(fields.get("phone"), mask),
        code=_code_and_text(fields, mask, dialect)[0],
        charge=find_number(fields.get("charge")),
        currency=find_currency(fields.get("currency")),
        expires_at=find_moment(fields.get("expires_at")),
        has_zone=_has_zone(fields.get("expires_at")),
    )


def read_phone(raw: object, mask: Mask) -> str:
    """A phone as it came, with or without its country code; empty where a word stands instead."""
    phone = mask.in_goods(one_line(raw, _LONGEST_PHONE))
    return phone if sum(map(str.isdecimal, phone)) >= _FEWEST_DIGITS else ""


def read_code(answer: object, mask: Mask, dialect: Dialect) -> Code | None:
    """Read the newest code in an `sms_code` answer; None for none. Raises Malformed."""
    listed = as_list(answer)
    code, text = _code_and_text(fields_of(listed[-1] if listed else answer), mask, dialect)
    return Code(code, text) if code or text else None


def _code_and_text(fields: Mapping[str, object], mask: Mask, dialect: Dialect) -> tuple[str, str]:
    """The code and its text; empty where a word for nothing stands, which must not be paid for."""
    received = dialect.rental_word(one_line(fields.get("status"), _LONGEST_CODE))
    is_there = received is RentalWord.CODE
    came = mask.in_goods(many_lines(_newest(fields.get("sms_content")), _LONGEST_TEXT)).strip()
    text = "" if is_waiting_text(came, received=is_there) else came
    said = fields.get("code") if fields.get("code") is not None else fields.get("codes")
    word = mask.in_goods(one_line(_newest(said), _LONGEST_CODE))
    code = find_code(word, text, received=is_there)
    return code, find_text(text, code, received=is_there)


def _newest(raw: object) -> object:
    """What stands last in a list that has something in it; anything else as it is."""
    rows = [row for row in as_list(raw) or () if row not in (None, "")]
    last = rows[-1] if rows else raw
    return last.get("code") if isinstance(last, dict) else last


def find_moment(raw: object) -> datetime | None:
    """An ISO 8601 time or seconds since 1970; None when it is neither. No zone means UTC."""
    for read in (_from_text, _from_number):
        try:
            moment = read(raw)
        except (ValueError, OverflowError, OSError):
            continue
        if moment is not None:
            return moment
    return None


def _from_text(raw: object) -> datetime | None:
    if not isinstance(raw, str):
        return None
    moment = datetime.fromisoformat(raw[:_LONGEST_MOMENT].strip())
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _has_zone(raw: object) -> bool:
    """Whether a time means one moment everywhere: a text with a zone, or a count of seconds."""
    if not isinstance(raw, str):
        return True
    try:
        return datetime.fromisoformat(raw[:_LONGEST_MOMENT].strip()).tzinfo is not None
    except ValueError:
        return True


_MILLISECONDS: Final = Decimal(10**11)
"""A number of seconds beyond this would be the year 5138: it counts milliseconds."""


def _from_number(raw: object) -> datetime | None:
    number = find_number(raw)
    if number is None or number <= 0:
        return None
    seconds = number / 1000 if number >= _MILLISECONDS else number
    return datetime.fromtimestamp(int(seconds), UTC)
