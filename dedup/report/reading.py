"""A saved result (``jsonl``) read back: what was written, or an error that says where it is not.

The inverse of :mod:`dedup.report.records`. Records of a type that this version does not know are
passed over: within one schema they only add to what the others say.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dedup.boilerplate import Boilerplate
from dedup.errors import DedupError, InputError
from dedup.match.decide import margin
from dedup.match.keep import KeepOrder
from dedup.messages import message
from dedup.model import (
    BorderlinePair,
    Cluster,
    Family,
    Guarantee,
    Parts,
    Relation,
    Run,
    ScanResult,
    SharedRun,
)
from dedup.report.beside import guarantee_of, parts_of, shared_of, summary_of
from dedup.report.fields import Fields, Place
from dedup.report.own_ids import in_order, own_id, renamed
from dedup.report.records import SCHEMA
from dedup.report.values import (
    document_of,
    evidence_of,
    member_of,
    pair_of,
    skipped_of,
)
from dedup.settings import DEFAULT_NGRAM, SETTING_NAMES, Settings
from dedup.source.read_as import reading_of
from dedup.source.readers import text_hash
from dedup.text.encoding import LOW_CONFIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup.messages import Message
    from dedup.model import DocumentInfo, Pair, Skipped, Summary


def read_result(lines: Iterable[bytes], name: str) -> ScanResult:
    """Return the result that ``lines`` of UTF-8 hold; ``name`` is what errors call the file.

    Raises :class:`~dedup.errors.InputError` for what is no result, is damaged or incomplete, or
    was made by a newer version.
    """
    reading = _Reading(name)
    place = Place(name, 1)
    for number, line in enumerate(lines, 1):
        place = Place(name, number)
        if line.strip():
            reading.add(_record(line, place))
    return reading.result(place)


def _record(line: bytes, place: Place) -> Fields:
    try:
        values = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise place.damage(message("it is not UTF-8 (byte {at})", at=error.start)) from error
    except (json.JSONDecodeError, RecursionError) as error:
        if place.line == 1:
            raise _no_result(place) from error
        raise place.damage(message("it is not a whole record")) from error
    if not isinstance(values, dict):
        raise place.damage(message("it is not a whole record"))
    return Fields(values, place)


class _Reading:
    """Collects the records of one result, and puts them together at the end."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._run: Run | None = None
        self._settings = Settings()
        self._clusters: list[Fields] = []
        self._pairs: dict[tuple[str, str], Pair] = {}
        self._families: list[Fields] = []
        self._borderline: list[BorderlinePair] = []
        self._documents: dict[str, DocumentInfo] = {}
        self._skipped: list[Skipped] = []
        self._shared: list[SharedRun] = []
        self._parts: list[Parts] = []
        self._guarantee: Guarantee | None = None
        self._contains_text = True
        self._texts: dict[str, str] | None = None
        self._read_as: dict[str, object] = {}
        self._summary: Summary | None = None
        #: Ids as the file has them, where these are not the documents' own.
        self._own_ids: dict[str, str] = {}

    def add(self, record: Fields) -> None:  # noqa: PLR0912 - one branch a type
        if self._run is None:
            self._run = self._header(record)
            return
        if self._summary is not None:
            raise record.place.damage(message("something follows the last record"))
        match record.text("type"):
            case "run":
                raise record.place.damage(message("a second result begins here"))
            case "cluster":
                self._clusters.append(record)
            case "family":
                self._families.append(record)
            case "pair":
                pair = pair_of(record)
                self._pairs[pair.a, pair.b] = pair
            case "borderline":
                self._borderline.append(self._borderline_pair(record))
            case "shared":
                self._shared.append(shared_of(record))
            case "parts":
                self._parts.append(parts_of(record))
            case "document":
                info = document_of(record)
                self._documents[info.id] = info
                self._own_ids |= own_id(info.id, info.path)
                if self._texts is not None and "text" in record.values:
                    self._texts[info.id] = _whole_text(record, info)
            case "skip":
                self._skipped.append(skipped_of(record))
            case "summary":
                self._summary = summary_of(record)

    def result(self, last: Place) -> ScanResult:
        """Return everything, once it is sure that nothing is missing."""
        if self._run is None:
            raise _no_result(last)
        if self._summary is None:
            raise InputError(
                message(
                    "{path} is incomplete: it ends at line {line}, without a summary",
                    path=self._name,
                    line=last.line,
                ),
                hint=message("make it anew: dedup scan … -o FILE"),
            )
        self._check_ids(last)
        clusters = tuple(self._cluster(record) for record in self._clusters)
        result = ScanResult(
            settings=self._settings,
            documents=self._documents,
            pairs=tuple(self._pairs.values()),
            clusters=clusters,
            families=tuple(self._family(record) for record in self._families),
            skipped=tuple(self._skipped),
            summary=self._summary,
            borderline=tuple(self._borderline),
            contains_text=self._contains_text,
            texts=self._texts,
            read_as=self._read_as,
            unsure=tuple(
                info
                for _, info in sorted(self._documents.items())
                if info.confidence < LOW_CONFIDENCE
            ),
            run=self._run,
            shared=tuple(self._shared),
            parts=tuple(self._parts),
            guarantee=self._guarantee,
        )
        self._check_counts(result, last)
        return renamed(result, self._own_ids) if self._own_ids else in_order(result)

    def _header(self, record: Fields) -> Run:
        if record.values.get("type") != "run" or record.values.get("tool") != "dedup":
            raise _no_result(record.place)
        version, schema = record.text("version"), record.whole("schema")
        if schema > SCHEMA:
            raise _newer(record.place, version)
        if "contains_text" in record.values:
            self._contains_text = record.flag("contains_text")
        if "with_text" in record.values and record.flag("with_text"):
            self._texts = {}
        if "guarantee" in record.values:
            self._guarantee = guarantee_of(record.child("guarantee"))
        stored = record.child("settings")
        if set(stored.values) - set(SETTING_NAMES):
            raise _newer(record.place, version)
        values = {**stored.values, "user_dict": None}
        if values.get("ngram") == DEFAULT_NGRAM.get(str(values.get("unit"))):
            values["ngram"] = None  # as it is where nobody set it
        if values.get("keep_under") is not None:
            values["keep_under"] = stored.path("keep_under")
        try:
            values["boilerplate"] = Boilerplate.from_record(values.get("boilerplate"))
        except ValueError as error:
            raise record.place.damage(message("{name} is damaged", name="boilerplate")) from error
        try:
            self._settings = Settings.from_mapping(values)
        except DedupError as error:
            raise record.place.damage(error.message) from error
        if "reading" in record.values:
            self._read_as = _read_as(record.child("reading"), self._settings)
        return Run(
            version,
            record.whole("definitions"),
            record.optional_text("dictionary"),
            stored.optional_text("user_dict"),
        )

    def _borderline_pair(self, record: Fields) -> BorderlinePair:
        evidence = evidence_of(record)
        relation = None
        if record.optional_text("relation") is not None:
            relation = member_of(Relation, record, "relation")
        distance = margin(evidence, self._settings)
        return BorderlinePair(record.text("a"), record.text("b"), relation, evidence, distance)

    def _cluster(self, record: Fields) -> Cluster:
        keep = self._known(record.child("keep").text("id"), record.place)
        drop = []
        for each in record.children("drop"):
            gone = self._known(each.text("id"), record.place)
            pair = self._pairs.get((gone, keep)) or self._pairs.get((keep, gone))
            if pair is None:
                raise record.place.damage(
                    message("the pair of {a} and {b} is missing", a=gone, b=keep)
                )
            drop.append(pair if pair.a == gone else pair.swapped())
        if not drop:
            raise record.place.damage(message("{name} is missing", name="drop"))
        reason = self._reason(keep, [pair.a for pair in drop], record.text("reason"))
        return Cluster(record.text("id"), keep, reason, tuple(drop))

    def _family(self, record: Fields) -> Family:
        known = tuple(self._known(each, record.place) for each in record.texts("members"))
        example = record.child("example")
        ids = example.text("a"), example.text("b")
        pair = self._pairs.get(ids)
        if pair is None:
            raise record.place.damage(
                message("the pair of {a} and {b} is missing", a=ids[0], b=ids[1])
            )
        return Family(known, record.whole("pairs"), pair)

    def _reason(self, keep: str, others: list[str], written: str) -> Message:
        """Return the reason as it can be translated, where it is the one that is written."""
        order = KeepOrder(self._settings)
        infos = [self._documents[i] for i in others]
        found = order.reason(self._documents[keep], min(infos, key=order.key))
        return found if found.render("en") == written else message("{text}", text=written)

    def _known(self, doc_id: str, place: Place) -> str:
        if doc_id not in self._documents:
            raise place.damage(message("the document {id} is missing", id=doc_id))
        return doc_id

    def _check_ids(self, last: Place) -> None:
        ids = [i for pair in self._pairs for i in pair]
        ids += [i for pair in self._borderline for i in (pair.a, pair.b)]
        ids += [i for run in self._shared for i in (run.a, run.b)]
        ids += [i for each in self._parts for i in (each.whole, *each.parts)]
        for doc_id in ids:
            self._known(doc_id, last)

    def _check_counts(self, result: ScanResult, last: Place) -> None:
        summary = result.summary
        for name, said, there in (
            ("families", summary.families, len(result.families)),
            ("clusters", summary.clusters, len(result.clusters)),
            ("pairs", summary.pairs, len(result.pairs)),
            ("documents", summary.documents, _new(result)),
            ("skipped", summary.skipped, len(result.skipped)),
        ):
            if said != there:
                raise last.damage(
                    message(
                        "there should be {said} {name}, but there are {there}",
                        name=name,
                        said=said,
                        there=there,
                    )
                )


def _new(result: ScanResult) -> int:
    return sum(not info.known for info in result.documents.values())


def _read_as(stored: Fields, settings: Settings) -> dict[str, object]:
    try:
        reading_of(stored.values, settings)
    except (DedupError, AttributeError, TypeError) as error:
        raise stored.place.damage(message("{name} is damaged", name="reading")) from error
    return dict(stored.values)


def _whole_text(record: Fields, info: DocumentInfo) -> str:
    """Return the text of a document, once it is sure that it is the one that was compared."""
    text = record.text("text")
    if text_hash(text) != info.hash:
        raise record.place.damage(message("the text of {id} is another", id=info.id))
    return text


def _no_result(place: Place) -> InputError:
    return InputError(
        message("{path} is not a result of dedup in the format jsonl", path=place.name),
        hint=message("write one: dedup scan … -o result.jsonl"),
    )


def _newer(place: Place, version: str) -> InputError:
    return InputError(
        message("{path} was made by a newer dedup, {version}", path=place.name, version=version),
        hint=message("update dedup, or scan again with this one"),
    )
