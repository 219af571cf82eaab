"""Segmenting: jieba's words, the user's words, and a cache that nobody else can plant."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from dedup import Settings, SettingsError, tokens
from dedup.cache import cache_dir
from dedup.text.fold import fold
from dedup.text.segment import segmenter

SENTENCE = "我们在上海交通大学研究机器学习，使用 Python 3.11 和 C++。"


def test_tokens_are_jiebas_without_hmm(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(60)
    own = jieba.Tokenizer(jieba.DEFAULT_DICT)
    own.tmp_dir = str(tmp_path)
    expected = [word for word in own.cut(fold(SENTENCE), HMM=False) if word.strip()]
    assert tokens(SENTENCE) == expected
    assert "上海交通大学" in expected
    assert expected[-2:] == ["和", "c++"]


def test_characters() -> None:
    assert tokens("中国 A股 abc def", unit="char") == list("中国a股abcdef")


def test_separators_are_no_tokens() -> None:
    assert tokens("hello world 你好") == ["hello", "world", "你好"]


def test_equal_kept_text_gives_equal_tokens() -> None:
    spaced = " ".join(SENTENCE.replace("Python 3.11", "Python3.11"))
    assert tokens(SENTENCE.replace("，", "\n")) == tokens(SENTENCE)
    assert fold(spaced) != fold(SENTENCE), "spaces between Latin letters are another text"


def test_user_words_are_folded_too(tmp_path: Path) -> None:
    words = tmp_path / "词典.txt"
    words.write_text("雲計算架構師 100 n\n\n乾坤大挪移\n", encoding="utf-8-sig")
    options = {"user_dict": str(words)}
    assert tokens("他是雲計算架構師", **options) == ["他", "是", "云计算架构师"]
    assert tokens("他是云计算架构师", **options) == ["他", "是", "云计算架构师"]
    assert tokens("乾坤大挪移", **options) == ["干坤大挪移"]
    assert tokens("他是云计算架构师") != ["他", "是", "云计算架构师"]


def test_user_words_change_the_fingerprint(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("甲乙丙 3\n", encoding="utf-8")
    first = Settings(user_dict=str(words)).fingerprint()
    words.write_text("甲乙丁 3\n", encoding="utf-8")
    assert len({first, Settings(user_dict=str(words)).fingerprint(), Settings().fingerprint()}) == 3


def test_missing_and_broken_user_dictionaries(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot read the dictionary .*nowhere\.txt"):
        tokens("中", user_dict=str(tmp_path / "nowhere.txt"))
    broken = tmp_path / "gbk.txt"
    broken.write_bytes("词典".encode("gb18030"))
    with pytest.raises(SettingsError, match="not UTF-8"):
        tokens("中", user_dict=str(broken))


def test_the_cache_is_private_and_ours() -> None:
    segmenter(Settings())
    folder = cache_dir()
    assert not folder.stat().st_mode & 0o022
    assert list(folder.glob("jieba-*.cache"))
    if os.name != "nt":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def run(code: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_planted_cache_in_the_temporary_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "jieba.cache").write_bytes(b"not a cache, or worse")
    code = "import dedup; print(dedup.tokens('上海交通大学'))"
    done = run(code, TMPDIR=str(tmp_path), DEDUP_CACHE_DIR=str(tmp_path / "own"))
    assert (done.stdout, done.stderr) == ("['上海交通大学']\n", "")
    assert [p.name for p in tmp_path.iterdir() if p.name != "own"] == ["jieba.cache"]


def test_a_cache_folder_that_others_can_write_is_not_used(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    code = "from dedup.cache import cache_dir; print(cache_dir())"
    done = run(code, DEDUP_CACHE_DIR=str(shared))
    assert done.stderr == ""
    assert str(shared) not in done.stdout
    assert not Path(done.stdout.strip()).exists(), "a temporary folder is removed at exit"


def test_a_damaged_cache_is_made_again(tmp_path: Path) -> None:
    code = "import dedup; print(dedup.tokens('上海交通大学'))"
    environ = {"DEDUP_CACHE_DIR": str(tmp_path / "own"), "DEDUP_KERNEL": "reference"}
    assert run(code, **environ).returncode == 0
    for cache in (tmp_path / "own").glob("jieba-*.cache"):
        cache.write_bytes(cache.read_bytes()[:1000])
    done = run(code, **environ)
    assert (done.stdout, done.stderr) == ("['上海交通大学']\n", "")
