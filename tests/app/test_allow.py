"""Rules that allow families of duplicates."""

from __future__ import annotations

import pytest

from dedup.app.allow import Allowed, allows, rules_from, stem
from dedup.app.config import effective
from dedup.checked import AllowRule
from dedup.errors import SettingsError

TWO = AllowRule(("zh-cn/**", "zh-tw/**"))
STEM = AllowRule(("zh-cn/**", "zh-tw/**"), same_stem=True)


@pytest.mark.parametrize(
    ("rule", "a", "b", "allowed"),
    [
        (TWO, "zh-cn/a.txt", "zh-tw/b.txt", True),
        (TWO, "zh-tw/b.txt", "zh-cn/a.txt", True),
        (TWO, "zh-cn/a.txt", "zh-cn/b.txt", False),
        (TWO, "zh-cn/a.txt", "other/b.txt", False),
        (STEM, "zh-cn/x/a.txt", "zh-tw/x/a.md", True),
        (STEM, "zh-cn/x/a.txt", "zh-tw/y/a.txt", False),
        (STEM, "zh-cn/a.txt", "zh-tw/b.txt", False),
        (AllowRule(("quotes/**",)), "quotes/a.txt", "quotes/b.txt", True),
        (AllowRule(("quotes/**",)), "quotes/a.txt", "b.txt", False),
        (AllowRule(("*.a.txt", "*.b.txt"), same_stem=True), "x.a.txt", "x.b.txt", False),
        (AllowRule(("**", "old/**")), "old/a.txt", "old/b.txt", True),
    ],
)
def test_what_is_allowed(rule, a, b, allowed):
    assert allows(rule, a, b) is allowed


def test_the_stem_is_below_the_folder_that_a_pattern_begins_with():
    assert stem("zh-cn/news/a.b.txt", "zh-cn/**") == "news/a.b"
    assert stem("a/zh/b.txt", "*/zh/**") == "a/zh/b"
    assert stem("b.txt", "b.txt") == "b"


def test_pairs_are_counted_and_idle_rules_named():
    allowed = Allowed((STEM, TWO))
    assert allowed.rule("zh-cn/a.txt", "zh-tw/a.txt") is STEM
    assert allowed.rule("zh-cn/a.txt", "zh-tw/b.txt") is TWO
    assert allowed.rule("a", "b") is None
    assert allowed.counted() == ((STEM, 1), (TWO, 1))
    assert allowed.idle(["zh-cn/a.txt"]) == [STEM, TWO]
    assert allowed.idle(["zh-cn/a.txt", "zh-tw/a.txt"]) == []


@pytest.mark.parametrize(
    "text",
    [
        '[[dedup.allow]]\nbetween = ["a/**", "b/**"]\nsame-stem = true\nreason = " 译\\n本 "\n',
        '[[allow]]\nbetween = ["a/**", "b/**"]\nsame_stem = true\nreason = "译 本"\n',
    ],
)
def test_rules_of_a_file(tmp_path, text):
    (tmp_path / "dedup.toml").write_text("threshold = 0.7\n" + text, "utf-8")
    found = effective({}, cwd=tmp_path, environ={})
    assert found.allow == (AllowRule(("a/**", "b/**"), same_stem=True, reason="译 本"),)
    assert found.settings.threshold == 0.7


def test_rules_of_a_project_file(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[tool.dedup]\nbaseline = "accepted.txt"\n[[tool.dedup.allow]]\nbetween = ["a/**"]\n',
        "utf-8",
    )
    found = effective({}, cwd=tmp_path, environ={})
    assert found.allow == (AllowRule(("a/**",)),)
    assert [(e.name, e.value) for e in found.extra] == [
        ("baseline", str(tmp_path / "accepted.txt"))
    ]


@pytest.mark.parametrize(
    "value",
    [
        "a/**",
        ["a/**"],
        [{}],
        [{"between": []}],
        [{"between": "a/**"}],
        [{"between": ["!a"]}],
        [{"between": ["a"], "same-stem": 1}],
        [{"between": ["a"], "becuase": "x"}],
    ],
)
def test_what_is_no_rule_is_an_error(value):
    with pytest.raises(SettingsError, match="no rule to allow") as caught:
        rules_from(value, "dedup.toml")
    assert "between" in str(caught.value.hint)


def test_another_table_is_an_error(tmp_path):
    (tmp_path / "dedup.toml").write_text("[dedup]\nthreshold = 0.7\n", "utf-8")
    with pytest.raises(SettingsError, match="no rule to allow"):
        effective({}, cwd=tmp_path, environ={})
