"""``dedup config``: settings in effect, and where they came from."""

from __future__ import annotations

import json

import pytest
from rich.cells import cell_len
from terminal import run

from dedup.settings import SETTING_NAMES


@pytest.fixture
def project(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "dedup.toml").write_text(
        'threshold = 0.7\nkeep = "newest"\ncolor = "never"\n[encoding]\n"旧/*.txt" = "gb18030"\n',
        encoding="utf-8",
    )
    return tmp_path


def rows(ran):
    return {line.split()[0]: line.split()[1:] for line in ran.out.splitlines()}


def test_every_setting_is_listed_with_its_origin(tmp_path):
    shown = rows(run("config", cwd=tmp_path))
    assert set(SETTING_NAMES) < set(shown)
    assert shown["threshold"] == ["0.5", "default"]
    assert shown["keep_metadata"] == ["false", "default"]
    assert shown["user_dict"] == ["-", "default"]
    assert shown["source_order"] == ["-", "default"]
    assert shown["preset"] == ["reprint", "default"]
    assert len(shown["fingerprint"][0]) == 32


def test_flags_go_before_variables_before_files(project):
    shown = rows(
        run("config", "--ngram", "5", cwd=project, env={"DEDUP_KEEP": "oldest", "DEDUP_NGRAM": "4"})
    )
    assert shown["ngram"] == ["5", "flag"]
    assert shown["keep"] == ["oldest", "DEDUP_KEEP"]
    assert shown["threshold"] == ["0.7", str(project / "dedup.toml")]
    assert shown["color"] == ["never", str(project / "dedup.toml")]


def test_columns_are_straight_with_chinese_in_them(project):
    ran = run("config", "--keep-under", "新闻/正文", cwd=project, env={"DEDUP_KEEP": "first"})
    lines = [line for line in ran.out.splitlines() if "default" in line or line.endswith("flag")]
    starts = {cell_len(line[: max(line.rfind("default"), line.rfind("flag"))]) for line in lines}
    assert len(starts) == 1


def test_in_chinese(tmp_path):
    ran = run("config", "--ngram", "4", "--lang", "zh", cwd=tmp_path)
    shown = rows(ran)
    assert shown["threshold"] == ["0.5", "默认值"]
    assert shown["ngram"] == ["4", "命令行选项"]
    assert "指纹 " in ran.out


def test_as_json(project):
    whole = json.loads(run("config", "--output-format", "json", "--keep-metadata", cwd=project).out)
    assert whole["settings"]["threshold"] == {
        "value": 0.7,
        "origin": str(project / "dedup.toml"),
    }
    assert whole["settings"]["keep_metadata"] == {"value": True, "origin": "flag"}
    assert whole["file"] == str(project / "dedup.toml")
    assert whole["encodings"][0]["encoding"] == "gb18030"
    assert len(whole["fingerprint"]) == 32


def test_a_flag_takes_a_setting_of_the_file_back(tmp_path):
    (tmp_path / "dedup.toml").write_text("keep_metadata = true\n")
    assert rows(run("config", cwd=tmp_path))["keep_metadata"][0] == "true"
    back = rows(run("config", "--no-keep-metadata", cwd=tmp_path))
    assert back["keep_metadata"] == ["false", "flag"]


@pytest.mark.parametrize(
    ("content", "what", "hint"),
    [
        ("treshold = 0.7\n", "unknown setting: treshold", "did you mean threshold?"),
        ("threshold = 7\n", "threshold is 7", None),
        ('color = "pink"\n', "color is pink", "auto, always, never"),
        ('output_format = "pdf"\n', "output_format is pdf", "full, concise"),
        ("threshold = \n", "is not valid TOML", None),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_name(tmp_path, content, what, hint):
    (tmp_path / "dedup.toml").write_text(content)
    ran = run("config", cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert str(tmp_path / "dedup.toml") in ran.err
    assert what in ran.err
    if hint is not None:
        assert hint in ran.err.splitlines()[1]


def test_an_unknown_variable_is_an_error_with_a_suggestion(tmp_path):
    ran = run("config", cwd=tmp_path, env={"DEDUP_TRESHOLD": "1"})
    assert ran.status == 2
    assert "DEDUP_TRESHOLD" in ran.err
    assert "did you mean threshold?" in ran.err


def test_the_fingerprint_follows_what_decides_a_verdict(tmp_path):
    def fingerprint(*arguments):
        return rows(run("config", *arguments, cwd=tmp_path))["fingerprint"]

    assert fingerprint() == fingerprint("--keep", "first") == fingerprint("--jobs", "2")
    assert fingerprint() != fingerprint("--ngram", "4")


def test_what_comes_from_a_preset_says_so(project):
    shown = rows(run("config", "--preset", "strict", cwd=project))
    assert shown["preset"] == ["strict", "flag"]
    assert shown["threshold"][0] == "0.7"
    assert shown["containment"] == ["1.0", "preset", "strict"]
    chinese = rows(run("config", "--lang", "zh", cwd=project, env={"DEDUP_PRESET": "strict"}))
    assert chinese["containment"] == ["1.0", "预设方案", "strict"]


def test_the_size_of_a_shingle_is_shown_as_it_is_with_the_unit(tmp_path):
    assert rows(run("config", cwd=tmp_path))["ngram"] == ["2", "default"]
    assert rows(run("config", "--unit", "char", cwd=tmp_path))["ngram"] == ["3", "default"]
    whole = json.loads(run("config", "--output-format", "json", cwd=tmp_path).out)
    assert whole["settings"]["ngram"] == {"value": 2, "origin": "default"}


def test_sources_and_the_field_to_keep_by(tmp_path):
    shown = rows(run("config", "--source-order", "a,b/*", "--keep-by", "q:min", cwd=tmp_path))
    assert shown["source_order"] == ["a,b/*", "flag"]
    assert shown["keep_by"] == ["q:min", "flag"]
