"""`python -m bot check`: whether token, database and suppliers work, in plain words."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)

from bot.app.kiosk import Kiosk
from bot.domain.errors import Malformed, NotSent, Refused, SupplierError, Throttled
from bot.shop.suppliers import Supplier
from bot.shop.views import SupplierReport


async def check(kiosk: Kiosk) -> AsyncIterator[tuple[bool, str]]:
    """One line after the other: whether it is well, and what was found."""
    yield await greet_telegram(kiosk)
    yield True, f"database: {kiosk.settings.database_label} is open and up to date"
    reopening = await kiosk.shop.desk.reopen.find()
    if reopening is not None:
        copied_at = f"{reopening.restored.copied_at:%Y-%m-%d %H:%M %Z}"
        yield False, f"safe mode: restored from a copy of {copied_at}; open the shop in the chat"
    findings = await kiosk.shop.audit()
    yield not findings, "books: " + ("; ".join(findings) or "proved, every balance is backed")
    for supplier in kiosk.shop.suppliers:
        yield await _supplier(kiosk, supplier)
    for report in await kiosk.shop.desk.report_suppliers():
        for line in _on_sale(report):
            yield line


async def greet_telegram(kiosk: Kiosk) -> tuple[bool, str]:
    """Whether Telegram knows the token, in words."""
    try:
        me = await kiosk.bot.me()
    except TelegramUnauthorizedError:
        return False, "BOT_TOKEN: Telegram does not know this token"
    except (TelegramAPIError, ClientDecodeError) as failure:
        where = kiosk.settings.telegram_api_url
        return False, f"TELEGRAM_API_URL: {where} does not answer ({type(failure).__name__})"
    return True, f"telegram: the token is @{me.username}'s"


async def knows_the_token(kiosk: Kiosk) -> bool:
    """False only when Telegram says so; while it is out of reach the shop waits for it."""
    try:
        await kiosk.bot.me()
    except (TelegramUnauthorizedError, TelegramNotFound):
        return False
    except (TelegramAPIError, ClientDecodeError):
        return True
    return True


async def _supplier(kiosk: Kiosk, supplier: Supplier) -> tuple[bool, str]:
    name = supplier.name
    try:
        balance = await kiosk.shop.watch.read_balance(supplier)
        await kiosk.shop.refresh(supplier)
    except SupplierError as failure:
        return False, f"{name}: {_in_words(name, failure)}"
    well = balance.currency == kiosk.settings.currency
    found = f"{name}: balance {balance.amount:f} {balance.currency}"
    return well, found if well else f"{found}, but CURRENCY is {kiosk.settings.currency}"


def _in_words(name: str, failure: SupplierError) -> str:
    variable = f"SUPPLIERS__{name.upper()}"
    if isinstance(failure, Refused) and failure.is_bad_key:
        return f"{variable}__KEY is refused by the supplier"
    if isinstance(failure, Refused):
        return f"refused: {failure.said[:120]}"
    if isinstance(failure, NotSent):
        return f"{variable}__URL cannot be reached"
    if isinstance(failure, Throttled):
        return "asks for patience, try again later"
    why = failure.why if isinstance(failure, Malformed) else type(failure).__name__
    return f"answers something that is not its API ({why})"


def _on_sale(report: SupplierReport) -> list[tuple[bool, str]]:
    hidden = ", ".join(f"{count} {reason}" for reason, count in report.hidden)
    shown = f"{report.name}: {report.on_sale} services on sale"
    lines = [(True, shown + (f"; hidden: {hidden}" if hidden else ""))]
    if report.basis_advice:
        variable = f"SUPPLIERS__{report.name.upper()}__RATE_PER"
        lines.append(
            (True, f"{report.name}: not for sale until {variable} says what a rate is for")
        )
    return lines + [(True, f"  with basis 1 or 1000: {line}") for line in report.basis_advice]
