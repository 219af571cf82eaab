"""Shards of what was found: files of records each by itself, other files together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING

from dedup.engine.shards import Shard, Texts
from dedup.model import Document, Skipped
from dedup.source.compression import read_errors, split_suffixes
from dedup.source.discovery import STANDARD_INPUT
from dedup.source.opening import Piped, broken, opened, source_of
from dedup.source.readers import Unread, read_stream, standard_input, unread
from dedup.source.units import record_of, units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dedup.engine.shards import Item
    from dedup.source.opening import Source
    from dedup.source.reading import Reading

#: Files of a shard.
FILES = 1 << 16
#: Bytes of standard input that show whether it holds records: the first one, up to a long article.
_HEAD = 1 << 20

#: What makes the shard of a file of records: where it is, the options, whether it was named.
Opener = Callable[["Source", "Reading", bool], Shard]
_OPENERS: dict[str, Opener] = {}


def register(suffixes: Iterable[str], opener: Opener) -> None:
    """Let ``opener`` read files of records with these suffixes from now on."""
    for suffix in suffixes:
        _OPENERS[suffix] = opener


def format_of(path: str, reading: Reading) -> str | None:
    """Return the suffix that says how a file of records is read; None for a text."""
    if reading.format is not None:
        return None if reading.format == "text" else f".{reading.format}"
    suffix, _ = split_suffixes(path)
    return suffix if suffix in _OPENERS else None


def shards(
    paths: Sequence[str], reading: Reading, *, named: frozenset[str] = frozenset()
) -> list[Shard]:
    """Return the shards of files, in their order; ``named`` are those asked for by name.

    Other files than those of records are in shards of up to :data:`FILES`.
    """
    found: list[Shard] = []
    texts: list[str] = []
    for path in paths:
        suffix = format_of(path, reading)
        if path == STANDARD_INPUT:
            found.append(standard_input_shard(standard_input(), reading))
        elif suffix is None:
            texts.append(path)
        else:
            found.append(_OPENERS[suffix](source_of(path), reading, path in named))
    runs = [texts[at : at + FILES] for at in range(0, len(texts), FILES)]
    return [*(Files(run, reading, named=named) for run in runs), *found]


def record_shard(source: Source, reading: Reading, *, named: bool = True) -> Shard:
    """Return the shard of a file of records, wherever its bytes are."""
    suffix = format_of(source.path, reading)
    if suffix is None:
        raise ValueError(f"{source.path} is no file of records")
    return _OPENERS[suffix](source, reading, named)


def record_file(shard: Shard) -> bool:
    """Tell whether a shard is one file of records, whose number is not known beforehand."""
    return not isinstance(shard, Files | Texts)


def standard_input_shard(stream: IO[bytes], reading: Reading) -> Shard:
    """Return what is on standard input: records, or one text.

    It is JSONL where fields are named, or where its first line is an object with a field that
    may be guessed; a format that was asked for goes before.
    """
    piped = Piped(stream)
    suffix = format_of(STANDARD_INPUT, reading)
    fields = (*reading.text_fields, reading.id_field, reading.date_field)
    if reading.format is None and (any(fields) or _begins_as_records(piped, reading)):
        suffix = ".jsonl"
    if suffix is not None:
        return _OPENERS[suffix](piped, reading, True)
    try:
        with opened(piped) as whole:
            found = read_stream(whole, encoding=reading.encoding)
    except read_errors() as error:
        found = broken(STANDARD_INPUT, STANDARD_INPUT, error)
    finally:
        piped.close()
    if isinstance(found, Document):
        return Texts(list(units(found, reading.split)), STANDARD_INPUT)
    return Texts([found], STANDARD_INPUT)


def _begins_as_records(piped: Piped, reading: Reading) -> bool:
    piped.head(_HEAD)
    try:
        with opened(piped) as stream:
            head = stream.read(_HEAD)
    except read_errors():
        return False
    line, _, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    from dedup.source.fields import Where, fields_of
    from dedup.source.jsonlines import JsonLines

    record = JsonLines().parse(line, Where(STANDARD_INPUT, 1))
    return isinstance(record, dict) and fields_of(list(record), reading) is not None


class Files:
    """Files that hold one text each; ``place`` is the position among them, from 1."""

    def __init__(
        self, paths: Sequence[str], reading: Reading, *, named: frozenset[str], name: str = "files"
    ) -> None:
        self.name = name
        self._paths = paths
        self._reading = reading
        self._named = named

    def __len__(self) -> int:
        return len(self._paths)

    @property
    def paths(self) -> Sequence[str]:
        """The files, in their order."""
        return self._paths

    def items(self) -> Iterator[Item]:
        """Yield the files, to be read by a worker."""
        for place in range(1, len(self._paths) + 1):
            yield from self._items(place)

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        """Yield files again."""
        if self._reading.split == "document":
            for place in places:
                yield from self._items(place)
            return
        wanted = frozenset(places)
        for place in sorted({record_of(each) for each in places}):
            for each in self._items(place):
                if isinstance(each, Document) and each.place in wanted:
                    yield each

    def _items(self, place: int) -> Iterator[Item]:
        path, reading = self._paths[place - 1], self._reading
        file = unread(
            path,
            encoding=reading.encoding,
            encodings=reading.encodings,
            named=path in self._named,
        )
        if reading.split == "document":
            yield UnreadFile(file, place)
            return
        found = UnreadFile(file, place).read()
        if isinstance(found, Document):
            yield from units(found, reading.split)
        else:
            yield found


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that is still to be read, with its place."""

    file: Document | Skipped | Unread
    place: int

    @property
    def size(self) -> int:
        """Bytes."""
        return self.file.size if isinstance(self.file, Unread) else 0

    def read(self) -> Document | Skipped:
        """Read it."""
        if isinstance(self.file, Unread):
            return self.file.read(self.place)
        return replace(self.file, place=self.place)


def _json_lines(source: Source, reading: Reading, named: bool) -> Shard:
    from dedup.source.jsonlines import JsonLines
    from dedup.source.records import Records

    return Records(source, JsonLines(), reading, named=named)


def _json(source: Source, reading: Reading, named: bool) -> Shard:
    from dedup.source.jsonfile import JsonRecords
    from dedup.source.records import Records

    return Records(source, JsonRecords(), reading, named=named)


def _commas(source: Source, reading: Reading, named: bool) -> Shard:
    from dedup.source.delimited import Delimited
    from dedup.source.records import Records

    return Records(source, Delimited(source.path, None, reading), reading, named=named)


def _tabs(source: Source, reading: Reading, named: bool) -> Shard:
    from dedup.source.delimited import Delimited
    from dedup.source.records import Records

    return Records(source, Delimited(source.path, "\t", reading), reading, named=named)


def _parquet(source: Source, reading: Reading, named: bool) -> Shard:
    from dedup.source.parquet import ParquetRows

    return ParquetRows(source, reading, named=named)


register((".jsonl", ".ndjson"), _json_lines)
register((".json",), _json)
register((".csv",), _commas)
register((".tsv",), _tabs)
register((".parquet",), _parquet)
