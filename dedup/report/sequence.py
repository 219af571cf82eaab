"""All records of a scan, in their order."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from dedup.engine.views import singles_of
from dedup.report.histogram import Similarities
from dedup.report.records import (
    Record,
    borderline_record,
    cluster_record,
    document_record,
    encodable,
    family_record,
    header_of,
    others_found,
    pair_record,
    parts_record,
    shared_record,
    single_record,
    skip_record,
    summary_record,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.engine.singles import Single
    from dedup.model import DocumentInfo, ScanResult


def records(result: ScanResult) -> Iterator[Record]:
    """Yield all records of a scan: run, clusters, families, pairs, documents, skips, summary.

    Documents in no pair come last and without what was found in them.
    """
    told = ScanRecords(result)
    return chain(told.begin(), map(single_record, told.singles()), told.end())


class ScanRecords:
    """The records of a scan in three parts, to be gone through once, one after the other."""

    def __init__(self, result: ScanResult) -> None:
        self._result = result
        self._similarities = Similarities()
        # filled on the way: pairs are made anew whenever they are asked for
        self._paired: set[str] = set()

    def begin(self) -> Iterator[Record]:
        """Yield the header, what was found, and the documents that it names."""
        result, paired = self._result, self._paired
        yield header_of(result)
        for cluster in result.clusters:
            paired.update(cluster.members)
            yield cluster_record(cluster, result)
        for family in result.families:
            yield family_record(family)
        for pair in result.pairs:
            paired.update((pair.a, pair.b))
            self._similarities.add(pair)
            yield pair_record(pair)
        for borderline in result.borderline:
            yield borderline_record(borderline)
        for run in result.shared:
            yield shared_record(run)
        for each in result.parts:
            yield parts_record(each)
        paired.update(others_found(result))
        for doc_id in sorted(paired):
            yield {**document_record(result.documents[doc_id]), **_text(doc_id, result)}

    def singles(self) -> Iterator[Single | DocumentInfo]:
        """Yield the other documents, which go by their ids."""
        return singles_of(self._result.documents, self._paired)

    def end(self) -> Iterator[Record]:
        """Yield what was skipped, and the totals."""
        for skipped in self._result.skipped:
            yield skip_record(skipped)
        yield summary_record(self._result, self._similarities)


def _text(doc_id: str, result: ScanResult) -> Record:
    """Return the text of a document, where the result has it and it is valid Unicode."""
    text = None if result.texts is None else result.texts.get(doc_id)
    return {} if text is None or not encodable(text) else {"text": text}
