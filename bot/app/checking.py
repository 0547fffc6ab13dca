"""`python -m bot check`: whether token, database and suppliers work, in plain words."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)

from bot.app.check_supplier import CheckResult, Line, check_supplier
from bot.app.kiosk import Kiosk
from bot.chat.desk.words import hidden_words
from bot.chat.kit.locale import Locale
from bot.desk.suppliers import SupplierReport
from bot.i18n.language import ENGLISH
from bot.safety import safe_mode


async def check(kiosk: Kiosk) -> AsyncIterator[Line]:
    """One line for each thing that is looked at: how well it is, and what was found."""
    yield await greet_telegram(kiosk)
    yield CheckResult.WELL, f"database: {kiosk.settings.database_label} is open and up to date"
    waiting = await kiosk.db.read(safe_mode.find_end)
    if waiting is not None:
        copied_at = f"{waiting.restored.copied_at:%Y-%m-%d %H:%M %Z}"
        closed = f"safe mode: restored from a copy of {copied_at}; open the shop in the chat"
        yield CheckResult.WRONG, closed
    findings = await kiosk.shop.audit()
    proved = "; ".join(findings) or "proved, every balance is backed"
    yield CheckResult.WRONG if findings else CheckResult.WELL, f"books: {proved}"
    for supplier in kiosk.shop.suppliers.values():
        async for line in check_supplier(kiosk, supplier):
            yield line
    reports = await kiosk.shop.desk.report_suppliers()
    for report in reports:
        for said in _on_sale(kiosk.locales.of(ENGLISH), report):
            yield CheckResult.WELL, said
    if not any(report.on_sale for report in reports):
        yield CheckResult.WRONG, "nothing is on sale: customers find an empty shop"


async def greet_telegram(kiosk: Kiosk) -> Line:
    """Whether Telegram knows the token: a setting is wrong only when Telegram says so."""
    try:
        me = await kiosk.bot.me()
    except (TelegramUnauthorizedError, TelegramNotFound):
        return CheckResult.WRONG_SETTING, "BOT_TOKEN: Telegram does not know this token"
    except (TelegramAPIError, ClientDecodeError) as failure:
        where = kiosk.settings.telegram_api_url
        said = f"TELEGRAM_API_URL: {where} does not answer ({type(failure).__name__})"
        return CheckResult.WRONG, said
    return CheckResult.WELL, f"telegram: the token is @{me.username}'s"


def _on_sale(_: Locale, report: SupplierReport) -> list[str]:
    hidden = ", ".join(f"{count} {hidden_words(_, why)}" for why, count in report.hidden)
    shown = f"{report.name}: {report.on_sale} services on sale"
    lines = [shown + (f"; hidden: {hidden}" if hidden else "")]
    if report.basis_advice:
        variable = f"SUPPLIERS__{report.name.upper()}__RATE_PER"
        lines.append(f"{report.name}: not for sale until {variable} says what a rate is for")
    lines += [f"  with basis 1 or 1000: {line}" for line in report.basis_advice]
    if report.unclear:
        lists = "PRODUCTS or __SOCIALS"
        variable = f"SUPPLIERS__{report.name.upper()}__{lists}"
        lines.append(f"{report.name}: not for sale until {variable} says what they are")
    return lines + [f"  goods, or done to a link: {line}" for line in report.unclear]


__all__ = ["CheckResult", "Line", "check", "greet_telegram"]
