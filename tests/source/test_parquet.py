"""Parquet: nested and encoded columns, bounded batches, damaged files."""

from __future__ import annotations

from pathlib import Path

import pytest
from recordfiles import again, read_all, shard_of, told

from dedup.source import parquet

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

TEXTS = ["第一则文字", "第二则文字", "第三则文字", "第四则文字", "第五则文字"]


def write(path: Path, **columns: object) -> Path:
    pq.write_table(pa.table(columns), path, row_group_size=2)
    return path


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.string_view()],
    ids=str,
)
def test_rows_are_read_and_read_again(tmp_path: Path, kind: object) -> None:
    path = tmp_path / "a.parquet"
    texts = pa.array(TEXTS).cast(kind) if kind != pa.string_view() else pa.array(TEXTS, kind)
    write(path, id=[f"r{i}" for i in range(5)], text=texts, other=[1] * 5)
    shard = shard_of(path)
    found = read_all(shard)
    assert [(d.id, d.text, d.place) for d in found] == [
        (f"r{i}", text, i + 1) for i, text in enumerate(TEXTS)
    ]
    assert again(shard_of(path), [2, 5]) == [found[1], found[4]]
    assert [(first, table.num_rows) for first, table in shard.batches()] in (
        [(1, 5)],
        [(1, 2), (3, 2), (5, 1)],
    )
    assert pa.concat_tables([table for _, table in shard.batches()]).equals(pq.read_table(path))


def test_only_wanted_row_groups_are_read(tmp_path: Path, monkeypatch) -> None:
    path = write(tmp_path / "a.parquet", text=TEXTS)
    groups = []
    real = pq.ParquetFile.iter_batches

    def spy(self, *args, row_groups, **options):
        groups.extend(row_groups)
        return real(self, *args, row_groups=row_groups, **options)

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", spy)
    assert [d.text for d in again(shard_of(path), [3])] == [TEXTS[2]]
    assert groups == [1]


def test_batches_are_bounded(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(parquet, "ROWS", 2)
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": TEXTS}), path)
    shard = shard_of(path)
    assert [(first, table.num_rows) for first, table in shard.batches()] == [(1, 2), (3, 2), (5, 1)]
    assert [d.place for d in read_all(shard)] == [1, 2, 3, 4, 5]


def test_nested_columns(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.parquet",
        messages=[
            [{"role": "user", "content": text}, {"role": "a", "content": "答"}] for text in TEXTS
        ],
        meta=[{"url": f"u{i}", "when": 1_700_000_000 + i} for i in range(5)],
    )
    found = read_all(
        shard_of(
            path,
            text_fields=("messages.*.content",),
            id_field="meta.url",
            date_field="meta.when",
        )
    )
    assert [(d.id, d.text) for d in found] == [
        (f"u{i}", f"{text}\n\n答") for i, text in enumerate(TEXTS)
    ]
    assert found[0].date == "2023-11-14T22:13:20+00:00"


def test_what_is_no_text(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.parquet",
        text=["有字", None, "", "有", "字"],
        number=[1, None, 2, 3, 4],
        nothing=pa.nulls(5),
        many=[["a", "b"], [], None, ["c"], ["d"]],
    )
    assert told(read_all(shard_of(path))) == ["有字", (2, "no-text"), (3, "no-text"), "有", "字"]
    numbers = told(read_all(shard_of(path, text_fields=("number",))))
    assert [reason for _, reason in numbers] == ["not-a-text", "no-text"] + ["not-a-text"] * 3
    nothing = told(read_all(shard_of(path, text_fields=("nothing",))))
    assert [reason for _, reason in nothing] == ["no-text"] * 5
    many = told(read_all(shard_of(path, text_fields=("many",))))
    assert many == ["a\n\nb", (2, "no-text"), (3, "no-text"), "c", "d"]


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", title=TEXTS)
    (fault,) = read_all(shard_of(path))
    assert (fault.reason, fault.id) == ("no-field", str(path))
    (wrong,) = read_all(shard_of(path, text_fields=("texts",)))
    assert (wrong.reason, wrong.error) == ("no-field", True)
    assert "title" in str(wrong.detail)


@pytest.mark.parametrize("cut", [0, 3, 200])
def test_a_damaged_file_is_told(tmp_path: Path, cut: int) -> None:
    path = write(tmp_path / "a.parquet", text=TEXTS)
    path.write_bytes(path.read_bytes()[: cut and -cut])
    (fault,) = read_all(shard_of(path))
    assert (fault.reason, fault.error) == ("damaged", True)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    (fault,) = read_all(shard_of(tmp_path / "a.parquet"))
    assert (fault.reason, fault.error) == ("vanished", True)


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch) -> None:
    path = write(tmp_path / "a.parquet", text=TEXTS)
    monkeypatch.setattr(parquet, "installed", lambda _: False)
    (fault,) = read_all(shard_of(path))
    assert (fault.reason, fault.error) == ("needs-parquet", False)
    assert "zh-dedup[parquet]" in str(fault.detail)
