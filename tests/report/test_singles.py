"""Documents in no pair, written from a template: what their records would be."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from handmade import GBK_NAME, info, result
from hypothesis import given
from hypothesis import strategies as st

from dedup.model import DocumentInfo
from dedup.report import render
from dedup.report.json_ import _IN_GROUP
from dedup.report.jsonl import _LINE
from dedup.report.records import compact, single_record
from dedup.report.singles import single_texts
from dedup.source.units import FIRST_UNIT

#: Texts with what JSON escapes, what it need not, and halves of characters.
NAMES = st.text(
    st.sampled_from('a"\\/%s{}\x00\x1f\x7f\n\t\r\b\f\x85\u2028\u2029\ufeff新𠀀\udcd6\ud840'),
    min_size=1,
    max_size=6,
)
NUMBERS = st.integers(0, 2**40)
INFOS = st.builds(
    DocumentInfo,
    id=NAMES,
    path=st.none() | NAMES,
    hash=st.text("0123456789abcdef", min_size=32, max_size=32),
    kept=NUMBERS,
    whole_kept=NUMBERS,
    tokens=NUMBERS,
    set_aside=st.booleans(),
    encoding=st.none() | st.sampled_from(["utf-8", "gb18030", 'x"']),
    confidence=st.floats(0, 1),
    place=st.sampled_from([0, 1, 7, FIRST_UNIT, FIRST_UNIT + 3]),
    score=st.none() | st.floats(allow_nan=False),
    known=st.booleans(),
    lines=st.none() | st.tuples(NUMBERS, NUMBERS),
)


@given(st.lists(INFOS, max_size=4), st.booleans())
def test_they_are_what_the_records_would_be(infos: list[DocumentInfo], own: bool) -> None:
    if own:
        infos = [replace(each, path=each.id) for each in infos]
    lines = [compact(single_record(each)) + "\n" for each in infos]
    assert [*single_texts(infos, _LINE)] == lines
    inner = [{k: v for k, v in single_record(each).items() if k != "type"} for each in infos]
    indented = [
        json.dumps(each, ensure_ascii=False, indent=2).replace("\n", "\n    ") for each in inner
    ]
    assert [*single_texts(infos, _IN_GROUP)] == indented


@pytest.mark.parametrize("name", ["a.txt", GBK_NAME, 'x"\\\u2028.txt', "100%s.txt"])
def test_a_result_has_them_whole(name: str) -> None:
    scan = result([], documents=[info(name), info("b.txt", place=3, lines=(1, 2), score=1e300)])
    expected = [single_record(each) for each in sorted(scan.documents.values(), key=lambda i: i.id)]
    text = "".join(render(scan, "jsonl"))
    found = [json.loads(line) for line in text.split("\n")[:-1]]
    assert [each for each in found if each["type"] == "document"] == expected
    whole = json.loads("".join(render(scan, "json")))
    assert [{"type": "document", **each} for each in whole["documents"]] == expected
