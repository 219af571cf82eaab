"""The glance at both ends of a text never says that nothing is where the rules find something."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedup.sketch import _kernel
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import glances
from dedup.text.metadata import UNKNOWN, find, patterns
from dedup.text.metadata.bylines import OTHER_ROLES, ROLES
from dedup.text.metadata.fields import FIRST
from dedup.text.metadata.glance import CHARACTERS, End, Trait, tables
from dedup.text.metadata.labels import COUNT_AND_TOOL_WORDS, COUNTS, LABELS, TOOLS
from dedup.text.metadata.normal import normalise
from dedup.text.metadata.notices import read_copyright
from dedup.text.metadata.rules import RULES, whole

CASES = Path(__file__).parents[1] / "cases" / "metadata"
TEXTS = [path.read_bytes().decode("utf-8") for path in sorted(CASES.glob("*/text.txt"))]
BODY = "春天来了，山上的花都开了，村里的人们忙着播种，孩子们在田边奔跑。" * 12
WORDS = sorted(
    {word for rule in RULES for word in rule.keywords.split()}
    | {word for label in LABELS for word in label.words.split()}
    | set(f"{ROLES}|{OTHER_ROLES}|{patterns.HEADING_WORDS}".split("|"))
    | set(COUNT_AND_TOOL_WORDS.split())
)
PIECES = [
    *WORDS,
    *'：:|/ 　（）()[]【】《》、，。；！—-=*#~_·>›<"”',
    *"一二三十年月日时分王张李",
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\n　　",
        "2023年11月14日",
        "2023-11-14 10:22",
        "民国112年1月2日",
        "12",
    ),
    *(
        "张三",
        "李四 王五",
        "新华社",
        "本报讯",
        "（记者 张三）",
        "https://a.cn/b",
        "[甲](http://a.cn)",
    ),
    *("---\nlayout: post\n---\n", "+++", "title: 春天", "[#]: subject: 甲\n", "=====", "\n---\n"),
    *(
        "（法释〔2016〕29号）",
        "（责编 张三）",
        "(a.md)",
        "上海市",
        "周口市",
        "周日 下午",
        "第3页",
        "end",
    ),
    *("# 标题一行字", "## 第一章", "===", "---", "<!-- INFO END -->", "[a]: http://a.cn", "abc"),
    *("春天来了", "全国人民代表大会通过", BODY[:60], BODY),
]


def check(texts: list[str]) -> None:
    """Finding with and without a glance must give the same."""
    seen = glances(TextBatch.from_texts(texts))
    for text, glance in zip(texts, seen, strict=True):
        assert find(text, glance) == find(text), (glance, text)


def test_cases_are_found_as_without_a_glance() -> None:
    check(TEXTS)


@pytest.mark.parametrize("body", ["", BODY], ids=["alone", "with body"])
def test_parts_of_cases_are_found_as_without_a_glance(body: str) -> None:
    for text in TEXTS:
        lines = text.splitlines(keepends=True)
        check(["".join(lines[:n]) + body for n in range(1, min(len(lines), 12))])
        check([body + "\n" + "".join(lines[-n:]) for n in range(1, min(len(lines), 12))])


def test_each_line_of_the_cases_alone() -> None:
    lines = {line.strip() for text in TEXTS for line in text.splitlines() if line.strip()}
    for frame in ("{}\n\n" + BODY, "# 山村的春天\n\n{}\n\n" + BODY, BODY + "\n{}", BODY + "（{}）"):
        check([frame.format(line) for line in sorted(lines)])


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("# 山村的春天\n\n张三\n\n" + BODY)
@example("# 山村的春天\n\n（张三）\n\n　　" + BODY)
@example(BODY + "\n责编：张三" + " " * 300)
@example(BODY + "\n" + " " * 300 + "责编：张三")
@example(BODY + "\n[a]: http://a.cn/\n责编：张三\n***")
@example("2023年11月14日 超大 中 小\n\n" + BODY)
@example("---\nlayout: 张三\n---\n\n# 山村的春天\n\n" + BODY)
@example("---\n---\n\n# 山村的春天\n\n" + BODY)
@example("---\na: b\n---\n---\n\n# 山村的春天\n\n" + BODY)
@example("---\n" + "a: b\n" * 14 + "---\n# 山村的春天\n\n" + BODY)
@example("---\n" + "a: b\n" * 9 + "---\n" + "\n" * 119 + "# 山村的春天\n\n" + BODY)
@example("---\n" + ("a: " + "b" * 190 + "\n") * 4 + "---\n# 山村的春天\n\n" + BODY)
@example("[#]: subject: 甲\n[#]: via: 乙\n山村的春天\n====\n\n" + BODY)
@example("[#]: subject: 甲\n[#]: Via: 乙\n山村的春天\n====\n\n" + BODY)
@example("山村的春天\n====\n张三\n\n" + BODY)
@example("> 山村的春天\n====\n" + BODY)
@example("山村的春天\n====\n----\n责编：张三\n" + BODY)
@example(BODY + "（编译 李四）")
@example(BODY + "（本文第一作者为某大学教授）")
@example(BODY + "(the end)")
@example(BODY + "（中央社台北14日電）1121114")
@example("\ufffd" * 90 + "\n责编：张三")
def test_any_row_of_words_is_found_as_without_a_glance(text: str) -> None:
    check([text, text + "\n" + BODY, BODY + "\n" + text, "# 山村的春天\n\n" + text + "\n" + BODY])


@given(st.text(max_size=80))
def test_any_text_is_found_as_without_a_glance(text: str) -> None:
    check([text, f"# {text}", f"# 山村的春天\n\n{text}\n\n{BODY}", f"{BODY}\n{text}"])


def test_what_most_texts_are_is_told() -> None:
    titled = "# 山村的春天\n\n2023年4月5日 上海市人民政府第三次会议通过\n\n" + BODY
    matter = "---\nsidebar: auto\n---\n\n"
    comments = '[#]: subject: "春天"\n[#]: via: "https://a.cn"\n\n'
    underlined = "山村的春天\n======\n\n" + BODY
    texts = [BODY, titled, titled + "\n责编：张三", "", matter + titled, comments + underlined]
    links = BODY + "\n\n## 相关连接\n\n[Get-Item](Get-Item.md)\n"
    seen = glances(TextBatch.from_texts([*texts, underlined, links]))
    assert seen[0][:2] == (End.NOTHING, End.NOTHING)
    assert seen[1][:4] == (End.TITLE_AND_BODY, End.NOTHING, 0, 7)
    assert seen[2][:2] == (End.TITLE, End.MAYBE)
    assert seen[3][:2] == (End.NOTHING, End.NOTHING)
    start = len(matter)
    assert seen[4][:4] == (End.TITLE_AND_BODY, End.NOTHING, start, start + 7)
    start = len(comments)
    assert seen[5][:4] == (End.TITLE_AND_BODY, End.NOTHING, start, start + 5)
    assert seen[6][:4] == (End.TITLE_AND_BODY, End.NOTHING, 0, 5)
    assert seen[7][:2] == (End.NOTHING, End.NOTHING)
    kinds = [[part.kind for part in find(texts[i], seen[i])] for i in (1, 4, 5)]
    assert kinds == [["title"], ["front-matter", "title"], ["front-matter", "title"]]


#: Slots of a line, one choice of each, ~ a space: datelines, credits, notices, and what nearly is.
LEADS = (
    "|（|(|〔|【 据||《 新华社|本报|本台|新京報|央视网|中國新聞網|某某电视台|路透社|张三|电子报"
    "|海峡在线|客户端|記者|记者~张三~|记者王小明|消费者|通讯社|人民日报 ||北京|~|／台北|/上海"
    " |14日|11月14日|2023年11月14日~|日 ||~|　 电|電|专电|專電|讯|訊|消息|报道|報導"
    "|电影|讯问|时间|信息 |)|）|】 |~|(记者~张三)|（記者王小明、李四） |：|:|~|，"
)
CREDITS = (
    "|。|”|\n |~|~~|（|(|《人民日报》|【 责任编辑|責任編輯|责编|编辑|編輯|编|返回搜狐|返回|記者"
    "|完|编译|校对 |~|，查看更多|查看更多 ：|:||~：|︰ |~|张三|王小明~李四|2023年11月14日"
    " |）|)|】|》|（第3版）|（03版） |1121114|1|~|。"
)
NOTICES = (
    "||*|—~|■|** ||第十二条|第12条|第１２条|第条|第一百零一條|一、|三，|（三）|(十)|(十一)|《"
    "|[甲](http://a.cn) |~|　|** 未经许可不得转载|版权所有，翻版必究|转载请注明出处"
    "|本文仅代表作者观点|京ICP备123号|不得使用备份|违反规定的，责令改正|著作权人"
    "|如有侵权请联系删除|举报电话：12345|点击阅读原文 |。|；|，未经许可不得转载。"
    "|，由有关部门处理。 |*|**|~■"
)


@pytest.mark.parametrize(
    ("slots", "frames", "kinds"),
    [
        (LEADS, (f"{{}}{BODY}", f"# 山村的春天\n\n{{}}{BODY}"), {"dateline"}),
        (CREDITS, (f"{BODY}{{}}",), {"credit"}),
        (NOTICES, (f"{{}}\n{BODY}", f"{BODY}\n{{}}", f"{BODY}（{{}}）"), {"copyright", "follow"}),
    ],
    ids=["leads", "credits", "notices"],
)
def test_lines_made_of_slots_are_found_as_without_a_glance(
    slots: str, frames: tuple[str, ...], kinds: set[str]
) -> None:
    rng = random.Random(1)
    choices = [slot.replace("~", " ").split("|") for slot in slots.split(" ")]
    made = ["".join(map(rng.choice, choices)) for _ in range(3000)]
    texts = [frame.format(text) for text in made for frame in frames]
    check(texts)
    found = [{part.kind for part in find(text)} for text in texts]
    assert set().union(*found) >= kinds
    assert sum(not kinds.isdisjoint(each) for each in found) > 60


@pytest.mark.parametrize(
    "text",
    [
        "电子商务经营者应当依法办理登记，消息传来，通讯设备与时间有关，报道说记者到了。" + BODY,
        BODY + "用编辑器编写的程序要编译之后才能返回结果。",
        "第十二条 未经许可，任何单位和个人不得从事前款规定的活动，备案后方可经营。\n" + BODY,
        BODY + "\n（三）未经许可，不得从事前款规定的活动，备案后方可经营。",
    ],
)
def test_prose_with_words_of_rules_is_told(text: str) -> None:
    (seen,) = glances(TextBatch.from_texts([text]))
    assert seen[:2] == (End.NOTHING, End.NOTHING)
    assert find(text) == ()


def test_one_line_may_decide_and_the_rules_that_read_it_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = "未经许可，任何单位和个人不得转让前款规定的经营权，备案后方可经营。"
    notice = next(at for at, rule in enumerate(RULES) if rule.read is read_copyright)
    texts = [f"{line}\n{BODY}", f"{BODY}\n{line}", f"{BODY}\n未经许可不得转载", line]
    seen = glances(TextBatch.from_texts(texts))
    assert [(each.head_rules >> notice & 1, each.tail_rules >> notice & 1) for each in seen] == [
        (1, 0), (0, 1), (0, 0), (1, 1)
    ]  # fmt: skip
    walked: list[str] = []
    for name in ("read_head", "read_tail"):
        said = partial(lambda name, *_: walked.append(name) or [], name)
        monkeypatch.setattr(sys.modules[find.__module__], name, said)
    assert [find(text, glance) for text, glance in zip(texts, seen, strict=True)] == [()] * 4
    assert walked == ["read_tail"]
    walked.clear()
    told = "版权所有，翻版必究。"
    texts = [f"{told}\n{BODY}", f"{BODY}\n{told}"]
    for text, glance in zip(texts, glances(TextBatch.from_texts(texts)), strict=True):
        find(text, glance)
    assert walked == ["read_head", "read_tail"]


@pytest.mark.parametrize("share", [1, 2, 3, 10])
def test_blanks_of_few_texts_or_many_are_seen_in_those(share: int) -> None:
    lines = ["<p>责编：张三</p>", "<b>正文</b>", "《甲》<i>版权所有</i>", "[链接](http://a.cn)"]
    texts = [f"{BODY}\n{lines[i % 4]}" if i % 3 else f"{lines[i % 4]}\n{BODY}" for i in range(30)]
    blanks = [
        [match.span() for match in re.finditer("<[^>]*>" if i % 2 else "<.>.", text)]
        if i % share == 0
        else []
        for i, text in enumerate(texts)
    ]
    alone = [
        glances(TextBatch.from_texts([text]), [spans])[0]
        for text, spans in zip(texts, blanks, strict=True)
    ]
    assert glances(TextBatch.from_texts(texts), blanks) == alone
    assert share == 10 or UNKNOWN in alone
    assert glances(TextBatch.from_texts(texts)) != alone


def test_without_the_kernel_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEDUP_KERNEL", "reference")
    assert glances(TextBatch.from_texts([BODY])) == [UNKNOWN]


def test_characters_mean_what_the_rules_say() -> None:
    normal, traits, classes, *_ = tables()
    by_class: dict[int, str] = {}
    for point in range(CHARACTERS):
        character = chr(point)
        plain = normalise(character)
        assert normal[point] == ord(plain)
        assert bool(traits[point] & Trait.FIELD_FIRST) == (character.lower() in FIRST), character
        lowered = plain.lower()[0]
        if classes[point]:
            assert by_class.setdefault(classes[point], lowered) == lowered, character
    letters = set("".join(WORDS).lower())
    assert letters <= set(by_class.values())
    for point in range(CHARACTERS):
        if normalise(chr(point)).lower()[0] in letters:
            assert classes[point], chr(point)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.keywords[:8])
def test_no_rule_reads_more_than_it_says(rule: object) -> None:
    compiled = [
        cell.cell_contents
        for cell in rule.read.__closure__ or ()
        if hasattr(cell.cell_contents, "fullmatch")
    ]
    for pattern in compiled:
        _, longest = re._parser.parse(pattern._source, re.IGNORECASE).getwidth()
        assert longest <= rule.longest
    assert compiled or rule.read.__qualname__.partition(".")[0] != whole.__name__


@pytest.mark.parametrize("pattern", [COUNTS, TOOLS], ids=["counts", "tools"])
def test_counters_and_buttons_begin_as_listed(pattern: str) -> None:
    words = set(COUNT_AND_TOOL_WORDS.split())
    for opening in openings(re._parser.parse(pattern), 3):
        if opening[:1].isascii():
            continue
        alone = opening[0] in words and (len(opening) == 1 or opening[1].isascii())
        long = [word for word in words if len(word) > 1]
        assert alone or any(word.startswith(opening) or opening.startswith(word) for word in long)


def openings(parsed: Iterable[tuple[object, Any]], length: int) -> set[str]:
    """Return what texts that a pattern matches can begin with, cut at ``length`` characters."""
    found = {""}
    for operation, value in parsed:
        name = str(operation)
        if name == "LITERAL":
            more = {chr(value)}
        elif name == "IN":
            more = {chr(each) if str(kind) == "LITERAL" else "0" for kind, each in value}
        elif name == "BRANCH":
            more = set[str]().union(*(openings(each, length) for each in value[1]))
        elif name == "SUBPATTERN":
            more = openings(value[3], length)
        elif name == "MAX_REPEAT":
            more = openings(value[2], length) | ({""} if value[0] == 0 else set())
        else:
            assert name.startswith(("ASSERT", "AT")), name
            continue
        found = {(start + end)[:length] for start in found for end in more}
    return found


def test_the_binding_checks_what_it_is_given() -> None:
    batch = TextBatch.from_texts([BODY])
    out = np.empty((1, 2), np.uint8), np.empty((1, 2), np.int64), np.empty((1, 2), np.uint32)
    good = list(tables())
    with pytest.raises(ValueError, match="not 65536"):
        _kernel.glance(batch.buffer, batch.offsets, (good[0][:9], *good[1:]), *out)
    with pytest.raises(ValueError, match="lead out"):
        _kernel.glance(batch.buffer, batch.offsets, (*good[:4], good[4][:9], *good[5:]), *out)
    with pytest.raises(ValueError, match="lead out"):
        _kernel.glance(batch.buffer, batch.offsets + 1, tuple(good), *out)
    for short in range(3):
        wrong = [each[:, : 1 + (at != short)].copy() for at, each in enumerate(out)]
        with pytest.raises(ValueError, match="not 2"):
            _kernel.glance(batch.buffer, batch.offsets, tuple(good), *wrong)


@given(st.binary(max_size=200))
def test_any_bytes_are_glanced_at(raw: bytes) -> None:
    buffer = np.frombuffer(raw, np.uint8)
    found, titles = np.empty((1, 2), np.uint8), np.empty((1, 2), np.int64)
    alone = np.empty((1, 2), np.uint32)
    _kernel.glance(buffer, np.array([0, len(raw)]), tables(), found, titles, alone)
    assert set(found[alone > 0].tolist()) <= {End.MAYBE}
    assert set(found.ravel().tolist()) <= set(End)
