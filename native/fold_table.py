"""Write the fold table as C, from dedup/text/fold.tsv; run by setup.py before it compiles."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: The classes as native/fold.c counts them. Runs are made of those before "mark-combining".
CLASSES = (
    "", "space", "newline", "circle",
    "mark-operator", "mark-hyphen", "mark-percent", "mark-hash", "mark-currency",
    "mark-joint", "mark-point", "mark-dash", "mark-bang",
    "mark-combining", "sequence", "unused",
    "han", "digit", "letter", "other", "emoji",
)  # fmt: skip
SEQUENCE = CLASSES.index("sequence")
CLASS_SHIFT = 21
BLOCK_SHIFT = 7
LENGTH_BITS = 5


def fold_table(tsv: str) -> str:
    """Return C source: two stages of entries by code point, and the sequences they name."""
    class_of, folded = _parse(tsv)
    entries = [0] * 0x110000
    for point, name in class_of.items():
        entries[point] = _entry(point, name)
    sequences: list[int] = []
    for point, targets in folded.items():
        coded = [_entry(target, class_of.get(target, "")) for target in targets]
        if len(coded) == 1:
            entries[point] = coded[0]
            continue
        if len(coded) >= 1 << LENGTH_BITS or len(sequences) >= 1 << (CLASS_SHIFT - LENGTH_BITS):
            raise ValueError(f"no room for what U+{point:04X} folds to")
        where = len(sequences) << LENGTH_BITS | len(coded)
        entries[point] = SEQUENCE << CLASS_SHIFT | where
        sequences += coded
    return _source(entries, sequences)


def write(tsv: Path, header: Path) -> None:
    """Write the table of ``tsv``, and the hash that tells it from others, to ``header``."""
    header.parent.mkdir(parents=True, exist_ok=True)
    content = tsv.read_bytes()
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    source = f'#define FOLD_TABLE_HASH "{digest}"\n{fold_table(content.decode("utf-8"))}'
    header.write_text(source, encoding="ascii")


def _parse(tsv: str) -> tuple[dict[int, str], dict[int, list[int]]]:
    class_of: dict[int, str] = {}
    folded: dict[int, list[int]] = {}
    for line in tsv.splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "class":
            name, low, high = rest.split()
            class_of.update(dict.fromkeys(range(int(low, 16), int(high, 16) + 1), name))
        elif kind == "map":
            source, *targets = (int(point, 16) for point in rest.split())
            folded[source] = targets
    return class_of, folded


def _entry(point: int, name: str) -> int:
    number = CLASSES.index(name)
    return number << CLASS_SHIFT | point if number else 0


def _plain(entry: int, han: int) -> int:
    """Return the Han that an entry is, 1 if it is a separator that drops out before Han, else 0."""
    name, folded = entry >> CLASS_SHIFT, entry & ((1 << CLASS_SHIFT) - 1)
    if name == han:
        return folded if folded < 0x10000 else 0
    return int(name < CLASSES.index("circle"))


def _source(entries: list[int], sequences: list[int]) -> str:
    size = 1 << BLOCK_SHIFT
    known: dict[tuple[int, ...], int] = {}
    first = []
    for start in range(0, len(entries), size):
        block = tuple(entries[start : start + size])
        first.append(known.setdefault(block, len(known)))
    second = [entry for block in known for entry in block]
    han = CLASSES.index("han")
    # None that has three bytes is below U+0800; read four bytes at a time.
    plain = [0] * 0x800 + [_plain(entry, han) for entry in entries[0x800:0x10000]] + [0]
    return "\n".join([
        "/* Generated from dedup/text/fold.tsv by native/fold_table.py. */",
        f"#define FOLD_SHIFT {BLOCK_SHIFT}",
        _array("uint16_t", "fold_blocks", first),
        _array("uint32_t", "fold_entries", second),
        _array("uint32_t", "fold_sequences", sequences),
        "#if defined(__x86_64__)",
        _array("uint16_t", "fold_plain", plain),
        "#endif",
        "",
    ])  # fmt: skip


def _array(ctype: str, name: str, values: list[int]) -> str:
    rows = [", ".join(map(str, values[i : i + 12])) for i in range(0, len(values), 12)]
    body = ",\n".join(rows)
    return f"static const {ctype} {name}[{len(values)}] = {{\n{body}\n}};"
