"""Which pairs a page shows side by side."""

from __future__ import annotations

from handmade import cluster, info, pair, result

from dedup.report.html import selection
from dedup.report.html.selection import embedded_pairs


def test_of_a_large_cluster_the_least_similar_are_shown():
    drops = [pair(f"{i:02}", "a") for i in range(20)]
    chosen = embedded_pairs(result([cluster("a", *drops)]))
    assert chosen == drops[-selection.PAIRS_OF_A_CLUSTER :]


def test_texts_are_shown_while_there_is_room():
    kept = selection.CHARACTERS // 4 - 10  # a document counts ten more in all
    groups = [cluster(f"{i}a", pair(f"{i}b", f"{i}a"), cluster_id=str(i)) for i in range(4)]
    documents = [info(f"{i}{x}", kept=kept) for i in range(4) for x in "ab"]
    chosen = embedded_pairs(result(groups, documents=documents))
    assert [each.a for each in chosen] == ["0b", "1b"]


def test_one_that_is_too_large_does_not_hide_the_others():
    groups = [cluster(f"{i}a", pair(f"{i}b", f"{i}a"), cluster_id=str(i)) for i in range(2)]
    documents = [info("0b", kept=selection.CHARACTERS * 2)]
    assert [each.a for each in embedded_pairs(result(groups, documents=documents))] == ["1b"]


def test_no_clusters_no_pairs():
    assert embedded_pairs(result()) == []
