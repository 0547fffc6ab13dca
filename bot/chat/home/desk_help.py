"""Help for operators: every command that their role permits, with an example of each."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Role
from bot.chat.desk.parts import desk_screen
from bot.chat.home.handlers import TOPICS
from bot.chat.home.menu import list_desk_commands
from bot.chat.home.taps import OpenDeskHelp, OpenTopic, Topic
from bot.chat.kit.context import Context
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, join
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.screen import Button, Screen


class DeskHelpPages:
    """Answers an operator's /help; what customers read is one tap away."""

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.show, OpenDeskHelp)
        routes.on_command(self.show, OpenDeskHelp(), TOPICS[Topic.HELP])

    async def show(self, context: Context, tap: OpenDeskHelp) -> None:
        """Show what the reader's role permits."""
        await context.show(desk_help_screen(context.locale, context.customer.role))


def desk_help_screen(
    _: Locale, role: Role | None, back: CallbackData | None = None, *, is_lost: bool = False
) -> Screen:
    """Every command of the desk; `is_lost` where it answers what nobody could understand.

    `back` leads to the step that is still open.
    """
    title = _("What you can send")
    lost = _("I did not understand that. This is what you can send:")
    lines = [_command(_, one) for one in list_desk_commands(role)]
    help_page = (Button(_("❓ Help for customers"), OpenTopic()),)
    step = () if back is None else (Button(_("◀ Back"), back),)
    return desk_screen(_, join([lost if is_lost else bold(title), *lines]), help_page, step)


def _command(_: Locale, one: MenuCommand) -> Rich:
    return _.copied(one.example) + "\n    " + one.text(_)
