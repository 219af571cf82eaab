"""A page as a whole: complete, self-contained, deterministic, and in both languages."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from handmade import GBK_NAME, HEADER, cluster, comparison, info, pair, result
from pages import outline, parsed, text_of, with_class
from terminal import run

from dedup.messages import message
from dedup.model import BorderlinePair, Crowd, Relation
from dedup.report import View, render, render_comparison
from dedup.report.html import escape, page
from dedup.report.html.words import WORDS

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "html"
TEMPLATES = Path(page.__file__).parent / "templates"
EVIL = "</title></style></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'\u202e"


def made(scan, lang="en", **more) -> str:
    return "".join(render(scan, "html", View(lang), **more))


def one(**more):
    return result([cluster("a", pair("b", "a"), pair("c", "a", Relation.SAME_BODY))], **more)


def test_the_page_of_the_seeds(seeds, tmp_path, outer_environment):
    ran = run("scan", "seeds", "-q", "-o", tmp_path / "r.html", cwd=seeds.parent)
    assert ran.status == 0
    found = "\n".join(outline(parsed((tmp_path / "r.html").read_text("utf-8")))) + "\n"
    golden = GOLDEN / "seeds.txt"
    if outer_environment.get("DEDUP_UPDATE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text("utf-8")


def test_it_is_the_same_every_time(seeds):
    arguments = ("scan", "seeds", "-q", "--output-format", "html")
    first, *others = (run(*arguments, "--jobs", n, cwd=seeds.parent).stdout for n in "1214")
    assert all(other == first for other in others)


def test_it_comes_in_lines():
    assert all(piece.endswith("\n") for piece in render(one(), "html"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_opens_in_the_language_asked_for_and_holds_both(lang):
    root = parsed(made(one(), lang))
    assert root.get("data-lang") == lang
    assert root.get("lang") == {"en": "en", "zh": "zh-Hans"}[lang]
    body = root.find("body")
    assert "Totals" in text_of(body, "en")
    assert "Totals" not in text_of(body, "zh")
    assert "总数" in text_of(body, "zh")


def test_nothing_is_asked_of_anywhere():
    text = made(one())
    assert not re.search(r"(?:src|href|action)=\"(?!#)", text)
    assert not re.search(r"@import|url\(", text)
    assert "http://" not in text
    assert "https://" not in text


def test_the_policy_allows_what_is_in_the_page_and_nothing_else():
    text = made(one())
    root = parsed(text)
    (policy,) = [
        meta.get("content")
        for meta in root.iter("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag, kind in (("style", "style-src"), ("script", "script-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    handlers = [name for each in root.iter() for name in each.attrib if name.startswith("on")]
    assert handlers == []
    assert not any(each.get("style") for each in root.iter())


def test_ids_are_unique_and_references_lead_somewhere():
    root = parsed(made(one(skips=[])))
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    for each in root.iter():
        for name in ("aria-labelledby", "for"):
            for target in (each.get(name) or "").split():
                assert target in ids
        if each.tag == "a":
            assert each.get("href").removeprefix("#") in ids


def test_headings_do_not_skip_a_level():
    levels = [int(e.tag[1]) for e in parsed(made(one())).iter() if e.tag in {"h1", "h2", "h3"}]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_names_that_would_break_out_are_shown():
    scan = result(
        [cluster(EVIL, pair(GBK_NAME, EVIL))],
        documents=[info(EVIL), info(GBK_NAME)],
        crowds=(Crowd(EVIL, 9, GBK_NAME, EVIL),),
    )
    text = made(scan, gone={EVIL: message("{path} changed", path=EVIL)})
    text.encode("utf-8")
    root = parsed(text)
    assert len(list(root.iter("script"))) == 1
    assert not list(root.iter("img"))
    names = {text_of(name) for name in with_class(root, "path")}
    assert names == {EVIL.replace("\u202e", "\\u202e"), "\\udcd6\\udcd0\\udcce\\udcc4.txt"}


def test_a_document_is_named_by_what_decisions_name_it_by():
    scan = result([cluster("a", pair(GBK_NAME, "a"))], documents=[info("a"), info(GBK_NAME)])
    records = [json.loads(m.get("data-doc")) for m in with_class(parsed(made(scan)), "member")]
    assert records[0] == {"path": "a", "id": "a", "hash": "0" * 32}
    assert list(records[1]["path"]) == ["bytes"]


def test_clusters_say_what_they_are_chosen_and_sorted_by():
    (found,) = with_class(parsed(made(one())), "cluster")
    assert {name: found.get(f"data-{name}") for name in ("size", "weakest", "relations")} == {
        "size": "3",
        "weakest": "0.600000",
        "relations": "near same-body",
    }


def test_what_is_not_shown_side_by_side_is_counted_with_the_command():
    text = text_of(parsed(made(one())).find("body"), "en")
    assert "Left out: the texts of 2 dropped documents side by side" in text
    assert "dedup explain b a -o comparison.html" in text
    explained = {("b", "a"): comparison(), ("c", "a"): comparison()}
    assert "Left out" not in text_of(parsed(made(one(), comparisons=explained)), "en")


def test_clusters_left_out_by_a_limit_are_counted():
    scan = one()
    scan = replace(scan, summary=replace(scan.summary, clusters=7))
    text = text_of(parsed(made(scan)).find("body"), "en")
    assert "Shown: 1 of 7 clusters (--limit)." in text


def test_documents_that_changed_are_named():
    gone = {"b": message("{path} changed since it was read", path="b")}
    root = parsed(made(one(), gone=gone))
    (section,) = with_class(root, "attention")
    assert "1 document was changed or is gone since the scan" in text_of(section, "en")
    assert text_of(section.find(".//li")).strip() == "b"
    assert "b changed since it was read" in text_of(root.find("body"), "en")


def test_parts_are_shown_with_their_values():
    scan = result([cluster("a", pair("b", "a"))], documents=[info("a"), info("b", found=(HEADER,))])
    (found,) = with_class(parsed(made(scan)), "found")
    english = text_of(found, "en")
    assert "metadata header (published 2024-11-23 07:40:02, source 某网)" in english
    assert HEADER.text in english


def test_borderline_pairs_are_shown():
    near = pair("b", "a").evidence
    scan = result([cluster("a", pair("b", "a"))])
    shown = BorderlinePair("b", "a", None, near, near.exact_similarity - 1)
    text = text_of(parsed(made(replace(scan, borderline=(shown,)))).find("body"), "en")
    assert "Nearest to the decision" in text
    assert "not duplicates: similarity 0.600, short by 0.400" in text


def test_an_empty_result_says_so():
    text = made(result())
    root = parsed(text)
    assert "There are no duplicates." in text_of(root, "en")
    assert not with_class(root, "cluster")


def test_a_comparison_has_a_page_of_its_own():
    text = "".join(render_comparison(comparison(names=("a.txt", EVIL)), "html", View("zh")))
    root = parsed(text)
    assert root.get("data-lang") == "zh"
    assert len(list(root.iter("script"))) == 1
    assert "a.txt 与" in text_of(root.find(".//h1"), "zh")


def test_templates_hold_no_words():
    """Every word is in the catalogue; a name of a key or a language is no word."""
    allowed = {"中文", "English", "A", "B", "j", "k", "o", "a", "s", "l", "t", "%"}
    for template in sorted(TEMPLATES.iterdir()):
        bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", template.read_text("utf-8"))
        bare = re.sub(r"<[^>]*>", " ", bare)
        words = {word for word in bare.split() if re.search(r"\w", word)} - allowed
        assert words == set(), template.name


def test_every_word_is_used():
    sources = "".join(template.read_text("utf-8") for template in TEMPLATES.iterdir())
    unused = [n for n in WORDS if not re.search(rf"\.{n}\b|\"{n}\"", sources)]
    assert unused == []


def test_languages_are_named():
    assert set(escape.LANG_TAGS) == {"en", "zh"}
