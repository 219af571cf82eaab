"""A word in advance where the reference has much to do."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.cli.language import say
from dedup.cli.streams import complain
from dedup.messages import Message, message
from dedup.sketch.kernel import REFERENCE, VARIABLE, native_in_use
from dedup.source.discovery import STANDARD_INPUT, discover

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Bytes of input that go without a word.
PATIENCE = 20_000_000
#: Bytes of UTF-8 a second that one core does: "reference, all" in ``docs/performance.md``.
BYTES_PER_SECOND = 1_300_000


def warn_if_slow(paths: Sequence[str], *, ignore: bool, jobs: int) -> None:
    """Say on standard error how long the reference takes, where that is long, and the way out.

    Goes by the sizes of the files, and of standard input, which must be seekable. Nothing is
    looked at where the native kernel is in use. Raises :class:`~dedup.errors.PathError` for a
    path that is missing, as the scan itself does.
    """
    if native_in_use():
        return
    size = sum(size for _, size in sizes(discover(paths, ignore=ignore).files))
    if size <= PATIENCE:
        return
    cores = min(jobs, os.cpu_count() or 1)
    complain(
        say(
            message(
                "dedup: warning: the reference kernel needs about {time} for {size} MB of text",
                time=duration(size / (BYTES_PER_SECOND * cores)),
                size=f"{size / 1_000_000:,.0f}",
            )
        )
    )
    complain(say(_way_out()))


def duration(seconds: float) -> Message:
    """Return a time in the unit in which it is a small number."""
    if seconds < 100:
        return message("{count} seconds", count=f"{seconds:.0f}")
    if seconds < 100 * 60:
        return message("{count} minutes", count=f"{seconds / 60:.0f}")
    return message("{count} hours", count=f"{seconds / 3600:,.0f}")


def _way_out() -> Message:
    if os.environ.get(VARIABLE) == REFERENCE:
        return message(
            "  hint: unset {name}: the native kernel gives the same result a hundred times faster",
            name=VARIABLE,
        )
    return message(
        "  hint: install dedup again with a C compiler at hand: the native kernel gives the same "
        "result a hundred times faster"
    )


def sizes(files: Iterable[str]) -> Iterable[tuple[str, int]]:
    """Yield files with their bytes; standard input must be seekable, or it is left out."""
    for path in files:
        try:
            if path == STANDARD_INPUT:
                size = sys.stdin.buffer.seek(0, os.SEEK_END)
                sys.stdin.buffer.seek(0)
            else:
                size = Path(path).stat().st_size
        except OSError:  # whoever reads it says what is wrong with it
            continue
        yield path, size
