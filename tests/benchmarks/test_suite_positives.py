"""What the rewrites of the generated suite promise, each measured by other means."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from random import Random
from types import ModuleType

import pytest

import dedup

HAN = re.compile(r"[\u4e00-\u9fff]")
#: Rewrites that folding undoes completely.
FOLDED_AWAY = [
    "width",
    "width-letters",
    "quotes",
    "space-all-han",
    "space-noise",
    "paragraphs-joined",
    "paragraphs-split",
    "traditional",
    "classical-unpunctuated",
    "classical-repunctuated",
    "wrap-20",
    "wrap-60",
]


@pytest.fixture(scope="module")
def made(suite: ModuleType) -> dict[str, list]:
    by_name: dict[str, list] = {}
    for case in suite.generate(suite.bundled(), seed=3, per_case=8):
        by_name.setdefault(case.name, []).append(case)
    return by_name


def letters(text: str) -> str:
    return "".join(char for char in dedup.fold(text) if char != " ")


def changed(a: str, b: str) -> int:
    assert len(a) == len(b)
    return sum(x != y for x, y in zip(a, b, strict=True))


@pytest.mark.parametrize("name", FOLDED_AWAY)
def test_every_letter_is_the_same(made, name: str) -> None:
    for case in made[name]:
        assert letters(case.a) == letters(case.b)


@pytest.mark.parametrize("name", ["punctuation-changed", "punctuation-removed", "space-latin"])
def test_the_han_are_the_same(made, name: str) -> None:
    for case in made[name]:
        assert HAN.findall(case.a) == HAN.findall(case.b)


def test_no_mark_is_left_next_to_han(made) -> None:
    for case in made["punctuation-removed"]:
        assert not re.search(
            r"[\u4e00-\u9fff][，。：；！？、]|[，。：；！？、][\u4e00-\u9fff]", case.b
        )


@pytest.mark.parametrize("columns", [20, 30, 38, 60])
def test_lines_are_as_long_as_the_wrap_says(made, columns: int) -> None:
    for case in made[f"wrap-{columns}"]:
        long = [line for line in case.b.splitlines() if len(line) > columns]
        assert all(re.fullmatch(r"[!-~]+", line) for line in long)
        assert max(map(len, case.b.splitlines())) > columns * 0.9


def test_one_paragraph_is_one_line(made) -> None:
    assert all("\n" not in case.b for case in made["paragraphs-joined"])


@pytest.mark.parametrize("name", ["traditional", "taiwan", "hongkong"])
def test_the_script_is_another(made, name: str) -> None:
    assert any("們" in case.b for case in made[name])
    assert all("们" not in case.b for case in made[name])


def test_regional_words_are_changed(part) -> None:
    layout = part("layout")
    assert layout.converted("s2twp")("软件里的鼠标", Random(1)) == "軟體裡的滑鼠"


def test_words_within_longer_ones_keep_their_spelling(part) -> None:
    layout = part("layout")
    assert layout.other_spellings("唯一的工作客户端", Random(1)) == "惟一的工作客户端"
    assert layout.other_spellings("帐户和其它", Random(1)) == "账户和其他"


@pytest.mark.parametrize("count", [3, 6, 9])
def test_so_many_lines_are_around_the_text(made, count: int) -> None:
    for case in made[f"furniture-{count}"]:
        body = case.a.strip("\n")
        above, below = case.b.split(body)
        assert len((above + below).split("\n")) == count + 2


def test_headers_differ_and_the_body_does_not(made) -> None:
    for case in made["header-changed"]:
        a, b = case.a.splitlines(), case.b.splitlines()
        assert a[1:-1] == b[1:-1]
        assert (a[0], a[-1]) != (b[0], b[-1])


@pytest.mark.parametrize("count", [1, 3])
def test_page_lines_stand_alone_inside_the_text(made, count: int) -> None:
    page = re.compile(r"\n(第 ?\d ?页.*|[-—] \d [-—])\n")
    for case in made[f"page-lines-{count}"]:
        assert len(page.findall(case.b)) == count
        assert page.sub("", case.b) == case.a


@pytest.mark.parametrize("rate", [2, 5, 10, 20])
def test_a_share_of_the_characters_is_replaced(made, rate: int) -> None:
    for case in made[f"chars-{rate}%"]:
        han = len(HAN.findall(case.a))
        assert changed(case.a, case.b) == pytest.approx(han * rate / 100, abs=0.51)


@pytest.mark.parametrize("rate", [2, 5, 10, 20])
def test_a_share_of_the_words_is_replaced(made, part, rate: int) -> None:
    material = part("material")
    for case in made[f"words-{rate}%"]:
        words = [word for word in material.words(case.a) if HAN.match(word)]
        at, touched = 0, 0
        for word in material.words(case.a):
            touched += bool(HAN.match(word)) and case.b[at : at + len(word)] != word
            at += len(word)
        assert len(case.b) == at
        assert touched == pytest.approx(len(words) * rate / 100, abs=0.51)


@pytest.mark.parametrize("rate", [10, 50, 100])
def test_only_particles_are_swapped(made, rate: int) -> None:
    for case in made[f"particles-{rate}%"]:
        differing = {(x, y) for x, y in zip(case.a, case.b, strict=True) if x != y}
        assert differing <= {(x, y) for x in "的地得" for y in "的地得"}
        if rate == 100:
            assert changed(case.a, case.b) >= 0.8 * case.a.count("的")


@pytest.mark.parametrize("rate", [1, 2, 5])
def test_a_share_of_the_characters_is_misread(made, part, rate: int) -> None:
    table = part("material").confusions()
    for case in made[f"misread-{rate}%"]:
        alike = [(x, y) for x, y in zip(case.a, case.b, strict=True) if x != y]
        assert all(y in table[x] for x, y in alike)
        letters_and_han = sum(map(str.isalnum, case.a))
        assert len(alike) == pytest.approx(letters_and_han * rate / 100, abs=0.51)


@pytest.mark.parametrize("rate", [5, 10, 20, 30])
@pytest.mark.parametrize("name", ["removed", "inserted", "reordered"])
def test_a_share_of_the_sentences_is_touched(made, part, name: str, rate: int) -> None:
    material = part("material")
    for case in made[f"{name}-{rate}%"]:
        a, b = material.sentences(case.a), material.sentences(case.b)
        count = int(sum(len(part.strip()) >= 8 for part in a) * rate / 100 + 0.5)
        assert count >= 1
        assert len(case.b) - len(case.a) == sum(map(len, b)) - sum(map(len, a))
        if name == "reordered":
            assert sorted(case.a) == sorted(case.b)
        else:
            inner, outer = (case.b, case.a) if name == "removed" else (case.a, case.b)
            opcodes = SequenceMatcher(None, inner, outer, autojunk=False).get_opcodes()
            assert len(outer) > len(inner)
            assert sum(tag != "equal" for tag, *_ in opcodes) >= 1


def test_removing_leaves_the_other_sentences_in_order(part) -> None:
    edit = part("edit")
    parts = [f"这是全文的第{n}个句子。" for n in range(20)]
    left = re.findall("[^。]+。", edit.removed(0.3)("".join(parts), Random(1)))
    assert len(left) == 14
    assert left == [part for part in parts if part in left]


def test_moving_keeps_every_sentence(part) -> None:
    edit = part("edit")
    parts = [f"这是全文的第{n}个句子。" for n in range(20)]
    moved = re.findall("[^。]+。", edit.reordered(0.1)("".join(parts), Random(1)))
    assert sorted(moved) == sorted(parts)
    assert moved != parts


def test_inserting_takes_whole_sentences_of_the_other_text(part) -> None:
    edit = part("edit")
    own = [f"这是全文的第{n}个句子。" for n in range(10)]
    other = [f"另外一篇里的第{n}个句子。" for n in range(10)]
    made = re.findall("[^。]+。", edit.inserted(0.3)("".join(own), "".join(other), Random(1)))
    assert [part for part in made if part in own] == own
    assert len([part for part in made if part in other]) == 3
    assert edit.inserted(0.3)("".join(own), other[0], Random(1)) is None


@pytest.mark.parametrize("rate", [90, 70, 50, 20])
def test_a_truncated_text_is_the_beginning(made, rate: int) -> None:
    for case in made[f"truncated-{rate}%"]:
        length = round(len(case.a.strip()) * rate / 100)
        assert case.b[:length] == case.a.strip()[:length]
        assert len(case.b) <= length + 12


def test_an_excerpt_is_half_of_the_text(made) -> None:
    for case in made["excerpt-50%"]:
        assert case.b in case.a
        assert len(case.b) == pytest.approx(len(case.a.strip()) / 2, abs=1)


@pytest.mark.parametrize("rate", [20, 100])
def test_a_joined_text_begins_with_the_first_and_goes_on(made, rate: int) -> None:
    for case in made[f"joined-{rate}%"]:
        added = case.b.removeprefix(case.a.strip()).strip()
        assert len(added) == pytest.approx(len(case.a.strip()) * rate / 100, abs=4)
        assert added[:50] not in case.a


@pytest.mark.parametrize(
    ("rewrite", "before", "after"),
    [
        ("dates_in_han", "2023年5月21日", "二〇二三年五月二十一日"),
        ("dates_iso", "2023年5月1日", "2023-05-01"),
        ("years_minguo", "2023年5月，1900年", "民国112年5月，1900年"),
        ("percent_in_han", "35%和1.05％", "百分之三十五和百分之一点〇五"),
        ("large_in_wan", "12000盏，123456人，128000万元", "1.2万盏，123456人，128000万元"),
        ("thousands", "12000元，2023中国，3.1415，1500人", "12,000元，2023中国，3.1415，1,500人"),
        (
            "counts_in_han",
            "30天，105名，2023年，1.5米，12月",
            "三十天，一百零五名，2023年，1.5米，十二月",
        ),
        ("ordinals_in_digits", "第十二条第一百零三条第二十步", "第12条第103条第20步"),
    ],
)
def test_notation(part, rewrite: str, before: str, after: str) -> None:
    notation = part("notation")
    assert getattr(notation, rewrite)(before, Random(1)) == after


@pytest.mark.parametrize(
    ("number", "han"),
    [
        (0, "零"),
        (10, "十"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (10_000, "一万"),
        (10_500, "一万零五百"),
        (125_000, "十二万五千"),
        (100_001, "十万零一"),
    ],
)
def test_han_numbers(part, number: int, han: str) -> None:
    notation = part("notation")
    assert notation.han_number(number) == han


@pytest.mark.parametrize("name", ["ruby-10%", "ruby-100%"])
def test_ruby_leaves_the_text_between_its_tags(made, name: str) -> None:
    for case in made[name]:
        assert re.sub(r"<rp>.*?</rp>|<rt>.*?</rt>|</?ruby>", "", case.b) == case.a


def test_every_known_character_has_its_reading(made) -> None:
    for case in made["pinyin-100%"]:
        readings = re.findall("（[a-zà-ǜ]+）", case.b)
        assert len(readings) >= 0.4 * len(HAN.findall(case.a))
        assert HAN.findall(case.b) == HAN.findall(case.a)


@pytest.mark.parametrize("name", ["html", "html-residue"])
def test_the_text_is_there_without_the_tags(made, name: str) -> None:
    for case in made[name]:
        plain = re.sub(r"<[a-z/][^>]*>|&\w+;", "", case.b)
        assert HAN.findall(plain) == HAN.findall(case.a)
        assert re.search(r"<[a-z/]|&\w+;", case.b)


def test_markdown_keeps_the_han(made) -> None:
    for case in made["markdown"]:
        assert HAN.findall(case.b) == HAN.findall(case.a)
        assert case.b.startswith("# ")
        assert re.search(r"\*\*|\]\(|`", case.b)


@pytest.mark.parametrize("name", ["classical-unpunctuated", "classical-repunctuated"])
def test_classical_cases_are_classical(made, name: str) -> None:
    for case in made[name]:
        assert not re.search("[了们]", case.a)


@pytest.mark.parametrize(
    ("pinyin", "zhuyin"),
    [
        ("xué", "ㄒㄩㄝˊ"),
        ("zhōng", "ㄓㄨㄥ"),
        ("shì", "ㄕˋ"),
        ("de", "˙ㄉㄜ"),
        ("yuán", "ㄩㄢˊ"),
        ("jiù", "ㄐㄧㄡˋ"),
        ("qù", "ㄑㄩˋ"),
        ("lǜ", "ㄌㄩˋ"),
        ("lù", "ㄌㄨˋ"),
        ("èr", "ㄦˋ"),
        ("xióng", "ㄒㄩㄥˊ"),
        ("wǔ", "ㄨˇ"),
        ("ān", "ㄢ"),
    ],
)
def test_zhuyin(part, pinyin: str, zhuyin: str) -> None:
    assert part("zhuyin").zhuyin(pinyin) == zhuyin


def test_zhuyin_stands_in_brackets(made) -> None:
    for case in made["zhuyin-100%"]:
        assert re.sub("（[\u3105-\u3129ˊˇˋ˙]+）", "", case.b) == case.a


def test_a_text_in_code_is_not_edited_by_its_few_han(part) -> None:
    code = "运行 systemctl enable --now backup.timer 和 systemctl list-timers"
    assert part("edit").characters(0.2)(code, Random(1)) is None
    assert part("edit").some_words(0.2)(code, Random(1)) is None
