"""A word in the place of a code is no code, and no code is taken for a word."""

import json

import pytest

from bot.base.ids import RemoteId
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.words import Code
from tests.suppliers.conftest import Counter

ORDER = RemoteId("7")
WORDS = (
    *("waiting", "pending", "Waiting for code", "------", "n/a", "null", "STATUS_WAIT_CODE", "*"),
    *("Code not received yet", "  WAITING  ", "not-received", "No code", "status_wait_retry", "…"),
    *("None", "undefined", "-", "0", "-1", "Wait 30 seconds", "try again in 5 min", "NO_CODE_YET"),
    *("processing...", "expired", "timeout", "false", "SMS not received", "等待中", "ждём"),
)
CODES = ("123-456", "123 456", "G-482913", "ABCD12", "007", "12", "WAIT12", "SMS 4821", "000000")


@pytest.mark.long
@pytest.mark.parametrize("status", ["active", "waiting", "code_received", "odd", "expired"])
@pytest.mark.parametrize("word", WORDS)
async def test_a_word_is_never_a_code(
    hstock: ApiV2, counter: Counter, status: str, word: str
) -> None:
    for code in (word, word.upper(), word.lower(), f" {word} ."):
        counter.will_say(json.dumps({"status": status, "code": code, "phone": word}))
        said = await hstock.number_status(ORDER)
        assert (said.code, said.phone) == ("", "")
        assert await hstock.number_code(ORDER) is None


@pytest.mark.parametrize("status", ["active", "waiting", "code_received", "odd"])
@pytest.mark.parametrize("code", CODES)
async def test_a_code_with_a_digit_is_a_code(
    hstock: ApiV2, counter: Counter, status: str, code: str
) -> None:
    counter.will_say(json.dumps({"status": status, "code": code}))
    assert (await hstock.number_status(ORDER)).code == code
    assert await hstock.number_code(ORDER) == Code(code)


async def test_a_code_of_letters_needs_the_suppliers_word_and_its_text(
    hstock: ApiV2, counter: Counter
) -> None:
    text = "Your code is QWERTZ"
    answer = {"status": "completed", "code": "QWERTZ", "sms_content": text}
    for said, code in (
        (answer, Code("QWERTZ", text)),
        (answer | {"status": "waiting"}, None),
        (answer | {"sms_content": ""}, None),
        (answer | {"sms_content": "Waiting for code"}, None),
        (answer | {"code": "pending"}, Code("", text)),
        (answer | {"code": "WaitingForCode"}, Code("", text)),
        (answer | {"code": "pending", "sms_content": "No SMS yet"}, None),
    ):
        counter.will_say(json.dumps(said))
        assert await hstock.number_code(ORDER) == code


async def test_a_text_that_waits_with_a_number_is_a_code_once_it_has_been_received(
    hstock: ApiV2, counter: Counter
) -> None:
    answer = {"status": "waiting", "code": "Not received yet: 482913"}
    counter.will_say(json.dumps(answer))
    assert await hstock.number_code(ORDER) is None
    counter.will_say(json.dumps(answer | {"status": "code_received"}))
    assert await hstock.number_code(ORDER) == Code("Not received yet: 482913")
