"""Which encoding a file's bytes are in, and their text.

In order: byte order mark, UTF-8, then GB18030, Big5 and UTF-16/32 without a mark, scored by
character frequency on a bounded sample. Nothing is ever replaced: bytes that do not fit are an
error with their place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.errors import EncodingError
from dedup.messages import message
from dedup.text.codec import codec_name, decode_sample, decode_strictly

if TYPE_CHECKING:
    from dedup.text.likelihood import Likelihood

#: Below this, callers list the decision as doubtful.
LOW_CONFIDENCE = 0.9
#: Asks for detection where an encoding is expected, to undo one set elsewhere.
AUTO = "auto"

#: Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xff\xfe", "utf-16-le"),
)
_MARK_BYTES = tuple(mark for mark, _ in _MARKS)
#: In order of preference between equal scores. UTF-8 stands here only to be recognised where a
#: few bytes of it are damaged: then the file is an error, not GB18030 nonsense.
_NARROW = ("gb18030", "big5", "utf-8")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
#: High bytes of UTF-16 units in Chinese text: ASCII, punctuation, Han, full-width forms. Text
#: that has them in every second place is worth scoring as UTF-16; few others are, which saves time.
_HIGH_BYTES = bytes([0x00, 0x20, 0x30, 0xFF, *range(0x4E, 0xA0)])
_PIECES = 3
_PIECE = 4096
#: A run around bytes beyond ASCII (or NUL). Bytes below 0x30 are never part of a multi-byte
#: character in UTF-8, GB18030 or Big5, so a run begins and ends between characters.
_RUN = re.compile(rb"(?:\A|(?<=[\x01-\x2f]))[^\x01-\x2f]*[\x00\x80-\xff][^\x01-\x2f]*")
#: Bits by which the second best may trail and still be tried when the best does not fit.
_CLOSE = 20
_HALVING = 8
#: Bits per character of ordinary prose, and of text that is certainly wrong.
_PROSE, _NONSENSE = 13.0, 17.0
#: Bits per character of all text, ASCII too, that UTF-16 or UTF-32 may still be said to explain.
_READABLE = 16.0

_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x89PNG\r\n",
    b"GIF87a",
    b"GIF89a",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!\x1a",
    b"\x28\xb5\x2f\xfd",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\x08\t\n\x0b\f\r\x1a\x1b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text without its byte order mark, the encoding's canonical name, and how sure it is.

    ``confidence`` is 1 for a mark, UTF-8 or an encoding that was given; otherwise it grows from
    0 to 1 with the lead of the best score and with how ordinary the text looks.
    """

    text: str
    encoding: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Score:
    encoding: str
    bits: float
    likelihood: Likelihood


@dataclass(frozen=True, slots=True)
class _Ranking:
    """``lead`` is by how many bits the best is ahead."""

    best: _Score
    second: _Score
    lead: float


def decode(raw: bytes, *, encoding: str | None = None) -> Decoded:
    """Decode a file's bytes.

    ``encoding`` overrides detection (``auto`` does not). Raises
    :class:`~dedup.errors.EncodingError` with byte and offset where the bytes are not text in
    the given or most likely encoding, :class:`~dedup.errors.SettingsError` for an unknown name.
    """
    if encoding is not None and encoding.lower() != AUTO:
        return _decode_as(raw, codec_name(encoding))
    if has_mark(raw):
        mark, name = next((mark, name) for mark, name in _MARKS if raw.startswith(mark))
        return Decoded(_fit(raw, name, len(mark)), name, 1.0)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _detect(raw)
    return _detect(raw) if b"\0" in raw else Decoded(text, "utf-8", _utf8_confidence(text, raw))


def looks_binary(raw: bytes) -> bool:
    """Whether a file, or its first few thousand bytes, is no text in any encoding.

    True for well-known signatures, and for NUL bytes or many control characters that UTF-16
    or UTF-32 does not explain.
    """
    if has_signature(raw):
        return True
    if has_mark(raw):
        return False
    head = raw[: 2 * _PIECE]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if b"\0" not in raw and controls <= len(head) // 20:
        return False
    best = _rank(raw).best
    found = best.likelihood
    return best.encoding not in _WIDE or found.bits > _READABLE * found.characters


def has_mark(raw: bytes) -> bool:
    """Whether a file begins with a byte order mark."""
    return raw.startswith(_MARK_BYTES)


def has_signature(raw: bytes) -> bool:
    """Whether a file begins as PDF, Office, archive, image and program files do."""
    return raw.startswith(_MAGIC)


def _decode_as(raw: bytes, name: str) -> Decoded:
    for mark, marked in _MARKS:
        if raw.startswith(mark) and marked in {name, f"{name}-le", f"{name}-be", f"{name}-sig"}:
            return Decoded(_fit(raw, marked, len(mark), given=True), marked, 1.0)
    name = "utf-8" if name == "utf-8-sig" else name
    return Decoded(_fit(raw, name, given=True), name, 1.0)


def _detect(raw: bytes) -> Decoded:
    ranking = _rank(raw)
    try:
        text = decode_strictly(raw, ranking.best.encoding)
    except UnicodeDecodeError as error:
        if ranking.lead >= _CLOSE:
            raise _misfit(error, ranking.best.encoding) from error
        try:
            text = decode_strictly(raw, ranking.second.encoding)
        except UnicodeDecodeError:
            raise _misfit(error, ranking.best.encoding) from error
        return Decoded(text, ranking.second.encoding, 0.0)
    rarity = ranking.best.likelihood.rarity
    return Decoded(text, ranking.best.encoding, _confidence(ranking.lead, rarity))


def _rank(raw: bytes) -> _Ranking:
    """Return the two likeliest encodings; scores are compared over the same bytes only."""
    narrow, narrow_second = _best_two(_runs(raw), _NARROW)
    slices = _slices(raw)
    if not _may_be_wide(slices):
        return _Ranking(narrow, narrow_second, narrow_second.bits - narrow.bits)
    wide, wide_second = _best_two(slices, _WIDE)
    same = _score(slices, narrow.encoding)
    ahead = wide.bits - same.bits
    if ahead >= 0:
        lead = narrow_second.bits - narrow.bits
        return _Ranking(narrow, wide if ahead < lead else narrow_second, min(ahead, lead))
    lead = wide_second.bits - wide.bits
    return _Ranking(wide, same if -ahead < lead else wide_second, min(-ahead, lead))


def _may_be_wide(sample: bytes) -> bool:
    halves = (sample[::2], sample[1::2])
    return any(2 * len(half.translate(None, _HIGH_BYTES)) <= len(half) for half in halves)


def _best_two(sample: bytes, names: tuple[str, ...]) -> tuple[_Score, _Score]:
    first, second, *_ = sorted((_score(sample, name) for name in names), key=lambda s: s.bits)
    return first, second


def _score(sample: bytes, name: str) -> _Score:
    from dedup.text.likelihood import likelihood

    found = likelihood(decode_sample(sample, name))
    # Nothing decoded, as UTF-32 from three bytes: not evidence for that encoding.
    return _Score(name, found.bits if found.characters else float("inf"), found)


def _runs(raw: bytes) -> bytes:
    pieces: list[bytes] = []
    for piece in range(_PIECES):
        room = _PIECE
        end = len(raw) * (piece + 1) // _PIECES
        for run in _RUN.finditer(raw, len(raw) * piece // _PIECES):
            if room <= 0 or run.start() >= end:
                break
            pieces.append(run[0][:room])
            room -= len(pieces[-1])
    return b"\n".join(pieces) or raw[:_PIECE]


def _slices(raw: bytes) -> bytes:
    if len(raw) <= _PIECES * _PIECE:
        return raw
    starts = (len(raw) * piece // _PIECES // 4 * 4 for piece in range(_PIECES))
    return b"".join(raw[start : start + _PIECE] for start in starts)


def _confidence(lead: float, rarity: float) -> float:
    by_lead = 1 - 2 ** (-lead / _HALVING) if lead < float("inf") else 1.0
    by_rarity = min(1.0, max(0.0, (_NONSENSE - rarity) / (_NONSENSE - _PROSE)))
    return round(min(by_lead, by_rarity), 3)


def _utf8_confidence(text: str, raw: bytes) -> float:
    """Doubt the few GBK texts of some characters that happen to be UTF-8 (魔 is the bytes of ħ)."""
    if len(text) > 64 or text.isascii() or max(text) >= "\u0800":
        return 1.0
    if any(c.isascii() and c.isalpha() for c in text):
        return 1.0
    from dedup.text.likelihood import is_common

    other = decode_sample(raw, "gb18030")
    return 0.5 if all(c.isascii() or is_common(c) for c in other) else 1.0


def _fit(raw: bytes, name: str, skip: int = 0, *, given: bool = False) -> str:
    body = raw[skip:] if skip else raw
    try:
        return decode_strictly(body, "utf-8" if name == "utf-8-sig" else name)
    except UnicodeDecodeError as error:
        raise _misfit(error, name, skip=skip, given=given) from error


def _misfit(
    error: UnicodeDecodeError, name: str, *, skip: int = 0, given: bool = False
) -> EncodingError:
    place = {"byte": f"0x{error.object[error.start]:02x}", "offset": error.start + skip}
    if given:
        return EncodingError(
            message("byte {byte} at offset {offset} is not {encoding}", encoding=name, **place),
            hint=message("leave the encoding out to have it detected, or name another"),
        )
    return EncodingError(
        message(
            "byte {byte} at offset {offset} is not text in {encoding}, the likeliest encoding",
            encoding=name,
            **place,
        ),
        hint=message("if you know the encoding, name it: --encoding NAME"),
    )
