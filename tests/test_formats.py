"""Every vector and table of docs/formats.md is what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dedup import fold
from dedup.sketch.bands import banding
from dedup.text.fold_table import fold_table
from dedup.text.shingle import TokenHashes, shingle_hashes, token_hash

PAGE = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")


def vectors(name: str) -> list[tuple[str, str]]:
    (block,) = re.findall(rf"```vectors {name}\n(.*?)```", PAGE, re.DOTALL)
    pairs = [line.split(" -> ") for line in block.splitlines()]
    return [(given, expected) for given, expected in pairs]


@pytest.mark.parametrize(("given", "expected"), vectors("fold"))
def test_fold(given: str, expected: str) -> None:
    assert fold(json.loads(given)) == json.loads(expected)


@pytest.mark.parametrize(("given", "expected"), vectors("token"))
def test_token(given: str, expected: str) -> None:
    assert f"{token_hash(json.loads(given)):016x}" == expected


@pytest.mark.parametrize(("given", "expected"), vectors("shingle"))
def test_shingle(given: str, expected: str) -> None:
    (found,) = shingle_hashes(TokenHashes().of(json.loads(given)), 3)
    assert f"{int(found):016x}" == expected


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
