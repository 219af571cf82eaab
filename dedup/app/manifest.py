"""The manifest: what was to be moved, written down whole before anything is.

Whether a step is done is not noted: it shows in where the files are. See ``docs/formats.md``.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dedup.errors import FormatError, PathError
from dedup.messages import message
from dedup.model import Relation
from dedup.planned import Drop, FileState, Step
from dedup.report.fields import Fields, Place
from dedup.report.plan import drop_record
from dedup.report.records import compact, path_value
from dedup.source.sink import Sink
from dedup.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Version of the shape of a manifest.
SCHEMA = 1
NAME = "manifest.jsonl"
#: Where moved files lie below the folder of the manifest, and where rewritten ones wait.
MOVED, NEW = "files", "new"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Action:
    """A step with its places: ``name`` is that of the file below :data:`MOVED`.

    ``new`` is what is to lie in its place afterwards, by SHA-256; None for nothing.
    """

    step: Step
    name: str
    new: str | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run of ``resolve`` moves, and from where.

    ``base`` is the folder that the paths of the steps start from, ``folder`` the one that holds the
    manifest; both from the root. ``result`` identifies the result that it was made from, and
    ``kept`` are the SHA-256 of the files that hold what stays.
    """

    folder: Path
    base: Path
    result: str
    actions: tuple[Action, ...]
    kept: dict[str, str]

    @property
    def path(self) -> Path:
        """The manifest's own file."""
        return self.folder / NAME

    def source(self, action: Action) -> Path:
        """Return where the file of a step lies, or lay."""
        return self.base / action.step.path

    def aside(self, action: Action) -> Path:
        """Return where it goes."""
        return self.folder / MOVED / action.name

    def waiting(self, action: Action) -> Path:
        """Return where the file that takes its place is, until it does."""
        return self.folder / NEW / action.name


def write_manifest(manifest: Manifest) -> None:
    """Write a manifest whole; raises :class:`~dedup.errors.OutputError`."""
    with Sink(manifest.path) as sink:
        for record in _records(manifest):
            sink.write(compact(record).encode("utf-8", "backslashreplace") + b"\n")


def read_manifest(path: str | os.PathLike[str]) -> Manifest:
    """Read a manifest.

    Raises :class:`~dedup.errors.PathError`, and :class:`~dedup.errors.InputError` for what is no
    manifest, is cut short, or was made by a newer version.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise PathError(
            message("cannot read {path}: {why}", path=path, why=error.strerror)
        ) from error
    found = [_fields(line, Place(str(path), n)) for n, line in enumerate(lines, 1) if line]
    if not found or found[0].values.get("type") != "manifest":
        raise FormatError(
            message("{path} is not a manifest of dedup", path=path),
            hint=message("the manifest lies in the folder that files were moved to: {name}",
                         name=NAME),
        )  # fmt: skip
    head, steps, end = found[0], found[1:-1], found[-1]
    if head.whole("schema") > SCHEMA:
        raise FormatError(
            message(
                "{path} was made by a newer dedup, {version}",
                path=path,
                version=head.text("version"),
            ),
            hint=message("update dedup, or scan again with this one"),
        )
    if end.values.get("type") != "end" or end.whole("steps") != len(steps):
        raise end.place.damage(message("the manifest is cut short"))
    kept = {each.path("path") or "": each.text("sha256") for each in head.children("kept")}
    folder = path.parent
    return Manifest(
        folder,
        Path(os.path.normpath(folder / (head.path("base") or "."))),
        head.text("result"),
        tuple(_action(each) for each in steps),
        kept,
    )


def _records(manifest: Manifest) -> Iterator[dict[str, object]]:
    base = os.path.relpath(manifest.base, manifest.folder)
    yield {
        "type": "manifest",
        "schema": SCHEMA,
        "tool": "dedup",
        "version": VERSION,
        "result": manifest.result,
        "base": path_value(base),
        "kept": [
            {"path": path_value(path), "sha256": sha256}
            for path, sha256 in sorted(manifest.kept.items())
        ],
    }
    for action in manifest.actions:
        step = action.step
        yield {
            "type": "step",
            "path": path_value(step.path),
            "name": path_value(action.name),
            "records": step.records,
            "sha256": step.state.sha256,
            "size": step.state.size,
            "mtime_ns": step.state.mtime_ns,
            "new_sha256": action.new,
            "saved": step.saved,
            "drops": [drop_record(drop) for drop in step.drops],
        }
    yield {"type": "end", "steps": len(manifest.actions)}


def _action(record: Fields) -> Action:
    drops = tuple(
        Drop(
            each.text("id"),
            each.whole("place"),
            each.text("duplicate_of"),
            each.path("keep_path") or "",
            Relation(each.text("relation")),
            each.number("similarity"),
            message("{text}", text=each.text("reason")),
        )
        for each in record.children("drops")
    )
    state = FileState(record.text("sha256"), record.whole("size"), record.whole("mtime_ns"), 0, 0)
    path, name = record.path("path"), record.path("name")
    if path is None or name is None or Path(name).is_absolute() or ".." in Path(name).parts:
        raise record.place.damage(message("{name} cannot be {value}", name="name", value=name))
    step = Step(path, record.flag("records"), drops, state, record.whole("saved"))
    return Action(step, name, record.optional_text("new_sha256"))


def _fields(line: bytes, place: Place) -> Fields:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise place.damage(message("it is not JSON")) from error
    if not isinstance(values, dict):
        raise place.damage(message("it is not JSON"))
    return Fields(values, place)
