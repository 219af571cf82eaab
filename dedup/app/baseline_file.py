"""The file of accepted duplicates: read, checked and written; see ``docs/formats.md``.

Lines name contents by hash, so that renaming a file or saving it in another encoding changes
none, and hold nothing that changes by itself. They are sorted, below marks that are always there:
git finds a conflict where two branches insert at one place, so lines go far apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.checked import AcceptedCopies, AcceptedPair
from dedup.errors import FormatError, OutputError, PathError, SettingsError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.settings import Settings

FORMAT = 1
#: Marks among the lines.
_MARKS = 64
_HEAD = re.compile(r"dedup baseline (\d+)")
_SETTINGS = re.compile(r"settings ([0-9a-f]{32})")
_LINE = re.compile(
    r"(?:pair (?P<a>[0-9a-f]{32}) (?P<b>[0-9a-f]{32})"
    r"|copies (?P<content>[0-9a-f]{32}) (?P<documents>[1-9]\d{0,8}))(?:\s+#\s*(?P<reason>.*?))?\s*"
)
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


@dataclass(slots=True)
class Baseline:
    """What is accepted, by content: pairs, and how many documents there may be of one content."""

    pairs: dict[tuple[str, str], str] = field(default_factory=dict)
    copies: dict[str, tuple[int, str]] = field(default_factory=dict)

    def pair(self, a: str, b: str) -> str | None:
        """Return the reason for which a pair is accepted, "" for none given; None if it is not."""
        return self.pairs.get((min(a, b), max(a, b)))

    def entries(self) -> Iterator[AcceptedPair | AcceptedCopies]:
        """Yield all lines, in their order."""
        found: list[tuple[tuple[str, str], AcceptedPair | AcceptedCopies]] = [
            ((content, ""), AcceptedCopies(content, documents, reason))
            for content, (documents, reason) in self.copies.items()
        ]
        found += [((a, b), AcceptedPair(a, b, reason)) for (a, b), reason in self.pairs.items()]
        for _, entry in sorted(found, key=lambda each: each[0]):
            yield entry

    def __len__(self) -> int:
        return len(self.pairs) + len(self.copies)


def load(path: str | Path, settings: Settings, *, mend: bool = False) -> Baseline:
    """Read a baseline; what two branches both have is taken once, the larger number of copies.

    To ``mend`` it is to pass over the marks of a merge, and keep what both sides have. Raises
    :class:`~dedup.errors.PathError` where it cannot be read,
    :class:`~dedup.errors.FormatError` where it is none, of a newer version, or holds such marks,
    and :class:`~dedup.errors.SettingsError` where it was made with other settings.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PathError(
            message("cannot read the baseline {path}: {why}", path=str(path), why=error.strerror),
            hint=message("make one: dedup check FILE --update-baseline"),
        ) from error
    except UnicodeDecodeError as error:
        raise FormatError(message("{path} is not UTF-8", path=str(path))) from error
    return parsed(text, str(path), settings.fingerprint(), mend=mend)


def parsed(text: str, name: str, fingerprint: str | None, *, mend: bool = False) -> Baseline:
    """Return the baseline that a text is; with no ``fingerprint`` that of any settings."""
    lines = [line.strip() for line in text.splitlines()]
    if mend:
        lines = [line for line in lines if not line.startswith(_CONFLICT)]
    found = Baseline()
    head = _HEAD.fullmatch(lines[0]) if lines else None
    if head is None:
        raise FormatError(
            message("{path} is no baseline", path=name),
            hint=message("make one: dedup check FILE --update-baseline --baseline FILE"),
        )
    if int(head[1]) > FORMAT:
        raise FormatError(
            message("{path} was made by a newer version", path=name),
            hint=message("update dedup: pip install --upgrade zh-dedup"),
        )
    for number, line in enumerate(lines[1:], 2):
        if not line or line.startswith("#"):
            continue
        made = _SETTINGS.fullmatch(line)
        if made is None:
            _take(found, line, f"{name}:{number}")
        elif fingerprint is not None and made[1] != fingerprint:
            raise _other_settings(name)
    return found


def _take(found: Baseline, line: str, where: str) -> None:
    match = _LINE.fullmatch(line)
    if match is None:
        marked = line.startswith(_CONFLICT)
        raise FormatError(
            message("{where}: a merge has left its marks", where=where)
            if marked
            else message("{where}: this is no line of a baseline", where=where),
            hint=message("keep both sides: dedup check . --update-baseline")
            if marked
            else message("delete the line, or write the file anew: --update-baseline"),
        )
    reason = match["reason"] or ""
    if match["content"]:
        documents, said = found.copies.get(match["content"], (0, ""))
        found.copies[match["content"]] = (max(documents, int(match["documents"])), said or reason)
    else:
        ids = (min(match["a"], match["b"]), max(match["a"], match["b"]))
        found.pairs[ids] = found.pairs.get(ids) or reason


def written(baseline: Baseline, settings: Settings) -> str:
    """Return a baseline as text."""
    lines = [f"dedup baseline {FORMAT}", f"settings {settings.fingerprint()}"]
    below: list[list[str]] = [[] for _ in range(_MARKS)]
    for entry in baseline.entries():
        if isinstance(entry, AcceptedCopies):
            first, line = entry.content, f"copies {entry.content} {entry.documents}"
        else:
            first, line = entry.a, f"pair {entry.a} {entry.b}"
        line += f"  # {entry.reason}" if entry.reason else ""
        below[int(first[:2], 16) * _MARKS // 256].append(line)
    for mark, some in enumerate(below):
        lines += [f"# {mark * 256 // _MARKS:02x}", *some]
    return "\n".join(lines) + "\n"


def save(baseline: Baseline, path: str | Path, settings: Settings) -> bool:
    """Write a baseline under its name, whole or not at all; tell whether that changed the file.

    Raises :class:`~dedup.errors.OutputError`.
    """
    target = Path(path)
    text = written(baseline, settings)
    partial = target.with_name(f".{target.name}.partial")
    try:
        if target.is_file() and target.read_bytes() == text.encode():
            return False
        partial.write_text(text, encoding="utf-8", newline="")
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OutputError(
            message("cannot write {path}: {why}", path=str(path), why=error.strerror)
        ) from error
    return True


def _other_settings(name: str) -> SettingsError:
    return SettingsError(
        message("{path} was made with other settings, or by another version", path=name),
        hint=message(
            "look at what it then accepts, and accept it anew: dedup check . --update-baseline"
        ),
    )
