"""What was guessed of files of records, and what none of them had: said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.messages import message
from dedup.source.discovery import STANDARD_INPUT
from dedup.source.parquet import ParquetRows
from dedup.source.records import Records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dedup.engine.shards import Shard
    from dedup.messages import Message


def notes(shards: Iterable[Shard]) -> Iterator[Message]:
    """Yield which fields were guessed, and which were in no record, for files that agree at once.

    Files that were not read, or of which a journal says what is in them, have none.
    """
    guessed: dict[tuple[tuple[str, ...], str | None], list[str]] = {}
    unseen: dict[str, list[str]] = {}
    for shard in shards:
        if not isinstance(shard, Records | ParquetRows) or shard.fields is None:
            continue
        fields = shard.fields
        if fields.guessed:
            guessed.setdefault((fields.text, fields.id), []).append(shard.name)
        for field in fields.unseen if fields.seen else ():
            unseen.setdefault(field, []).append(shard.name)
    for (text, own), names in guessed.items():
        values = {"files": _files(names), "text": ", ".join(text)}
        if own is None:
            yield message("{files}: read as records, the text from {text}, named by line", **values)
        else:
            yield message(
                "{files}: read as records, the text from {text}, the id from {id}",
                id=own,
                **values,
            )
    for field, names in unseen.items():
        yield message("{files}: no record has a field {field}", files=_files(names), field=field)


def _files(names: Sequence[str]) -> Message:
    first = names[0]
    name = message("standard input") if first == STANDARD_INPUT else message("{name}", name=first)
    if len(names) == 1:
        return name
    return message("{name} and {count} more", name=name, count=f"{len(names) - 1:,}")
