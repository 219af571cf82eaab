"""What is put into a page is shown and never obeyed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from pages import parsed, text_of, with_class

from dedup.messages import message
from dedup.report.html.escape import both, edited, isolated, prose, said

NASTY = "<script>alert(1)</script>\"'`&amp;<!--]]>\u202e\u2066\u200b\ufeff\x00\x1b[31m\ud800\uffff"


def page(body: str):
    return parsed(f"<!DOCTYPE html><html><head><title>t</title></head><body>{body}</body></html>")


def shown(text: str) -> str:
    """Return what ``prose`` is to show: line ends as one kind, hidden characters as escapes."""
    out = []
    for char in text.replace("\r\n", "\n").replace("\r", "\n"):
        hidden = unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        hidden |= ord(char) & 0xFFFE == 0xFFFE
        if hidden and char not in "\n\t\u200d":
            out.append(char.encode("unicode_escape").decode())
        else:
            out.append(char)
    return "".join(out)


anything = st.text(
    st.one_of(st.characters(), st.sampled_from(NASTY), st.characters(categories=["Cs", "Cf", "Cc"]))
)


@given(anything)
def test_prose_is_read_back_as_it_was(text):
    body = page(f"<p>{prose(text)}</p>").find("body/p")
    assert text_of(body) == shown(text)
    assert {child.tag for child in body} <= {"span"}


@given(anything)
def test_names_and_sentences_are_read_back(text):
    body = page(f"<p>{isolated(text)}</p><p>{said(message('{text}', text=text))}</p>").find("body")
    assert [child.tag for child in body] == ["p", "p"]
    first, second = (text_of(child) for child in body)
    assert first == second
    assert (
        first.isprintable()
        or "\u200d" in first
        or any(unicodedata.category(c) in {"Zs", "Cn", "Co"} for c in first)
    )


@given(anything)
def test_attributes_are_read_back(text):
    quoted = prose(text).striptags()
    body = page(str(Markup('<p title="{}"></p>').format(quoted))).find("body/p")
    assert body.get("title") == quoted


def test_nasty_text_is_inert_and_utf8():
    made = prose(NASTY)
    made.encode("utf-8")
    assert "<script" not in made
    for sign in ("\u202e", "\u2066", "\x1b", "\x00", "\ud800"):
        assert sign not in made
    codes = [text_of(code) for code in with_class(page(f"<p>{made}</p>"), "code")]
    assert codes == [
        "\\u202e", "\\u2066", "\\u200b", "\\ufeff", "\\x00", "\\x1b", "\\ud800", "\\uffff"
    ]  # fmt: skip


def test_escapes_are_told_from_the_same_letters():
    assert prose("\\u202e") == "\\u202e"
    assert prose("\u202e") == '<span class="code">\\u202e</span>'


@pytest.mark.parametrize("text", ["中文\n第二行\t列", "👨\u200d👩\u200d👧", "a b\u3000c"])
def test_what_texts_are_made_of_stays(text):
    assert text_of(page(f"<p>{prose(text)}</p>").find("body/p")) == text


def test_both_languages_stand_in_the_page():
    made = said(message("identical"))
    assert made == (
        '<span class="zh" lang="zh-Hans">完全相同</span><span class="en" lang="en">identical</span>'
    )
    assert both({"en": "<x>", "zh": "<x>"}) == "&lt;x&gt;"


def test_edits_are_marked_and_escaped():
    assert edited([("同 ", False), ("<b>", True)], "del") == "同 <del>&lt;b&gt;</del>"
