"""The keys that seal goods: found, made for a new shop, or asked for in a message."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import structlog

from bot.app.kinds import PARTS
from bot.app.shop import rules_of
from bot.base.money import Money, money_from
from bot.db.database import Database
from bot.db.tx import TxSettings
from bot.ops.seal import NotAKey, Seal, make_key, read_keys
from bot.ops.secrets import Secrets
from bot.people.operators import list_operators
from bot.safety.sealed import holds_seals
from bot.settings import Settings, SettingsError

log = structlog.stdlib.get_logger(__name__)

KEY_FILE: Final = Path("goods.key")
"""In the working directory, where .env is; never inside the folder of the database."""


async def find_tx_settings(
    settings: Settings, secrets: Secrets, database: Database | None = None
) -> TxSettings:
    """What transactions have to know of the settings; `secrets` learns the keys.

    A new key is made only for a `database` that is new. Raises SettingsError when goods are sealed
    and the key is missing or is no key, or when its file would lie beside the database.
    """
    return TxSettings(
        sealer=await _find_seal(settings, secrets, database),
        list_operators=list_operators,
        patience=timedelta(minutes=settings.submit_patience),
        most_orders=settings.max_open_orders,
        most_numbers=settings.max_open_numbers,
        currency=settings.currency,
        price_step=money_from(settings.price_step),
        support_refund_limit=money_from(settings.support_refund_limit),
        ask_above=money_from(settings.ask_above),
        second_operator_above=_amount(settings.second_operator_above),
        auto_refund=settings.release_likely_not_placed,
        price_jump_percent=settings.price_jump_percent,
        parts=(*PARTS, rules_of(settings)),
        zone=settings.timezone,
        alert_chat=settings.alert_chat,
    )


def _amount(amount: Decimal | None) -> Money | None:
    return None if amount is None else money_from(amount)


async def _find_seal(settings: Settings, secrets: Secrets, database: Database | None) -> Seal:
    keys = tuple(key.get_secret_value() for key in settings.goods_key)
    if not keys:
        keys = await _keys_of_the_file(settings, database)
    secrets.add(*keys)
    try:
        return Seal.with_keys(keys)
    except NotAKey:
        message = f"GOODS_KEY is not set, and {KEY_FILE.absolute()} holds no Fernet key"
        raise SettingsError(message) from None


async def _keys_of_the_file(settings: Settings, database: Database | None) -> tuple[str, ...]:
    """The keys beside .env; a new one only for a database in which nothing is sealed yet."""
    file = KEY_FILE.absolute()
    for folder in _folders_of_data(settings):
        if file.resolve().is_relative_to(folder):
            message = (
                f"GOODS_KEY is not set, and {file} would lie inside {folder}, with the goods that"
                " it seals: set GOODS_KEY, or start the bot in another folder"
            )
            raise SettingsError(message)
    if keys := read_keys(file):
        return keys
    if file.exists():
        return ()
    if database is None or await database.read(holds_seals):
        message = (
            f"GOODS_KEY is missing: goods are sealed already, and neither GOODS_KEY nor {file} is"
            " there to open them. Put the key back; no new one was made"
        )
        raise SettingsError(message)
    if make_key(file):
        log.warning(
            "goods_key_made",
            file=str(file),
            note="keep a copy of this file apart from the database and its backups:"
            " without it nobody can read the goods",
        )
    return read_keys(file)


def _folders_of_data(settings: Settings) -> list[Path]:
    """Where the database may lie: DATA_DIR, and the folder of a file that DATABASE_URL names."""
    scheme, _, path = settings.database_url.get_secret_value().partition(":///")
    folders = [settings.data_dir]
    if scheme.startswith("sqlite") and path:
        folders.append(Path(path).parent)
    return [folder.resolve() for folder in folders]
