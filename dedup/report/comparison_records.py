"""The record of a comparison: everything about two documents."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from dedup.model import Edit, TextSpan
from dedup.report.records import (
    SCHEMA,
    Record,
    document_record,
    evidence_record,
    facts_record,
    filled_record,
    rounded,
    run_record,
)

if TYPE_CHECKING:
    from dedup.model import Change, Comparison, DocumentInfo, Passage
    from dedup.settings import Settings

_EDIT, _SPAN = (tuple(field.name for field in fields(kind)) for kind in (Edit, TextSpan))
_SECTION = ("name", "line", "last_line")


def comparison_record(comparison: Comparison, settings: Settings | None = None) -> Record:
    """Return everything about two documents: verdict, numbers, differences, passages."""
    relation = comparison.relation
    head: Record = {"type": "comparison", "schema": SCHEMA}
    if settings is not None:
        head["run"] = run_record(settings)
    return {
        **head,
        "a": _side(comparison.a),
        "b": _side(comparison.b),
        "relation": relation.value if relation is not None else None,
        "duplicate": comparison.is_duplicate,
        "threshold": rounded(comparison.threshold),
        "similarity": rounded(comparison.similarity, exact=comparison.evidence),
        "containment": [rounded(share) for share in comparison.containment],
        "evidence": evidence_record(comparison.evidence),
        **filled_record(comparison.filled),
        "whole_similarity": rounded(
            comparison.whole_evidence.similarity, exact=comparison.whole_evidence
        ),
        "whole_containment": [rounded(share) for share in comparison.whole_evidence.containment],
        "whole_evidence": evidence_record(comparison.whole_evidence),
        "changes": [_change(change) for change in comparison.changes],
        "passages": [_passage(passage) for passage in comparison.passages],
        "elsewhere": [{"a": _span(a), "b": _span(b)} for a, b in comparison.elsewhere],
    }


def _side(info: DocumentInfo) -> Record:
    """Return a document, with the fields or roles that its lines are from, if they are several."""
    sections = [dict(zip(_SECTION, each, strict=True)) for each in info.sections]
    return {**document_record(info), **({"sections": sections} if sections else {})}


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
        "facts": facts_record(change.facts),
    }


def _passage(passage: Passage) -> Record:
    return {
        "kind": passage.kind.value,
        "a": _span(passage.a),
        "b": _span(passage.b),
        "edits": [{name: getattr(edit, name) for name in _EDIT} for edit in passage.edits],
    }


def _span(span: TextSpan | None) -> Record | None:
    return None if span is None else {name: getattr(span, name) for name in _SPAN}
