"""What somebody decided of clusters, as a file: written by the page, read by what acts on it.

One JSON record a line: a header, then decisions in the order of the clusters. Documents are named
by path and id, as in every record, and by the hash of their text, so that a decision is not
carried over to a text that has become another. ``docs/formats.md`` describes the fields.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.errors import InputError, PathError
from dedup.messages import message
from dedup.report.fields import Fields, Place
from dedup.report.own_ids import own_id
from dedup.report.records import header_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup.model import ScanResult
    from dedup.report.records import Record

#: Version of the record shapes, raised when one changes incompatibly.
DECISIONS_SCHEMA = 1

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb": "utf-8-sig"}


class Action(StrEnum):
    """What a decision asks for.

    - ``accept``: the documents are not duplicates; all of them stay.
    - ``keep``: this document is kept in place of the one that the policy chose.
    - ``exclude``: this document stays, whatever becomes of the others.
    """

    ACCEPT = "accept"
    KEEP = "keep"
    EXCLUDE = "exclude"


@dataclass(frozen=True, slots=True)
class DecidedDocument:
    """A document that a decision is about; ``hash`` is that of its decoded text."""

    id: str
    path: str | None
    hash: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a cluster: ``documents`` are all its members for ``accept``, else one."""

    action: Action
    cluster: str
    documents: tuple[DecidedDocument, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a file, and the settings fingerprint of the result they were made of."""

    fingerprint: str
    decisions: tuple[Decision, ...]

    def of(self, cluster: str) -> tuple[Decision, ...]:
        """Return the decisions of a cluster, by its id."""
        return tuple(each for each in self.decisions if each.cluster == cluster)

    def unknown(self, result: ScanResult) -> tuple[Decision, ...]:
        """Return the decisions that no longer fit ``result``.

        Their cluster is not in it, or a document is not in the cluster, or has another text.
        """
        members = {
            cluster.id: {(i, result.documents[i].hash) for i in cluster.members}
            for cluster in result.clusters
        }
        return tuple(
            each
            for each in self.decisions
            if not {(doc.id, doc.hash) for doc in each.documents}
            <= members.get(each.cluster, set())
        )


def header_record(result: ScanResult) -> Record:
    """Return the header of a file of decisions about ``result``."""
    return {
        "type": "decisions",
        "schema": DECISIONS_SCHEMA,
        "tool": "dedup",
        "fingerprint": header_of(result)["fingerprint"],
    }


def load_decisions(path: str | os.PathLike[str]) -> Decisions:
    """Read a file of decisions; UTF-8, or UTF-16 with a byte order mark.

    Raises :class:`~dedup.errors.PathError` for a file that cannot be read, and
    :class:`~dedup.errors.InputError`, with the line, for one that holds something else, is
    damaged, contradicts itself, or was made by a newer version.
    """
    name = os.fspath(path)
    try:
        content = Path(name).read_bytes()
    except OSError as error:
        raise PathError(
            message("cannot read {path}: {why}", path=name, why=error.strerror)
        ) from error
    try:
        text = content.decode(_MARKS.get(content[:2], "utf-8"))
    except UnicodeDecodeError as error:
        raise _no_decisions(name) from error
    return read_decisions(text.split("\n"), name)


def read_decisions(lines: Iterable[str], name: str) -> Decisions:
    """Return the decisions that ``lines`` hold; ``name`` is what errors call the file."""
    header: Fields | None = None
    decisions: list[Decision] = []
    by_cluster: dict[str, list[Decision]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        record = _record(line, Place(name, number), first=header is None)
        if header is None:
            header = _header(record)
        else:
            decisions.append(_decision(record))
            earlier = by_cluster.setdefault(decisions[-1].cluster, [])
            _check(decisions[-1], earlier, record.place)
            earlier.append(decisions[-1])
    if header is None:
        raise _no_decisions(name)
    return Decisions(header.text("fingerprint"), tuple(decisions))


def _record(line: str, place: Place, *, first: bool) -> Fields:
    try:
        values = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        if first:
            raise _no_decisions(place.name) from error
        raise _damage(place) from error
    if not isinstance(values, dict):
        raise _damage(place)
    return Fields(values, place)


def _damage(place: Place) -> InputError:
    return place.damage(message("it is not a whole record"))


def _header(record: Fields) -> Fields:
    if record.values.get("type") != "decisions" or record.values.get("tool") != "dedup":
        raise _no_decisions(record.place.name)
    schema = record.whole("schema")
    if schema > DECISIONS_SCHEMA:
        raise InputError(
            message(
                "{path} holds decisions of format {schema}, and this dedup reads {known}",
                path=record.place.name,
                schema=schema,
                known=DECISIONS_SCHEMA,
            ),
            hint=message("update dedup, or decide again in a page that this one makes"),
        )
    return record


def _decision(record: Fields) -> Decision:
    if record.text("type") != "decision":
        raise record.place.damage(
            message("{name} cannot be {value}", name="type", value=repr(record.text("type")))
        )
    documents = tuple(_document(each) for each in record.children("documents"))
    action = _action(record)
    if not documents or (action is not Action.ACCEPT and len(documents) != 1):
        raise record.place.damage(
            message("{name} cannot be {value}", name="documents", value=len(documents))
        )
    return Decision(action, record.text("cluster"), documents)


def _document(record: Fields) -> DecidedDocument:
    path = record.path("path")
    written = record.text("id")
    return DecidedDocument(own_id(written, path).get(written, written), path, record.text("hash"))


def _check(last: Decision, earlier: list[Decision], place: Place) -> None:
    """Refuse a decision that contradicts an earlier one of the same cluster."""
    for each in earlier:
        both = {each.action, last.action}
        same = each.documents == last.documents
        if Action.ACCEPT in both or both == {Action.KEEP} or same:
            raise place.damage(
                message("it contradicts an earlier decision of cluster {id}", id=last.cluster)
            )


def _action(record: Fields) -> Action:
    text = record.text("action")
    for action in Action:
        if action.value == text:
            return action
    raise record.place.damage(message("{name} cannot be {value}", name="action", value=repr(text)))


def _no_decisions(name: str) -> InputError:
    return InputError(
        message("{path} holds no decisions of dedup", path=name),
        hint=message("save them from the page that dedup report RESULT -o report.html makes"),
    )
