"""Datelines, closing brackets, and titles."""

from __future__ import annotations

import pytest

from dedup.text.metadata import find
from dedup.text.metadata.lines import head_lines
from dedup.text.metadata.spans import leading, trailing
from dedup.text.metadata.titles import is_entry, is_paragraph, is_title_shaped

REST = "河道清淤之后，水面降了半米。"
PARAGRAPH = (
    "河道清淤之后，水面降了半米，两岸的人家重新修了台阶，孩子们下到水边去洗手，老人坐在树下看。"
)
BODY = "\n".join(f"{n}月里，{PARAGRAPH}" for n in "一二三四五六七")


@pytest.mark.parametrize(
    ("opening", "facts"),
    [
        (
            "新华社北京11月14日电（记者张三、李四）",
            {"source": "新华社", "place": "北京", "people": "张三、李四"},
        ),
        (
            "新华社北京11月14日电 (记者 张三 李四)",
            {"source": "新华社", "place": "北京", "people": "张三、李四"},
        ),
        ("新华社联合国11月14日电", {"source": "新华社", "place": "联合国"}),
        ("据新华社北京11月14日电", {"source": "新华社", "place": "北京"}),
        ("中新网11月14日电", {"source": "中新网"}),
        (
            "人民网北京11月14日电（记者张三）",
            {"source": "人民网", "place": "北京", "people": "张三"},
        ),
        ("本报北京11月14日讯", {"source": "本报", "place": "北京"}),
        ("本报讯（记者 张三 通讯员 李四）", {"source": "本报", "people": "张三、李四"}),
        ("（本报讯）", {"source": "本报"}),
        ("【本报讯】", {"source": "本报"}),
        ("【新华社北京11月14日电】", {"source": "新华社", "place": "北京"}),
        ("央视网消息：", {"source": "央视网"}),
        ("〔記者王小明／台北報導〕", {"people": "王小明"}),
        ("【記者王小明台北報導】", {"people": "王小明"}),
        ("（中央社記者王小明台北14日電）", {"people": "王小明"}),
        ("（中央社台北14日電）", {"source": "中央社", "place": "台北"}),
        ("〔即時新聞／綜合報導〕", {}),
        ("（记者 张三）", {"people": "张三"}),
    ],
)
def test_datelines(opening: str, facts: dict[str, str]) -> None:
    span = leading(opening + REST)
    assert span is not None
    assert (span.start, span.end) == (0, len(opening))
    assert span.reading.kind == "dateline"
    assert {fact.name: fact.value for fact in span.reading.facts} == facts


@pytest.mark.parametrize(
    "line",
    [
        "新华社北京11月14日电影节的消息传来。",
        "本报读者11月14日电话反映。",
        "本报讯息部的人说。",
        "本报十年前报道过这座桥。",
        "本台前面有一棵树。",
        "记者从市水利局获悉，工程已经完成。",
        "记者王小明昨天在台北报道了这件事。",
        "（说来也巧）那天正好下雨。",
        "【独家报道】这四个字他写了一辈子。",
        "【深度】桥为什么会动。",
        "据有关方面的消息，桥修好了。",
        "11月14日电视里说，要下雪了。",
        "（记者问他）你怕不怕？",
    ],
)
def test_sentences_that_open_like_a_dateline(line: str) -> None:
    assert leading(line) is None


@pytest.mark.parametrize(
    ("closing", "kinds"),
    [
        ("（完）", ["end-mark"]),
        ("(完)", ["end-mark"]),
        ("【完】", ["end-mark"]),
        ("（责编：张三）", ["credit"]),
        ("(责编:张三、李四)", ["credit"]),
        ("（責任編輯：張三）", ["credit"]),
        ("（编辑 张三）", ["credit"]),
        ("（记者 张三）", ["byline"]),
        ("（来源：山林报）", ["source"]),
        ("（原标题：旧桥）", ["original-title"]),
        ("（作者单位：清溪水利局）", ["byline"]),
        ("（新华社北京11月14日电）", ["dateline"]),
        ("（完）（责编：张三）", ["credit", "end-mark"]),
        ("《山林报》（2023年11月14日 3版）", ["page-line"]),
        ("《山林报》（2023年11月14日 3版）(责编:张三)", ["credit", "page-line"]),
        (" 责任编辑：张三", ["credit"]),
    ],
)
def test_closing_spans(closing: str, kinds: list[str]) -> None:
    line = REST + closing
    spans = list(trailing(line))
    assert [span.reading.kind for span in spans] == kinds
    assert line[: spans[-1].start].rstrip() == REST


@pytest.mark.parametrize(
    "closing",
    [
        "（完全相反。）",
        "（张三）",
        "（见第三页）",
        "（这句话的来源已经不可考）",
        "（编辑：把重复的部分删掉）",
        "（记者在现场看到的就是这样）",
        "（2023年11月14日）",
        "《旧桥》",
        "（笑）",
        "（时间：二〇二三年）",
        "（未完成）",
        "，全文见《清溪日报》2023年11月14日",
        "登在《清溪日报》（2023年11月14日 3版）",
    ],
)
def test_closing_brackets_that_are_body(closing: str) -> None:
    assert list(trailing(REST + closing)) == []


def test_a_line_that_is_nothing_but_a_bracket_is_left_to_the_line_rules() -> None:
    assert list(trailing("（责编：张三）")) == []


def test_one_paragraph_may_open_and_close_with_a_span() -> None:
    found = find("新华社北京11月14日电 " + PARAGRAPH + "（完）（责编：张三）")
    assert [part.kind for part in found] == ["dateline", "end-mark", "credit"]
    assert {part.line for part in found} == {1}


def titles(text: str) -> list[str]:
    return [part.text for part in find(text) if part.kind == "title"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("台阶是谁修的\n\n", "台阶是谁修的"),
        ("台阶是谁修的？\n\n", "台阶是谁修的？"),
        ("水来了！\n\n", "水来了！"),
        ("水退之后——\n两岸的台阶\n\n", "水退之后——\n两岸的台阶"),
        ("水退之后\n——清溪河纪事\n\n", "水退之后\n——清溪河纪事"),
        ("台阶是谁修的\n作者：方卉\n", "台阶是谁修的"),
        ("台阶是谁修的\n2023-11-14 10:22\n\n", "台阶是谁修的"),
        ("台阶是谁修的\n（2023年11月14日）\n\n", "台阶是谁修的"),
        ("# 台阶\n\n", "# 台阶"),
        ("台阶\n===\n\n", "台阶"),
        ("台阶是谁修的\n------\n\n", "台阶是谁修的"),
        ("来源：山林报\n台阶是谁修的\n", "台阶是谁修的"),
    ],
)
def test_titles(head: str, title: str) -> None:
    assert titles(head + BODY) == [title]


@pytest.mark.parametrize(
    "head",
    [
        "台阶是谁修的\n",
        "台阶是谁修的。\n\n",
        "台阶，水，\n\n",
        "同志们：\n\n",
        "各位家长\n\n",
        "一、水从哪里来\n\n",
        "1. 水从哪里来\n\n",
        "（一）水从哪里来\n\n",
        "第一章 水从哪里来\n\n",
        "第三条 水从哪里来\n\n",
        "- 水从哪里来\n\n",
        "> 水从哪里来\n\n",
        "| 水 | 台阶 |\n\n",
        "目录\n\n",
        "前　言\n\n",
        "2023年11月14日 晴\n\n",
        "清政发〔2023〕5号\n\n",
        "问：水从哪里来\n\n",
        "甲\n\n",
        "水流过\n桥底下\n石头不动\n影子在动\n\n",
        "<!DOCTYPE html>\n\n",
        "## 水从哪里来\n\n",
    ],
)
def test_heads_that_are_no_titles(head: str) -> None:
    assert titles(head + BODY) == []


def test_a_dialogue_has_no_title() -> None:
    lines = [f"{'甲乙'[n % 2]}：{PARAGRAPH}" for n in range(8)]
    assert titles("台阶是谁修的\n\n" + "\n".join(lines)) == []


def test_a_script_has_no_title() -> None:
    code = "\n".join(f"value_{n} = read({n})  # 读第{n}个水位" for n in range(40))
    assert titles("# 读取水位的小程序\nimport csv\n" + code) == []


def test_a_title_shaped_line_and_a_paragraph() -> None:
    short, long = head_lines("台阶是谁修的\n" + PARAGRAPH, 9)
    assert is_title_shaped(short)
    assert not is_title_shaped(long)
    assert is_paragraph(long)
    assert not is_paragraph(short)


def test_entries_of_a_record() -> None:
    entry, sentence, address = head_lines("出版社：清溪书局\n台阶是谁修的\nhttps://example.org", 9)
    assert is_entry(entry)
    assert not is_entry(sentence)
    assert not is_entry(address)


def test_the_author_under_a_title_is_a_byline_unless_the_text_speaks_of_it() -> None:
    body = BODY.replace("\n", "\n　　")
    kinds = [part.kind for part in find("台阶是谁修的\n朱明远\n　　" + body)]
    assert kinds == ["title", "byline"]
    kinds = [part.kind for part in find("冬天的小毛病\n高血压\n　　高血压怕冷。" + body)]
    assert kinds == ["title"]
