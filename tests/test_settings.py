"""Settings: what is accepted, what is refused and how, and what the fingerprint covers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dedup import Settings, SettingsError


@pytest.mark.parametrize(
    "values",
    [
        {"threshold": 1},
        {"threshold": 0.001},
        {"threshold": 1.0},
        {"ngram": 1},
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
    assert "threshold, recall" in str(caught.value.hint)


def test_the_threshold_is_the_decimal_as_written() -> None:
    assert Settings(threshold=0.6).exact_threshold == Fraction(3, 5)
    assert Settings(threshold=1).exact_threshold == 1


def test_the_fingerprint_covers_what_changes_a_verdict_and_nothing_else() -> None:
    plain = Settings().fingerprint()
    assert plain == Settings().fingerprint()
    assert len(plain) == 32
    for values in ({"threshold": 0.7}, {"ngram": 2}, {"unit": "char"}, {"seed": 2}):
        assert Settings(**values).fingerprint() != plain, values
    for values in ({"recall": 0.9}, {"keep_metadata": True}):
        assert Settings(**values).fingerprint() != plain, values
    for values in ({"jobs": 7}, {"keep": "first"}, {"keep_under": "x"}, {"encoding": "big5"}):
        assert Settings(**values).fingerprint() == plain, values
    assert Settings(threshold=1).fingerprint() == Settings(threshold=1.0).fingerprint()


def test_a_missing_user_dictionary_is_named() -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.txt"):
        Settings(user_dict="nowhere.txt").fingerprint()
