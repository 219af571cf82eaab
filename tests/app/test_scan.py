"""Scans end to end, through the library."""

from __future__ import annotations

import random
from pathlib import Path

import opencc
import pytest

import dedup
from dedup import Relation, ScanResult, UsageError

CLOTHES = ["wrapped 20", "wrapped 30", "wrapped 38", "spaced", "zero width", "no punctuation"]


def in_other_clothes(text: str, how: str) -> str:
    """Return the same text, dressed otherwise."""
    if how.startswith("wrapped"):
        width = int(how.split()[1])
        lines = [
            line[i : i + width] for line in text.split("\n") for i in range(0, len(line), width)
        ]
        return "\n".join(lines)
    if how == "spaced":
        return "".join(c + " " if "\u4e00" <= c <= "\u9fff" else c for c in text)
    if how == "zero width":
        return "".join(c + "\u200b" for c in text)
    return "".join(c for c in text if c.isalnum() or c in "\n%.-+")


@pytest.mark.parametrize("how", CLOTHES)
def test_the_same_text_in_other_clothes(seed_texts: list[str], how: str) -> None:
    original = seed_texts[1]
    result = dedup.scan({"original": original, "other": in_other_clothes(original, how)})
    (pair,) = result.pairs
    assert pair.relation is Relation.SAME_TEXT
    assert pair.similarity == 1.0
    assert len(result.clusters) == 1


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_encodings(seeds: Path, tmp_path: Path, encoding: str) -> None:
    original = sorted(seeds.glob("*.txt"))[1]
    text = original.read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8", newline="")
    (tmp_path / "b.txt").write_bytes(text.encode(encoding))
    (pair,) = dedup.scan(tmp_path).pairs
    assert pair.relation is Relation.IDENTICAL
    assert pair.similarity == 1.0


@pytest.mark.parametrize("encoding", ["utf-8", "big5"])
def test_a_traditional_copy(seed_texts: list[str], tmp_path: Path, encoding: str) -> None:
    traditional = opencc.OpenCC("s2t" if encoding == "utf-8" else "s2tw").convert(seed_texts[1])
    (tmp_path / "a.txt").write_text(seed_texts[1], encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(traditional.encode(encoding, "ignore"))
    result = dedup.scan(tmp_path)
    assert len(result.clusters) == 1
    assert result.pairs[0].similarity > 0.95


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("3+4", "3-4"),
        ("x>0", "x<0"),
        ("C++", "C#"),
        ("+3.21%", "-3.21%"),
        ("10²", "102"),
        ("好👍", "好👎"),
    ],
)
def test_marks_that_carry_meaning(a: str, b: str) -> None:
    assert dedup.scan([a, b]).pairs == ()


@pytest.mark.parametrize(
    "body",
    [
        "各有关单位：\n现将《{}》印发给你们，请结合实际认真贯彻执行。\n办公厅",
        "点击查看图片",
        "各有关单位：\n现将有关文件印发给你们，请遵照执行。执行中遇到的问题，请及时反馈。",
    ],
)
def test_different_titles_over_one_boilerplate_body(body: str) -> None:
    titles = ["关于加强冬季供暖安全管理工作的通知", "关于开展校园食品卫生专项检查的意见"]
    texts = [f"{title}\n\n{body.format(title)}" for title in titles]
    assert dedup.scan(texts).pairs == ()


def test_the_seeds(seeds: Path) -> None:
    result = dedup.scan(seeds)
    (cluster,) = result.clusters
    assert Path(cluster.keep).name.startswith("001")
    (pair,) = result.pairs
    assert pair.relation is Relation.SAME_BODY
    assert pair.similarity == 1.0
    assert not pair.evidence.titles_differ
    (whole,) = dedup.scan(seeds, keep_metadata=True).pairs
    assert whole.relation is Relation.NEAR
    assert 0.96 <= whole.similarity <= 0.97


def five_grams(tokens: list[str]) -> set[tuple[str, ...]]:
    return {tuple(tokens[i : i + 5]) for i in range(len(tokens) - 4)}


def test_raw_and_folded_5_grams_of_the_seeds(seed_texts: list[str]) -> None:
    """The figures of the README: as other tools compare them (``jieba.cut(text)``), and folded."""
    from dedup.text.segment import WordSegmenter

    tokenizer = WordSegmenter().tokenizer
    raw = [five_grams(list(tokenizer.cut(text))) for text in seed_texts]
    folded = [five_grams(dedup.tokens(text)) for text in seed_texts]
    assert round(len(raw[0] & raw[1]) / len(raw[0] | raw[1]), 2) == 0.38
    assert round(len(folded[0] & folded[1]) / len(folded[0] | folded[1]), 2) == 0.96


def corpus(seed_texts: list[str]) -> list[tuple[str, str]]:
    """Some two hundred texts, many related in every way there is."""
    rng = random.Random(4)
    sentences = [s for text in seed_texts for s in text.replace("\n", "").split("。") if s]
    texts = []
    for number in range(60):
        own = rng.sample(sentences, 12)
        body = "。".join(own) + "。"
        texts.append((f"{number}/a", body))
        texts.append((f"{number}/b", "\r\n".join(own)))
        texts.append((f"{number}/c", "。".join(own[:-2])))
        texts.append((f"{number}/d", body.replace("，", ",")))
    return texts


def everything(result: ScanResult) -> tuple[object, ...]:
    return (
        dict(result.documents),
        result.pairs,
        result.clusters,
        result.skipped,
        result.summary,
    )


def test_order_of_arrival_and_workers_change_nothing(seed_texts: list[str]) -> None:
    texts = corpus(seed_texts)
    expected = everything(dedup.scan(texts, jobs=1))
    assert len(expected[1]) > 180
    shuffled = texts.copy()
    random.Random(9).shuffle(shuffled)
    assert everything(dedup.scan(shuffled, jobs=1)) == expected
    assert everything(dedup.scan(texts[::-1], jobs=2)) == expected


def test_workers_change_nothing_where_they_are_used(
    seed_texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = corpus(seed_texts)
    expected = everything(dedup.scan(texts, jobs=1))
    monkeypatch.setattr("dedup.engine.local.BATCH_DOCUMENTS", 7)
    assert everything(dedup.scan(texts, jobs=1)) == expected
    assert everything(dedup.scan(texts, jobs=3)) == expected


def test_line_ends_change_nothing(seed_texts: list[str]) -> None:
    plain = dedup.scan(dict(enumerate_ids(seed_texts)))
    for end in ("\r\n", "\r", "\u2028"):
        other = dedup.scan(dict(enumerate_ids(t.replace("\n", end) for t in seed_texts)))
        assert [(p.a, p.b, p.relation, p.evidence) for p in other.pairs] == [
            (p.a, p.b, p.relation, p.evidence) for p in plain.pairs
        ]


def enumerate_ids(texts: object) -> list[tuple[str, str]]:
    return [(str(i), text) for i, text in enumerate(texts)]


def test_every_pair_reaches_the_threshold_and_points_to_what_is_kept(
    seed_texts: list[str],
) -> None:
    result = dedup.scan(corpus(seed_texts), threshold=0.7, containment=1.0)
    assert all(pair.similarity >= 0.7 for pair in result.pairs)
    assert all(pair.b == cluster.keep for cluster in result.clusters for pair in cluster.drop)
    listed = {(p.a, p.b) for p in result.pairs}
    for cluster in result.clusters:
        for pair in cluster.drop:
            assert (min(pair.a, pair.b), max(pair.a, pair.b)) in listed
        assert cluster.weakest.similarity == min(p.similarity for p in cluster.drop)
    assert set(result.kept) | set(result.dropped) == set(result.documents)
    assert not set(result.kept) & set(result.dropped)


def test_copies_are_compared_with_the_first_only() -> None:
    text = "一份很长的会议纪要，内容各处相同，只是抄送的单位不一样。" * 3
    result = dedup.scan({f"{n:03}": text for n in range(300)})
    assert len(result.pairs) == 299
    assert {p.a for p in result.pairs} == {"000"}
    (cluster,) = result.clusters
    assert (cluster.keep, len(cluster.drop)) == ("000", 299)
    assert result.summary.collapsed == 299
    assert result.summary.candidates == 0


def test_texts_without_words_are_skipped_and_equal_to_nothing() -> None:
    result = dedup.scan({"a": "", "b": " \n", "c": "……！", "d": "？？？", "e": "有字"})
    assert [(s.id, s.reason, s.error) for s in result.skipped] == [
        (name, "no-text", False) for name in "abcd"
    ]
    assert list(result.documents) == ["e"]
    assert result.pairs == ()


def test_nothing_at_all() -> None:
    result = dedup.scan([])
    assert (result.pairs, result.clusters, dict(result.documents)) == ((), (), {})


def test_short_texts() -> None:
    result = dedup.scan(["好", "好！", "坏", "好人", "好，人。"])
    assert [(p.a, p.b) for p in result.pairs] == [("0", "1"), ("3", "4")]


def test_one_id_twice_is_an_error() -> None:
    with pytest.raises(UsageError, match="two documents have the id x"):
        dedup.scan([("x", "甲"), ("x", "乙")])


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ([3], "int is not a text"),
        (None, "NoneType is not a text"),
        (b"bytes", "bytes is not a text"),
        ([b"bytes"], "bytes is not a text"),
        ({"a": b"bytes"}, r"\(str, bytes\) is not a text"),
        ({1: "甲"}, r"\(int, str\) is not a text"),
        ([(1, "甲")], r"\(int, str\) is not a text"),
    ],
)
def test_what_is_no_text_is_an_error(source, what) -> None:
    with pytest.raises(UsageError, match=what):
        dedup.scan(source)


def test_different_titles_over_one_long_body_are_said(seed_texts: list[str]) -> None:
    body = seed_texts[1].split("\n\n")[1]
    result = dedup.scan([f"甲地领导干部讲台比武\n\n{body}", f"乙市书记上台讲课记\n\n{body}"])
    (pair,) = result.pairs
    assert pair.relation is Relation.SAME_BODY
    assert pair.evidence.titles_differ


def notice(place: str, other: str) -> str:
    """A regulation of one place, in the words of every other."""
    articles = [
        f"第一条 为了规范{place}养犬行为，维护公共秩序，结合{place}实际，制定本规定。",
        f"第二条 在{place}行政区域内饲养犬只的，应当遵守本规定，并接受公安机关的监督管理。",
        "第三条 养犬人应当为犬只办理登记，定期注射疫苗，外出时束犬链，并清理犬只的排泄物。",
        "第四条 禁止携带犬只进入学校、医院、体育场馆、影剧院和公共交通工具，导盲犬除外。",
        f"第五条 违反本规定的，责令改正，依法处以罚款。本规定由{place}公安局负责解释。",
        "第六条 公安、城管、农业农村、卫生健康等部门按照各自职责，做好养犬管理的相关工作。",
        "第七条 居民委员会、村民委员会、物业服务企业应当协助有关部门开展文明养犬宣传教育。",
        f"第八条 本规定自公布之日起施行。抄送：{other}有关部门。",
    ]
    return f"{place}养犬管理规定\n\n" + "\n".join(articles)


def test_one_form_about_two_places_is_two_texts() -> None:
    result = dedup.scan(
        {"a": notice("济南市", "省直"), "b": notice("青岛市", "市直")}, threshold=0.3
    )
    (pair,) = result.pairs
    assert (pair.relation, result.clusters) == (Relation.TEMPLATE, ())
    assert pair.filled == (("济南市", "青岛市"),)
    a, b = notice("济南市", "省直"), notice("青岛市", "市直")
    found = dedup.compare(a, b, threshold=0.3)
    assert found.relation is Relation.TEMPLATE
    assert found.evidence == pair.evidence
    assert found.similarity > 0.5


def test_one_text_under_two_titles_is_one_text() -> None:
    """Both speak of Jinan, whatever the title of the second says."""
    a = notice("济南市", "省直")
    b = a.replace("济南市养犬管理规定", "山东省会养犬规定全文", 1).replace("并清理", "及时清理")
    found = dedup.compare(a, b)
    assert found.relation is Relation.NEAR
