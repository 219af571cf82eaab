"""What is known already: compared with the new documents, and not with itself."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from random_documents import random_documents

import dedup
from dedup import Document, NoTextsError, PathError, ScanResult, Settings, UsageError
from dedup.app.known import against_paths
from dedup.app.scan import scan as scan_documents
from dedup.app.scan import scan_shards
from dedup.engine import runs as runs_module
from dedup.engine.against import Against
from dedup.engine.gather import gather
from dedup.engine.shards import Texts
from dedup.engine.store import Store
from dedup.match import candidates as candidates_module
from dedup.match.runs import RUN
from dedup.progress import NO_PROGRESS
from dedup.report.jsonl import pieces
from dedup.sketch.bands import banding
from dedup.source.reading import Reading

HAN = "全市坚持干部教育培训学习山里柿子红了老人坐在门前"
BODY = "今年以来，全市坚持把干部教育培训作为先导性、基础性、战略性工程，推动学习走深走实。" * 4
OTHER = "秋天的山里，柿子红了，老人坐在门前，看着孩子们在晒谷场上追着一只黄狗跑来跑去。" * 4


def sides(seed: int) -> tuple[list[Document], list[Document]]:
    """Return documents that are known, and new ones."""
    made = random_documents(seed, 60)
    known = [replace(each, id=f"k{each.id}") for each in made[:35]]
    return known, made[35:]


def compared(known: list[Document], new: list[Document], **options: object) -> ScanResult:
    settings = Settings().with_values(**options)
    return scan_documents(new, settings, against=Against([Texts(known)]))


@pytest.mark.parametrize("seed", range(8))
def test_it_finds_what_a_scan_of_everything_finds_of_the_new_ones(seed: int) -> None:
    known, new = sides(seed)
    ours = {each.id for each in new}
    everything = dedup.scan([*known, *new])
    result = compared(known, new)
    near = {(p.a, p.b): p.relation for p in everything.pairs if {p.a, p.b} & ours}
    units = {
        pair: relation
        for pair, relation in ((((p.a, p.b)), p.relation) for p in result.pairs)
        if pair in near
    }
    assert all(near[pair] is relation for pair, relation in units.items())
    assert not any({p.a, p.b}.isdisjoint(ours) for p in result.pairs)
    # whatever matches a kept one of everything is no less dropped beside all that is known
    assert set(result.dropped) >= {
        i for i in everything.dropped if i in ours and _for_known(i, everything)
    }


def _for_known(doc_id: str, result: ScanResult) -> bool:
    return any(c.keep.startswith("k") and doc_id in c.members for c in result.clusters)


@pytest.mark.parametrize("seed", range(8))
def test_no_known_document_is_dropped_and_each_dropped_one_matches_what_stays(seed: int) -> None:
    known, new = sides(seed)
    result = compared(known, new)
    ids = {each.id for each in known}
    assert not ids & set(result.dropped)
    for cluster in result.clusters:
        assert result.documents[cluster.keep].known == (cluster.keep in ids)
        for pair in cluster.drop:
            assert pair.b == cluster.keep
    assert set(result.kept) | set(result.dropped) <= {each.id for each in new}
    assert result.summary.known + result.summary.documents + result.summary.skipped == 60


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("jobs", [1, 2])
def test_neither_order_nor_workers_nor_shards_matter(seed: int, jobs: int) -> None:
    known, new = sides(seed)
    first = compared(known, new, jobs=1)
    draw = random.Random(seed)
    shuffled = draw.sample(known, len(known)), draw.sample(new, len(new))
    second = scan_shards(
        [Texts(shuffled[1][:7]), Texts(shuffled[1][7:])],
        Settings().with_values(jobs=jobs),
        against=Against([Texts(shuffled[0][:20]), Texts(shuffled[0][20:])]),
    )
    assert list(pieces(first)) == list(pieces(second))


def test_segments_that_are_there_are_not_made_again() -> None:
    known, new = sides(3)
    settings = Settings()
    chosen = banding(settings.threshold, settings.recall)

    class Made(Store):
        """Segments of an index."""

        def begin(self, shards: object) -> list[int]:
            return [] if self.segments else [0]

    shard = Texts(known)
    store = Made()
    skipped = gather([shard], settings, chosen, store, NO_PROGRESS)
    before = len(store.segments)
    result = scan_shards([Texts(new)], settings, against=Against([shard], store))
    plain = compared(known, new)
    assert before == 1
    assert result.pairs == plain.pairs
    assert result.clusters == plain.clusters
    assert len(skipped) + result.summary.skipped == plain.summary.skipped


def test_a_hot_bucket_of_known_texts_makes_pairs_with_new_ones_only(
    monkeypatch: pytest.MonkeyPatch, seed_texts: list[str]
) -> None:
    monkeypatch.setattr(candidates_module, "HOT_BUCKET", 4)
    monkeypatch.setattr(candidates_module, "HOT_FIRST", 2)
    known = [Document(f"k{n}", f"{seed_texts[1]}第{n}次修订。") for n in range(10)]
    result = compared(known, [Document("new", seed_texts[1] + "另一次修订。")])
    assert result.dropped == ("new",)
    assert result.summary.hot_buckets
    assert 0 < result.summary.pairs_not_compared <= 10
    assert result.summary.candidates <= 10  # none of two known ones


def test_ids_on_both_sides() -> None:
    result = dedup.scan(
        [BODY, OTHER], against=[BODY, "别的话，完全不一样的一段文字，说的是另一件事情。"]
    )
    assert result.dropped == ("0",)
    assert result.clusters[0].keep == "known:0"
    assert result.kept == ("1",)
    assert result.mask().tolist() == [False, True]
    assert str(result.clusters[0].reason) == "it is known already"


def test_an_id_like_the_one_a_known_document_is_given() -> None:
    result = dedup.scan({"a": BODY, "known:a": OTHER}, against={"a": BODY})
    assert result.clusters[0].keep == "known:known:a"


def test_two_known_documents_with_one_id_are_refused() -> None:
    with pytest.raises(UsageError, match="two documents have the id a"):
        dedup.scan([BODY], against=[("a", BODY), ("a", OTHER)])


def test_a_contained_known_text_stays(seed_texts: list[str]) -> None:
    part, whole = {"part": seed_texts[1][:1000]}, {"whole": seed_texts[1]}
    turned = dedup.scan(whole, against=part, drop_contained=True)
    assert not turned.clusters
    assert [pair.relation for pair in turned.pairs] == [dedup.Relation.CONTAINED]
    result = dedup.scan(part, against=whole, drop_contained=True)
    assert result.dropped == ("part",)
    assert result.clusters[0].keep == "whole"


def test_a_saved_result_is_read_back_and_decided_again(tmp_path: Path) -> None:
    known, new = sides(5)
    result = compared(known, new)
    path = tmp_path / "result.jsonl"
    path.write_text("".join(pieces(result)), encoding="utf-8")
    back = dedup.load(path)
    assert list(pieces(back)) == list(pieces(result))
    higher = dedup.redecide(back, threshold=0.7)
    again = compared(known, new, threshold=0.7)
    assert higher.clusters == again.clusters
    longest = dedup.redecide(back, keep="first")
    assert not any(longest.documents[i].known for i in longest.dropped)


def test_borderline_pairs_hold_known_documents() -> None:
    known, new = sides(6)
    result = scan_documents(new, Settings(), borderline=5, against=Against([Texts(known)]))
    assert result.borderline
    for pair in result.borderline:
        assert {pair.a, pair.b} <= result.documents.keys()
        assert not all(result.documents[i].known for i in (pair.a, pair.b))


@pytest.mark.parametrize("new", [[], ["！？"]])
def test_nothing_new(new: list[str]) -> None:
    result = dedup.scan(new, against=[BODY])
    assert (result.summary.documents, result.summary.known) == (0, 1)
    assert not result.pairs


@pytest.mark.parametrize("known", [[], ["！？"]])
def test_nothing_known(known: list[str]) -> None:
    result = dedup.scan([BODY, BODY], against=known)
    assert result.dropped == ("1",)
    assert result.summary.known == 0


def test_scores_on_one_side_only() -> None:
    known, new = [{"id": "k", "text": BODY}], [{"id": "n", "text": BODY, "score": 3}]
    result = dedup.scan(new, against=known, keep_by="score")
    assert result.clusters[0].keep == "k"


def test_a_file_on_both_sides_is_new(tmp_path: Path) -> None:
    for name, text in (("a", BODY), ("b", BODY), ("c", OTHER)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    result = dedup.scan(tmp_path / "a.txt", against=tmp_path)
    assert (result.summary.documents, result.summary.known) == (1, 2)
    assert result.dropped == (str(tmp_path / "a.txt"),)
    alone = dedup.scan(tmp_path / "c.txt", against=[tmp_path / "c.txt"])
    assert (alone.summary.documents, alone.summary.known) == (1, 0)


def test_texts_against_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    result = dedup.scan([OTHER, BODY], against=tmp_path)
    assert result.mask().tolist() == [True, False]


def test_what_cannot_be_known(tmp_path: Path) -> None:
    with pytest.raises(PathError):
        against_paths([tmp_path / "missing"], Reading())
    with pytest.raises(NoTextsError):
        against_paths([tmp_path], Reading())
    with pytest.raises(UsageError, match="standard input"):
        against_paths(["-"], Reading())


RUNS = st.text(alphabet=HAN, min_size=RUN, max_size=60)
LONG = st.text(alphabet="春夏秋冬东南西北，。", min_size=0, max_size=400)


@pytest.mark.parametrize("small", ["new", "known"])
@hypothesis_settings(max_examples=25, deadline=None)
@given(run=RUNS, mine=st.tuples(LONG, LONG), other=st.tuples(LONG, LONG))
def test_a_shared_run_is_found_with_certainty(
    small: str, run: str, mine: tuple[str, str], other: tuple[str, str]
) -> None:
    new, known = mine[0] + run + mine[1], other[0] + run + other[1]
    padding = "".join(chr(0x4E00 + at) for at in range(500))
    more = {"new": ([], [padding]), "known": ([padding], [])}[small]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs_module, "SMALL", len(new if small == "new" else known) + 1)
        result = dedup.scan([new, *more[0]], against=[known, *more[1]], keep_metadata=True)
    assert result.guarantee is not None
    assert result.guarantee.side == small or len(new) < len(known)
    found = [(run.a, run.b, run.characters) for run in result.shared]
    paired = any("0" in (p.a, p.b) for p in result.pairs)
    assert paired or any(a == "0" and size >= len(run) for a, _, size in found)


def test_no_guarantee_where_both_sides_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_module, "SMALL", 10)
    result = dedup.scan([BODY], against=[OTHER])
    assert result.guarantee is None
    assert dedup.scan([BODY, OTHER]).guarantee is None


def test_the_guarantee_is_in_the_result_and_its_bound(tmp_path: Path) -> None:
    quoted = OTHER[:45]
    result = dedup.scan({"new": "某某的读书笔记，" + quoted}, against={"book": BODY + OTHER})
    (run,) = result.shared
    assert (run.a, run.b) == ("new", "book")
    assert run.of_a < run.of_b
    guarantee = result.guarantee
    assert guarantee is not None
    assert (guarantee.characters, guarantee.bound, guarantee.common) == (30, 1 << 20, 0)
    path = tmp_path / "result.jsonl"
    path.write_text("".join(pieces(result)), encoding="utf-8")
    back = dedup.load(path)
    assert (back.shared, back.guarantee) == (result.shared, guarantee)
    assert list(pieces(back)) == list(pieces(result))


def test_metadata_that_is_set_aside_is_no_shared_run() -> None:
    header = "发布时间:2024-11-23 07:40:02 来源: 某某日报社网站\n"
    result = dedup.scan([header + BODY], against=[header + OTHER])
    assert not result.shared
