"""How results are drawn for people: language, colour, width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.text import Text

    from dedup.messages import Lang, Message


@dataclass(frozen=True, slots=True)
class View:
    """What a renderer for people needs to know of the reader.

    ``width`` is in terminal cells; None leaves every line whole, as pipes and files want it.
    Without ``color`` no escape code of any kind is written. With ``beside`` texts that differ
    are shown in two columns.
    """

    lang: Lang = "en"
    color: bool = False
    width: int | None = None
    beside: bool = False

    def say(self, text: Message) -> str:
        """Return ``text`` in the reader's language."""
        return text.render(self.lang)

    def draw(self, lines: Iterable[Text]) -> Iterator[str]:
        """Yield each line as a string with its line end, wrapped and coloured as asked."""
        for line in lines:
            for row in self._wrapped(line):
                yield (_escaped(row) if self.color else row.plain) + "\n"

    def _wrapped(self, line: Text) -> Iterable[Text]:
        if self.width is None:
            return [line]
        from dedup.report.wrap import break_offsets

        plain = line.plain
        indent = len(plain) - len(plain.lstrip(" "))
        offsets = break_offsets(plain, self.width, indent)
        if not offsets:
            return [line]
        rows = list(line.divide(offsets))
        for row in rows:
            row.rstrip()
        return [rows[0], *(_indented(row, indent) for row in rows[1:])]


def _indented(row: Text, indent: int) -> Text:
    from rich.text import Text

    return Text(" " * indent).append_text(row)


def _escaped(row: Text) -> str:
    from rich.color import ColorSystem
    from rich.console import Console
    from rich.style import Style

    spanned = row.copy()
    spanned.stylize_before(row.style)  # a text renders its spans only, not its own style
    console = Console(color_system="standard", no_color=False, force_terminal=True)
    return "".join(
        segment.style.render(segment.text, color_system=ColorSystem.STANDARD)
        if isinstance(segment.style, Style)
        else segment.text
        for segment in spanned.render(console)
    )
