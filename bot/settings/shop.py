"""All settings in one frozen object; a field's name in capitals is the variable's name."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.settings.env_file import FromFile
from bot.settings.suppliers import KnownSuppliers, SupplierSettings, with_what_is_known
from bot.settings.values import (
    Amount,
    BotToken,
    Count,
    Currency,
    DatabaseUrl,
    Days,
    GoodsKeys,
    GroupChat,
    HttpUrl,
    ListenOn,
    Markup,
    Minutes,
    OperatorIds,
    Percent,
    Port,
    Step,
    TimeOfDay,
    TimeZone,
    WebhookSecret,
    is_plain_http,
)

_NO_SETTINGS = frozenset({"known", "in_file"})
"""What the settings are read with."""
_upper = BeforeValidator(lambda raw: str(raw).upper())
_lower = BeforeValidator(lambda raw: str(raw).lower())


class Settings(BaseSettings):
    """The operator's decisions; `load_settings` makes it and puts refusals into plain words."""

    model_config = SettingsConfigDict(
        env_nested_delimiter="__",
        env_ignore_empty=True,
        enable_decoding=False,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: BotToken
    telegram_api_url: HttpUrl = "https://api.telegram.org"
    admin_ids: OperatorIds
    alert_chat: GroupChat | None = None
    """The operators' group, or a topic of it, where alerts are told as well."""
    suppliers: dict[str, SupplierSettings] = Field(default_factory=dict, validate_default=True)

    allow_plain_http: bool = False
    """Whether keys and goods may travel to suppliers on other machines without encryption."""

    shop_name: Annotated[str, Field(max_length=64)] = "Kiosk"
    support_contact: str | None = None
    topup_instructions: str | None = None
    timezone: TimeZone = ZoneInfo("UTC")
    """Where the days of the desk's figures begin."""
    digest_at: TimeOfDay | None = None
    """When owners are told what the day before brought, so long after midnight there."""

    markup_percent: Markup = Decimal(20)
    price_step: Step = Decimal("0.01")
    currency: Currency = "USD"
    support_refund_limit: Amount = Decimal(50)
    """The most that one act of somebody in the role of support may give back."""
    ask_above: Amount = Decimal(500)
    """Credit above this is asked back before it is given or taken."""
    second_operator_above: Amount | None = None
    """What one operator may give on one day before another has to agree."""
    price_jump_percent: Percent = 30
    """A supplier's rate that rises by more hides its service until an operator agrees; 0: none."""
    sell_social: bool = False
    quote_minutes: Minutes = 10
    submit_patience: Minutes = 15
    """Minutes an order may wait for a supplier that cannot be reached."""
    max_open_orders: Count = 500
    max_open_numbers: Count = 100
    """How much a customer may have under way at once, apart for numbers and other orders."""
    release_likely_not_placed: bool = False
    """Whether an order in doubt is refunded by itself when our balance there never moved."""

    data_dir: Path = Path("data")
    database_url: DatabaseUrl = SecretStr("")
    goods_key: GoodsKeys = ()
    """Fernet keys that seal goods at rest, the newest first."""
    goods_kept_days: Days = 90
    """Days after which goods and codes of ended orders are forgotten."""

    webhook_url: HttpUrl | None = None
    webhook_secret: WebhookSecret | None = None
    webhook_port: Port = 8080
    health_port: Port | None = None
    listen_on: ListenOn = "127.0.0.1"
    """The address of this machine at which both ports are opened."""

    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], _upper] = "INFO"
    log_format: Annotated[Literal["text", "json"], _lower] = "text"

    def __init__(
        self,
        known: KnownSuppliers,
        in_file: Mapping[str, str] | None = None,
        **given: Any,  # what a variable holds, by the field's name
    ) -> None:
        """Read `given`, the environment and what stands in a file, in this order of weight.

        Raises ValidationError, whose text may hold secrets.
        """
        super().__init__(in_file=in_file or {}, known=known, **given)

    @classmethod
    def settings_customise_sources(  # noqa: D102 - pydantic's
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, FromFile(settings_cls, init_settings()["in_file"])

    @model_validator(mode="before")
    @classmethod
    def _empty_means_unset_and_known_suppliers_bring_their_own(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        kept = _without_blanks({name: given[name] for name in given if name not in _NO_SETTINGS})
        suppliers = with_what_is_known(kept.get("suppliers", {}), given.get("known", {}))
        return {**kept, "suppliers": suppliers}

    @field_validator("suppliers")
    @classmethod
    def _somebody_supplies(cls, given: dict[str, SupplierSettings]) -> dict[str, SupplierSettings]:
        if not given:
            message = "SUPPLIERS__<NAME>__KEY is missing: the shop needs the key of one supplier"
            raise ValueError(message)
        return given

    @model_validator(mode="after")
    def _a_webhook_has_its_secret(self) -> Self:
        if self.webhook_url and not self.webhook_secret:
            message = "WEBHOOK_SECRET is missing: without it anybody could forge updates"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _keys_travel_encrypted(self) -> Self:
        for name, supplier in self.suppliers.items():
            if not self.allow_plain_http and is_plain_http(supplier.url):
                message = (
                    f"SUPPLIERS__{name.upper()}__URL must begin with https://: over http:// your"
                    " key could be read on the way; ALLOW_PLAIN_HTTP=true allows it all the same"
                )
                raise ValueError(message)
        return self

    @model_validator(mode="before")
    @classmethod
    def _default_database(cls, given: object) -> object:
        if isinstance(given, dict) and not given.get("database_url"):
            file = Path(str(given.get("data_dir") or "data")) / "kiosk.db"
            return {**given, "database_url": f"sqlite+aiosqlite:///{file}"}
        return given

    @property
    def database_label(self) -> str:
        """The database's address without a password, for logs and the desk."""
        parts = urlsplit(self.database_url.get_secret_value())
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    def list_secrets(self) -> tuple[str, ...]:
        """Every value that must never be shown, for the masking of logs and alerts."""
        keys = (supplier.key for supplier in self.suppliers.values())
        known = (self.bot_token, self.webhook_secret, *keys, *self.goods_key)
        password = unquote(urlsplit(self.database_url.get_secret_value()).password or "")
        values = (*(secret.get_secret_value() for secret in known if secret), password)
        return tuple(value for value in values if value)


def _without_blanks(given: Mapping[str, object]) -> dict[str, object]:
    """Strings stripped, empty ones and tables of nothing left out."""
    kept = {name: _stripped(value) for name, value in given.items()}
    return {name: value for name, value in kept.items() if value not in ("", {})}


def _stripped(value: object) -> object:
    if isinstance(value, dict):
        return _without_blanks(value)
    return value.strip() if isinstance(value, str) else value
