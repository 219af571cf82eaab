"""What surrounds the words of a post: found where it is, and left where it is the words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text.fold import fold
from dedup.text.social import rest, spans


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        # chains, behind words of one's own
        ("说得好//@甲：转发微博//@乙：今天地震了", ["//@甲：转发微博//@乙：今天地震了"]),
        ("说得好 // @甲 : 今天", ["// @甲 : 今天"]),
        ("说得好／／＠甲：今天", ["／／＠甲：今天"]),
        ("转发@张三 的微博//@李四：哈哈", ["@张三", "//@李四：哈哈"]),
        ("好//@甲：一\n另一行", ["//@甲：一"]),
        # without any, what is quoted are the words
        ("转发微博//@甲：今天地震了", ["转发微博", "@甲："]),
        ("//@甲:转发微博//@乙:今天地震了", ["@甲:转发微博", "@乙:"]),
        ("Repost//@user_1: 今天地震了", ["Repost", "@user_1:"]),
        ("轉發//@甲：今天地震了", ["轉發", "@甲："]),
        # names
        ("@人民日报 今天是晴天", ["@人民日报"]),
        ("转自@人民日报：今天是晴天", ["@人民日报："]),
        ("回复@李-四_1: 不对", ["回复@李-四_1:"]),
        ("写信到 a.b@example.com 吧", []),
        # addresses
        ("看http://t.cn/A6abc12好", ["http://t.cn/A6abc12"]),
        ("看t.cn/A6abc12好，www.example.com/a?b=1#c", ["t.cn/A6abc12", "www.example.com/a?b=1#c"]),
        ("https://example.com/@user/p 真好", ["https://example.com/@user/p"]),
        ("看http://t.cn/abc@张三 好", ["http://t.cn/abc@张三"]),
        ("http://t.cn/abc#话题#好", ["http://t.cn/abc#话题#"]),
        ('<a href="http://t.cn/a">@张三</a>你好', ["http://t.cn/a", "@张三"]),
        # topics
        ("今天#高考#加油", ["#高考#"]),
        ("＃高考 加油＃今天", ["＃高考 加油＃"]),
        ("#1 苹果 #2 梨", []),
        ("# 标题 #\n正文", []),
        ("## 标题 ##\n正文", []),
        # what links and folded texts leave
        ("网页链接 看这里", ["网页链接"]),
        ("看这里O网页链接", ["O网页链接"]),
        ("一句话……展开全文c", ["展开全文c"]),
        ("一句话...全文\u200b", ["全文"]),
        ("一句话 收起d\n下一句", ["收起d"]),
        ("一句话…查看全文", ["查看全文"]),
        ("他把画卷展开", []),
        ("请看论文全文", []),
        ("全文如下：今天", []),
    ],
)
def test_what_is_set_aside(text: str, aside: list[str]) -> None:
    assert parts(text) == aside


@pytest.mark.parametrize(
    "text",
    ["@张三 http://t.cn/abc #话题#", "#话题#", "网页链接", "//@甲：", "@甲 …！！", "展开"],
)
def test_a_post_of_nothing_else_is_compared_whole(text: str) -> None:
    assert spans(text) == []
    assert rest(text) is text


@pytest.mark.parametrize("text", ["", "今天是晴天。", "3 @ 5", "一 # 二"])
def test_plain_text_is_left_alone(text: str) -> None:
    assert rest(text) is text


def test_blanks_leave_offsets_and_lines() -> None:
    text = "今天#高考#加油\n@张三 你好"
    assert rest(text) == "今天    加油\n    你好"


WORDS = ("今天", "好", "\n", " ", "a", "《")
PIECES = st.sampled_from(
    ["//@甲：", "@乙 ", "http://t.cn/a", "#题#", "#", "@", "网页链接", "转发微博", "…展开", *WORDS]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_something_is_always_left(text: str) -> None:
    found = spans(text)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert len(rest(text)) == len(text)
    assert bool(fold(rest(text)).strip()) == bool(fold(text).strip())
