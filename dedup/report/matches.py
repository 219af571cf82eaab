"""What an index has of documents, and what an index is, as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from dedup.messages import Lang, Message, message
from dedup.report.names import decimal, visible
from dedup.report.relations import relation_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.index.results import IndexInfo, Match, Matches
    from dedup.report.view import View


def as_text(found: Sequence[Matches], limit: int | None, view: View) -> Iterator[str]:
    """Yield for each document its best matches, and how many there are in all."""
    for each in found:
        matches = each.matches[:limit]
        count = message("{count} matches", count=len(each.matches))
        yield f"{visible(each.id)}: {count.render(view.lang)}\n"
        for match in matches:
            name = relation_name(match.relation).render(view.lang)
            yield f"  {visible(match.id)}  {name} {decimal(match.pair.evidence.exact_similarity)}\n"
        for doc_id in each.unverified:
            what = message("unverified: its text could not be read")
            yield f"  {visible(doc_id)}  {what.render(view.lang)}\n"


def as_json(found: Sequence[Matches], limit: int | None, view: View) -> Iterator[str]:
    """Yield one JSON document; ``count`` is of all matches, whatever the limit."""
    del view  # machine formats have no language
    yield _json({"documents": [_matches(each, limit) for each in found]})


def info_as_text(info: IndexInfo, lang: Lang) -> Iterator[str]:
    """Yield what an index is, a line each."""
    texts = message("yes") if info.with_text else message("no")
    rows: list[tuple[Message, object]] = [
        (message("documents"), f"{info.documents:,}"),
        (message("sources"), f"{info.sources:,}"),
        (message("segments"), f"{info.segments:,}"),
        (message("removed"), f"{info.removed:,}"),
        (message("bytes"), f"{info.bytes:,}"),
        (message("texts kept"), texts.render(lang)),
        (message("format"), info.format),
        (message("fingerprint"), info.fingerprint),
        *(
            (Message("{text}", (("text", name),)), _plain(value))
            for name, value in info.settings.items()
        ),
    ]
    for name, value in rows:
        yield f"{name.render(lang)}: {value}\n"


def info_as_json(info: IndexInfo) -> Iterator[str]:
    """Yield what an index is as one JSON document."""
    yield _json(asdict(info))


def _matches(each: Matches, limit: int | None) -> dict[str, Any]:
    return {
        "id": each.id,
        "count": len(each.matches),
        "matches": [_match(match) for match in each.matches[:limit]],
        "unverified": list(each.unverified),
        "skipped": None if each.skipped is None else each.skipped.reason,
        "hot_buckets": each.hot_buckets,
        "not_compared": each.not_compared,
    }


def _match(match: Match) -> dict[str, Any]:
    evidence = match.pair.evidence
    return {
        "id": match.id,
        "path": match.info.path,
        "relation": match.relation.value,
        "similarity": round(evidence.similarity, 6),
        "containment": [round(each, 6) for each in evidence.containment],
        "shared": evidence.shared,
        "only_a": evidence.only_a,
        "only_b": evidence.only_b,
    }


def _plain(value: object) -> str:
    if value is None or value == ():
        return "-"
    return visible(json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value)


def _json(value: object) -> str:
    # escaped where it is no UTF-8: names of files that are not
    try:
        text = json.dumps(value, ensure_ascii=False, indent=2)
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2)
    return text + "\n"
