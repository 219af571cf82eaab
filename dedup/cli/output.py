"""Where a result goes, and in which format."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.cli import outfile
from dedup.cli.language import current
from dedup.cli.streams import is_terminal, write_out
from dedup.report.registry import EXPLAINED_FORMATS, FORMATS, UTF8_FORMATS, format_of_suffix
from dedup.report.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup.cli.options import Params, Talk


@dataclass(frozen=True, slots=True)
class Destination:
    """A file or standard output (None), and the format the result is written in."""

    path: str | None
    output_format: str
    view: View

    @property
    def utf8(self) -> bool:
        """Whether the format is UTF-8 whatever the console is."""
        return self.output_format in UTF8_FORMATS

    @property
    def explained(self) -> bool:
        """Whether the format says what differs, for which texts are read once more."""
        return self.output_format in EXPLAINED_FORMATS

    def write(self, pieces: Iterable[str]) -> None:
        """Write the result; raises :class:`~dedup.errors.OutputError`."""
        if self.path is not None:
            outfile.write_file(self.path, pieces)
        else:
            write_out(pieces, utf8=self.utf8)


def destination(params: Params, talk: Talk, *, formats: tuple[str, ...] = FORMATS) -> Destination:
    """Return where the result goes: the format from its flag, the file's suffix, or a setting.

    Refuses a file that can be seen to be unwritable, before any work is done.
    """
    path = params.get("output")
    if path is not None:
        outfile.check(path)
    chosen = params["output_format"]
    if chosen is None and path is not None:
        chosen = format_of_suffix(path, formats=formats)
    if chosen is None:
        chosen = talk.output_format if talk.output_format in formats else formats[0]
    if path is not None:
        view = View(lang=current(), color=talk.color == "always")
    else:
        width = shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None
        view = View(lang=current(), color=talk.colored_output(), width=width)
    return Destination(path, chosen, view)
