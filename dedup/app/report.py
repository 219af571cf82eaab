"""Report: a saved result read back, and decided once more."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.errors import PathError, UsageError
from dedup.match.consequences import consequences
from dedup.messages import message
from dedup.model import Relation
from dedup.report.reading import read_result
from dedup.source.discovery import STANDARD_INPUT
from dedup.source.missing import is_missing, missing
from dedup.source.readers import standard_input

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from dedup.model import ScanResult
    from dedup.settings import Settings

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"


def load(path: str | os.PathLike[str]) -> ScanResult:
    """Read a result that was saved as ``jsonl``; ``-`` is standard input.

    UTF-16 with a byte order mark, which some shells write into files, is accepted. Raises
    :class:`~dedup.errors.PathError` for a file that cannot be read, and
    :class:`~dedup.errors.InputError`, with the line, for what is no result, is damaged or
    incomplete, or was made by a newer version.
    """
    name = os.fspath(path)
    if name == STANDARD_INPUT:
        return _load(io.BytesIO(standard_input().read()), name)
    if is_missing(name):
        raise missing(name)
    try:
        with Path(name).open("rb") as stream:
            return _load(stream, name)
    except OSError as error:
        raise PathError(
            message("cannot read {path}: {why}", path=name, why=error.strerror)
        ) from error


def is_utf16(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file, which can be read, begins with the byte order mark of UTF-16."""
    name = os.fspath(path)
    if name == STANDARD_INPUT:
        return False
    with Path(name).open("rb") as stream:
        return stream.read(2) in _UTF16_MARKS


def redecide(  # noqa: PLR0913
    result: ScanResult,
    *,
    threshold: float | None = None,
    containment: float | None = None,
    keep: str | None = None,
    keep_under: str | None = None,
    source_order: Sequence[str] | None = None,
    keep_by: str | None = None,
    relations: Sequence[str] | None = None,
    borderline: int | None = None,
) -> ScanResult:
    """Return ``result`` with its pairs decided by other thresholds or another keep policy.

    This equals a new scan with these settings, up to pairs that the bands of one of the two
    miss. ``relations`` say what relations lead to, as in the settings, and go before what those of
    the result say. ``borderline`` is how many of the pairs nearest to the decision are listed; as
    many as before where it is not given, of those that the result knows. Raises
    :class:`~dedup.errors.UsageError` for a threshold or containment below that of the result,
    which holds no such pairs, or where templates are to be dropped of which it lists some only,
    and :class:`~dedup.errors.SettingsError` for a value out of range.
    """
    from dedup.engine.stored import redecide as decide_again

    given = {
        "threshold": threshold,
        "containment": containment,
        "keep": keep,
        "keep_under": keep_under,
        "source_order": None if source_order is None else tuple(source_order),
        "keep_by": keep_by,
        "relations": _with_relations(result.settings.relations, relations),
    }
    changed = {name: value for name, value in given.items() if value is not None}
    settings = result.settings.with_values(**changed)
    for name in ("threshold", "containment"):
        _refuse_lower(name, getattr(result.settings, name), getattr(settings, name))
    if settings.keep_field not in (None, result.settings.keep_field):
        raise UsageError(
            message("the result does not hold what {field} is", field=settings.keep_field),
            hint=message("scan again: dedup scan … --keep-by {field}", field=settings.keep_field),
        )
    _refuse_spared(result, settings)
    if settings == result.settings and borderline is None:
        return result
    wanted = len(result.borderline) if borderline is None else borderline
    return decide_again(result, settings, borderline=wanted)


def _refuse_lower(name: str, known: float, wanted: float) -> None:
    if wanted < known:
        raise UsageError(
            message(
                "the result holds the pairs of {name} {known} and above; {wanted} is below that",
                name=name,
                known=f"{known:g}",
                wanted=f"{wanted:g}",
            ),
            hint=message(
                "scan again: dedup scan … --{name} {wanted}", name=name, wanted=f"{wanted:g}"
            ),
        )


def _with_relations(known: Sequence[str], said: Sequence[str] | None) -> Sequence[str] | None:
    """Return what is said of relations after what was; as it is where the settings refuse it."""
    if not isinstance(said, list | tuple):
        return said
    return (*known, *said)


def _refuse_spared(result: ScanResult, settings: Settings) -> None:
    """Refuse to drop templates where a result lists only as many as connect their families."""
    drops = consequences(settings)[Relation.TEMPLATE].drop
    if drops and result.summary.unlisted:
        raise UsageError(
            message(
                "the result leaves out {count} pairs of templates, for which families stand",
                count=f"{result.summary.unlisted:,}",
            ),
            hint=message("scan again: dedup scan … --relations {what}", what="template=drop"),
        )


def _load(stream: BinaryIO, name: str) -> ScanResult:
    head = stream.read(3)
    stream.seek(0)
    if head[:2] in _UTF16_MARKS:
        try:
            text = stream.read().decode("utf-16")
        except UnicodeDecodeError as error:
            raise PathError(
                message("{path} is not whole: its UTF-16 breaks off", path=name)
            ) from error
        return read_result((line.encode("utf-8") for line in text.split("\n")), name)
    if head == _UTF8_MARK:
        stream.seek(len(_UTF8_MARK))
    return read_result(stream, name)
