"""Why an answer cannot be used or nothing was sent, in sentences for the operator."""

from enum import StrEnum
from typing import Final


class FailureReason(StrEnum):
    """One sentence for each; an operator reads them in alerts and at the desk."""

    BROKEN_OFF = "the connection broke off"
    LATE = "no complete answer in time"
    NO_SUCH_ADDRESS = "the address could not be found"
    UNREACHABLE = "the address could not be reached"
    BAD_CERTIFICATE = "the certificate could not be checked"
    NO_CONNECTION = "the connection failed"
    BROKE_READING = "cannot be read"
    SPARED = "the supplier is being spared after failures"
    TOO_LATE = "it was too late to send it"
    CROWDED = "too many requests of our own were waiting"
    NOT_JSON = "not JSON"
    NOT_AN_OBJECT = "not a JSON object"
    NOT_A_NUMBER = "not a number"
    TOO_LONG = "longer than we read"
    PACKED_TWICE = "packed more than once"
    BAD_STATUS = "an HTTP status of failure"
    ODD_ERROR = "an error that is no refusal"
    UNCLEAR_THROTTLING = "too many requests, and nothing that says so clearly"
    NEITHER = "neither accepted nor refused"
    NO_ORDER_ID = "no usable order id"
    NO_SERVICES = "no list of services"
    NO_PROJECTS = "no list of projects"
    NO_COUNTRIES = "no list of countries"
    NOT_ONE_NUMBER = "not exactly one number"
    NO_ROWS = "a catalogue that counts services and shows none"
    NO_ROW_READ = "a list none of whose rows can be read"
    SLOW_PAGES = "the pages of the catalogue took too long"
    OTHER_SERVICE = "an answer about another service"
    OTHER_ORDER = "an answer about another order"
    NO_CATEGORIES = "no list of categories"
    NO_STATUS = "no status text"
    NO_STOCK = "no stock"
    NO_BALANCE = "no balance with a currency"
    TOO_NESTED = "nested beyond reason"


ABOUT_ONE_THING: Final[frozenset[str]] = frozenset(
    {
        FailureReason.TOO_LATE,
        FailureReason.OTHER_ORDER,
        FailureReason.OTHER_SERVICE,
        FailureReason.NO_STATUS,
        FailureReason.NO_STOCK,
        FailureReason.NO_BALANCE,
    }
)
"""Flaws of one order, service or balance, or of our own: the breaker counts none of them."""
