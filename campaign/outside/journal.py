"""The log: events with short values, never anything of a person, to standard error."""

import logging
import sys

import structlog

from campaign.settings import Settings


class _Printer:
    """Writes lines to standard error; a reader that is gone, or a full disk, costs lines and nothing else."""

    dropped = 0

    def msg(self, line: str) -> None:
        """Write one line, or count it as dropped."""
        try:
            print(line, file=sys.stderr, flush=True)  # noqa: T201  this is the log
        except (OSError, ValueError):
            _Printer.dropped += 1

    log = debug = info = warn = warning = error = critical = exception = fatal = msg


def dropped_lines() -> int:
    """How many lines of this process's log could not be written."""
    return _Printer.dropped


def set_up_log(settings: Settings) -> None:
    """Write events to standard error, for people or as one JSON object a line."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if settings.log == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: _Printer(),
        cache_logger_on_first_use=True,
    )
