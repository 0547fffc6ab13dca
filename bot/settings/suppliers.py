"""One supplier's settings: SUPPLIERS__<NAME>__KEY and what follows it."""

from collections.abc import Mapping
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, SecretStr

from bot.settings.values import Amount, HttpUrl, Names, Overrides, PerSecond, RatePer

KnownSuppliers = Mapping[str, Mapping[str, object]]
"""By a supplier's name, the settings that Kiosk knows of it and the operator need not write."""


class SupplierSettings(BaseModel):
    """Where a supplier is, how it speaks, and what its rates mean."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    key: SecretStr
    """The operator's API key."""
    url: HttpUrl
    dialect: str
    """Which dialect of the API it speaks, by the dialect's name."""
    rate_per: RatePer | None = None
    """How many units a rate is for; unset means that its services are not for sale."""
    rate_per_overrides: Overrides = {}
    """Category name or `#<service id>` to a basis."""
    products: Names = ()
    """Category names or `#<service id>` that deliver accounts, where the rows do not say."""
    socials: Names = ()
    """Category names or `#<service id>` done to a link, where neither rows nor names say so."""
    rate_cap: PerSecond = Decimal(5)
    """Requests a second to this supplier, all workers together."""
    low_balance: Amount | None = None
    """Alert the operators when the balance there falls below; unset, below what is needed soon."""


def with_what_is_known(given: object, known: KnownSuppliers) -> object:
    """The suppliers as given, each known name completed by what Kiosk knows about it."""
    if not isinstance(given, dict):
        return given
    return {
        name: {**known.get(name, {}), **fields} if isinstance(fields, dict) else fields
        for name, fields in given.items()
    }
