"""Which language people are spoken to in."""

from __future__ import annotations

import pytest
from terminal import run

from dedup.cli import language
from dedup.cli.language import chosen
from dedup.errors import UsageError

CHINESE = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"}


@pytest.mark.parametrize(
    ("arguments", "environ", "expected"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_TW.Big5"}, "zh"),
        ([], {"LANG": "zh-Hans-CN"}, "zh"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "C"}, "en"),
        ([], {"LANG": "zh_CN", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN.GBK"}, "zh"),
        ([], {"LANG": "zh_CN", "LC_ALL": ""}, "zh"),
        ([], {"LANG": "zh_CN", "DEDUP_LANG": "en"}, "en"),
        ([], {"DEDUP_LANG": "zh"}, "zh"),
        (["--lang", "zh"], {}, "zh"),
        (["--lang=zh"], {}, "zh"),
        (["scan", "x", "--lang", "en"], {"LANG": "zh_CN"}, "en"),
        (["--lang", "en", "scan", "--lang", "zh"], {}, "zh"),
        (["scan", "--", "--lang", "zh"], {}, "en"),
        (["scan", "--lang"], {}, "en"),
        (["scan", "--lang", "fr"], {"DEDUP_LANG": "zh"}, "zh"),
        (["scan", "--language=zh"], {}, "en"),
    ],
)
def test_the_language_that_is_asked_for(arguments, environ, expected):
    assert chosen(arguments, environ) == expected


def test_a_variable_that_is_no_language_is_an_error():
    with pytest.raises(UsageError, match="DEDUP_LANG is xx"):
        chosen([], {"DEDUP_LANG": "xx"})


def test_the_configuration_goes_between_variable_and_locale(tmp_path, monkeypatch):
    (tmp_path / "dedup.toml").write_text('lang = "zh"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert chosen([], {"HOME": "/", "LANG": "en_US.UTF-8"}) == "zh"
    assert chosen([], {"DEDUP_LANG": "en"}) == "en"
    assert chosen(["--lang", "en"], {}) == "en"


def test_a_broken_configuration_does_not_keep_help_away(tmp_path):
    (tmp_path / "dedup.toml").write_text("lang = \n", encoding="utf-8")
    assert run("--help", cwd=tmp_path).status == 0
    assert run("config", cwd=tmp_path).status == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "zh", "scan", "--help"],
        ["scan", "--lang", "zh", "--help"],
        ["scan", "--help", "--lang", "zh"],
        ["scan", "--help", "--lang=zh"],
    ],
)
def test_lang_is_honoured_wherever_it_stands(arguments):
    ran = run(*arguments)
    assert ran.status == 0
    assert ran.out.startswith("用法：dedup scan [选项] PATH...\n")


def test_a_wrong_lang_is_refused():
    ran = run("scan", "x", "--lang", "fr")
    assert ran.status == 2
    assert "'fr' is not one of 'zh', 'en'" in ran.err


def test_the_locale_is_followed(seeds):
    assert run("--help", env=CHINESE).out.startswith("用法：")
    assert run("scan", seeds, env=CHINESE).out.startswith("第 1 组，共 1 组")


@pytest.mark.parametrize("command", [[], ["scan"], ["explain"], ["config"], ["completion"]])
def test_chinese_help_leaves_no_english_sentence(command):
    text = run(*command, "--help", "--lang", "zh").out
    for line in text.partition("示例")[0].splitlines():
        words = [w for w in line.split() if w.isascii() and w.isalpha() and w.islower()]
        assert len([w for w in words if w not in COMMANDS]) <= 2, line


COMMANDS = {"dedup", "scan", "explain", "config", "completion", "jieba"}


def test_click_goes_back_to_english():
    assert "没有命令" in run("scam", "--lang", "zh").err
    assert "No such command" in run("scam").err


def test_machine_formats_stay_english(seeds):
    arguments = ["scan", seeds, "--output-format", "jsonl"]
    assert run(*arguments, "--lang", "zh").out == run(*arguments).out


def test_windows_names_its_locales_otherwise(monkeypatch):
    monkeypatch.setattr(language.sys, "platform", "win32")
    name = "Chinese (Simplified)_China"
    monkeypatch.setattr(language.locale, "getlocale", lambda: (name, "936"))
    assert chosen([], {}) == "zh"
    monkeypatch.setattr(language.locale, "getlocale", lambda: (None, None))
    assert chosen([], {}) == "en"
