"""The entry point: run a command, turn whatever happens into an exit status."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What a shell reports for a program that Ctrl-C ended.
INTERRUPTED = 130
#: New objects after which cycles of them are looked for: Python's own, seven hundred, costs a
#: short run a tenth of its time, and what is in cycles here is little.
_OBJECTS = 50_000


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``dedup`` with ``arguments`` (default: those of the process) and exit."""
    # No command does linear algebra; the threads that OpenBLAS starts for it take as much time as
    # all other imports of numpy.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(_OBJECTS)
    try:
        from dedup.cli.errors import status_of
        from dedup.cli.root import call

        status = status_of(call, sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt:  # during the imports above, or a second one while reporting
        sys.stderr.write("\ndedup: interrupted\n")
        status = INTERRUPTED
    if status == INTERRUPTED:
        _leave(status)
    sys.exit(status)


def run() -> NoReturn:
    """Run ``dedup`` as a process of its own, and end that.

    What it holds is left to the system: taking it apart object by object, as Python does, is a
    tenth of a short run. Where that might lose something the process ends as others do.
    """
    try:
        main()
    except SystemExit as ended:
        if not isinstance(ended.code, int) or sys.flags.interactive or not _is_done():
            raise
        status = ended.code
    _leave(status)


def _is_done() -> bool:
    """Tell whether nothing is left to do: all is written, and no thread runs."""
    import threading

    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return False
    return threading.active_count() == 1


def _leave(status: int) -> NoReturn:
    """End the process with this very status.

    An interrupt that strikes inside ``eval``, which the standard library uses, makes CPython
    kill itself by the signal at the end, whatever ``sys.exit`` was given.
    """
    import atexit
    import contextlib

    atexit._run_exitfuncs()  # noqa: SLF001  os._exit skips them
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(status)
