"""What may differ between suppliers of one API family, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.catalog import Kind
from bot.domain.pricing import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One supplier's way of speaking.

    `url` and `rate_per` are the defaults that the settings may replace; a `rate_per` of None is
    not for sale until the operator says it. `languages` maps what one may send, lower case, to
    the supplier's own code. `is_order_id` judges the `order` of an answer to `add`.
    `rents_numbers` tells of the five SMS actions.
    `no_such_service` are refusals, folded, that mean the service does not exist.
    """

    name: str
    url: str
    is_order_id: Callable[[object], bool]
    languages: Mapping[str, str] = field(default_factory=dict)
    reads_one_service: bool = False
    rents_numbers: bool = False
    unmarked_kind: Kind | None = None
    rate_per: Basis | None = None
    no_such_service: frozenset[str] = frozenset({"service not found"})

    def language(self, wanted: str) -> str | None:
        """The `language` to send; None for English and for what the supplier does not speak."""
        code = self.languages.get(wanted.lower())
        return None if code == "en" else code

    def means_no_such_service(self, said: str) -> bool:
        """Whether a refusal says that the service does not exist."""
        return said.strip().rstrip(".").lower() in self.no_such_service
