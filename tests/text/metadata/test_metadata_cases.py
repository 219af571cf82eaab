"""Cases as files: every folder of tests/cases/metadata is a text and what it must give."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from dedup.model import Role
from dedup.text.metadata import KINDS, find

CASES = Path(__file__).resolve().parents[2] / "cases" / "metadata"
FACTS = {
    "published",
    "printed",
    "updated",
    "scraped",
    "source",
    "people",
    "publication",
    "page",
    "place",
    "title",
}
LINE_ENDS = {"windows": "\r\n", "old-mac": "\r", "separator": "\u2028", "next-line": "\x85"}


@dataclass(frozen=True)
class Expected:
    role: Role
    kind: str
    text: str | None
    facts: dict[str, str] | None


@dataclass(frozen=True)
class Case:
    text: str
    parts: tuple[Expected, ...]


def read_case(folder: Path) -> Case:
    """Read a case; anything malformed is an error that names the file."""
    names = {path.name for path in folder.iterdir()}
    assert names == {"text.txt", "expected.toml"}, f"{folder}: holds {sorted(names)}"
    text = (folder / "text.txt").read_bytes().decode("utf-8")
    stated = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    assert set(stated) == {"why", "part"}, f"{folder}: expected.toml has {sorted(stated)}"
    assert stated["why"].strip(), f"{folder}: why is empty"
    return Case(text, tuple(read_part(folder, part) for part in stated["part"]))


def read_part(folder: Path, part: dict[str, object]) -> Expected:
    assert {"role", "kind"} <= set(part) <= {"role", "kind", "text", "facts"}, f"{folder}: {part}"
    assert part["kind"] in KINDS, f"{folder}: there is no kind {part['kind']}"
    text, facts = part.get("text"), part.get("facts")
    assert text is None or isinstance(text, str), f"{folder}: text is {text!r}"
    assert facts is None or isinstance(facts, dict), f"{folder}: facts is {facts!r}"
    assert set(facts or {}) <= FACTS, f"{folder}: unknown facts in {facts}"
    return Expected(Role(str(part["role"])), str(part["kind"]), text, facts)


def folders(prefix: str) -> list[Path]:
    return sorted(path for path in CASES.iterdir() if path.name.startswith(prefix))


def described(text: str) -> list[tuple[str, int, int, list[str], tuple[object, ...]]]:
    return [
        (part.kind, part.line, part.last_line, part.text.splitlines(), part.facts)
        for part in find(text)
    ]


def test_there_are_enough_cases_of_both_sorts() -> None:
    assert len(folders("is-")) >= 60
    assert len(folders("not-")) >= 60


def test_every_folder_is_of_one_sort() -> None:
    assert {path.name.partition("-")[0] for path in CASES.iterdir()} == {"is", "not"}


def test_the_prefix_says_whether_something_is_found() -> None:
    for folder in CASES.iterdir():
        assert bool(read_case(folder).parts) == folder.name.startswith("is-"), folder.name


def test_every_kind_has_a_case() -> None:
    seen = {part.kind for folder in folders("is-") for part in read_case(folder).parts}
    assert seen == set(KINDS) - {"shared-passage"}  # which no text has by itself


def test_no_two_cases_are_the_same_text() -> None:
    texts = [read_case(folder).text for folder in CASES.iterdir()]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("folder", [*folders("is-"), *folders("not-")], ids=lambda path: path.name)
def test_case(folder: Path) -> None:
    case = read_case(folder)
    found = find(case.text)
    assert [part.kind for part in found] == [part.kind for part in case.parts]
    for part, expected in zip(found, case.parts, strict=True):
        assert part.role is expected.role
        assert expected.text is None or part.text == expected.text
        if expected.facts is not None:
            assert {fact.name: fact.value for fact in part.facts} == expected.facts


@pytest.mark.parametrize("ending", LINE_ENDS.values(), ids=LINE_ENDS.keys())
def test_line_ends_never_change_what_is_found(ending: str) -> None:
    for folder in CASES.iterdir():
        text = read_case(folder).text
        assert described(text.replace("\n", ending)) == described(text), folder.name


def test_trailing_and_leading_blank_lines_change_nothing_but_the_line_numbers() -> None:
    for folder in CASES.iterdir():
        text = read_case(folder).text
        padded = "\n\n" + text + "\n \n\n"
        assert [(p.kind, p.text, p.line - 2) for p in find(padded)] == [
            (p.kind, p.text, p.line) for p in find(text)
        ], folder.name


@pytest.mark.parametrize(
    ("expected", "complaint"),
    [
        ('why = "x"\n', "expected.toml has"),
        ('why = " "\npart = []\n', "why is empty"),
        ('why = "x"\n[[part]]\nrole = "metadata"\n', "role"),
        ('why = "x"\n[[part]]\nrole = "metadata"\nkind = "headline"\n', "no kind headline"),
        (
            'why = "x"\n[[part]]\nrole = "metadata"\nkind = "header"\nfacts = { when = "x" }\n',
            "unknown facts",
        ),
    ],
)
def test_a_malformed_case_is_an_error(tmp_path: Path, expected: str, complaint: str) -> None:
    (tmp_path / "text.txt").write_text("文", encoding="utf-8")
    (tmp_path / "expected.toml").write_text(expected, encoding="utf-8")
    with pytest.raises(AssertionError, match=complaint):
        read_case(tmp_path)


def test_a_case_without_its_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "expected.toml").write_text('why = "x"\npart = []\n', encoding="utf-8")
    with pytest.raises(AssertionError, match="holds"):
        read_case(tmp_path)
