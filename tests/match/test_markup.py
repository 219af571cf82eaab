"""Markup between two texts is a difference of form, and never one of wording."""

from __future__ import annotations

from dedup.match.align import align
from dedup.match.body import body_of
from dedup.match.changes import text_changes
from dedup.match.passages import passages
from dedup.match.stretches import stretches
from dedup.model import Change, ChangeKind, PassageKind, Weight
from dedup.text.markup import spans

PLAIN = "国家统计局发言人付凌晖表示，全年增长百分之五，好于预期。\n他说，下一步要扩大内需。\n"
HTML = (
    "<p>国家统计局发言人<a href=\"http://x.cn/?q='1'\">付凌晖</a>表示，全年增长百分之五，好于预期。</p>\n"
    "<p>他说，下一步要<b>扩大</b>内需。</p>\n"
)


def compared(a: str, b: str) -> tuple[list[Change], list[PassageKind]]:
    first, second = (body_of(text, markup=tuple(spans(text))) for text in (a, b))
    found = stretches(first, second, align(first, second))
    kinds = [passage.kind for passage in passages(first, second, found)]
    return text_changes(first, second, found, list), kinds


def test_texts_that_differ_in_markup_alone_are_equal_passages() -> None:
    changes, kinds = compared(PLAIN, HTML)
    assert kinds == [PassageKind.EQUAL]
    assert [(c.weight, c.kind, c.count) for c in changes] == [(Weight.FORM, ChangeKind.MARKUP, 7)]
    assert (changes[0].a, changes[0].b) == ("", "<p>")


def test_wording_is_told_without_the_markup_in_it() -> None:
    changes, _ = compared(PLAIN, HTML.replace("<b>扩大</b>内需", "扩<b>充</b>内需"))
    wording = [c for c in changes if c.weight is not Weight.FORM]
    assert wording
    assert not any("<" in c.a + c.b for c in wording)


def test_a_sentence_of_one_text_alone_is_told_without_markup() -> None:
    changes, _ = compared(PLAIN, HTML + "<p>会议<b>随后</b>进入了下一项议程。</p>\n")
    inserted = [c.b for c in changes if c.kind is ChangeKind.INSERTED]
    assert inserted == ["会议随后进入了下一项议程。"]


def test_quotes_of_attributes_quote_nobody() -> None:
    changed = HTML.replace("百分之五", "百分之六")
    kinds = {c.kind for c in compared(PLAIN, changed)[0]}
    assert ChangeKind.QUOTATION not in kinds
    assert ChangeKind.NUMBER in kinds


def test_markup_apart_from_text() -> None:
    body = body_of(HTML, markup=tuple(spans(HTML)))
    assert body.apart(0, len(HTML)) == (PLAIN, "".join(HTML[a:b] for a, b in spans(HTML)))
    assert body.apart(3, 8) == (HTML[3:8], "")
    assert len(body.plain) == len(HTML)
    assert body.plain.split()[:2] == ["国家统计局发言人", "付凌晖"]
    assert not any(mark in body.plain for mark in "<>=")
