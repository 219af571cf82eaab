"""How files of records are read: which fields hold the text, the id and the date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from dedup.settings import Settings

Split = Literal["document", "paragraph", "line"]
Format = Literal["text", "jsonl", "json", "csv", "tsv", "parquet"]
SPLITS: tuple[Split, ...] = get_args(Split)
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Reading:
    """Options for reading, shared by the command line and the library.

    Fields are paths: ``content``, ``meta.url``, ``messages.*.content``. No ``text_fields`` and no
    ``id_field`` have them guessed. ``format`` goes before what the name of a file says.
    ``encodings`` are pairs of a pattern and the encoding of the files it matches.
    """

    text_fields: tuple[str, ...] = ()
    id_field: str | None = None
    date_field: str | None = None
    score_field: str | None = None
    split: Split = "document"
    format: Format | None = None
    encoding: str | None = None
    encodings: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for name, value, choices in (
            ("split", self.split, SPLITS),
            ("format", self.format, (None, *FORMATS)),
        ):
            if value not in choices:
                raise UsageError(
                    message(
                        "{name} is {value}, which is none of its values", name=name, value=value
                    ),
                    hint=message(
                        "use one of: {choices}", choices=", ".join(c for c in choices if c)
                    ),
                )
        for path in (*self.text_fields, self.id_field, self.date_field, self.score_field):
            if path is not None and not all(path.split(".")):
                raise UsageError(
                    message("{path} is no path of fields", path=repr(path)),
                    hint=message("write a name, or names with dots: meta.url, messages.*.content"),
                )


def with_settings(reading: Reading, settings: Settings) -> Reading:
    """Return the options with what the settings say of reading: encoding, field of the score."""
    return replace(
        reading,
        encoding=settings.encoding or reading.encoding,
        score_field=settings.keep_field or reading.score_field,
    )
