"""A picture of a result, written to a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from dedup.messages import Lang, Message
    from dedup.model import ScanResult


def plot(
    result: ScanResult,
    path: str | os.PathLike[str],
    *,
    kind: str = "all",
    lang: Lang = "en",
) -> tuple[Message, ...]:
    """Draw a result to ``path``, a ``.svg`` or ``.png``; return what is to be said of it.

    ``kind`` is ``similarity`` (of the pairs), ``sizes`` (of the clusters), ``sources`` or ``dates``
    (of the dropped documents), ``shared`` (which sources share texts), or ``all`` of these that
    have something to show. ``lang`` is that of the words, ``zh`` or ``en``. The same result, fonts
    and version of matplotlib give the same bytes. Raises :class:`~dedup.errors.UsageError` for
    another suffix or kind, and where matplotlib is not installed, and
    :class:`~dedup.errors.OutputError` where the file cannot be written.
    """
    from dedup.report.picture import picture
    from dedup.report.view import View
    from dedup.source.sink import Sink

    output_format = plot_format(path)
    check_kind(kind)
    content, notes = picture(result, kind, output_format, View(lang=lang))
    with Sink(Path(path)) as sink:
        sink.write(content)
    return notes


def plot_format(path: str | os.PathLike[str]) -> str:
    """Return the format that the suffix of a picture says; raises ``UsageError`` for another."""
    from dedup.report.picture import PLOT_FORMATS

    suffix = Path(path).suffix.lower().removeprefix(".")
    if suffix not in PLOT_FORMATS:
        raise UsageError(
            message("a picture is written as svg or png, and {path} is neither",
                    path=os.fspath(path)),
            hint=message("name a file that ends in .svg or .png"),
        )  # fmt: skip
    return suffix


def check_kind(kind: str) -> None:
    """Refuse what is no kind of picture."""
    from dedup.report.picture import PLOT_KINDS

    if kind not in PLOT_KINDS:
        raise UsageError(
            message("there is no picture {kind}", kind=repr(kind)),
            hint=message("use one of: {choices}", choices=", ".join(PLOT_KINDS)),
        )
