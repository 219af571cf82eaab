"""The records of the machine formats: plain values in a fixed order, English, deterministic.

Nothing here depends on the number of workers, on times, or on the machine. Floats are rounded
to six decimals, and only equality is written as 1.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from dedup.dictionaries import dictionary_hash, user_dictionary_hash
from dedup.engine.views import is_known, path_of
from dedup.model import DocumentInfo, Evidence, Replacement, Run, Summary
from dedup.report.histogram import Similarities
from dedup.report.numbered import numbered
from dedup.settings import DEFINITION_VERSION, Settings
from dedup.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.engine.singles import Single
    from dedup.model import (
        BorderlinePair,
        Cluster,
        Fact,
        Family,
        Filled,
        Pair,
        Parts,
        ScanResult,
        SetAside,
        SharedRun,
        Skipped,
        Written,
    )

Record = dict[str, object]

#: A record as compact JSON, on one line.
compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
#: Version of the record shapes, raised when one changes incompatibly.
SCHEMA = 1
#: Settings that never show in a result: they change nothing in it.
_OUTSIDE_RESULT = frozenset({"jobs"})

_EVIDENCE, _SUMMARY, _REPLACED = (
    tuple(field.name for field in fields(kind)) for kind in (Evidence, Summary, Replacement)
)


def header_of(result: ScanResult) -> Record:
    """Return the header of a result."""
    return {
        **run_record(result.settings, result.run),
        "contains_text": result.contains_text,
        **({} if result.texts is None else {"with_text": True}),
        **({"reading": dict(result.read_as)} if result.read_as else {}),
        **({} if result.guarantee is None else {"guarantee": asdict(result.guarantee)}),
    }


def this_run(settings: Settings) -> Run:
    """Return what makes a result here and now."""
    return Run(
        VERSION,
        DEFINITION_VERSION,
        dictionary_hash() if settings.unit == "word" else None,
        user_dictionary_hash(settings.user_dict) if settings.user_dict is not None else None,
    )


def run_record(settings: Settings, run: Run | None = None) -> Record:
    """Return the header: what made the result, and with which settings."""
    run = run or this_run(settings)
    return {
        "type": "run",
        "schema": SCHEMA,
        "tool": "dedup",
        "version": run.version,
        "definitions": run.definitions,
        "dictionary": run.dictionary,
        "settings": settings_record(settings, run),
        "fingerprint": settings.fingerprint_with(
            dictionary=run.dictionary, user_dict=run.user_dict, definitions=run.definitions
        ),
    }


def settings_record(settings: Settings, run: Run) -> Record:
    """Return the settings that can change a result; a dictionary by its hash, not its path."""
    values: Record = {
        f.name: getattr(settings, f.name) for f in fields(settings) if f.name not in _OUTSIDE_RESULT
    }
    values |= {"ngram": settings.shingle_size, "boilerplate": settings.boilerplate_record()}
    values["source_order"] = [safe_id(source) for source in settings.source_order]
    values["user_dict"] = run.user_dict
    if settings.keep_under is not None:
        values["keep_under"] = path_value(settings.keep_under)
    return values


def cluster_record(cluster: Cluster, result: ScanResult) -> Record:
    """Return a cluster: the kept document, the dropped ones with their pair, and the reason."""
    documents = result.documents
    return {
        "type": "cluster",
        "id": cluster.id,
        "keep": {
            **_named(cluster.keep, documents),
            **({"known": True} if is_known(documents, cluster.keep) else {}),
        },
        "drop": [
            {
                **_named(pair.a, documents),
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
        **filled_record(pair.filled),
    }


def filled_record(filled: Sequence[Filled]) -> Record:
    """Return what a template or version fills in otherwise; nothing for other pairs."""
    return {"filled": [list(each) for each in filled]} if filled else {}


def family_record(family: Family) -> Record:
    """Return a family of templates: its members by id, how many pairs it has, and one of them."""
    example = family.example
    return {
        "type": "family",
        "members": [safe_id(each) for each in family.members],
        "documents": len(family.members),
        "pairs": family.pairs,
        "example": {
            "a": safe_id(example.a),
            "b": safe_id(example.b),
            **filled_record(example.filled),
        },
    }


def borderline_record(pair: BorderlinePair) -> Record:
    """Return a pair near the decision; its relation is null where the decision fell against it."""
    return {
        "type": "borderline",
        "a": safe_id(pair.a),
        "b": safe_id(pair.b),
        "relation": pair.relation.value if pair.relation is not None else None,
        "margin": rounded(float(pair.margin)),
        "similarity": rounded(pair.similarity, exact=pair.evidence),
        "containment": [rounded(share) for share in pair.containment],
        "evidence": evidence_record(pair.evidence),
    }


def shared_record(run: SharedRun) -> Record:
    """Return a run that two documents share which are in no pair."""
    return {"type": "shared", **asdict(run), "a": safe_id(run.a), "b": safe_id(run.b)}


def parts_record(found: Parts) -> Record:
    """Return a document that others make up, with how much of it each has, in their order."""
    parts = zip(found.parts, found.shared, strict=True)
    return {
        "type": "parts",
        "whole": safe_id(found.whole),
        "cover": rounded(found.cover),
        "parts": [{"id": safe_id(doc_id), "shared": shared} for doc_id, shared in parts],
        "covered": found.covered,
        "shingles": found.size,
    }


def evidence_record(evidence: Evidence) -> Record:
    """Return the integers and equalities that a verdict rests on."""
    values: Record = {name: getattr(evidence, name) for name in _EVIDENCE}
    replaced = evidence.replaced
    if replaced is not None:
        values["replaced"] = {name: getattr(replaced, name) for name in _REPLACED}
    return values


def document_record(info: DocumentInfo) -> Record:
    """Return what is known of a document that is in a pair: enough to show the pair again."""
    return {
        **single_record(info),
        "found": [_part(part) for part in info.found],
        "date": info.date,
        "date_kind": info.date_kind,
        "other_dates": facts_record(info.other_dates),
    }


def single_record(info: DocumentInfo | Single) -> Record:
    """Return what a result says of a document that is in no pair; its score, if it has one.

    :mod:`dedup.report.singles` writes the same.
    """
    scored: Record = {} if info.score is None else {"score": info.score}
    return {
        "type": "document",
        **place(info),
        **numbered(info),
        **_side(info),
        "hash": info.hash,
        "encoding": info.encoding,
        "confidence": rounded(info.confidence),
        "kept_characters": info.kept,
        "whole_kept_characters": info.whole_kept,
        "tokens": info.tokens,
        "set_aside": info.set_aside,
        **scored,
    }


def skip_record(skipped: Skipped) -> Record:
    """Return an input that was not compared, and why."""
    return {
        "type": "skip",
        **place(skipped),
        **numbered(skipped),
        "reason": skipped.reason,
        "detail": skipped.detail.render("en"),
        "error": skipped.error,
    }


def summary_record(result: ScanResult, similarities: Similarities | None = None) -> Record:
    """Return the totals, the similarities (if counted, those), and whose encoding is a guess."""
    similarities = similarities or Similarities(result.pairs)
    summary: Summary = result.summary
    values: Record = {name: getattr(summary, name) for name in _SUMMARY}
    values["left_out"] = dict(summary.left_out)
    values["relations"] = dict(summary.relations)
    values["crowds"] = [
        {"keep": safe_id(each.kept), "documents": each.documents, "other": safe_id(each.other)}
        for each in summary.crowds
    ]
    if summary.written:
        values["written"] = [written_record(each) for each in summary.written]
    else:
        del values["written"]
    if not summary.known:
        del values["known"]
    values["histogram"] = [
        [rounded(float(each.low)), rounded(float(each.high)), each.count]
        for each in similarities.bins(result.settings.exact_threshold)
    ]
    values["low_confidence"] = [
        {**place(info), "encoding": info.encoding, "confidence": rounded(info.confidence)}
        for info in result.unsure
    ]
    return {"type": "summary", **values}


def written_record(written: Written) -> Record:
    """Return what became of the records of a shard; its path is null for single texts."""
    return {**asdict(written), "path": path_value(written.path)}


def paired_ids(result: ScanResult) -> list[str]:
    """Return the ids of all documents in a pair or cluster, or near one, sorted."""
    ids = {i for pair in result.pairs for i in (pair.a, pair.b)}
    ids.update(i for cluster in result.clusters for i in cluster.members)
    return sorted(ids.union(others_found(result)))


def others_found(result: ScanResult) -> set[str]:
    """Return the ids of documents near a pair, with runs in common, or parts of each other."""
    pairs = {i for each in result.borderline for i in (each.a, each.b)}
    runs = {i for each in result.shared for i in (each.a, each.b)}
    return pairs.union(runs, *((each.whole, *each.parts) for each in result.parts))


def place(document: DocumentInfo | Single | Skipped) -> Record:
    """Return the path and id of a document as every record gives them."""
    return {"path": path_value(document.path), "id": safe_id(document.id)}


def _named(doc_id: str, documents: Mapping[str, DocumentInfo]) -> Record:
    """Return the same of a document that is told of by its id."""
    return {"path": path_value(path_of(documents, doc_id)), "id": safe_id(doc_id)}


def _side(info: DocumentInfo | Single) -> Record:
    return {"known": True} if info.known else {}


def path_value(path: str | None) -> str | Record | None:
    """Return ``path``; as ``{"bytes": base64}`` where it is not valid Unicode."""
    if path is None or encodable(path):
        return path
    return {"bytes": base64.b64encode(_bytes_of(path)).decode("ascii")}


def safe_id(doc_id: str) -> str:
    r"""Return ``doc_id``, or one that is valid Unicode: ``\udcd6`` escapes and a hash.

    The hash keeps it different from an id that has such an escape as its own letters.
    """
    if encodable(doc_id):
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


def encodable(text: str) -> bool:
    """Tell whether a text is valid Unicode, of no half characters."""
    if text.isascii():
        return True
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
        "facts": facts_record(part.facts),
    }


def facts_record(facts: tuple[Fact, ...]) -> list[Record]:
    """Return facts, each by name."""
    return [{"name": fact.name, "value": fact.value} for fact in facts]
