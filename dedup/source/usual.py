"""Records of the usual form, a text at the top of an object, parsed many in a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dedup.engine.shards import RunTexts
from dedup.model import Document, Skipped
from dedup.source.blocks import BLANK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dedup.source.blocks import Raw
    from dedup.source.fields import Fields, Where


@dataclass(frozen=True, slots=True)
class Parser:
    """Parses records in a row, most of them in one step; what it finds is what ``parse`` returns.

    ``quick`` parses one that is valid, and raises ValueError for many others; None: there is no
    such way. ``where`` says how all are read.
    """

    parse: Callable[[int, bytes], Document | Skipped]
    quick: Callable[[Raw], object] | None
    fields: Fields | None
    where: Where

    def documents(self, places: Sequence[int], records: Sequence[Raw]) -> list[Document | Skipped]:
        """Return what records at ``places`` hold; nothing for what is blank."""
        fields = self.fields
        if fields is None or fields.date is not None or fields.score is not None:
            whole = zip(places, map(bytes, records), strict=True)
            return [self.parse(place, raw) for place, raw in whole if raw.strip(BLANK)]
        path, _, encoding, confidence, mtime = self.where
        seen, own = fields.seen, fields.id
        found: list[Document | Skipped] = []
        for place, raw, record, text in self._each(places, records):
            if record is None:
                found.append(self.parse(place, bytes(raw)))
                continue
            seen.add(fields.text[0])
            named = None if own is None else record.get(own)
            if type(named) is not str or not named or own not in seen:
                named = fields.id_of(record) or f"{path}:{place}"
            found.append(Document(named, text, path, encoding, confidence, mtime, place))
        return found

    def texts(self, places: Sequence[int], records: Sequence[Raw]) -> RunTexts:
        """Return the texts of the same documents."""
        at: list[int] = []
        texts: list[str] = []
        skipped = 0
        for place, raw, record, text in self._each(places, records):
            if record is None:
                each = self.parse(place, bytes(raw))
                if isinstance(each, Skipped):
                    skipped += 1
                    continue
                text = each.text  # noqa: PLW2901
            at.append(place)
            texts.append(text)
        return RunTexts(at, texts, len(texts) + skipped)

    def _each(
        self, places: Sequence[int], records: Sequence[Raw]
    ) -> Iterator[tuple[int, Raw, dict[str, Any] | None, str]]:
        """Yield records with their texts, None for one that is not of the usual form."""
        fields, quick = self.fields, self.quick
        if fields is None or quick is None or len(fields.text) > 1:
            for place, raw in zip(places, records, strict=True):
                if bytes(raw).strip(BLANK):
                    yield place, raw, None, ""
            return
        name = fields.text[0]
        for place, raw in zip(places, records, strict=True):
            try:
                record = quick(raw)
            except ValueError:
                record = None
            if type(record) is dict and type(text := record.get(name)) is str and text:
                yield place, raw, record, text
            elif bytes(raw).strip(BLANK):
                yield place, raw, None, ""
