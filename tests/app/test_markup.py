"""Texts that differ in markup alone, through a scan and an explanation."""

from __future__ import annotations

import pytest

from dedup.app.api import compare, scan
from dedup.model import ChangeKind, Relation, Weight

SENTENCES = (
    "今年以来，各地区各部门认真贯彻落实决策部署，经济运行总体平稳。",
    "国家统计局发言人表示，全年增长好于预期，结构不断优化。",
    "他说，下一阶段要着力扩大内需，提振信心，防范化解风险，推动经济实现质的有效提升。",
)
PLAIN = "\n".join(SENTENCES) + "\n"
HTML = "".join(f"<p>{each}</p>\n" for each in SENTENCES).replace("内需", "<b>内需</b>&nbsp;")
MARKDOWN = PLAIN.replace("统计局", "[统计局](https://example.com/a)").replace(
    "内需", "内需(nèi xū)"
)


@pytest.mark.parametrize("other", [HTML, MARKDOWN])
def test_they_are_the_same_body(other: str) -> None:
    (pair,) = scan({"a": PLAIN, "b": other}).pairs
    assert (pair.relation, pair.similarity) == (Relation.SAME_BODY, 1.0)
    found = compare(PLAIN, other)
    assert found.relation is Relation.SAME_BODY
    assert {change.weight for change in found.changes} == {Weight.FORM}
    assert ChangeKind.MARKUP in {change.kind for change in found.changes}


def test_keeping_metadata_keeps_markup() -> None:
    found = compare(PLAIN, MARKDOWN, keep_metadata=True)
    assert found.relation is not Relation.SAME_BODY
    assert found.similarity < 1
