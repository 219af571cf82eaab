"""Settings: what is accepted, what is refused and how, and what the fingerprint covers."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import pytest

from dedup import Settings, SettingsError
from dedup.settings import PRESETS, Preset


@pytest.mark.parametrize(
    "values",
    [
        {"threshold": 1},
        {"threshold": 0.001},
        {"threshold": 1.0},
        {"containment": 1.0},
        {"ngram": 1},
        {"ngram": None},
        {"social": True},
        {"source_order": ("gold", "web/*.jsonl")},
        {"keep_by": "quality"},
        {"keep_by": "meta.quality:min"},
        {"ngram": 32},
        {"unit": "char"},
        {"recall": 0.5},
        {"seed": 2**32 - 1},
        {"jobs": 3},
        {"keep": "newest"},
        {"date_from": "mtime"},
    ],
)
def test_accepts(values: dict[str, object]) -> None:
    assert getattr(Settings(**values), next(iter(values))) == next(iter(values.values()))


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"threshold": 0}, r"threshold is 0, but must be in \(0, 1\]"),
        ({"threshold": 1.01}, r"threshold is 1\.01"),
        ({"threshold": -0.5}, "threshold is -0.5"),
        ({"threshold": float("nan")}, "threshold is nan"),
        ({"threshold": True}, "threshold is True"),
        ({"threshold": "0.5"}, "threshold is 0.5"),
        ({"recall": 1}, r"must be in \(0, 1\)"),
        ({"ngram": 0}, "whole number from 1 to 32"),
        ({"ngram": 2.5}, "ngram is 2.5"),
        ({"seed": -1}, "seed is -1"),
        ({"containment": 0}, "containment is 0"),
        ({"keep_by": "quality:best"}, "keep_by is 'quality:best'"),
        ({"keep_by": ":max"}, "keep_by is ':max'"),
        ({"keep_by": ""}, "FIELD, FIELD:max or FIELD:min"),
        ({"keep_by": 5}, "keep_by is 5"),
        ({"source_order": "gold,web"}, "source_order is 'gold,web'"),
        ({"source_order": ("gold", " ")}, "source_order"),
        ({"source_order": (1,)}, "source_order"),
        ({"unit": "words"}, "unit is 'words'"),
        ({"keep": "best"}, "keep is 'best'"),
        ({"date_from": "ctime"}, "date_from is 'ctime'"),
        ({"jobs": -1}, "jobs is -1"),
    ],
)
def test_refuses_with_the_value(values: dict[str, object], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        Settings(**values)


def test_a_wrong_choice_lists_the_right_ones() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(keep="best")
    assert str(caught.value.hint) == "use one of: longest, first, newest, oldest"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("treshold", "did you mean threshold?"),
        ("n-gram", "did you mean ngram?"),
        ("keep-metadat", "did you mean keep_metadata?"),
    ],
)
def test_an_unknown_setting_suggests(name: str, hint: str) -> None:
    with pytest.raises(SettingsError, match=f"unknown setting: {name}") as caught:
        Settings.from_mapping({name: 1})
    assert str(caught.value.hint) == hint


def test_an_unknown_setting_like_none_lists_them() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_mapping({"zzz": 1})
    assert "threshold, containment, recall" in str(caught.value.hint)


def test_the_threshold_is_the_decimal_as_written() -> None:
    assert Settings(threshold=0.6).exact_threshold == Fraction(3, 5)
    assert Settings(threshold=1).exact_threshold == 1


def test_the_fingerprint_covers_what_changes_a_verdict_and_nothing_else() -> None:
    plain = Settings().fingerprint()
    assert plain == Settings().fingerprint()
    assert len(plain) == 32
    for values in ({"threshold": 0.7}, {"ngram": 4}, {"unit": "char"}, {"seed": 2}):
        assert Settings(**values).fingerprint() != plain, values
    for values in ({"recall": 0.9}, {"keep_metadata": True}, {"social": True}):
        assert Settings(**values).fingerprint() != plain, values
    for values in ({"jobs": 7}, {"keep": "first"}, {"keep_under": "x"}, {"encoding": "big5"}):
        assert Settings(**values).fingerprint() == plain, values
    for values in ({"keep_by": "q"}, {"source_order": ("a",)}, {"ngram": 2}):
        assert Settings(**values).fingerprint() == plain, values
    assert Settings(threshold=1).fingerprint() == Settings(threshold=1.0).fingerprint()


def test_a_missing_user_dictionary_is_named() -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.txt"):
        Settings(user_dict="nowhere.txt").fingerprint()


def test_the_size_of_a_shingle_suits_the_unit_until_it_is_set() -> None:
    assert (Settings().shingle_size, Settings(unit="char").shingle_size) == (2, 3)
    assert Settings(ngram=5).with_values(unit="char").shingle_size == 5
    assert Settings().with_values(unit="char").shingle_size == 3
    assert Settings(unit="char").with_values(unit="word").shingle_size == 2
    by_character = Settings(unit="char")
    assert by_character.fingerprint() == Settings(unit="char", ngram=3).fingerprint()
    assert by_character.fingerprint() != Settings(unit="char", ngram=2).fingerprint()


def test_presets() -> None:
    assert Settings.preset("reprint") == Settings()
    strict = Settings.preset("strict")
    assert (strict.threshold, strict.containment, strict.social) == (0.8, 1.0, False)
    assert Settings.preset("social") == Settings(social=True)
    assert tuple(PRESETS) == get_args(Preset)


def test_a_value_goes_before_that_of_a_preset() -> None:
    changed = Settings.preset("strict", threshold=0.9, seed=3)
    assert (changed.threshold, changed.containment, changed.seed) == (0.9, 1.0, 3)
    with pytest.raises(SettingsError, match="unknown setting"):
        Settings.preset("strict", treshold=0.9)


@pytest.mark.parametrize("name", ["lax", "", None, ["strict"]])
def test_no_such_preset(name: object) -> None:
    with pytest.raises(SettingsError, match="preset is ") as caught:
        Settings.preset(name)
    assert str(caught.value.hint) == "use one of: reprint, strict, social, excerpt"


def test_the_field_that_documents_are_kept_by() -> None:
    assert (Settings().keep_field, Settings().keep_smallest) == (None, False)
    largest = Settings(keep_by="meta.quality")
    assert (largest.keep_field, largest.keep_smallest) == ("meta.quality", False)
    assert Settings(keep_by="dc:score:max").keep_field == "dc:score"
    assert Settings(keep_by="loss:min").keep_smallest


def test_a_list_of_sources_is_as_good_as_a_tuple() -> None:
    settings = Settings(source_order=["b", "a"])
    assert settings.source_order == ("b", "a")
    assert hash(settings) == hash(Settings(source_order=("b", "a")))


def test_the_preset_for_excerpts_finds_shorter_ones_and_drops_no_more() -> None:
    excerpt = Settings.preset("excerpt")
    assert excerpt == Settings(min_passage=35)
    assert not excerpt.drop_contained
