"""The names of jieba's dictionary, folded."""

from __future__ import annotations

from dedup import dictionaries
from dedup.engine.names import is_name
from dedup.sketch.kernel import kept_text


def test_names_are_those_of_the_dictionary_each_folded_alone() -> None:
    names = sorted(dictionaries.names())
    assert len(names) > 50_000
    assert all(is_name(kept_text(name)) for name in names[::50])


def test_what_is_a_name() -> None:
    assert is_name("山东")
    assert not is_name("提高")
    assert not is_name("")
