"""How much of a result is shown: without texts, or the first clusters only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.engine.views import Documents, View, is_known, path_of, singles_of
from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from dedup.engine.singles import Single
    from dedup.model import DocumentInfo, ScanResult

#: Formats that may show some clusters only; the others are read by programs, and are whole.
LIMITED_FORMATS = ("full", "concise", "csv", "html")
#: Formats that can show the totals alone.
SUMMARY_FORMATS = ("full", "concise", "json", "jsonl")
#: Formats that can hold whole texts.
TEXT_FORMATS = ("json", "jsonl")


def without_text(result: ScanResult) -> ScanResult:
    """Return a result that holds ids, numbers and verdicts, but not a word of the texts."""
    crowds = tuple(replace(crowd, first_line="") for crowd in result.summary.crowds)
    return replace(
        result,
        documents=_Textless(result.documents),
        pairs=View(lambda at: replace(result.pairs[at], filled=()), len(result.pairs)),
        families=[
            replace(family, example=replace(family.example, filled=()))
            for family in result.families
        ],
        unsure=tuple(map(textless, result.unsure)),
        summary=replace(result.summary, crowds=crowds),
        contains_text=False,
        texts=None,
    )


def textless(info: DocumentInfo) -> DocumentInfo:
    """Return what is known of a document without the lines that were found in it."""
    found = tuple(replace(part, text="", facts=()) for part in info.found)
    return replace(info, found=found, other_dates=())


def limited(result: ScanResult, limit: int, output_format: str) -> ScanResult:
    """Return a result with the first ``limit`` clusters; the totals stay those of all.

    Raises :class:`~dedup.errors.UsageError` for less than none, and for a format that is whole.
    """
    if limit < 0:
        raise UsageError(message("limit is {value}, but must be 0 or more", value=limit))
    if output_format not in LIMITED_FORMATS:
        raise UsageError(
            message("a result as {format} is always whole", format=output_format),
            hint=message("use one of: {choices}", choices=", ".join(LIMITED_FORMATS)),
        )
    return replace(result, clusters=result.clusters[:limit])


class _Textless(Documents):
    def __init__(self, documents: Mapping[str, DocumentInfo]) -> None:
        self._documents = documents

    def __len__(self) -> int:
        return len(self._documents)

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __getitem__(self, doc_id: str) -> DocumentInfo:
        return textless(self._documents[doc_id])

    def path(self, doc_id: str) -> str | None:
        """Return the path of a document."""
        return path_of(self._documents, doc_id)

    def known(self, doc_id: str) -> bool:
        """Tell whether a document was there to compare with."""
        return is_known(self._documents, doc_id)

    def singles(self, others: Container[str]) -> Iterator[Single | DocumentInfo]:
        """Yield what is said of documents in no pair, in which nothing of their texts is."""
        return singles_of(self._documents, others)
