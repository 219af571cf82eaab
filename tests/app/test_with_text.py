"""Results that hold the texts of what is in a pair or cluster."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from terminal import run

import dedup
from dedup.errors import InputError, UsageError
from dedup.report import render
from dedup.report.extent import without_text
from dedup.source.read_as import reading_of

if TYPE_CHECKING:
    from pathlib import Path

BODY = "今年以来，全市坚持把干部教育培训作为先导性、基础性、战略性工程，推动学习走深走实。" * 3
NEAR = BODY.replace("学习", "工作", 1)
OTHER = "昨日下午，城北的旧书店搬到了河边，老板说新铺面多了一间阅览室，每天开放到晚上九点。" * 3
TEXTS = {"a": BODY, "b": NEAR, "c": OTHER, "d": BODY}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    lines = [json.dumps({"id": i, "text": text}, ensure_ascii=False) for i, text in TEXTS.items()]
    (tmp_path / "r.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "e.txt").write_text(NEAR, encoding="utf-8")
    return tmp_path


def saved(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {r["id"]: r["text"] for r in map(json.loads, lines) if "text" in r}


def test_texts_of_documents_in_pairs_are_in_the_result() -> None:
    for source in (TEXTS, iter(TEXTS.items()), list(TEXTS.items())):
        result = dedup.scan(source, with_text=True)
        assert result.texts == {"a": BODY, "b": NEAR, "d": BODY}
    assert dedup.scan(TEXTS).texts is None
    assert dedup.scan({"c": OTHER}, with_text=True).texts == {}


def test_known_texts_too() -> None:
    result = dedup.scan({"n": NEAR, "o": OTHER}, against={"k": BODY}, with_text=True)
    assert result.texts == {"k": BODY, "n": NEAR}


def test_files_and_records(place: Path) -> None:
    result = dedup.scan([place / "r.jsonl", place / "e.txt"], with_text=True)
    assert result.texts is None or len(result.texts) > 0
    result = dedup.scan(place, with_text=True)
    assert result.texts == {"a": BODY, "b": NEAR, "d": BODY, str(place / "e.txt"): NEAR}
    units = dedup.scan(place / "e.txt", with_text=True)
    assert units.texts == {}


def test_saved_read_back_and_saved_again(tmp_path: Path) -> None:
    result = dedup.scan(TEXTS, with_text=True, borderline=3)
    text = "".join(render(result, "jsonl"))
    path = tmp_path / "r.jsonl"
    path.write_text(text, encoding="utf-8", newline="")
    assert saved(path) == {"a": BODY, "b": NEAR, "d": BODY}
    again = dedup.load(path)
    assert again.texts == result.texts
    assert "".join(render(again, "jsonl")) == text
    higher = dedup.redecide(again, threshold=0.9)
    assert higher.texts == result.texts
    assert without_text(again).texts is None
    assert BODY not in "".join(render(without_text(again), "jsonl"))
    grouped = json.loads("".join(render(result, "json")))
    assert grouped["run"]["with_text"] is True
    assert {each["id"] for each in grouped["documents"] if "text" in each} == {"a", "b", "d"}


def test_a_text_that_is_another_is_damage(tmp_path: Path) -> None:
    text = "".join(render(dedup.scan(TEXTS, with_text=True), "jsonl"))
    path = tmp_path / "r.jsonl"
    at = text.rindex("干部教育")
    path.write_text(text[:at] + "学生" + text[at + 2 :], encoding="utf-8")
    with pytest.raises(InputError, match=r"the text of . is another"):
        dedup.load(path)


def test_what_cannot_be_written_as_unicode_is_left_out() -> None:
    result = dedup.scan({"a": BODY + "\ud800", "b": BODY}, with_text=True)
    assert result.texts is not None
    assert len(result.texts) == 2
    records = [json.loads(line) for line in render(result, "jsonl")]
    assert [r["id"] for r in records if "text" in r] == ["b"]


def test_the_report_needs_no_file_but_the_result(place: Path) -> None:
    ran = run("scan", "r.jsonl", "e.txt", "--with-text", "-q", "-o", "out.jsonl", cwd=place)
    assert ran.status == 0
    whole = run("scan", "r.jsonl", "e.txt", cwd=place).out
    (place / "r.jsonl").unlink()
    (place / "e.txt").unlink()
    ran = run("report", "out.jsonl", cwd=place)
    assert ran.out == whole
    assert "warning" not in ran.err
    ran = run("report", "out.jsonl", "--no-text", "-o", "less.jsonl", cwd=place)
    assert ran.status == 0
    assert saved(place / "less.jsonl") == {}
    assert "干部" not in (place / "less.jsonl").read_text(encoding="utf-8")
    assert "培训" not in run("report", "out.jsonl", "--no-text", cwd=place).out


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--with-text",), "--with-text cannot be used with the format full"),
        (("--with-text", "-o", "x.csv"), "--with-text cannot be used with the format csv"),
        (("--with-text", "--no-text", "-o", "x.jsonl"), "exclude each other"),
    ],
)
def test_what_does_not_go_together(place: Path, flags: tuple[str, ...], said: str) -> None:
    ran = run("scan", "r.jsonl", *flags, cwd=place)
    assert ran.status == 2
    assert said in ran.err
    assert not (place / "x.csv").exists()


def test_a_report_can_be_a_summary_or_limited(place: Path) -> None:
    run("scan", "r.jsonl", "e.txt", "-q", "-o", "out.jsonl", cwd=place)
    scanned = run("scan", "r.jsonl", "e.txt", "--summary", cwd=place).out
    assert run("report", "out.jsonl", "--summary", cwd=place).out == scanned
    assert run("report", "out.jsonl", "--limit", "0", cwd=place).out == ""
    ran = run("report", "out.jsonl", "--limit", "-1", cwd=place)
    assert (ran.status, "limit is -1" in ran.err) == (2, True)


RECORDS = [
    {"id": "x", "text": BODY, "q": 1, "source": "web"},
    {"id": "y", "text": BODY, "q": 9, "source": "gold"},
]


def test_another_direction_and_another_order_of_sources(tmp_path: Path) -> None:
    first = dedup.scan(RECORDS, keep_by="q")
    assert first.kept == ("y",)
    assert dedup.redecide(first, keep_by="q:min").kept == ("x",)
    with pytest.raises(UsageError, match="does not hold what r is"):
        dedup.redecide(first, keep_by="r")
    for record in RECORDS:
        path = tmp_path / str(record["source"]) / "a.jsonl"
        path.parent.mkdir()
        path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    run("scan", ".", "--keep-by", "q", "-q", "-o", "../out.jsonl", cwd=tmp_path)
    out = str(tmp_path.parent / "out.jsonl")
    for flags, kept in (
        ((), "y"),
        (("--keep-by", "q:min"), "x"),
        (("--source-order", "web, gold"), "x"),
        (("--source-order", "gold,web", "--keep-by", "q:min"), "y"),
    ):
        ran = run("report", out, *flags, "--output-format", "json", cwd=tmp_path)
        [cluster] = json.loads(ran.out)["clusters"]
        assert cluster["keep"]["id"] == kept, flags
    assert run("report", out, "--keep-by", "r", cwd=tmp_path).status == 2


def test_how_files_were_read_is_in_the_result_and_read_so_again(tmp_path: Path) -> None:
    rows = [{"q": "甲问", "a": BODY}, {"q": "乙问", "a": NEAR}, {"q": "丙问", "a": OTHER}]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (tmp_path / "d.data").write_text("\n".join(lines), encoding="utf-8")
    flags = ("--text-field", "q,a", "--format", "jsonl")
    scanned = run("scan", "d.data", *flags, cwd=tmp_path)
    assert "甲" in scanned.out
    run("scan", "d.data", *flags, "-q", "-o", "r.jsonl", cwd=tmp_path)
    header = json.loads((tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert header["reading"] == {"text_fields": ["q", "a"], "format": "jsonl"}
    assert run("report", "r.jsonl", cwd=tmp_path).out == scanned.out
    again = run("report", "r.jsonl", "--output-format", "jsonl", cwd=tmp_path).out
    assert again == (tmp_path / "r.jsonl").read_text(encoding="utf-8")
    back = dedup.load(tmp_path / "r.jsonl")
    assert back.read_as == {"text_fields": ["q", "a"], "format": "jsonl"}
    assert reading_of(back.read_as, back.settings).text_fields == ("q", "a")


def test_units_are_read_again_as_they_were_cut(tmp_path: Path) -> None:
    text = f"{BODY}\n{OTHER}\n{NEAR}"
    (tmp_path / "d.txt").write_text(text, encoding="utf-8")
    scanned = run("scan", "d.txt", "--split", "line", cwd=tmp_path)
    run("scan", "d.txt", "--split", "line", "-q", "-o", "r.jsonl", cwd=tmp_path)
    header = json.loads((tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert header["reading"] == {"split": "line"}
    assert run("report", "r.jsonl", cwd=tmp_path).out == scanned.out


@pytest.mark.parametrize("stored", [{"split": "word"}, {"text_fields": ["a..b"]}, {"format": 1}])
def test_a_reading_that_is_none_is_damage(stored: dict[str, object], tmp_path: Path) -> None:
    header, *rest = render(dedup.scan(TEXTS), "jsonl")
    changed = json.dumps({**json.loads(header), "reading": stored})
    (tmp_path / "r.jsonl").write_text("\n".join([changed, *rest]), encoding="utf-8")
    with pytest.raises(InputError):
        dedup.load(tmp_path / "r.jsonl")
    newer = json.dumps({**json.loads(header), "reading": {"new": 1}})
    (tmp_path / "r.jsonl").write_text("\n".join([newer, *rest]), encoding="utf-8")
    assert dedup.load(tmp_path / "r.jsonl").read_as == {"new": 1}
