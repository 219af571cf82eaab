"""Columns of a batch, and the segments that are put together from them."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from dedup import Document, Settings
from dedup.engine.building import SegmentBuilder
from dedup.engine.columns import BatchColumns, ColumnMaker
from dedup.engine.gather import gather
from dedup.engine.local import BatchSketcher, map_shards
from dedup.engine.shards import Texts
from dedup.engine.store import Store
from dedup.progress import NO_PROGRESS
from dedup.sketch.bands import banding

SETTINGS = Settings(threshold=0.6)
CHOSEN = banding(SETTINGS.threshold, SETTINGS.recall)
MAKER = ColumnMaker(SETTINGS, CHOSEN, (7, 3), ("a.jsonl", "b.jsonl"))
STORY = "春天的早晨，河边的柳树已经发芽，几个孩子在岸上放风筝，老人坐在石凳上看报。"
LONG = "".join(f"第{n}回{STORY}" for n in range(9))


def batch_of(*texts: str) -> BatchColumns:
    documents = [Document(f"d{at}", text, place=at) for at, text in enumerate(texts)]
    sketched = BatchSketcher(SETTINGS, CHOSEN.num_perm)(list(texts))
    return MAKER(1, (documents, sketched))


def test_what_holds_no_text_is_skipped_and_counted() -> None:
    batch = batch_of(STORY, "。。。", LONG)
    assert (len(batch), batch.count) == (2, 3)
    assert [(each.id, each.reason) for each in batch.skipped] == [("d1", "no-text")]
    assert batch.columns["place"].tolist() == [0, 2]
    assert batch.columns["shard"].tolist() == [3, 3]


def test_a_batch_without_text_has_no_columns() -> None:
    batch = batch_of("。", "…")
    assert (len(batch), batch.count, batch.columns) == (0, 2, {})
    builder = SegmentBuilder()
    builder.add(batch)
    assert len(builder) == 0


def test_scores_are_there_where_they_are_asked_for() -> None:
    settings = Settings(keep_by="quality")
    documents = [Document("a", STORY, score=2.5), Document("b", LONG)]
    sketched = BatchSketcher(settings, CHOSEN.num_perm)([STORY, LONG])
    made = ColumnMaker(settings, CHOSEN, (0,), ("x",))(0, (documents, sketched))
    assert made.columns["score"][0] == 2.5
    assert np.isnan(made.columns["score"][1])
    assert "score" not in batch_of(STORY).columns


def test_a_segment_is_the_same_however_it_was_cut_into_batches() -> None:
    texts = [LONG, STORY, LONG[50:], "天气晴朗", LONG[:300], STORY * 2]
    whole, parts = SegmentBuilder(), SegmentBuilder()
    whole.add(batch_of(*texts))
    for low, high in ((0, 1), (1, 4), (4, 6)):
        parts.add(batch_of(*texts[low:high]))
    assert len(whole) == len(parts) == 6
    expected, found = whole.finish(), parts.finish()
    assert expected.keys() == found.keys()
    for name in expected.keys() - {"id_bytes", "id_ends", "place"}:  # these say where in a batch
        np.testing.assert_array_equal(expected[name], found[name], name)
    assert len(whole) == 0


def test_positions_of_a_full_segment_stay_within_their_bits() -> None:
    builder = SegmentBuilder()
    batch = batch_of(*[LONG] * 4)
    for _ in range((1 << 16) // 4):
        builder.add(batch)
    columns = builder.finish()
    owners = columns["passage_documents"]
    assert np.bincount(owners, minlength=1 << 16).tolist() == columns["passage_count"].tolist()
    assert len(set(columns["passages"].tolist())) == batch.columns["passage_count"][0]


def test_what_makes_columns_can_be_sent_to_a_process() -> None:
    assert pickle.loads(pickle.dumps(MAKER)) == MAKER  # noqa: S301 - our own bytes


@pytest.mark.parametrize("jobs", [1, 3])
def test_what_is_made_comes_in_order(jobs: int) -> None:
    shards = [Texts([Document(f"{n}/{i}", LONG[i:]) for i in range(5)]) for n in range(9)]
    # without the kernel workers are processes: a slice is made of two values in any of them
    made = map_shards(shards, Settings(jobs=jobs), 16, slice)
    found = [(number, (each.start, each.stop[0][0].id)) for number, each in made]
    assert found == [(n, (n, f"{n}/0")) for n in range(9)]


@pytest.mark.parametrize("jobs", [1, 3])
def test_gathering_lists_what_was_skipped_in_order(jobs: int) -> None:
    texts = [STORY, "。", LONG, "——"]
    shards = [Texts([Document(f"{n}{i}", t) for i, t in enumerate(texts)]) for n in range(4)]
    with Store() as store:
        skipped = gather(shards, Settings(jobs=jobs), CHOSEN, store, NO_PROGRESS)
        (segment,) = store.segments
        assert segment.column("shard").tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert [each.id for each in skipped] == [f"{n}{i}" for n in range(4) for i in (1, 3)]
