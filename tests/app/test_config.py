"""Effective settings: which source wins, where each came from, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedup.app.config import Effective, Origin, effective
from dedup.app.config_file import nearest
from dedup.errors import SettingsError
from dedup.settings import SETTING_NAMES, Settings
from dedup.source.readers import read


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing above it that could be taken for a configuration."""
    folder = tmp_path / "here"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def origin(result: Effective, name: str) -> str:
    return {o.name: o.origin for o in result.origins}[name]


def said(here: Path, **environ: str) -> tuple[str, str]:
    with pytest.raises(SettingsError) as caught:
        effective({}, cwd=here, environ=environ)
    return str(caught.value), str(caught.value.hint)


def test_defaults(here: Path) -> None:
    result = effective({}, cwd=here, environ={})
    assert result.settings == Settings()
    assert tuple(o.name for o in result.origins) == SETTING_NAMES
    assert {o.origin for o in result.origins} == {"default"}
    assert (result.encodings, result.extra, result.file) == ((), (), None)


def test_a_flag_goes_before_a_variable_before_a_file_before_a_default(here: Path) -> None:
    file = write(here / "dedup.toml", "threshold = 0.5\nngram = 2\nrecall = 0.9\n")
    environ = {"DEDUP_THRESHOLD": "0.7", "DEDUP_NGRAM": "4"}
    result = effective({"threshold": 0.8, "ngram": None}, cwd=here, environ=environ)
    assert result.settings == Settings(threshold=0.8, ngram=4, recall=0.9)
    assert origin(result, "threshold") == "flag"
    assert origin(result, "ngram") == "DEDUP_NGRAM"
    assert origin(result, "recall") == str(file)
    assert origin(result, "seed") == "default"
    assert result.file == str(file)


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("DEDUP_THRESHOLD", "0.7", "threshold", 0.7),
        ("DEDUP_THRESHOLD", "1", "threshold", 1.0),
        ("DEDUP_NGRAM", "5", "ngram", 5),
        ("DEDUP_CONTAINMENT", "0.9", "containment", 0.9),
        ("DEDUP_SOCIAL", "on", "social", True),
        ("DEDUP_KEEP_BY", "quality:min", "keep_by", "quality:min"),
        ("DEDUP_SOURCE_ORDER", "gold, web/*.jsonl", "source_order", ("gold", "web/*.jsonl")),
        ("DEDUP_KEEP_METADATA", "1", "keep_metadata", True),
        ("DEDUP_KEEP_METADATA", "Yes", "keep_metadata", True),
        ("DEDUP_KEEP_METADATA", "off", "keep_metadata", False),
        ("DEDUP_KEEP", "newest", "keep", "newest"),
        ("DEDUP_UNIT", "char", "unit", "char"),
        ("DEDUP_ENCODING", "big5", "encoding", "big5"),
        ("DEDUP_ENCODING", "auto", "encoding", "auto"),
        ("DEDUP_USER_DICT", "words.txt", "user_dict", "words.txt"),
        ("DEDUP_THRESHOLD", "", "threshold", 0.5),
    ],
)
def test_variables(here: Path, variable: str, text: str, name: str, value: object) -> None:
    result = effective({}, cwd=here, environ={variable: text, "HOME": "/nowhere"})
    assert getattr(result.settings, name) == value
    assert type(getattr(result.settings, name)) is type(value)


@pytest.mark.parametrize(
    ("variable", "text", "wanted"),
    [
        ("DEDUP_THRESHOLD", "high", "DEDUP_THRESHOLD is high, but must be a number"),
        ("DEDUP_PRESET", "lax", "DEDUP_PRESET: preset is 'lax'"),
        ("DEDUP_KEEP_BY", "q:best", "DEDUP_KEEP_BY: keep_by is 'q:best'"),
        ("DEDUP_SOCIAL", "maybe", "must be 1 or 0"),
        ("DEDUP_NGRAM", "2.5", "DEDUP_NGRAM is 2.5, but must be a whole number"),
        ("DEDUP_KEEP_METADATA", "maybe", "must be 1 or 0, true or false"),
        ("DEDUP_THRESHOLD", "1.5", "DEDUP_THRESHOLD: threshold is 1.5"),
        ("DEDUP_KEEP", "best", "DEDUP_KEEP: keep is 'best'"),
        ("DEDUP_ENCODING", "utf9", "DEDUP_ENCODING: unknown encoding: utf9"),
        ("DEDUP_TRESHOLD", "0.7", "DEDUP_TRESHOLD: unknown setting: treshold"),
    ],
)
def test_a_bad_variable_is_named(here: Path, variable: str, text: str, wanted: str) -> None:
    assert wanted in said(here, **{variable: text})[0]


def test_unknown_names_get_a_suggestion(here: Path) -> None:
    assert "threshold" in said(here, DEDUP_TRESHOLD="0.7")[1]
    file = write(here / "dedup.toml", "keep-metadta = true\n")
    what, hint = said(here)
    assert what == f"{file}: unknown setting: keep-metadta"
    assert "keep_metadata" in hint
    with pytest.raises(SettingsError) as caught:
        effective({"tresh": 1}, cwd=here, environ={})
    assert caught.value.hint is not None


@pytest.mark.parametrize("key", ["keep-metadata", "keep_metadata"])
def test_both_spellings_of_a_name(here: Path, key: str) -> None:
    write(here / "dedup.toml", f"{key} = true\n")
    assert effective({}, cwd=here, environ={}).settings.keep_metadata


def test_both_spellings_at_once_are_an_error(here: Path) -> None:
    write(here / "dedup.toml", "keep-metadata = true\nkeep_metadata = false\n")
    assert "twice" in said(here)[0]


@pytest.mark.parametrize(
    "line",
    [
        'threshold = "0.7"',
        "threshold = true",
        "threshold = 0",
        "preset = 'lax'",
        "preset = 1",
        "social = 'yes'",
        "keep-by = 5",
        "source-order = 5",
        "source-order = ['a', 5]",
        "ngram = 2.5",
        "ngram = [2]",
        'keep-metadata = "yes"',
        "keep-metadata = 1",
        "keep = 1",
        "keep-under = 1",
        "user-dict = true",
        "encoding = 5",
        'encoding = "utf9"',
    ],
)
def test_a_bad_value_in_a_file_names_the_file(here: Path, line: str) -> None:
    file = write(here / "dedup.toml", line + "\n")
    assert said(here)[0].startswith(f"{file}: ")


def test_broken_toml_names_file_and_line(here: Path) -> None:
    file = write(here / "dedup.toml", "threshold = 0.7\nngram 3\n")
    assert said(here)[0].startswith(f"{file}:2 is not valid TOML: ")
    write(file, 'keep = "new')
    assert said(here)[0].startswith(str(file))


def test_a_file_that_is_not_utf8(here: Path) -> None:
    (here / "dedup.toml").write_bytes("# 设置\n".encode("gbk"))
    what, hint = said(here)
    assert "is not UTF-8" in what
    assert "UTF-8" in hint


def test_a_byte_order_mark_is_no_error(here: Path) -> None:
    (here / "dedup.toml").write_bytes("\ufeffngram = 2\n".encode())
    assert effective({}, cwd=here, environ={}).settings.ngram == 2


def test_a_folder_in_the_place_of_the_file_is_no_configuration(here: Path) -> None:
    (here / "dedup.toml").mkdir()
    with pytest.raises(SettingsError, match=r"dedup\.toml is not a file"):
        effective({}, cwd=here, environ={})


def test_a_file_that_cannot_be_read(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / "dedup.toml", "ngram = 2\n")

    def refused(self: Path, encoding: str) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refused)
    assert "Permission denied" in said(here)[0]


def test_pyproject(here: Path) -> None:
    file = write(here / "pyproject.toml", "[project]\nname = 'x'\n[tool.dedup]\nngram = 2\n")
    result = effective({}, cwd=here, environ={})
    assert result.settings.ngram == 2
    assert origin(result, "ngram") == str(file)


def test_dedup_toml_goes_before_pyproject(here: Path) -> None:
    write(here / "pyproject.toml", "[tool.dedup]\nngram = 2\n")
    write(here / "dedup.toml", "ngram = 4\n")
    assert effective({}, cwd=here, environ={}).settings.ngram == 4


def test_a_pyproject_without_the_table_is_passed_over(here: Path) -> None:
    write(here / "dedup.toml", "ngram = 4\n")
    write(here / "sub" / "pyproject.toml", "[project]\nname = 'x'\n")
    assert effective({}, cwd=here / "sub", environ={}).settings.ngram == 4


def test_the_nearest_file_alone_counts(here: Path) -> None:
    write(here / "dedup.toml", "ngram = 4\nrecall = 0.9\n")
    near = write(here / "a" / "dedup.toml", "ngram = 2\n")
    (here / "a" / "b").mkdir()
    result = effective({}, cwd=here / "a" / "b", environ={})
    assert (result.settings.ngram, result.settings.recall) == (2, 0.99)
    assert result.file == str(near)


def test_the_search_ends_at_the_root_of_the_repository(here: Path) -> None:
    write(here / "dedup.toml", "ngram = 4\n")
    (here / "repo" / ".git").mkdir(parents=True)
    (here / "repo" / "sub").mkdir()
    assert nearest(str(here / "repo" / "sub")) is None
    write(here / "repo" / "dedup.toml", "ngram = 2\n")
    assert nearest(str(here / "repo" / "sub")) is not None


def test_the_search_ends_at_home(here: Path) -> None:
    write(here / "dedup.toml", "ngram = 4\n")
    (here / "home" / "sub").mkdir(parents=True)
    assert effective({}, cwd=here / "home" / "sub", environ={}).settings.ngram == 4
    home = {"HOME": str(here / "home")}
    assert effective({}, cwd=here / "home" / "sub", environ=home).settings.ngram is None
    write(here / "home" / "dedup.toml", "ngram = 2\n")
    assert effective({}, cwd=here / "home" / "sub", environ=home).settings.ngram == 2


def test_paths_in_a_file_are_relative_to_it(here: Path) -> None:
    write(here / "dedup.toml", 'user-dict = "words/a.txt"\nkeep-under = "./gold/"\n')
    (here / "sub").mkdir()
    settings = effective({}, cwd=here / "sub", environ={}).settings
    assert settings.user_dict == str(here / "words" / "a.txt")
    assert settings.keep_under == str(here / "gold")
    write(here / "dedup.toml", 'user-dict = "/words/a.txt"\n')
    assert effective({}, cwd=here, environ={}).settings.user_dict == "/words/a.txt"


def test_encodings_of_a_file_hold_below_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        here / "dedup.toml",
        '[encoding]\n"*.old" = "latin-1"\n"sub/*.txt" = "GBK"\n"sub/new.txt" = "auto"\n',
    )
    for name in ("a.old", "sub/a.txt", "sub/new.txt", "other/sub/a.txt"):
        write(here / name, "ascii")
    for folder in (here, here / "sub"):
        monkeypatch.chdir(folder)
        found = effective({}, cwd=folder, environ={}).encodings
        assert read(here / "a.old", encodings=found).encoding == "iso8859-1"
        assert read(here / "sub" / "a.txt", encodings=found).encoding == "gb18030"
        assert read(here / "sub" / "new.txt", encodings=found).encoding == "utf-8"
        assert read(here / "other" / "sub" / "a.txt", encodings=found).encoding == "utf-8"


@pytest.mark.parametrize("line", ['"*.txt" = "utf9"', '"*.txt" = 5', '"" = "gbk"', '"!a" = "gbk"'])
def test_a_bad_encoding_in_a_file_names_the_file(here: Path, line: str) -> None:
    file = write(here / "dedup.toml", f"[encoding]\n{line}\n")
    assert said(here)[0].startswith(f"{file}: ")


def test_presentation_is_passed_on(here: Path) -> None:
    file = write(here / "dedup.toml", 'lang = "zh"\noutput-format = "json"\n')
    result = effective({}, cwd=here, environ={"DEDUP_LANG": "en"})
    assert result.extra == (
        Origin("lang", "en", "DEDUP_LANG"),
        Origin("output_format", "json", str(file)),
    )
    assert result.settings == Settings()


def test_an_unfit_flag_is_named(here: Path) -> None:
    with pytest.raises(SettingsError, match=r"--threshold: threshold is 2"):
        effective({"threshold": 2}, cwd=here, environ={})


@pytest.mark.parametrize("variable", ["DEDUP_CACHE_DIR", "DEDUP_KERNEL", "DEDUP_CORPORA"])
def test_variables_that_are_no_settings_are_no_mistakes(variable, tmp_path):
    chosen = effective({}, cwd=tmp_path, environ={variable: "x"})
    assert {origin.origin for origin in chosen.origins} == {"default"}


def test_a_preset_goes_before_the_defaults_and_behind_all_that_is_said(here: Path) -> None:
    file = write(here / "dedup.toml", "threshold = 0.6\n")
    result = effective({"preset": "strict"}, cwd=here, environ={})
    assert result.settings == Settings(threshold=0.6, containment=1.0)
    assert result.preset == Origin("preset", "strict", "flag")
    assert origin(result, "threshold") == str(file)
    assert origin(result, "containment") == "preset strict"
    assert origin(result, "social") == "default"


def test_a_preset_is_chosen_like_a_setting(here: Path) -> None:
    assert effective({}, cwd=here, environ={}).preset == Origin("preset", "reprint", "default")
    file = write(here / "dedup.toml", 'preset = "strict"\n')
    assert effective({}, cwd=here, environ={}).preset == Origin("preset", "strict", str(file))
    result = effective({"preset": None}, cwd=here, environ={"DEDUP_PRESET": "social"})
    assert result.preset == Origin("preset", "social", "DEDUP_PRESET")
    assert (result.settings.social, result.settings.threshold) == (True, 0.5)
    flags = {"preset": "reprint", "social": None}
    result = effective(flags, cwd=here, environ={"DEDUP_PRESET": "social"})
    assert not result.settings.social


@pytest.mark.parametrize("value", ['["gold", "web/a*"]', '"gold, web/a*"'])
def test_sources_in_a_file_are_relative_to_it_where_they_are_paths(here: Path, value: str) -> None:
    write(here / "dedup.toml", f"source-order = {value}\n")
    (here / "sub").mkdir()
    settings = effective({}, cwd=here / "sub", environ={}).settings
    assert settings.source_order == ("gold", str(here / "web" / "a*"))


def test_sources_of_a_flag_have_commas_between(here: Path) -> None:
    result = effective({"source_order": "gold,web/a*"}, cwd=here, environ={})
    assert result.settings.source_order == ("gold", "web/a*")


def test_relations_as_a_table_a_variable_and_flags(tmp_path):
    (tmp_path / "dedup.toml").write_text(
        '[relations]\nversion = "drop"\nnear = ["keep", "warn"]\n', encoding="utf-8"
    )
    assert effective({}, cwd=tmp_path, environ={}).settings.relations == (
        *("version=drop", "near=keep", "near=warn"),
    )
    result = effective({"relations": "near=drop,template=fail"}, cwd=tmp_path, environ={})
    assert result.settings.relations == (
        *("template=fail", "version=drop", "near=drop", "near=warn"),
    )
    result = effective({}, cwd=tmp_path, environ={"DEDUP_RELATIONS": "near=fail"})
    assert result.settings.relations == ("near=fail",)


def test_relations_that_are_not_understood_name_their_place(tmp_path):
    (tmp_path / "dedup.toml").write_text('[relations]\nversoin = "drop"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"dedup\.toml"):
        effective({}, cwd=tmp_path, environ={})
    (tmp_path / "dedup.toml").write_text("relations = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="wrong type"):
        effective({}, cwd=tmp_path, environ={})
