"""The records of the machine formats: plain values in a fixed order, English, deterministic.

Nothing here depends on the number of workers, on times, or on the machine. Floats are rounded
to six decimals, and only equality is written as 1.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING

from dedup.dictionaries import user_dictionary_hash
from dedup.settings import DEFINITION_VERSION, Settings
from dedup.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.model import (
        Change,
        Cluster,
        Comparison,
        DocumentInfo,
        Evidence,
        Fact,
        Pair,
        Passage,
        ScanResult,
        SetAside,
        Skipped,
        Summary,
        TextSpan,
    )

Record = dict[str, object]

#: Version of the record shapes, raised when one changes incompatibly.
SCHEMA = 1

#: Settings that never show in a result: they change nothing in it.
_OUTSIDE_RESULT = frozenset({"jobs"})


def records(result: ScanResult) -> Iterator[Record]:
    """Yield all records of a scan: run, clusters, pairs, documents, skips, summary."""
    yield run_record(result.settings)
    for cluster in result.clusters:
        yield cluster_record(cluster, result)
    for pair in result.pairs:
        yield pair_record(pair)
    for doc_id in paired_ids(result):
        yield document_record(result.documents[doc_id])
    for skipped in result.skipped:
        yield skip_record(skipped)
    yield summary_record(result)


def run_record(settings: Settings) -> Record:
    """Return the header: what made the result, and with which settings."""
    return {
        "type": "run",
        "schema": SCHEMA,
        "tool": "dedup",
        "version": VERSION,
        "definitions": DEFINITION_VERSION,
        "settings": settings_record(settings),
        "fingerprint": settings.fingerprint(),
    }


def settings_record(settings: Settings) -> Record:
    """Return the settings that can change a result; a dictionary by its hash, not its path."""
    values: Record = {
        f.name: getattr(settings, f.name) for f in fields(settings) if f.name not in _OUTSIDE_RESULT
    }
    if settings.user_dict is not None:
        values["user_dict"] = user_dictionary_hash(settings.user_dict)
    if settings.keep_under is not None:
        values["keep_under"] = path_value(settings.keep_under)
    return values


def cluster_record(cluster: Cluster, result: ScanResult) -> Record:
    """Return a cluster: the kept document, the dropped ones with their pair, and the reason."""
    return {
        "type": "cluster",
        "id": cluster.id,
        "keep": place(result.documents[cluster.keep]),
        "drop": [
            {
                **place(result.documents[pair.a]),
                "similarity": rounded(pair.similarity, exact=pair.evidence),
                "containment": [rounded(share) for share in pair.containment],
                "relation": pair.relation.value,
            }
            for pair in cluster.drop
        ],
        "reason": cluster.reason.render("en"),
    }


def pair_record(pair: Pair) -> Record:
    """Return a pair, by id, with all its evidence."""
    return {
        "type": "pair",
        "a": safe_id(pair.a),
        "b": safe_id(pair.b),
        "relation": pair.relation.value,
        "similarity": rounded(pair.similarity, exact=pair.evidence),
        "containment": [rounded(share) for share in pair.containment],
        "evidence": evidence_record(pair.evidence),
    }


def evidence_record(evidence: Evidence) -> Record:
    """Return the integers and equalities that a verdict rests on."""
    return {f.name: getattr(evidence, f.name) for f in fields(evidence)}


def document_record(info: DocumentInfo) -> Record:
    """Return what is known of a document that is in a pair: enough to show the pair again."""
    return {
        "type": "document",
        **place(info),
        "hash": info.hash,
        "encoding": info.encoding,
        "confidence": rounded(info.confidence),
        "kept_characters": info.kept,
        "whole_kept_characters": info.whole_kept,
        "tokens": info.tokens,
        "set_aside": info.set_aside,
        "found": [_part(part) for part in info.found],
        "date": info.date,
        "date_kind": info.date_kind,
        "other_dates": _facts(info.other_dates),
    }


def skip_record(skipped: Skipped) -> Record:
    """Return an input that was not compared, and why."""
    return {
        "type": "skip",
        **place(skipped),
        "reason": skipped.reason,
        "detail": skipped.detail.render("en"),
        "error": skipped.error,
    }


def summary_record(result: ScanResult) -> Record:
    """Return the totals, with the documents whose encoding is a guess."""
    summary: Summary = result.summary
    values: Record = {f.name: getattr(summary, f.name) for f in fields(summary)}
    values["left_out"] = dict(summary.left_out)
    values["relations"] = dict(summary.relations)
    values["low_confidence"] = [
        {**place(info), "encoding": info.encoding, "confidence": rounded(info.confidence)}
        for info in unsure_encodings(result)
    ]
    return {"type": "summary", **values}


def comparison_record(comparison: Comparison, settings: Settings | None = None) -> Record:
    """Return everything about two documents: verdict, numbers, differences, passages."""
    relation = comparison.relation
    head: Record = {"type": "comparison", "schema": SCHEMA}
    if settings is not None:
        head["run"] = run_record(settings)
    return {
        **head,
        "a": document_record(comparison.a),
        "b": document_record(comparison.b),
        "relation": relation.value if relation is not None else None,
        "duplicate": comparison.is_duplicate,
        "threshold": rounded(comparison.threshold),
        "similarity": rounded(comparison.similarity, exact=comparison.evidence),
        "containment": [rounded(share) for share in comparison.containment],
        "evidence": evidence_record(comparison.evidence),
        "whole_similarity": rounded(
            comparison.whole_evidence.similarity, exact=comparison.whole_evidence
        ),
        "whole_containment": [rounded(share) for share in comparison.whole_evidence.containment],
        "whole_evidence": evidence_record(comparison.whole_evidence),
        "changes": [_change(change) for change in comparison.changes],
        "passages": [_passage(passage) for passage in comparison.passages],
    }


def paired_ids(result: ScanResult) -> list[str]:
    """Return the ids of all documents in a pair or cluster, sorted."""
    ids = {i for pair in result.pairs for i in (pair.a, pair.b)}
    ids.update(i for cluster in result.clusters for i in cluster.members)
    return sorted(ids)


def unsure_encodings(result: ScanResult) -> list[DocumentInfo]:
    """Return the documents whose detected encoding is a guess, by id."""
    from dedup.text.encoding import LOW_CONFIDENCE

    return [
        info for _, info in sorted(result.documents.items()) if info.confidence < LOW_CONFIDENCE
    ]


def place(document: DocumentInfo | Skipped) -> Record:
    """Return the path and id of a document as every record gives them."""
    return {"path": path_value(document.path), "id": safe_id(document.id)}


def path_value(path: str | None) -> str | Record | None:
    """Return ``path``; as ``{"bytes": base64}`` where it is not valid Unicode."""
    if path is None or _encodable(path):
        return path
    return {"bytes": base64.b64encode(_bytes_of(path)).decode("ascii")}


def safe_id(doc_id: str) -> str:
    r"""Return ``doc_id``, or one that is valid Unicode: ``\udcd6`` escapes and a hash.

    The hash keeps it different from an id that has such an escape as its own letters.
    """
    if _encodable(doc_id):
        return doc_id
    readable = doc_id.encode("utf-8", "backslashreplace").decode("utf-8")
    digest = hashlib.blake2b(_bytes_of(doc_id), digest_size=4).hexdigest()
    return f"{readable}~{digest}"


def rounded(value: float, *, exact: Evidence | None = None) -> float:
    """Return ``value`` to six decimals; with evidence, 1.0 only where it is exactly 1."""
    short = round(value, 6)
    if exact is not None and short == 1.0 and exact.exact_similarity != 1:
        return 0.999999
    return short


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _bytes_of(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # surrogates that stand for no byte, from names on Windows
        return text.encode("utf-8", "surrogatepass")


def _part(part: SetAside) -> Record:
    return {
        "role": part.role.value,
        "kind": part.kind,
        "start": part.start,
        "end": part.end,
        "line": part.line,
        "last_line": part.last_line,
        "text": part.text,
        "facts": _facts(part.facts),
    }


def _facts(facts: tuple[Fact, ...]) -> list[Record]:
    return [{"name": fact.name, "value": fact.value} for fact in facts]


def _change(change: Change) -> Record:
    return {
        "weight": change.weight.value,
        "kind": change.kind.value,
        "a": change.a,
        "b": change.b,
        "a_line": change.a_line,
        "b_line": change.b_line,
        "count": change.count,
        "detail": change.detail,
        "facts": _facts(change.facts),
    }


def _passage(passage: Passage) -> Record:
    return {
        "kind": passage.kind.value,
        "a": _span(passage.a),
        "b": _span(passage.b),
        "edits": [{f.name: getattr(edit, f.name) for f in fields(edit)} for edit in passage.edits],
    }


def _span(span: TextSpan | None) -> Record | None:
    return None if span is None else {f.name: getattr(span, f.name) for f in fields(span)}
