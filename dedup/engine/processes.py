"""Worker processes that do not import the main script of the program that starts them."""

from __future__ import annotations

import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType


class _Process(SpawnProcess):
    """A process that is told of no main script.

    It would import it again, and run what stands there without a guard. What is sent to it must
    therefore not come from that script.
    """

    def start(self) -> None:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            super().start()
        finally:
            sys.modules["__main__"] = main


class _Context(SpawnContext):
    Process = _Process


def process_pool(jobs: int) -> ProcessPoolExecutor:
    """Return an executor of ``jobs`` processes, which leave interrupts to the one they are of.

    They are spawned: a fork of a process that has threads (a progress display) can deadlock.
    """
    return ProcessPoolExecutor(jobs, _Context(), _leave_interrupts)


def _leave_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
