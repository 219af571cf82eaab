"""Standard output and error: never a crash over a character, a closed pipe or a full disk."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING, TextIO

from dedup.errors import OutputError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def prepare() -> None:
    """Make both streams print what their encoding lacks as backslash escapes.

    GBK consoles have no ✓ or 𠮷, and names of undecodable files have surrogates.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def write_out(pieces: Iterable[str], *, utf8: bool) -> None:
    """Write a result to standard output; as UTF-8, whatever the console is, where asked to.

    A reader that closes the pipe ends the writing without complaint; any other failure raises
    :class:`~dedup.errors.OutputError`.
    """
    stream = sys.stdout
    if stream is None:  # closed by the caller: `>&-`
        raise OutputError(message("standard output is closed"), hint=message("use -o FILE"))
    try:
        for piece in pieces:
            if utf8:
                stream.buffer.write(piece.encode("utf-8", "backslashreplace"))
            else:
                stream.write(piece)
        stream.flush()
    except BrokenPipeError:
        close_quietly()
    except OSError as error:
        close_quietly()
        if sys.platform == "win32" and error.errno == errno.EINVAL:  # its broken pipe
            return
        raise OutputError(
            message("cannot write standard output: {why}", why=error.strerror)
        ) from error


def complain(line: str) -> None:
    """Write a line to standard error, if there is one that can be written to."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
    except OSError:
        # Nobody can be told; the exit status still says what happened.
        close_quietly(sys.stderr)


def close_quietly(stream: TextIO | None = None) -> None:
    """Point a stream (standard output) at nothing, so that closing it at exit cannot fail."""
    stream = sys.stdout if stream is None else stream
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    except OSError:  # no descriptor behind it, as under a test
        return
    finally:
        os.close(nowhere)


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether somebody watches this stream."""
    return stream is not None and not stream.closed and stream.isatty()


def wants_color(choice: str, stream: TextIO | None, environ: Mapping[str, str]) -> bool:
    """Tell whether to colour: as chosen, and for ``auto`` on a terminal without ``NO_COLOR``."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    return is_terminal(stream)
