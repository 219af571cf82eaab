"""Views: sequences and mappings whose members are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import Document
from dedup.engine.corpus import Corpus
from dedup.engine.views import DocumentsById, View
from dedup.model import Skipped

Made = Callable[..., tuple[Corpus, list[Skipped]]]


@given(st.lists(st.integers()), st.slices(12), st.integers(-15, 15))
def test_a_view_is_the_sequence(members: list[int], some: slice, at: int) -> None:
    view = View(members.__getitem__, len(members))
    assert len(view) == len(members)
    assert list(view) == members
    assert list(view[some]) == members[some]
    assert view == members
    assert view == tuple(members)
    assert view == View(members.__getitem__, len(members))
    assert (view == [*members, 0]) is False
    assert repr(view) == repr(tuple(members))
    assert bool(view) == bool(members)
    assert list(reversed(view)) == members[::-1]
    if -len(members) <= at < len(members):
        assert view[at] == members[at]
        assert view.index(members[at]) == members.index(members[at])
    else:
        with pytest.raises(IndexError):
            view[at]


def test_members_are_made_only_when_they_are_asked_for() -> None:
    made: list[int] = []

    def make(at: int) -> int:
        made.append(at)
        return at

    view = View(make, 10**9)
    assert view[10**9 - 1] == 10**9 - 1
    assert view[3:5] == (3, 4)
    assert made == [10**9 - 1, 3, 4]


def test_a_view_is_no_other_thing_and_has_no_hash() -> None:
    view = View(int, 3)
    assert view != 3
    assert view != {0, 1, 2}
    with pytest.raises(TypeError, match="unhashable"):
        hash(view)


def test_documents_by_id(make_corpus: Made) -> None:
    texts = {
        "b": "第一篇文章。",
        "甲": "第二篇文章。",
        "a": "第三篇文章在这里。",
        "\udcff": "第四篇。",
    }
    corpus, _ = make_corpus([Document(key, text) for key, text in texts.items()])
    documents = DocumentsById(corpus.table)
    assert list(documents) == sorted(texts)
    assert len(documents) == 4
    assert {key: info.id for key, info in documents.items()} == {key: key for key in texts}
    assert "b" in documents
    assert "c" not in documents
    with pytest.raises(KeyError):
        documents["c"]
    assert documents.get("c") is None
    assert documents["甲"].whole_kept == 5
