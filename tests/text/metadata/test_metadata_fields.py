"""Header and credit lines: the field grammar, names, and bylines without a colon."""

from __future__ import annotations

import pytest

from dedup.model import Role
from dedup.text.metadata.bylines import read_byline
from dedup.text.metadata.fields import read_fields
from dedup.text.metadata.labels import LABELS, SURE
from dedup.text.metadata.names import is_name, split_names
from dedup.text.metadata.normal import normalise
from dedup.text.metadata.reading import Bare, Reading
from dedup.text.metadata.rules import RULES, Zone, may_be_part, read_line


def read(line: str, zone: Zone = Zone.BOTH) -> Reading | None:
    return read_line(Bare.of(line), zone)


def facts(line: str) -> dict[str, str]:
    reading = read(line)
    assert reading is not None, line
    return {fact.name: fact.value for fact in reading.facts}


@pytest.mark.parametrize(
    ("line", "kind", "expected"),
    [
        ("来源：新华网", "source", {"source": "新华网"}),
        ("来 源 ： 新华网", "source", {"source": "新华网"}),
        ("【来源：新华网】", "source", {"source": "新华网"}),
        ("来源：新华社、人民日报", "source", {"source": "新华社、人民日报"}),
        (
            "2023-11-14 10:22 新华网",
            "header",
            {"published": "2023-11-14T10:22:00", "source": "新华网"},
        ),
        (
            "日期：2023-11-14 来源：新华网",
            "header",
            {"published": "2023-11-14", "source": "新华网"},
        ),
        ("发布时间：2023-11-14　点击：12 次", "header", {"published": "2023-11-14"}),
        ("见报日期：2023-11-14", "header", {"printed": "2023-11-14"}),
        ("采集时间：2023-11-14", "header", {"scraped": "2023-11-14"}),
        ("最后更新：2023-11-14", "header", {"updated": "2023-11-14"}),
        ("作者：佚名", "byline", {"people": "佚名"}),
        ("作者：三毛", "byline", {"people": "三毛"}),
        ("作者：Ann Lee", "byline", {"people": "Ann Lee"}),
        ("作者：加西亚·马尔克斯", "byline", {"people": "加西亚·马尔克斯"}),
        ("摄影：张三、李四", "byline", {"people": "张三、李四"}),
        ("作者：张三 编辑：李四", "credit", {"people": "张三、李四"}),
        ("责任编辑：小雨", "credit", {"people": "小雨"}),
        ("编辑/张三", "credit", {"people": "张三"}),
        ("编辑丨张三", "credit", {"people": "张三"}),
        ("译者：[geekpi](https://github.com/geekpi)", "credit", {"people": "geekpi"}),
        ("原标题：一只旧木箱", "original-title", {"title": "一只旧木箱"}),
        ("责编 张三 李四", "credit", {"people": "张三、李四"}),
    ],
)
def test_lines_of_fields(line: str, kind: str, expected: dict[str, str]) -> None:
    reading = read(line)
    assert reading is not None
    assert reading.kind == kind
    assert facts(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "来源：这是一个长长的句子，说的是水从哪里来，又往哪里去，没有人知道它最后停在什么地方啊",
        "来源：据说是这样。",
        "作者：他说，这不是我写的",
        "编辑：把选中的文字删除",
        "审核：通过之后再提交",
        "记者：您好",
        "记者：谢谢您",
        "摄影：光线和角度",
        "文：从左往右读",
        "时间就是金钱",
        "来源不明",
        "发布时间：待定",
        "发布时间：2023-11-14 之前都可以",
        "发布时间：2023-13-45",
        "编辑部在三楼",
        "责任编辑制度改革",
        "第3页上有一张图",
        "一共 3 页",
        "点击这里的图标",
        "阅读使人充实",
        "1996年12月2日 中华人民共和国国务院令第206号发布",
        "2018年11月1日 某市第十六届人民代表大会常务委员会第十九次会议通过",
        "推荐",
        "喜欢",
        "大",
        "评论",
    ],
)
def test_lines_that_are_something_else(line: str) -> None:
    reading = read(line)
    assert reading is None or reading.weak


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("字号：大 中 小", "page-tools"),
        ("【打印】【关闭】", "page-tools"),
        ("打印本页", "page-tools"),
        ("分享到：微信 微博 QQ空间", "page-tools"),
        ("阅读 10万+", "counts"),
        ("浏览次数：123", "counts"),
        ("點擊數：45 次", "counts"),
        ("回覆(12) 瀏覽(345)", "counts"),
    ],
)
def test_buttons_and_counters_are_furniture(line: str, kind: str) -> None:
    reading = read(line)
    assert reading is not None
    assert (reading.role, reading.kind) == (Role.FURNITURE, kind)


@pytest.mark.parametrize("line", ["时间：2023-11-14 10:22", "2023-11-14 10:22", "2023-11-14"])
def test_a_date_alone_is_weak(line: str) -> None:
    reading = read_fields(Bare.of(line))
    assert reading is not None
    assert reading.weak


def test_a_label_is_listed_once_and_the_sure_ones_exist() -> None:
    words = [word for label in LABELS for word in label.words.split()]
    assert len(words) == len(set(words))
    assert set(words) >= SURE


def test_rules_at_the_head_only_are_not_tried_at_the_tail() -> None:
    assert read("首页 > 新闻 > 正文", Zone.HEAD) is not None
    assert read("首页 > 新闻 > 正文", Zone.TAIL) is None


def test_every_rule_has_keywords() -> None:
    assert all(rule.keywords.split() for rule in RULES)


@pytest.mark.parametrize("line", ["他走了。", "真的吗？", "水，"])
def test_sentences_are_not_even_read(line: str) -> None:
    assert not may_be_part(line)


def test_a_sentence_that_may_be_a_notice_is_read() -> None:
    assert may_be_part("未经授权，不得转载。")
    assert may_be_part("未經授權，不得轉載。")


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "王小明",
        "欧阳修",
        "司马相如",
        "陈李佳明",
        "马尔克斯·加西亚",
        "Ann",
        "Ann Lee",
        "geekpi",
    ],
)
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("word", ["的", "我们", "谢谢", "关于", "张老师", "王先生", "不知道"])
def test_words_that_are_no_names(word: str) -> None:
    assert not is_name(word)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("张三、李四", ("张三", "李四")),
        ("张三 李四", ("张三", "李四")),
        ("张　三　李　四", ("张三", "李四")),
        ("張三，李四；王五", ("張三", "李四", "王五")),
        ("张三（实习）", ("张三",)),
        ("张三/李四", ("张三", "李四")),
        ("Ann Lee、张三", ("Ann Lee", "张三")),
        ("", ()),
    ],
)
def test_lists_of_names(written: str, names: tuple[str, ...]) -> None:
    assert split_names(written, normalise(written), strict=True) == names


def test_a_list_with_something_else_in_it_is_none() -> None:
    assert split_names("张三、把门关上", "张三、把门关上", strict=True) is None


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("本报记者 张三", ("张三",)),
        ("本报记者张三", ("张三",)),
        ("新华社记者 张三 李四", ("张三", "李四")),
        ("记者 张三 通讯员 李四 王五", ("张三", "李四", "王五")),
        ("本报记者 张三 北京报道", ("张三",)),
        ("文/张三 图/李四", ("张三", "李四")),
        ("張三／文", ("張三",)),
        ("記者王小明／台北報導", ("王小明",)),
        ("記者王小明台北報導", ("王小明",)),
        ("聯合報／記者王小明／台北報導", ("王小明",)),
        ("中青报·中青网记者 张三", ("张三",)),
        ("摄影 张 三", ("张三",)),
    ],
)
def test_bylines(written: str, names: tuple[str, ...]) -> None:
    assert read_byline(written, normalise(written)) == names


@pytest.mark.parametrize(
    "written",
    [
        "张三",
        "记者",
        "记者 从市教育局获悉",
        "记者 看到 河水 清了",
        "记者 昨天 采访 了 张三",
        "文 不对题",
        "图 一 张三画的",
        "",
    ],
)
def test_what_is_no_byline(written: str) -> None:
    assert read_byline(written, normalise(written)) is None
