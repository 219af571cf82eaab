"""The one place that turns what went wrong into words and an exit status."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

import click

from dedup.cli.language import say
from dedup.cli.main import INTERRUPTED
from dedup.cli.streams import close_quietly, complain
from dedup.errors import DedupError
from dedup.messages import Message, message
from dedup.report.names import visible
from dedup.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DONE = 0
FOUND = 1
FAILED = 2


def status_of(command: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> int:
    """Run ``command`` and return its exit status; every exception ends here."""
    status = _status_of(command, arguments)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        close_quietly()
    except OSError as error:
        close_quietly()
        return status or _system_error(error)
    return status


def _status_of(  # noqa: PLR0911  one return an outcome
    command: Callable[[Sequence[str]], int], arguments: Sequence[str]
) -> int:
    try:
        return command(arguments)
    except (KeyboardInterrupt, click.Abort):
        # The terminal has echoed ^C on the line that is being drawn.
        complain("\n" + say(message("dedup: interrupted")))
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough: `| head` is no failure.
        close_quietly()
        return DONE
    except click.ClickException as error:
        return _usage_error(error)
    except click.exceptions.Exit as end:
        return end.exit_code
    except DedupError as error:
        return _failed(error.message, error.hint)
    except OSError as error:
        return _system_error(error)
    except MemoryError:
        return _failed(message("out of memory"), message("scan fewer files at a time"))
    except Exception as error:  # noqa: BLE001  a traceback is a bug, and is called one
        return _bug(error)


def _failed(what: Message, hint: Message | None) -> int:
    complain(_shown(message("dedup: error: {what}", what=what)))
    if hint is not None:
        complain(_shown(message("  hint: {hint}", hint=hint)))
    return FAILED


def _shown(text: Message) -> str:
    """Return a text that may hold a user's words: names can hold what a terminal obeys."""
    return visible(say(text))


def _usage_error(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        complain(error.format_message())
        return FAILED
    hint = None
    if isinstance(error, click.UsageError) and error.ctx is not None:
        hint = message("{command} --help shows what there is", command=error.ctx.command_path)
    text = " ".join(error.format_message().split())  # click lays out choices in lines of their own
    return _failed(Message("{text}", (("text", text),)), hint)


def _system_error(error: OSError) -> int:
    why = error.strerror or type(error).__name__
    gone = isinstance(error, FileNotFoundError) and error.filename is None
    if gone and why == os.strerror(errno.ENOENT):  # from os.getcwd(); tempfile says more
        return _failed(
            message("the working directory does not exist any more"),
            message("go to a folder that exists: cd"),
        )
    if error.filename is not None:
        what = message("{path}: {why}", path=os.fsdecode(error.filename), why=why)
    else:
        what = message("the system says: {why}", why=why)
    hint = message("free some space and try again") if error.errno == errno.ENOSPC else None
    return _failed(what, hint)


def _bug(error: Exception) -> int:
    import platform
    import traceback

    what = "".join(traceback.format_exception_only(error)).strip()
    made_by = f"dedup {VERSION}, Python {platform.python_version()}, {sys.platform}"
    complain(say(message("dedup: error: {what}", what=what)))
    complain(
        say(
            message(
                "  this is a bug in dedup, not in your texts; please report it with the command "
                "you typed, {made_by}, and the lines below",
                made_by=made_by,
            )
        )
    )
    complain("".join(traceback.format_exception(error)).rstrip())
    return FAILED
