"""How long work tells somebody who waits; what is drawn is the command line's affair."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives stages (``read``, ``sketch``, ``match`` …) and counts."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage of ``total`` steps (None: unknown)."""

    def advance(self, count: int = 1) -> None:
        """Count steps of the stage as done."""

    def reached(self, share: float) -> None:
        """Say how much of the stage is done, 0 to 1, where its steps cannot be counted before."""

    def done(self) -> None:
        """End the last stage."""


class _NoProgress:
    def stage(self, name: str, total: int | None = None) -> None:
        """Ignore."""

    def advance(self, count: int = 1) -> None:
        """Ignore."""

    def reached(self, share: float) -> None:
        """Ignore."""

    def done(self) -> None:
        """Ignore."""


NO_PROGRESS: Progress = _NoProgress()
