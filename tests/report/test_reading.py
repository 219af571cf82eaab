"""Saved results read back: what was written, or an error that says where it is not."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from handmade import GBK_NAME, HEADER, cluster, evidence, info, pair, result, skipped

import dedup
from dedup.errors import InputError
from dedup.messages import message
from dedup.model import BorderlinePair, Cluster, Document, Fact, Relation
from dedup.report import View, render
from dedup.report.reading import read_result
from dedup.settings import Settings


def written(scan):
    return "".join(render(scan, "jsonl"))


def read(text, name="r.jsonl"):
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    return read_result(io.BytesIO(raw), name)


def same(a, b):
    """Tell whether two results are equal but for what only a result that was read has."""
    return replace(a, run=None) == replace(b, run=None)


@pytest.fixture
def scan():
    documents = [
        info("a.txt", date="2024-11-23T07:40:02", date_kind="published", found=(HEADER,)),
        info("b.txt", other_dates=(Fact("scraped", "2024-11-23"),), confidence=0.5),
        info("c.txt", path=None, encoding="big5"),
        info("d.txt"),
        info("lonely.txt"),
    ]
    near = BorderlinePair("a.txt", "d.txt", None, evidence(55, 25, 20), Fraction(-1, 20))
    scan = result(
        [cluster("a.txt", pair("b.txt", "a.txt", Relation.SAME_BODY), pair("c.txt", "a.txt"))],
        documents=documents,
        skips=[replace(skipped("bad.txt", "undecodable", error=True), detail=message("empty"))],
        left_out=((".png", 3), ("hidden", 1)),
        relations=(("same-body", 1), ("near", 1)),
        settings=Settings(threshold=0.6, keep="first"),
    )
    sorted_pairs = tuple(p.swapped() for p in scan.pairs)
    return replace(scan, borderline=(near,), pairs=sorted_pairs)


def broken(scan, number, change):
    """Return the written result with one record changed in place."""
    lines = written(scan).splitlines()
    record = json.loads(lines[number - 1])
    change(record)
    lines[number - 1] = json.dumps(record)
    return "\n".join(lines) + "\n"


def test_what_was_written_is_read(scan):
    back = read(written(scan))
    assert back.settings == scan.settings
    assert back.documents == scan.documents
    assert back.pairs == scan.pairs
    assert [(c.id, c.keep, c.drop) for c in back.clusters] == [
        (c.id, c.keep, c.drop) for c in scan.clusters
    ]
    assert back.borderline == scan.borderline
    assert back.summary == scan.summary
    assert [replace(s, detail=message("empty")) for s in back.skipped] == list(scan.skipped)
    assert (back.run.definitions, back.run.user_dict) == (1, None) or back.run.definitions > 1


def test_every_format_is_the_same_afterwards(scan):
    back = read(written(scan))
    for name in ("full", "concise", "json", "jsonl", "csv"):
        assert "".join(render(back, name)) == "".join(render(scan, name)), name


def test_a_reason_is_translated_again(scan):
    (found,) = read(written(scan)).clusters
    assert found.reason.render("zh") == "标识排在最前"


def test_a_reason_that_is_not_ours_is_kept_as_it_is(scan):
    (old,) = scan.clusters
    odd = Cluster(old.id, old.keep, message("{text}", text="because {I} say so"), old.drop)
    back = read(written(replace(scan, clusters=(odd,))))
    assert back.clusters[0].reason.render("zh") == "because {I} say so"


def test_names_of_bytes_come_back():
    first, second = "x" + GBK_NAME, GBK_NAME
    scan = result([cluster(second, pair(first, second))])
    scan = replace(scan, pairs=tuple(scan.pairs))
    back = read(written(scan))
    assert set(back.documents) == {first, second}
    assert back.documents[second].path == second
    assert back.clusters[0].members == (second, first)
    assert {back.pairs[0].a, back.pairs[0].b} == {first, second}


def test_an_id_that_only_looks_like_an_escape_is_left_alone():
    scan = result([cluster("k", pair("\\udcd6~12345678", "k"))])
    assert set(read(written(scan)).documents) == {"k", "\\udcd6~12345678"}


def test_a_dictionary_is_known_by_its_hash(tmp_path):
    words = tmp_path / "words.txt"
    words.write_text("石墨烯 5\n", encoding="utf-8")
    settings = Settings(user_dict=str(words))
    scan = result([cluster("k", pair("x", "k"))], settings=settings)
    back = read(written(scan))
    assert back.settings.user_dict is None
    assert back.run.user_dict
    words.unlink()
    run = json.loads(written(back).splitlines()[0])
    assert run["settings"]["user_dict"] == back.run.user_dict
    assert run == json.loads(written(read(written(back))).splitlines()[0])


def test_records_of_an_unknown_type_and_empty_lines_are_passed_over(scan):
    lines = written(scan).splitlines(keepends=True)
    text = "".join([lines[0], "\r\n", '{"type":"template","a":"x"}\n', *lines[1:], "\n"])
    assert same(read(text), read(written(scan)))


def test_windows_line_ends(scan):
    assert same(read(written(scan).replace("\n", "\r\n")), read(written(scan)))


def test_empty_results():
    back = read(written(result()))
    assert (back.documents, back.pairs, back.clusters) == ({}, (), ())


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "发布时间：今天\n", "[]\n", '"run"\n', "{}\n", '{"type":"pair"}\n', "\x00"],
)
def test_what_is_no_result(text):
    with pytest.raises(InputError) as raised:
        read(text)
    said = str(raised.value)
    assert "is not a result of dedup" in said or "line 1: it is not a whole record" in said
    assert raised.value.hint


def test_the_json_format_is_no_jsonl(scan):
    with pytest.raises(InputError, match="not a result of dedup in the format jsonl"):
        read("".join(render(scan, "json")))


def test_every_place_where_a_file_may_break_off_is_seen(scan):
    text = written(scan).encode("utf-8")
    for end in range(0, len(text) - 2, 7):
        with pytest.raises(InputError):
            read(text[:end])


def test_a_result_cut_at_a_line_says_so(scan):
    lines = written(scan).splitlines(keepends=True)
    with pytest.raises(InputError, match=f"incomplete: it ends at line {len(lines) - 1}"):
        read("".join(lines[:-1]))


def test_a_missing_line_is_missed(scan):
    lines = written(scan).splitlines(keepends=True)
    for number in range(1, len(lines) - 1):
        kind = json.loads(lines[number])["type"]
        if kind == "borderline":
            continue  # how many were asked for is not said
        with pytest.raises(InputError, match=r"missing|there should be"):
            read("".join(lines[:number] + lines[number + 1 :]))


def test_two_results_in_one_file(scan):
    with pytest.raises(InputError, match=r"line \d+: something follows the last record"):
        read(written(scan) * 2)
    lines = written(scan).splitlines(keepends=True)
    with pytest.raises(InputError, match="line 2: a second result begins here"):
        read("".join([lines[0], *lines]))


def test_bytes_that_are_not_utf8(scan):
    lines = written(scan).encode("utf-8").splitlines(keepends=True)
    lines[2] = lines[2].replace(b'"near"', b'"\xff"').replace(b'"same-body"', b'"\xff"')
    with pytest.raises(InputError, match="line 3: it is not UTF-8"):
        read(b"".join(lines))


@pytest.mark.parametrize(
    ("line", "change", "what"),
    [
        (2, lambda r: r.pop("id"), "line 2: id is missing"),
        (2, lambda r: r["keep"].update(id="nobody"), "line 2: the document nobody is missing"),
        (2, lambda r: r["drop"][0].update(id="lonely.txt"), "line 2: the pair of lonely.txt and"),
        (2, lambda r: r.update(drop=[]), "line 2: drop is missing"),
        (2, lambda r: r.update(drop=[1]), r"line 2: drop cannot be \[1\]"),
        (3, lambda r: r.update(relation="alike"), "line 3: relation cannot be 'alike'"),
        (3, lambda r: r["evidence"].update(shared=-1), "line 3: shared cannot be -1"),
        (3, lambda r: r["evidence"].update(shared=1.5), "line 3: shared cannot be 1.5"),
        (3, lambda r: r["evidence"].update(shared=True), "line 3: shared cannot be True"),
        (3, lambda r: r["evidence"].update(equal_text=1), "line 3: equal_text cannot be 1"),
        (3, lambda r: r["evidence"].pop("only_a"), "line 3: only_a is missing"),
        (3, lambda r: r.update(evidence=None), "line 3: evidence cannot be None"),
        (3, lambda r: r.update(a="nobody"), "missing"),
        (6, lambda r: r.update(path=7), "line 6: path cannot be 7"),
        (6, lambda r: r.update(path={"bytes": "?"}), "line 6: bytes cannot be|path cannot be"),
        (6, lambda r: r.update(confidence="high"), "line 6: confidence cannot be 'high'"),
        (6, lambda r: r["found"][0].update(role="ad"), "line 6: role cannot be 'ad'"),
        (1, lambda r: r["settings"].update(threshold=7), "line 1: threshold is 7"),
        (1, lambda r: r.update(schema="one"), "line 1: schema cannot be 'one'"),
        (1, lambda r: r.update(tool="duplo"), "is not a result of dedup"),
    ],
)
def test_damage_is_said_with_its_line(scan, line, change, what):
    with pytest.raises(InputError, match=what) as raised:
        read(broken(scan, line, change))
    assert raised.value.hint


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r.update(schema=2, version="3.1"),
        lambda r: r["settings"].update(invented=1) or r.update(version="3.1"),
    ],
)
def test_a_result_of_a_newer_version_is_refused(scan, change):
    with pytest.raises(InputError, match=r"r\.jsonl was made by a newer dedup, 3\.1") as raised:
        read(broken(scan, 1, change))
    assert "update dedup" in str(raised.value.hint)


def test_a_file_with_a_tricky_name_is_named_whole():
    with pytest.raises(InputError, match=r"\{x\}\.jsonl is not a result"):
        read("nothing", "{x}.jsonl")


def test_a_result_that_was_read_can_be_drawn_in_chinese(scan):
    text = "".join(render(read(written(scan)), "full", View(lang="zh")))
    assert "离判定界线最近的 1 对" in text
    assert "标识排在最前" in text


def test_scores_sources_and_crowds_are_read_back():
    text = "春眠不觉晓，处处闻啼鸟，夜来风雨声，花落知多少。"
    given = [Document(f"s{n % 2}:{n}", text, score=n / 4) for n in range(24)]
    scan = dedup.scan(given, keep_by="q", source_order=("s1:*", "s0:*"), unit="char")
    text_of = written(scan)
    back = read(text_of)
    assert back.settings == scan.settings
    assert back.documents["s1:23"].score == 23 / 4
    assert back.clusters[0].keep == scan.clusters[0].keep == "s1:23"
    assert str(back.clusters[0].reason) == str(scan.clusters[0].reason)
    (crowd,), (made,) = back.summary.crowds, scan.summary.crowds
    assert (crowd.kept, crowd.documents, crowd.other) == (made.kept, made.documents, made.other)
    assert (made.first_line, crowd.first_line) == (text, "")
    assert "春眠" not in text_of
