"""Which kernel sketches: the native one, or the reference where it is not built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dedup.settings import Settings
    from dedup.sketch.batch import SketchBatch, TextBatch


class Sketcher(Protocol):
    """Sketches batches of texts; every implementation returns the same bits."""

    def sketch(self, batch: TextBatch) -> SketchBatch:
        """Return the sketches of a batch."""


def kernel_name() -> str:
    """Return the name of the kernel in use."""
    return "reference"


def sketcher(settings: Settings, num_perm: int) -> Sketcher:
    """Return a sketcher with ``num_perm`` values a signature."""
    from dedup.sketch.reference import ReferenceSketcher

    return ReferenceSketcher(settings, num_perm)
