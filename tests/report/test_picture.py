"""Pictures: what is drawn, that it is the same every time, and fonts."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from unittest import mock

import pytest
from handmade import cluster, evidence, info, pair, result
from matplotlib.figure import Figure

from dedup.errors import UsageError
from dedup.model import Fact, Relation, Role, SetAside
from dedup.report import View
from dedup.report.fonts import FAMILIES, han_font, has_han
from dedup.report.panels import PANELS
from dedup.report.picture import PLOT_KINDS, picture

ODD = "晨报$x^{$ <script>\udcd6\u202e🙂\n二"


def document(doc_id, source, date=None):
    fact = SetAside(0, 4, 1, 1, Role.METADATA, "header", "……", (Fact("source", source),))
    return info(doc_id, found=(fact,), date=date, date_kind=date and "published")


@pytest.fixture
def scan():
    documents = [
        document("a", "人民网", "2024-01-05"),
        document("b", "新华社", "2024-01-03"),
        document("c", ODD),
        document("d", "某报", "2024-02-03"),
        document("e", "某报", "2024-02-05"),
    ]
    near = evidence(700, 300, 0)
    clusters = [
        cluster("a", pair("b", "a", Relation.SAME_TEXT), pair("c", "a", found=near)),
        cluster("d", pair("e", "d", found=near), cluster_id="c1"),
    ]
    return result(clusters, documents=documents)


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314  we made it


def words(kind, scan, **view):
    """Return all texts that a panel draws."""
    figure = Figure()
    axes = figure.add_subplot()
    PANELS[kind](scan, View(**view)).draw(axes)
    ticks = [] if not axes.axison else [*axes.get_xticklabels(), *axes.get_yticklabels()]
    found = [*axes.texts, *ticks, axes.xaxis.label, axes.yaxis.label]
    return [text.get_text() for text in found if text.get_text()]


@pytest.mark.parametrize("kind", PLOT_KINDS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_same_result_gives_the_same_bytes(scan, kind, lang):
    one, other = (picture(scan, kind, "svg", View(lang=lang)) for _ in range(2))
    assert one.content == other.content
    root = parsed(one.content)
    assert root.tag.endswith("svg")
    assert b"dc:date" not in one.content


def test_a_png_has_no_date_and_no_maker(scan):
    one, other = (picture(scan, "all", "png", View()).content for _ in range(2))
    assert one == other
    assert one.startswith(b"\x89PNG")
    assert b"tEXtSoftware" not in one


def test_names_are_drawn_as_text(scan):
    found = words("sources", scan)
    assert "新华社" in found
    (odd,) = [word for word in found if word.startswith("晨报")]
    assert odd.startswith("晨报$x^{$ <script>")
    assert not {"\n", "\u202e", "\udcd6"} & set(odd)
    assert parsed(picture(scan, "sources", "svg", View()).content) is not None


def test_an_arrow_is_labelled_earlier_and_only_where_dates_are_known(scan):
    found = words("shared", scan)
    assert found.count("earlier: 1") == 1
    assert {"人民网", "新华社"} <= set(found)
    assert not any("cop" in word.lower() for word in found)
    figure = Figure()
    axes = figure.add_subplot()
    PANELS["shared"](scan, View()).draw(axes)
    arrows = [text for text in axes.texts if text.arrow_patch is not None]
    assert len(arrows) == 1
    (arrow,) = arrows
    assert arrow.xyann[0] > arrow.xy[0], "from 新华社, on the right, which is dated earlier"


def test_similarities_and_sizes(scan):
    assert "equal texts" in words("similarity", scan)
    assert "文本相等" in words("similarity", scan, lang="zh")
    assert {"2", "3"} <= set(words("sizes", scan))


def test_dates(scan):
    found = words("dates", scan)
    assert {"2024-01-03", "2024-02-05", "without a date: 1"} <= set(found)


def test_sources_that_are_many_are_counted_together():
    documents = [
        document(f"d{n:02d}", f"很长很长很长很长很长很长的来源名称之{n}") for n in range(40)
    ]
    scan = result(
        [cluster("d00", *(pair(d.id, "d00") for d in documents[1:]))], documents=documents
    )
    found = words("sources", scan)
    assert "24 other sources" in found
    assert len(words("shared", scan)) == 12 * 3 + 1
    assert "not shown: 27 pairs of sources" in words("shared", scan)


def test_a_result_without_duplicates_is_a_picture_too():
    for kind in PLOT_KINDS:
        assert parsed(picture(result(), kind, "svg", View()).content) is not None


def test_only_panels_with_something_to_show(scan):
    same = result([cluster("k", pair("a", "k", Relation.SAME_TEXT))])
    every = picture(scan, "all", "svg", View()).content
    fewer = picture(same, "all", "svg", View()).content
    assert every.count(b'id="axes_') == 5
    assert fewer.count(b'id="axes_') == 3


def test_without_a_font_it_says_which_to_install(scan):
    with mock.patch("dedup.report.picture.han_font", return_value=None):
        notes = picture(scan, "sources", "svg", View()).notes
        plain = picture(result(), "similarity", "svg", View()).notes
    assert [note.render("en")[:36] for note in notes] == ["no font with Chinese characters is i"]
    assert "fonts-noto-cjk" in notes[0].render("zh")
    assert plain == ()


def test_a_font_that_came_later_is_found(monkeypatch):
    from matplotlib import font_manager

    han_font.cache_clear()
    found = han_font()
    han_font.cache_clear()
    if found is None:
        pytest.skip("no font with Chinese characters is installed")
    every = font_manager.fontManager.ttflist
    files = {font.fname for font in every if font.name in FAMILIES}
    fewer = [font for font in every if font.fname not in files]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", fewer)
    assert han_font() == found
    han_font.cache_clear()


def test_without_matplotlib_it_says_what_to_install(scan, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(UsageError, match="needs matplotlib") as caught:
        picture(scan, "all", "svg", View())
    assert "pip install 'zh-dedup[plot]'" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("text", "han"), [("某报", True), ("abc", False), ("、", True), ("", False)]
)
def test_what_needs_a_font(text, han):
    assert has_han(text) is han
