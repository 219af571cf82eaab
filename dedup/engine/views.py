"""Sequences whose members are made when they are asked for, so that millions take no room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    from dedup.engine.corpus import Table
    from dedup.model import DocumentInfo

T = TypeVar("T")


class View(Sequence[T]):
    """A sequence of ``size`` members that ``make`` returns by position."""

    def __init__(self, make: Callable[[int], T], size: int) -> None:
        self._make = make
        self._size = size

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return tuple(self._make(i) for i in range(*at.indices(self._size)))
        if not -self._size <= at < self._size:
            raise IndexError(at)
        return self._make(at % self._size)

    def __iter__(self) -> Iterator[T]:
        return map(self._make, range(self._size))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(tuple(self))


class DocumentsById(Mapping[str, "DocumentInfo"]):
    """What is known of documents, by id, in order of the ids.

    They are all that are new, and of those that were known the ``known`` rows of the table.
    """

    def __init__(self, table: Table, known: Sequence[int] = ()) -> None:
        self._table = table
        self._known = known
        self._rows: dict[str, int] | None = None

    def __len__(self) -> int:
        return self._table.new + len(self._known)

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id())

    def __getitem__(self, doc_id: str) -> DocumentInfo:
        return self._table.info(self._by_id()[doc_id])

    def position(self, doc_id: str) -> int:
        """Return where a document stands in its shard; see :class:`~dedup.engine.shards.Shard`."""
        return self.where(doc_id)[1]

    def where(self, doc_id: str) -> tuple[int, int]:
        """Return the number of the shard that a document came from, and its place there."""
        row = self._by_id()[doc_id]
        return int(self._table["shard"][row]), int(self._table["place"][row])

    def _by_id(self) -> dict[str, int]:
        if self._rows is None:
            rows = [*range(self._table.new), *self._known]
            ids = [self._table.id(row) for row in rows]
            ordered = sorted(range(len(ids)), key=ids.__getitem__)
            self._rows = {ids[at]: rows[at] for at in ordered}
        return self._rows
