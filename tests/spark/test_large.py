"""Components that no task holds: what is found in them is what a scan here finds."""

from __future__ import annotations

import random

import numpy as np
import pytest
from greedy_rounds import KINDS, graph_named, graph_of, kept_in_rounds
from random_documents import random_documents, sentence
from spark_same import found_here, found_there

from dedup.errors import UsageError
from dedup.match.cluster import assign
from dedup.match.contained import Contained, drop_contained, packed
from dedup.settings import Settings

pytestmark = pytest.mark.slow

FORCED = "spark.dedup.componentDocuments"
KEEP_ALL = ("identical=keep", "same-text=keep", "same-body=keep", "template=drop")


@pytest.fixture
def few(spark):
    """Let a task decide components of four documents at most."""
    spark.conf.set(FORCED, "4")
    yield spark
    spark.conf.unset(FORCED)


def body(draw, size=12):
    return [sentence(draw) for _ in range(size)]


def joined(number, sentences):
    return (f"{number:03}", "".join(sentences))


def chain(draw):
    """Each text is much like the next, and has little of the others."""
    line = body(draw, 60)
    return [joined(at, line[at * 2 : at * 2 + 14]) for at in range(20)]


def star(draw):
    """Each text is much like the first, and less like the others."""
    middle = body(draw, 24)
    found = [joined(100, middle)]
    for at in range(12):
        changed = list(middle)
        changed[at * 2 : at * 2 + 2] = body(draw, 2)
        changed[(at * 5) % 24] = sentence(draw)
        found.append(joined(101 + at, changed))
    return found


def clique(draw):
    """All texts are much alike, and some are equal."""
    base = body(draw)
    found = [joined(200 + at, [*base[:-1], sentence(draw)]) for at in range(10)]
    found += [(f"{210 + at}", text.replace("，", "，\n")) for at, (_, text) in enumerate(found[:4])]
    return found + [(f"{220 + at}", found[0][1]) for at in range(6)]


def inside(draw):
    """Texts lie inside each other, and pages make up a whole."""
    long = body(draw, 60)
    cuts = [(0, 60), (0, 34), (0, 18), (2, 9), (20, 60), (34, 60), (18, 34)]
    return [joined(300 + at, long[low:high]) for at, (low, high) in enumerate(cuts)]


def mix(draw):
    seed = draw.randrange(1000)
    return [(f"m{each.id}", each.text) for each in random_documents(seed, 60)]


@pytest.mark.parametrize("kind", KINDS)
def test_frames_decide_as_the_greedy_order(spark, kind):
    from dedup.engine.spark.greedy import assigned, greedy

    graph = graph_named(kind, 26, seed=5)
    rows = list(zip(range(26), graph.unit.tolist(), graph.whole.tolist(), strict=True))
    documents = spark.createDataFrame(rows, "number bigint, unit bigint, whole bigint")
    near = [
        (x, y, similarity)
        for (a, b), similarity in zip(graph.near.tolist(), graph.similarity.tolist(), strict=True)
        for x, y in ((a, b), (b, a))
    ]
    edges = spark.createDataFrame(near, "a bigint, b bigint, similarity double")
    cells = documents.groupBy("unit", "whole").agg({"number": "min"})
    cells = cells.select("`min(number)`", "unit", "whole").toDF("number", "unit", "whole")
    made = greedy(cells, edges.select("a", "b"), 6, lambda frame: frame.localCheckpoint())
    found = assigned(documents, edges, made.kept).select("number", "stands").collect()
    assert [row["stands"] for row in sorted(found)] == assign(graph).tolist()
    assert (made.rounds, made.prefixes) == kept_in_rounds(graph, 6)[1:]


@pytest.mark.parametrize("seed", [3, 4])
def test_frames_drop_contained_documents_as_one_by_one(spark, seed):
    from dedup.engine.spark.inside import without_contained

    draw = random.Random(seed)
    size = 30
    every = [(a, b) for a in range(size) for b in range(a + 1, size)]
    chosen = draw.sample(every, 40)
    pairs = np.array([pair if draw.random() < 0.5 else pair[::-1] for pair in chosen])
    shingles = np.array([(draw.randint(40, 60), 80) for _ in pairs])
    similarity = np.array([draw.choice([0.2, 0.3, 0.4]) for _ in pairs])
    near = [pair for pair in draw.sample(every, 12) if pair not in chosen]
    each = list(range(size))
    before = assign(graph_of(each, each, dict.fromkeys(near, 0.6)))
    found = Contained(pairs, shingles, similarity)
    expected = drop_contained(before, np.arange(size), found, set(packed(np.array(near)).tolist()))
    assert (expected != before).sum() > 3
    rows = list(zip(each, each, before.tolist(), strict=True))
    documents = spark.createDataFrame(rows, "number bigint, unit bigint, stands bigint")
    both = [(x, y) for a, b in near for x, y in ((a, b), (b, a))]
    edges = spark.createDataFrame(both, "a bigint, b bigint")
    given = [
        (a, b, s, n, a, a)
        for (a, b), s, (n, _) in zip(
            pairs.tolist(), similarity.tolist(), shingles.tolist(), strict=True
        )
    ]
    names = "unit bigint, container bigint, similarity double, shingles bigint"
    inside_ = spark.createDataFrame(given, f"{names}, source bigint, part bigint")
    made = without_contained(documents, inside_, edges, lambda frame: frame.localCheckpoint())
    assert [row["stands"] for row in sorted(made.collect())] == expected.tolist()


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(keep="newest", relations=KEEP_ALL, drop_contained=True, threshold=0.4),
        Settings(keep="first", relations=("same-body=keep", "version=drop"), unit="char"),
    ],
    ids=str,
)
def test_chains_stars_cliques_and_a_mix(few, settings):
    draw = random.Random(23)
    documents = [each for kind in (chain, star, clique, inside, mix) for each in kind(draw)]
    draw.shuffle(documents)
    found = compare(few, documents, settings)
    assert found.totals["large_components"]
    assert found.totals["greedy_rounds"] > found.totals["greedy_prefixes"] > 0
    assert found.totals["families"] or "template=drop" in settings.relations
    assert found.totals["parts"] or settings.unit == "word"


def compare(spark, documents, settings):
    from dedup.spark import find_duplicates

    df = spark.createDataFrame(documents, "id string, text string").repartition(3)
    result = find_duplicates(df, settings=settings)
    here = found_here(documents, settings)
    for mine, theirs in zip(here, found_there(result), strict=True):
        assert theirs == mine
    assert here[0]
    result.release()
    return result


def test_how_large_a_component_may_be(spark):
    from dedup.engine.spark.memory import component_documents, documents_in

    assert documents_in(0, 50_000) == 10_000
    assert documents_in((128 << 20) + 150_000_000, 50_000) == 50_000
    # 384 MiB beside the heap is what Spark gives an executor that nobody said anything of
    assert component_documents(spark, 50_000) == documents_in(384 << 20, 50_000)
    for said in ("0", "many", "-1"):
        spark.conf.set(FORCED, said)
        with pytest.raises(UsageError, match="not a number of documents"):
            component_documents(spark, 50_000)
    spark.conf.set(FORCED, "70000")
    assert component_documents(spark, 50_000) == 70_000
    spark.conf.unset(FORCED)
