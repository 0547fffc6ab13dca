"""A pretend Telegram for one bot: the Bot API over real HTTP, and people who use it."""

from sandbox.telegram.calls import Call, Change
from sandbox.telegram.faults import (
    BLOCKED,
    Delay,
    Garbage,
    LostAfter,
    LostBefore,
    Refuse,
    RetryAfter,
    ServerError,
    WaitFor,
)
from sandbox.telegram.keyboards import Button
from sandbox.telegram.limits import Limits
from sandbox.telegram.messages import BotMessage, Chat, HumanMessage, Toast
from sandbox.telegram.onlooker import CannotDo
from sandbox.telegram.people import Person
from sandbox.telegram.routes import add_telegram, telegram_app
from sandbox.telegram.world import TelegramWorld

__all__ = [
    "BLOCKED",
    "BotMessage",
    "Button",
    "Call",
    "CannotDo",
    "Change",
    "Chat",
    "Delay",
    "Garbage",
    "HumanMessage",
    "Limits",
    "LostAfter",
    "LostBefore",
    "Person",
    "Refuse",
    "RetryAfter",
    "ServerError",
    "TelegramWorld",
    "Toast",
    "WaitFor",
    "add_telegram",
    "telegram_app",
]
