"""The list of boilerplate as text, as JSON, and as a setting."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedup import Settings
from dedup.boilerplate import EMPTY, NONE, Boilerplate, SharedPassage, boilerplate_of
from dedup.errors import SettingsError

LIST = Boilerplate(
    (SharedPassage(0xABC, 412, "版权所有"), SharedPassage(2**63, 30, "首页 新闻 体育")), 1000
)


def parsed(text: str) -> Boilerplate:
    return Boilerplate.parse(text, "list.txt")


def test_a_list_is_text_and_comes_back() -> None:
    text = LIST.text()
    assert text.splitlines()[0] == "# dedup boilerplate 1"
    assert text.splitlines()[-2:] == [
        "0000000000000abc\t412\t版权所有",
        "8000000000000000\t30\t首页 新闻 体育",
    ]
    assert parsed(text).passages == LIST.passages
    assert parsed(text).learned_from == 1000


def test_a_line_that_is_struck_out_is_compared_again() -> None:
    struck = LIST.text().replace("0000000000000abc", "# 0000000000000abc")
    assert [each.hash for each in parsed(struck).passages] == [2**63]
    assert parsed(struck).hash != LIST.hash


def test_counts_and_samples_are_for_people() -> None:
    bare = parsed("# dedup boilerplate 1\n8000000000000000\n\n0000000000000abc\t\n")
    assert bare == LIST
    assert bare.hash == LIST.hash


def test_what_windows_makes_of_a_list_is_read() -> None:
    assert parsed("\ufeff" + LIST.text().replace("\n", "\r\n")) == LIST


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is no list"),
        ("hello\n", "is no list"),
        ("# dedup boilerplate 2\n", "has format 2"),
        ("# dedup boilerplate 1\nxyz\t3\tabc\n", "line 2: xyz"),
        ("# dedup boilerplate 1\n\n0000000000000abc\tmany\n", "line 3: 0000"),
    ],
)
def test_what_is_no_list_is_refused(text: str, problem: str) -> None:
    with pytest.raises(SettingsError, match=problem.replace("+", r"\+")):
        parsed(text)


def test_a_list_in_a_result_has_no_words(tmp_path: Path) -> None:
    record = LIST.record()
    assert record is not None
    assert "版权" not in str(record)
    assert Boilerplate.from_record(record) == LIST
    assert Boilerplate.from_record(EMPTY.record()) is None


@pytest.mark.parametrize(
    "record",
    [7, {}, {"passages": [["abc", 1]]}, {"passages": [["0000000000000abc", True]]},
     {"passages": [["0000000000000abc", 1]], "hash": "0" * 32}],
)  # fmt: skip
def test_a_damaged_record_is_refused(record: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        Boilerplate.from_record(record)


def test_the_setting_is_a_list_a_path_or_none(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(LIST.text(), encoding="utf-8")
    assert boilerplate_of(LIST) == boilerplate_of(str(path)) == LIST
    assert boilerplate_of(None) == boilerplate_of(NONE) == EMPTY
    assert Settings(boilerplate=path).boilerplate == str(path)  # type: ignore[arg-type]
    for wrong in ("", 7):
        with pytest.raises(SettingsError, match="wrong type"):
            Settings(boilerplate=wrong)  # type: ignore[arg-type]


def test_the_list_is_in_the_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(LIST.text(), encoding="utf-8")
    plain = Settings().fingerprint()
    assert Settings(boilerplate=NONE).fingerprint() == plain
    assert Settings(boilerplate=EMPTY).fingerprint() == plain
    assert Settings(boilerplate=LIST).fingerprint() == Settings(boilerplate=str(path)).fingerprint()
    assert Settings(boilerplate=LIST).fingerprint() != plain


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot read the boilerplate"):
        boilerplate_of(str(tmp_path / "nothing.txt"))
    (tmp_path / "list.txt").write_bytes("# dedup boilerplate 1\n版权".encode("gb18030"))
    with pytest.raises(SettingsError, match="is not UTF-8"):
        boilerplate_of(str(tmp_path / "list.txt"))
