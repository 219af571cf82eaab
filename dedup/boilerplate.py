"""Boilerplate: the passages that are not compared, because many documents share them.

The list is text that people read, edit and keep in git; ``docs/formats.md`` has the format.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dedup.errors import SettingsError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT = 1
#: The value of the setting that switches it off, where a scan would learn a list.
NONE = "none"
#: Characters of a passage that a list shows.
SAMPLE = 80

_FIRST = "dedup boilerplate"
_HEAD = re.compile(rf"#\s*{_FIRST}\s+(\d+)\s*$")
_HASH = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage of the list.

    ``hash`` is that of :func:`~dedup.text.pieces.piece_hash`, ``documents`` how many of those it
    was learned from have it (0: nobody counted), ``sample`` how it begins in one of them.
    """

    hash: int
    documents: int = 0
    sample: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Boilerplate:
    """A frozen list of passages, those that most documents have first.

    ``learned_from`` counts the documents that it was learned from. Two lists are equal where
    their hashes are: what else a list says of a passage changes no verdict.
    """

    passages: tuple[SharedPassage, ...] = ()
    learned_from: int = 0

    @property
    def hash(self) -> str | None:
        """32 hexadecimal digits over the hashes of the passages; None where there are none."""
        if not self.passages:
            return None
        packed = b"".join(each.to_bytes(8, "little") for each in sorted(self.hashes))
        return hashlib.blake2b(packed, digest_size=16).hexdigest()

    @property
    def hashes(self) -> frozenset[int]:
        """The hashes of the passages."""
        return frozenset(each.hash for each in self.passages)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Boilerplate):
            return NotImplemented
        return self.hashes == other.hashes

    def __hash__(self) -> int:
        return hash(self.hashes)

    def __bool__(self) -> bool:
        return bool(self.passages)

    def text(self) -> str:
        """Return the list as the text of a file: :meth:`parse` reads it."""
        rows = [
            f"# {_FIRST} {FORMAT}",
            "# Passages that are not compared: hash, documents that have it, how it begins.",
            "# Strike a line out, or put # before it, and the passage is compared again.",
            f"# learned from {self.learned_from} documents; {len(self.passages)} passages",
        ]
        rows += [f"{each.hash:016x}\t{each.documents}\t{each.sample}" for each in self.passages]
        return "\n".join(rows) + "\n"

    @classmethod
    def parse(cls, text: str, name: str) -> Boilerplate:
        """Read a list; raises :class:`~dedup.errors.SettingsError`, naming the line, for no list.

        ``name`` is what messages call it.
        """
        rows = text.removeprefix("\ufeff").splitlines()
        _check_head(rows[0] if rows else "", name)
        found: dict[int, SharedPassage] = {}
        for number, row in enumerate(rows[1:], start=2):
            if row.strip() and not row.lstrip().startswith("#"):
                passage = _passage(row, name, number)
                found.setdefault(passage.hash, passage)
        learned = re.search(r"^# learned from (\d+) documents", text, re.M)
        return cls(in_order(found.values()), int(learned[1]) if learned else 0)

    def record(self) -> dict[str, Any] | None:
        """Return the list as JSON, without any word of the texts; None where it is empty."""
        if not self.passages:
            return None
        return {
            "hash": self.hash,
            "learned_from": self.learned_from,
            "passages": [[f"{each.hash:016x}", each.documents] for each in self.passages],
        }

    @classmethod
    def from_record(cls, record: object) -> Boilerplate | None:
        """Return the list that :meth:`record` made; raises ``ValueError`` for anything else."""
        if record is None:
            return None
        if not isinstance(record, dict):
            raise ValueError(record)  # noqa: TRY004  the reader knows one error
        rows = record.get("passages")
        if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
            raise ValueError(record)
        passages = [SharedPassage(int(digits, 16), documents) for digits, documents in rows]
        learned = record.get("learned_from")
        made = cls(in_order(passages), learned if isinstance(learned, int) else 0)
        if made.hash != record.get("hash"):
            raise ValueError(record)
        return made


EMPTY = Boilerplate()


def boilerplate_of(setting: str | Boilerplate | None) -> Boilerplate:
    """Return the list that a setting names; an empty one where there is none.

    Raises :class:`~dedup.errors.SettingsError` for a file that cannot be read or is no list.
    """
    if isinstance(setting, Boilerplate):
        return setting
    return EMPTY if setting in (None, NONE) else load(str(setting))


def load(path: str) -> Boilerplate:
    """Read a list from a file; raises :class:`~dedup.errors.SettingsError`."""
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise SettingsError(
            message("cannot read the boilerplate {path}: {why}", path=path, why=error.strerror),
            hint=message(
                "--write-boilerplate FILE saves what a scan learns; --no-boilerplate uses none"
            ),
        ) from error
    return _parsed(raw, path)


def in_order(passages: Iterable[SharedPassage]) -> tuple[SharedPassage, ...]:
    """Return passages in the order of a list: most documents first, then by hash."""
    return tuple(sorted(passages, key=lambda each: (-each.documents, each.hash)))


@lru_cache(maxsize=4)
def _parsed(raw: bytes, path: str) -> Boilerplate:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(
            message("the boilerplate {path} is not UTF-8 (byte {at})", path=path, at=error.start),
            hint=message("save it as UTF-8"),
        ) from error
    return Boilerplate.parse(text, path)


def _check_head(row: str, name: str) -> None:
    head = _HEAD.match(row.strip())
    if head is None:
        raise SettingsError(
            message("{name} is no list of boilerplate", name=name),
            hint=message("its first line must be: {line}", line=f"# {_FIRST} {FORMAT}"),
        )
    if int(head[1]) != FORMAT:
        raise SettingsError(
            message(
                "{name} has format {found}, and this version reads {known}",
                name=name,
                found=int(head[1]),
                known=FORMAT,
            )
        )


def _passage(row: str, name: str, number: int) -> SharedPassage:
    digits, _, rest = row.strip().partition("\t")
    documents, _, sample = rest.partition("\t")
    if _HASH.fullmatch(digits.strip()):
        count = documents.strip()
        if not count or count.isdecimal():
            return SharedPassage(int(digits, 16), int(count or 0), sample.strip())
    raise SettingsError(
        message("{name}, line {line}: {text} is no passage", name=name, line=number, text=row[:40]),
        hint=message("a line is a hash of 16 digits, a tab, a count, a tab, and a sample"),
    )


def _is_row(row: object) -> bool:
    return (
        isinstance(row, list)
        and len(row) == 2
        and isinstance(row[0], str)
        and _HASH.fullmatch(row[0]) is not None
        and type(row[1]) is int
    )
