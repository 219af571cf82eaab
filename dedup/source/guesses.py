"""What people are told of how records were read: guesses, and fields that no record had."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.engine.shards import Shard
    from dedup.messages import Message
    from dedup.source.fields import Fields


def guesses(shards: Sequence[Shard]) -> list[Message]:
    """Return one sentence for each guess, with the files it was made for, and each misnomer."""
    guessed: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    unseen: dict[str, list[str]] = defaultdict(list)
    for shard in shards:
        fields: Fields | None = getattr(shard, "fields", None)  # only files of records have them
        if fields is None:
            continue
        if fields.guessed:
            guessed[", ".join(fields.text), fields.id].append(shard.name)
        for path in fields.unseen if fields.seen else ():
            unseen[path].append(shard.name)
    return [
        *(_guess(files, text, own) for (text, own), files in guessed.items()),
        *(
            message("{files}: no record has a field {field}", files=_files(files), field=path)
            for path, files in unseen.items()
        ),
    ]


def _guess(files: Sequence[str], text: str, own: str | None) -> Message:
    if own is None:
        return message(
            "{files}: read as records, the text from {text}, named by line",
            files=_files(files),
            text=text,
        )
    return message(
        "{files}: read as records, the text from {text}, the id from {id}",
        files=_files(files),
        text=text,
        id=own,
    )


def _files(files: Sequence[str]) -> Message:
    name = message("standard input") if files[0] == "-" else files[0]
    if len(files) == 1:
        return message("{name}", name=name)
    return message("{name} and {count} more", name=name, count=f"{len(files) - 1:,}")
