"""Progress on standard error: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from dedup.cli.language import say
from dedup.cli.streams import complain, is_terminal
from dedup.messages import Message, message
from dedup.progress import NO_PROGRESS, Progress

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

#: Seconds before anything is drawn, and between two plain lines.
PATIENCE = 0.5
INTERVAL = 5.0


def stage_name(name: str) -> Message:  # noqa: PLR0911  one return a stage
    """Return what a stage is called."""
    match name:
        case "discover":
            return message("searching")
        case "read":
            return message("reading")
        case "learn":
            return message("learning boilerplate")
        case "sketch":
            return message("sketching")
        case "match":
            return message("looking for candidates")
        case "verify":
            return message("verifying candidates")
        case "compare":
            return message("comparing words")
        case "write":
            return message("writing")
        case "explain":
            return message("explaining")
        case _:
            return Message("{text}", (("text", name),))


class _Pace:
    """How fast a stage goes, once that can be said."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._count = 0
        self._share: float | None = None

    def count(self, count: int) -> None:
        """Note how many steps are done."""
        self._count = count

    def reached(self, share: float) -> None:
        """Note how much is done, where there is no total of steps."""
        self._share = min(1.0, max(0.0, share))

    @property
    def percent(self) -> str:
        """How much is done, "" where that is told by steps."""
        return "" if self._share is None else f"{self._share:.0%}"

    @property
    def _rate(self) -> float:
        took = time.monotonic() - self._begun
        return self._count / took if took >= PATIENCE else 0.0

    def expected(self, total: int | None) -> int | None:
        """Return how many steps there are, as far as one can tell."""
        if total is None and self._share:
            return max(self._count, round(self._count / self._share))
        return total

    def said(self, total: int | None) -> str:
        """Return steps a second, "" while it is too early, and whether more cannot be told."""
        rate = self._rate
        if rate < 1:
            return ""
        told = say(message("{rate} a second", rate=f"{rate:,.0f}"))
        if self.expected(total) is not None:
            return told
        return f"{told}, {say(message('time left unknown'))}"

    def left(self, total: int | None) -> str:
        """Return how much time is left, "" where it cannot be said."""
        rate = self._rate
        total = self.expected(total)
        if total is None or rate <= 0 or self._count >= total:
            return ""
        seconds = round((total - self._count) / rate)
        clock = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        return say(message("{time} left", time=clock))


class Shown:
    """Base: a context manager that ends whatever is drawn."""

    def __enter__(self) -> Progress:
        """Return the progress to report to."""
        return NO_PROGRESS

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave nothing drawn behind."""


class Live(Shown):
    """One line on a terminal, drawn by rich and taken away at the end."""

    def __init__(self) -> None:
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._begun = time.monotonic()
        self._stage: tuple[str, int | None] = ("", None)
        self._pace = _Pace()
        self._count = 0

    def __enter__(self) -> Progress:
        """Return the progress to report to."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        self.done()

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage."""
        self._stage, self._count = (name, total), 0
        self._pace = _Pace()
        if self._bar is not None and self._task is not None:
            self._bar.remove_task(self._task)  # a reset one would keep its total
            self._task = self._added(self._bar)
        self._draw()

    def advance(self, count: int = 1) -> None:
        """Count steps as done."""
        self._count += count
        if self._bar is not None and self._task is not None:
            self._pace.count(self._count)
            self._bar.update(
                self._task,
                completed=self._count,
                rate=self._pace.said(self._stage[1]),
                steps=self._steps(),
            )
        else:
            self._draw()

    def reached(self, share: float) -> None:
        """Note how much is done."""
        self._pace.reached(share)
        if self._bar is not None and self._task is not None and self._stage[1] is None:
            total = self._pace.expected(None)
            self._bar.update(self._task, total=total, steps=self._steps())

    def _steps(self) -> str:
        total = self._stage[1]
        if total is not None:
            return f"{self._count:,}/{total:,}"
        percent = self._pace.percent
        return f"{self._count:,} ({percent})" if percent else f"{self._count:,}"

    def done(self) -> None:
        """Take the line away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _draw(self) -> None:
        if self._bar is not None or time.monotonic() - self._begun < PATIENCE:
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[steps]}", markup=False),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeElapsedColumn(),
            TimeRemainingColumn(elapsed_when_finished=False),
            console=Console(stderr=True, highlight=False),
            transient=True,
        )
        self._task = self._added(self._bar)
        self._bar.start()

    def _added(self, bar: RichProgress) -> TaskID:
        name, total = self._stage
        return bar.add_task(
            say(stage_name(name)),
            total=self._pace.expected(total),
            completed=self._count,
            rate=self._pace.said(total),
            steps=self._steps(),
        )


class Lines(Shown):
    """A line at each stage and every few seconds: for logs, and where no escapes are wanted."""

    def __init__(self) -> None:
        self._name = ""
        self._total: int | None = None
        self._count = 0
        self._said = 0.0
        self._pace = _Pace()

    def __enter__(self) -> Progress:
        """Return the progress to report to."""
        return self

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage and say so."""
        self._name, self._total, self._count = name, total, 0
        self._pace = _Pace()
        self._say()

    def advance(self, count: int = 1) -> None:
        """Count steps as done."""
        self._count += count
        if time.monotonic() - self._said >= INTERVAL:
            self._say()

    def reached(self, share: float) -> None:
        """Note how much is done."""
        self._pace.reached(share)

    def done(self) -> None:
        """Say nothing more."""

    def _say(self) -> None:
        self._said = time.monotonic()
        what = stage_name(self._name)
        if self._total is None:
            line = message("{stage}: {count}", stage=what, count=f"{self._count:,}")
        else:
            line = message(
                "{stage}: {count} of {total}",
                stage=what,
                count=f"{self._count:,}",
                total=f"{self._total:,}",
            )
        self._pace.count(self._count)
        pace = [
            self._pace.percent,
            self._pace.said(self._total),
            self._pace.left(self._total),
        ]
        complain(", ".join([say(line), *filter(None, pace)]))


def progress(*, wanted: bool | None, color: bool) -> Shown:
    """Return how progress is shown: ``wanted`` None means on a terminal only.

    Without ``color`` no escape code is allowed, so a terminal gets plain lines if it asked.
    """
    watched = is_terminal(sys.stderr)
    if wanted is False or (wanted is None and not watched):
        return Shown()
    if watched and color:
        return Live()
    return Lines() if wanted else Shown()
