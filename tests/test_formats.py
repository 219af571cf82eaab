"""Every vector and table of docs/formats.md is what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from dedup import Document, Settings, fold
from dedup.engine.gather import gather
from dedup.engine.shards import Texts
from dedup.engine.store import Store
from dedup.progress import NO_PROGRESS
from dedup.sketch.bands import banding
from dedup.sketch.estimate import estimates
from dedup.sketch.passages import passage_fingerprints, run_and_window
from dedup.sketch.segments import FORMAT, SEGMENT_DOCUMENTS, Segment, pack
from dedup.text.fold_table import fold_table
from dedup.text.regional import representative, representatives
from dedup.text.shingle import TokenHashes, shingle_hashes, token_hash

PAGE = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")


def vectors(name: str) -> list[tuple[str, str]]:
    (block,) = re.findall(rf"```vectors {name}\n(.*?)```", PAGE, re.DOTALL)
    pairs = [line.split(" -> ") for line in block.splitlines()]
    return [(given, expected) for given, expected in pairs]


@pytest.mark.parametrize(("given", "expected"), vectors("fold"))
def test_fold(given: str, expected: str) -> None:
    assert fold(json.loads(given)) == json.loads(expected)


@pytest.mark.parametrize(("given", "expected"), vectors("representative"))
def test_representative(given: str, expected: str) -> None:
    word, stands = json.loads(given), json.loads(expected)
    assert representative(word) == stands
    assert TokenHashes(representatives()).of([word])[0] == token_hash(stands)


@pytest.mark.parametrize(("given", "expected"), vectors("token"))
def test_token(given: str, expected: str) -> None:
    assert f"{token_hash(json.loads(given)):016x}" == expected


@pytest.mark.parametrize(("given", "expected"), vectors("shingle"))
def test_shingle(given: str, expected: str) -> None:
    (found,) = shingle_hashes(TokenHashes().of(json.loads(given)), 3)
    assert f"{int(found):016x}" == expected


@pytest.mark.parametrize(("given", "expected"), vectors("passages"))
def test_passages(given: str, expected: str) -> None:
    found = passage_fingerprints(TokenHashes().of(json.loads(given)), 10)
    assert [f"{value:08x}" for value in found.tolist()] == json.loads(expected)
    assert run_and_window(70) == (16, 55)
    assert "k = 16 and w = 55 for 70" in PAGE


def test_bands() -> None:
    rows = re.findall(r"^\| (0\.\d) \| (\d+) \| (\d) \| (\d+) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 5
    for threshold, bands, per_band, values in rows:
        chosen = banding(float(threshold), 0.99)
        assert (chosen.bands, chosen.rows) == (int(bands), int(per_band))
        assert chosen.num_perm == int(values)


def test_every_class_of_the_table_is_described() -> None:
    lines = Path(__file__).parent.parent / "dedup" / "text" / "fold.tsv"
    used = {
        line.split()[1]
        for line in lines.read_text(encoding="utf-8").splitlines()
        if line.startswith("class ")
    }
    assert used == set(re.findall(r"`([a-z]+(?:-[a-z]+)?)`(?=[,` a-z]*\|)", PAGE)) & used
    assert fold_table().members("mark-dash") == "‒–—―"
    assert fold_table().members("circle") == "○◯⭘"


def segment_columns() -> dict[str, str]:
    """Return the names and types of the columns that the page lists."""
    table = PAGE.partition("| column | type, shape | what |")[2].partition("\n\n")[0]
    listed: dict[str, str] = {}
    for names, types in re.findall(r"^\| (`[^|]*`) \| ([^|(]*) \(", table, re.MULTILINE):
        each = types.split(", ")
        for at, name in enumerate(re.findall("`(.*?)`", names)):
            listed[name] = each[min(at, len(each) - 1)]
    return listed


def test_the_segment_shown_is_one() -> None:
    (block,) = re.findall(r"```segment\n(.*?)```", PAGE, re.DOTALL)
    raw = bytes.fromhex(block)
    segment = Segment(lambda start, stop: raw[start:stop], len(raw), "shown")
    segment.verify()
    assert segment.header == {"fingerprint": "00"}
    assert segment.columns == ("kept",)
    assert segment.column("kept").tolist() == [5, 7]
    written = pack({"fingerprint": "00"}, {"kept": np.array([5, 7], dtype=np.uint32)})
    assert b"".join(written) == raw
    assert f"Format {FORMAT}:" in PAGE
    assert f"up to {SEGMENT_DOCUMENTS:,} documents" in PAGE


def test_the_columns_of_a_segment_are_those_listed() -> None:
    settings = Settings(keep_by="score")
    chosen = banding(settings.threshold, settings.recall)
    with Store() as store:
        documents = [Document(str(n), f"第{n}号公告：请注意安全。", score=n) for n in range(9)]
        gather([Texts(documents)], settings, chosen, store, NO_PROGRESS)
        (segment,) = store.segments
        assert segment.header == {"fingerprint": settings.fingerprint()}
        found = {name: segment.column(name) for name in segment.columns}
    kinds = {name: f"{column.dtype.kind}{column.dtype.itemsize}" for name, column in found.items()}
    assert kinds == segment_columns()
    assert found["band_keys"].shape == found["band_documents"].shape == (chosen.bands, 9)
    assert (np.diff(found["band_keys"].astype(np.int64), axis=1) >= 0).all()
    assert found["estimate"].shape == (9, -(-chosen.num_perm // 32))


def test_the_estimate_is_two_bits_of_each_value() -> None:
    values = np.random.default_rng(1).integers(0, 1 << 32, (1, 33), dtype=np.uint32)
    bits = [(int(value) * 0x9E3779B1 % (1 << 32)) >> 30 for value in values[0]]
    first = sum(each << (2 * at) for at, each in enumerate(bits[:32]))
    assert estimates(values).tolist() == [[first, bits[32]]]
