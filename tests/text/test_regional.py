"""Regional words: what is one word, what stays two, and that the table keeps its promises."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import dedup
from dedup import Settings
from dedup.dictionaries import word_classes, word_classes_hash, word_frequencies
from dedup.text.fold import fold
from dedup.text.regional import missing_words, regional_words, representative, representatives
from dedup.text.segment import WordSegmenter, segmenter

TAIWAN = "這個軟體的檔案裡有程式和函式,執行緒佔用記憶體;用滑鼠點選視窗,資訊就儲存到伺服器。"
MAINLAND = "这个软件的文件里有程序和函数，线程占用内存；用鼠标点击窗口，信息就保存到服务器。"


def stand_ins(text: str) -> list[str]:
    return [representative(token) for token in dedup.tokens(text)]


@pytest.mark.parametrize(
    "words",
    [
        "軟體 软件",
        "檔案 文件 文档",
        "程式 程序",
        "函式 函数",
        "執行緒 线程",
        "滑鼠 鼠标",
        "記憶體 内存",
        "計程車 出租车 的士",
        "資訊 訊息 信息",
        "網路 网络",
        "位元組 字节",
        "字元 字符",
        "作業系統 操作系统",
        "應用程式 应用程序",
        "資料庫 数据库",
        "雷射 激光",
        "智慧財產權 知识产权",
        "義大利 意大利",
        "紐西蘭 新西兰",
        "惟一 唯一",
        "帳號 账号",
        "其它 其他",
        "想像 想象",
        "身分 身份",
        "圖象 图像",
        "計畫 计划",
        "沈默 沉默",
        "項鍊 项链",
        "座標 坐标",
        "定閱 订阅",
    ],
)
def test_one_word(words: str) -> None:
    first, *others = (stand_ins(word) for word in words.split())
    assert len(first) == 1
    assert all(other == first for other in others)


@pytest.mark.parametrize(
    "words",
    [
        "土豆 马铃薯",
        "模拟 类比",
        "进程 行程",
        "万象 永珍",
        "佐治亚 格鲁吉亚",
        "打坏 打坯",
        "启事 启示",
        "左 右",
        "原告 被告",
        "质量 数量",
        "北韩 南韩",
        "白细胞 红细胞",
        "导入 导出",
        "上传 下载",
        "公元 公元前",
    ],
)
def test_two_words(words: str) -> None:
    first, second = (stand_ins(word) for word in words.split())
    assert first != second


def test_a_text_of_taiwan_is_one_of_the_mainland_in_other_clothes() -> None:
    assert stand_ins(TAIWAN) == stand_ins(MAINLAND)
    assert dedup.tokens(TAIWAN) != dedup.tokens(MAINLAND)
    long = [text * 8 for text in (TAIWAN, MAINLAND)]
    assert dedup.compare(*long).is_duplicate
    assert not dedup.compare(*long, regional_words=False).is_duplicate


def test_words_in_no_class_stand_for_themselves() -> None:
    assert representative("祖国") == "祖国"
    assert representative("") == ""
    assert representative("no such word") == "no such word"


def test_without_regional_words_jieba_is_left_alone() -> None:
    plain = segmenter(Settings(regional_words=False))
    assert plain.cut("执行绪") != ["执行绪"]
    assert segmenter(Settings()).cut("执行绪") == ["执行绪"]


@pytest.mark.parametrize("words", ["学位 元", "我国 中部", "公元 来源", "共 同步"])
def test_added_words_do_not_break_others(words: str) -> None:
    """As jieba cuts them without our words, so with them."""
    text = "".join(words.split())
    plain = segmenter(Settings(regional_words=False)).cut(text)
    assert segmenter(Settings()).cut(text) == plain


def test_the_users_words_come_on_top(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("軟體工程師 100\n", encoding="utf-8")
    found = dedup.tokens("軟體工程師的檔案", user_dict=str(path))
    assert found == ["软体工程师", "的", "档案"]


# the table


def test_rows_are_sorted_and_each_word_comes_once() -> None:
    words = [row.word for row in regional_words()]
    assert len(words) > 5000
    assert words == sorted(set(words))


def test_words_are_folded() -> None:
    for row in regional_words():
        assert fold(row.word) == row.word
        assert " " not in row.word


def test_who_stands_for_others_stands_for_itself() -> None:
    stands = {row.word: row.representative for row in regional_words()}
    assert all(stands[each] == each for each in stands.values())
    assert not set(representatives()) & set(representatives().values())


def test_no_class_is_large_and_none_has_one_member() -> None:
    sizes = Counter(row.representative for row in regional_words())
    assert min(sizes.values()) >= 2
    assert max(sizes.values()) <= 9


def test_every_word_is_one_token() -> None:
    cut = WordSegmenter().cut
    assert [row.word for row in regional_words() if cut(row.word) != [row.word]] == []


def test_words_that_jieba_cuts_as_one_are_not_added() -> None:
    cut = segmenter(Settings(regional_words=False)).cut
    listed = [row for row in regional_words() if row.frequency is None]
    assert [row.word for row in listed if cut(row.word) != [row.word]] == []


def test_added_words_weigh_next_to_nothing() -> None:
    """jieba divides by the sum of frequencies, which ours must not move."""
    _, total = word_frequencies()
    assert sum(missing_words().values()) < total / 1000


def test_the_hash_is_that_of_the_table() -> None:
    assert len(word_classes_hash()) == 32
    assert word_classes().startswith("# ")


def test_settings_tell_tables_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    default = Settings().fingerprint()
    assert default != Settings(regional_words=False).fingerprint()
    characters = Settings(unit="char")
    assert characters.fingerprint() == Settings(unit="char", regional_words=False).fingerprint()
    monkeypatch.setattr("dedup.settings.word_classes_hash", lambda: "another")
    assert default != Settings().fingerprint()
    assert characters.fingerprint() == Settings(unit="char", regional_words=False).fingerprint()


@pytest.mark.slow
def test_the_committed_table_is_what_the_generator_makes(
    root: Path, outer_environment: dict[str, str]
) -> None:
    command = [sys.executable, str(root / "tools" / "generate_word_classes.py"), "--check"]
    done = subprocess.run(
        command, env=outer_environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
