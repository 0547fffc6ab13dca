"""One line per event, from our code and everybody else's, with every secret taken out.

Foreign libraries log through the standard library; both ways end in the same formatter, and the
formatter masks the finished line, so tracebacks and arguments are covered too.
"""

import logging
import sys
from typing import Final, TextIO

import structlog
from structlog.typing import Processor

from bot.ops.secrets import Secrets

_LOUD: Final = (
    "aiogram.event",  # one line per update says nothing that our own metrics do not
    "aiosqlite",  # prints each transaction with its result, which may be goods
    "aiohttp.access",  # prints webhook paths
    "alembic",  # says at each start that there was nothing to do
    "asyncio",
    "httpcore",
    "stamina",  # every repeated reading; the breaker tells what matters
    "httpx",  # prints the URL of every request; a Bot API URL contains the token
)
_FIRST: Final = ("timestamp", "level", "logger", "event")


class MaskingFormatter(structlog.stdlib.ProcessorFormatter):
    """Renders a record, then masks the finished line."""

    def __init__(self, secrets: Secrets, renderer: Processor) -> None:
        super().__init__(
            foreign_pre_chain=_about_the_event(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line without secrets."""
        return self._secrets.mask(super().format(record).replace("\n", "\\n"))


def configure_logging(
    secrets: Secrets, *, level: str = "INFO", as_json: bool = False, stream: TextIO | None = None
) -> None:
    """Send every log line of this process to one stream (standard error by default).

    Calling it again replaces what was set before.
    """
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
        if as_json
        else structlog.processors.LogfmtRenderer(key_order=_FIRST, bool_as_flag=False)
    )
    outlet = logging.StreamHandler(stream or sys.stderr)
    outlet.setFormatter(MaskingFormatter(secrets, renderer))
    logging.basicConfig(level=level, handlers=[outlet], force=True)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_about_the_event(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,  # so that a second call changes loggers already in use
    )


def _about_the_event() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
