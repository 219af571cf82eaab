"""Posts compared without what surrounds their words, from the library."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec

import pytest

import dedup
from dedup import Relation, Settings

SOCIAL = Settings.preset("social")
WORDS = "今天的天气真是好得不得了，我们一起去公园散步吧"
#: The same words, as they were posted several times.
POSTS = [
    WORDS,
    f"{WORDS}#周末去哪儿# @张三 http://t.cn/A6abc12",
    f"#春天来了#{WORDS}！网页链接",
    f"{WORDS}//@李四：你们去哪里玩了？//@王五：好羡慕",
    f"转发微博//@赵六：{WORDS}",
]


KERNELS = ["native", "reference"] if find_spec("dedup.sketch._kernel") else ["reference"]


@pytest.fixture(params=KERNELS)
def kernel(request, monkeypatch):
    monkeypatch.setenv("DEDUP_KERNEL", request.param)


@pytest.mark.usefixtures("kernel")
def test_the_words_alone_decide():
    result = dedup.scan(POSTS, SOCIAL)
    assert len(result.clusters) == 1
    assert len(result.dropped) == len(POSTS) - 1
    assert {pair.relation for pair in result.pairs} <= {Relation.SAME_BODY}
    assert len(dedup.scan(POSTS).dropped) < len(POSTS) - 1


@pytest.mark.usefixtures("kernel")
def test_hashes_and_counts_of_the_whole_are_those_of_the_text_as_it_is():
    social, plain = dedup.scan(POSTS, SOCIAL), dedup.scan(POSTS)
    for number, text in enumerate(POSTS):
        info, other = social.documents[str(number)], plain.documents[str(number)]
        assert info.hash == hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        assert (info.whole_kept, info.hash) == (other.whole_kept, other.hash)
        assert info.kept == len(dedup.fold(WORDS))


@pytest.mark.usefixtures("kernel")
def test_equal_letters_are_the_same_text_and_not_only_the_same_body():
    a, b = f"{WORDS}！#周末#", f"{WORDS}。#周末#"
    result = dedup.scan([a, b], SOCIAL)
    assert [pair.relation for pair in result.pairs] == [Relation.SAME_TEXT]


def test_posts_of_names_alone_are_compared_whole():
    result = dedup.scan(["@甲 #题#", "@甲 #题# ", "@乙 #另一个#"], SOCIAL)
    assert (len(result.dropped), result.skipped) == (1, ())


def test_nothing_is_set_aside_where_everything_is_to_be_compared():
    settings = Settings(social=True, keep_metadata=True)
    assert dedup.scan(POSTS, settings).pairs == dedup.scan(POSTS, keep_metadata=True).pairs


def test_explaining_agrees_with_scanning():
    for post in POSTS[1:]:
        found = dedup.compare(POSTS[0], post, SOCIAL)
        assert (found.relation, found.similarity) == (Relation.SAME_BODY, 1.0)
        assert found.whole_evidence.similarity < 1
        assert not [change for change in found.changes if change.weight is not dedup.Weight.FORM]


def test_parts_keep_their_own_wording():
    header = "来源：某某网  发布时间：2024-03-05 08:00"
    text = f"{header}\n{WORDS * 4} #题#\n"
    found = dedup.scan([text], SOCIAL).documents["0"].found
    assert [part.text for part in found] == [header]


def test_signatures_for_datasketch_follow():
    ours = dedup.to_datasketch(POSTS[1], SOCIAL)
    assert (ours.hashvalues == dedup.to_datasketch(WORDS, SOCIAL).hashvalues).all()
