"""Where nouns register their handlers, and the order in which an update finds one of them.

A handler is given the context and what was tapped, commanded or typed. Middlewares put what it
raises into words.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from aiogram import BaseMiddleware, Router
from aiogram.filters import CommandObject, Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import Message

from bot.base.acts import Permission, may
from bot.base.errors import ShopError
from bot.chat.kit.context import Context
from bot.chat.kit.conversation import TapRoute
from bot.chat.kit.forms import Form
from bot.chat.kit.locale import Locale
from bot.chat.kit.sent import Sent, sent_of
from bot.chat.kit.taps import check_permitted
from bot.chat.kit.telegram.incoming import Handler
from bot.chat.kit.telegram.updates import Tapped
from bot.chat.kit.text_of import OwnCommand, is_command, text_of, typed_of

T = TypeVar("T", bound=CallbackData)
F = TypeVar("F", bound=Form)


@dataclass(frozen=True, slots=True)
class MenuCommand:
    """A command in Telegram's menu, and its line there.

    `needs` is what an operator's role has to permit for it, `example` how operators write it.
    """

    name: str
    text: Callable[[Locale], str]
    needs: Permission | None = None
    example: str = ""


class Routes:
    """The handlers of one side of the chat; every message and tap passes its `filters` first.

    A command works at any step, and closes it; one that nobody knows leaves it open.
    """

    def __init__(self, name: str, *filters: Filter) -> None:
        self.router = Router(name=name)
        self.router.message.filter(*filters)
        self.taps: list[TapRoute[Any]] = []
        self._filters = filters
        self._typed = Router(name=f"{name}, typed")
        self._typed.message.middleware(_CloseFormOnError())
        self.router.include_router(self._typed)

    def on_tap(
        self,
        handler: Callable[[Context, T], Awaitable[None]],
        tap: type[T],
        *,
        toast: bool = False,
        keeps_form: bool = False,
    ) -> None:
        """Let `handler` answer this tap; see `TapRoute`."""
        self.taps.append(TapRoute(tap, handler, self._filters, toast, keeps_form))

    def on_command(
        self, handler: Callable[[Context, T], Awaitable[None]], tap: T, command: MenuCommand | str
    ) -> None:
        """Let `handler` answer this command as if `tap` had been tapped."""
        needs = _needs_of((command,))

        async def commanded(message: Message, context: Context) -> None:
            await context.close_form()
            check_permitted(needs, context.customer.role)
            await handler(context, tap)

        self.router.message.register(commanded, _filter((command,)))

    def on_words(
        self,
        handler: Callable[[Context, CommandObject], Awaitable[None]],
        *commands: MenuCommand | str,
        filters: tuple[Filter, ...] = (),
    ) -> None:
        """Let `handler` answer these commands with the words that were typed after them.

        Whom `filters` do not let pass is answered by a command of the same name further on.
        """
        needs = _needs_of(commands)

        async def commanded(message: Message, command: CommandObject, context: Context) -> None:
            await context.close_form()
            check_permitted(needs, context.customer.role)
            await handler(context, command)

        self.router.message.register(commanded, _filter(commands), *filters)

    def on_sent_command(
        self,
        handler: Callable[[Context, Sent, Sent | None], Awaitable[None]],
        command: MenuCommand,
    ) -> None:
        """Let `handler` answer this command with what was written after it, as it was set.

        And with the message that it replies to, whoever wrote that; None for a reply to nothing.
        """

        async def commanded(message: Message, context: Context) -> None:
            await context.close_form()
            check_permitted(command.needs, context.customer.role)
            answered = message.reply_to_message
            written = sent_of(message).after_command()
            await handler(context, written, None if answered is None else sent_of(answered))

        self.router.message.register(commanded, _filter((command,)))

    def on_typed(
        self,
        handler: Callable[[Context, F, str], Awaitable[None]],
        form: type[F],
        *filters: Filter,
        is_kept: bool = False,
    ) -> None:
        """Let `handler` answer what is typed while this form is open, but for commands.

        What was typed is deleted then, unless it `is_kept`: words that somebody may want again.
        """

        async def typed(message: Message, context: Context, form: F) -> None:
            if await context.take_typed(typed_of(message, is_kept=is_kept), form):
                _check_role(context, form)
                await handler(context, form, text_of(message))
            await context.drop_typed()

        self._typed.message.register(typed, NotCommand(), *filters, _FormOpen(form))

    def on_sent(
        self, handler: Callable[[Context, F, Sent], Awaitable[None]], form: type[F]
    ) -> None:
        """Let `handler` answer whatever is sent while this form is open, but for commands.

        It stays in the chat, because it proves or tells something.
        """

        async def sent(message: Message, context: Context, form: F) -> None:
            if await context.take_typed(typed_of(message, is_kept=True), form):
                _check_role(context, form)
                await handler(context, form, sent_of(message))
            await context.drop_typed()

        self._typed.message.register(sent, NotCommand(), _FormOpen(form))


def _filter(commands: tuple[MenuCommand | str, ...]) -> OwnCommand:
    return OwnCommand(
        *(command if isinstance(command, str) else command.name for command in commands)
    )


def _needs_of(commands: tuple[MenuCommand | str, ...]) -> Permission | None:
    """What the first of them needs; the others are further names of it."""
    return commands[0].needs if isinstance(commands[0], MenuCommand) else None


def _check_role(context: Context, form: Form) -> None:
    """Raise NotAllowed where the role has changed since the step was opened."""
    check_permitted(getattr(form.ask_again(), "needs", None), context.customer.role)


@dataclass(frozen=True, slots=True)
class _FormOpen(Filter):
    """Lets a message pass while this form is open, and hands it over as `form`."""

    kind: type[Form]

    async def __call__(self, message: Message, context: Context) -> bool | dict[str, Any]:
        form = await context.find_form()
        return {"form": form} if isinstance(form, self.kind) else False


class _CloseFormOnError(BaseMiddleware):
    """Closes the form when its handler raised: typing something else would not help."""

    async def __call__(self, handler: Handler, event: Any, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except ShopError:
            context: Context = data["context"]
            await context.close_form()
            raise


class FromOperator(Filter):
    """Lets operators pass; the role is read at every update and never carried by a button."""

    async def __call__(self, event: Message | Tapped, context: Context) -> bool:
        """Whether the person has a role."""
        return context.customer.role is not None


@dataclass(frozen=True, slots=True)
class Permitted(Filter):
    """Lets those operators pass whose role permits this."""

    needs: Permission

    async def __call__(self, event: Message | Tapped, context: Context) -> bool:
        """Whether the role permits it."""
        return may(context.customer.role, self.needs)


class NotCommand(Filter):
    """Lets everything pass but commands, because the desk is asked before customers' commands."""

    async def __call__(self, message: Message) -> bool:
        """Whether it is an answer to what was asked."""
        return not is_command(message)
