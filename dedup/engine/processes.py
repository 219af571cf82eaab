"""Worker processes: they end with the one that started them, and may leave its script alone."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
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


def process_pool(jobs: int, *, with_script: bool = False) -> ProcessPoolExecutor:
    """Return an executor of ``jobs`` processes, which leave interrupts to the one they are of.

    They are spawned: a fork of a process that has threads (a progress display) can deadlock. With
    the main script, which they import again, what is sent to them may come from it.
    """
    context = get_context("spawn") if with_script else _Context()
    return ProcessPoolExecutor(jobs, context, _begin)


def _begin() -> None:
    """Leave interrupts to the process that started this one, and end when it does, even killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
