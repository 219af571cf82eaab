"""Documents in no pair as JSON: nearly all of a result, so each is written from a template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.report.records import Record, compact, encodable, rounded, single_record
from dedup.source.units import FIRST_UNIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dedup.engine.singles import Single
    from dedup.model import DocumentInfo


@dataclass(frozen=True, slots=True)
class Layout:
    """How a record stands in a format: what is before, in, between and behind its fields.

    ``write`` does the same for any record.
    """

    opening: str
    colon: str
    between: str
    closing: str
    write: Callable[[Record], str]

    def field(self, name: str) -> str:
        """Return what stands before the value of a field that is not the first."""
        return f'{self.between}"{name}"{self.colon}'


def single_texts(documents: Iterable[Single | DocumentInfo], layout: Layout) -> Iterator[str]:
    """Yield for each document what ``layout.write`` makes of its record."""
    template = _template(layout)
    place, known, score = (layout.field(name) for name in ("place", "known", "score"))
    path_of, encoded = lru_cache(256)(_path), lru_cache(256)(_encoded)
    for each in documents:
        doc_id = compact(each.id)
        path = path_of(each.path) if each.path != each.id else doc_id
        if path is None or each.lines or each.place >= FIRST_UNIT or not encodable(each.id):
            yield layout.write(single_record(each))
            continue
        yield template % (
            path,
            doc_id,
            f"{place}{each.place}" if each.place else "",
            f"{known}true" if each.known else "",
            each.hash,
            *encoded(each.encoding, each.confidence),
            each.kept,
            each.whole_kept,
            each.tokens,
            "true" if each.set_aside else "false",
            "" if each.score is None else score + compact(each.score),
        )


def _template(layout: Layout) -> str:
    """Return a template of the fields of :func:`single_record`; some bring their names along."""
    numbers = ("kept_characters", "whole_kept_characters", "tokens", "set_aside")
    return "".join(
        (
            f'{layout.opening}"path"{layout.colon}%s',
            f"{layout.field('id')}%s",
            "%s%s",  # place, known
            f'{layout.field("hash")}"%s"',
            *(f"{layout.field(name)}%s" for name in ("encoding", "confidence", *numbers)),
            f"%s{layout.closing}",  # score
        )
    )


def _path(path: str | None) -> str | None:
    """Return a path as JSON; None for one that is not valid Unicode, and written otherwise."""
    return compact(path) if path is None or encodable(path) else None


def _encoded(encoding: str | None, confidence: float) -> tuple[str, str]:
    return compact(encoding), compact(rounded(confidence))
