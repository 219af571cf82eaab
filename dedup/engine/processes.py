"""Worker processes: they end with the one that started them, and may leave its script alone."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import parent_process
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
    return ProcessPoolExecutor(jobs, _Context(), _begin)


def end_with_parent() -> None:
    """Let this process end when the one that started it does, killed or not; it would wait on."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
