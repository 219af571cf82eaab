"""What is known of a document, as bytes and back."""

from __future__ import annotations

import pytest

from dedup.engine.record import confidence_of, head_of, packed_info, plain_info, unpacked_info
from dedup.model import Document, Fact, Role, SetAside

NO_DATES = (None, None, ())
FOUND = (SetAside(0, 4, 1, 1, Role.METADATA, "date", '"1,0.2,"', (Fact("date", "2020-01-01"),)),)


@pytest.mark.parametrize("confidence", [1.0, 0.75, 0.5, 1e-05, 0.0])
@pytest.mark.parametrize(
    "path", [None, "a.txt", 'x",0.1,"y.txt', "b\\", '\\",0.3,', "新闻\udcff.txt"]
)
@pytest.mark.parametrize("encoding", [None, "gb18030"])
@pytest.mark.parametrize("found", [(), FOUND])
def test_the_confidence_is_read_alone(confidence, path, encoding, found) -> None:
    document = Document("d", "文", path, encoding, confidence=confidence)
    packed = packed_info(document, found, NO_DATES, "shard")
    assert unpacked_info(packed, "d", "shard").get("confidence", 1.0) == confidence_of(packed)
    if packed:
        assert confidence_of(packed) == confidence


@pytest.mark.parametrize("packed", [b"", b"f", b"r"])
def test_the_usual_ones_are_certain(packed: bytes) -> None:
    assert confidence_of(packed) == 1.0


@pytest.mark.parametrize("found", [(), FOUND])
@pytest.mark.parametrize("lines", [None, (1, 1), (7, 90)])
def test_lines_of_a_paragraph_come_back(found, lines) -> None:
    document = Document("x.txt#p2", "文", "x.txt", "utf-8", place=7, lines=lines)
    packed = packed_info(document, found, NO_DATES, "x.txt")
    assert unpacked_info(packed, document.id, "x.txt").get("lines") == lines
    assert confidence_of(packed) == 1.0


@pytest.mark.parametrize("path", [None, "d", "shard", "x"])
@pytest.mark.parametrize("encoding", [None, "utf-8", "big5"])
@pytest.mark.parametrize("confidence", [1.0, 0.5])
@pytest.mark.parametrize("lines", [None, (1, 2)])
def test_a_plain_one_takes_a_byte_and_comes_back(path, encoding, confidence, lines) -> None:
    document = Document("d", "文", path, encoding, confidence=confidence, lines=lines)
    plain = plain_info(document, "shard")
    packed = packed_info(document, (), NO_DATES, "shard")
    usual = encoding == (None if path is None else "utf-8")
    certain = path is None or confidence == 1.0
    assert (plain is not None) == (usual and certain and path != "x" and lines is None)
    assert plain is None or packed == plain
    fields = unpacked_info(packed, "d", "shard")
    assert fields["path"] == path
    assert fields["encoding"] == encoding


OTHERS = ("2020-01-01", "printed", (Fact("updated", ",[1,2]]"), Fact("date", "[3,4]]")))


@pytest.mark.parametrize("dates", [NO_DATES, OTHERS])
@pytest.mark.parametrize("path", [None, "d", "shard", 'x",0.1,"y.txt', "\\", "新闻\udcff.txt"])
@pytest.mark.parametrize("encoding", [None, "utf-8", "big5"])
@pytest.mark.parametrize("lines", [None, (1, 2), (10**18, 2**62)])
@pytest.mark.parametrize("found", [(), FOUND])
def test_the_head_is_read_without_the_rest(dates, path, encoding, lines, found) -> None:
    for confidence in (1.0, 0.5, 1e-05):
        document = Document("d", "文", path, encoding, confidence=confidence, lines=lines)
        packed = packed_info(document, found, dates, "shard")
        whole = {"confidence": 1.0, "lines": None, **unpacked_info(packed, "d", "shard")}
        head = head_of(packed, "d", "shard")
        assert head._asdict() == {name: whole[name] for name in head._fields}
