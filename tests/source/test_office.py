"""Word and PDF files, and what is said where they cannot be read."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from dedup.model import Document, Skipped
from dedup.settings import Settings
from dedup.source import extras
from dedup.source.readers import Unread, read

TEXT = "全市经济运行总体平稳"


def skipped(result: Document | Skipped) -> Skipped:
    assert isinstance(result, Skipped), result
    return result


def word(path: Path) -> None:
    document = docx.Document()
    document.add_heading("标题", 1)
    document.add_paragraph(f"{TEXT}。")
    table = document.add_table(2, 2)
    for row, names in zip(table.rows, (("品名", "价格"), ("白菜", "1.5")), strict=True):
        for cell, name in zip(row.cells, names, strict=True):
            cell.text = name
    document.add_paragraph("表后一段。")
    document.save(str(path))


def pdf(text: str = "", *, encrypted: bool = False) -> bytes:
    """Return a page that shows ``text`` in a font that every reader of PDF knows."""
    stream = f"BT /F 12 Tf 50 700 Td <{text.encode('utf-16-be').hex()}> Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>>>>>"
        ),
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(stream), stream),
        (
            b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
            b"/DescendantFonts[6 0 R]>>"
        ),
        (
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 7 0 R"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000>>"
        ),
        (
            b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]"
            b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
        ),
        b"<</Filter/Standard/V 1/R 2/Length 40/P -4/O(%b)/U(%b)>>" % (b"o" * 32, b"u" * 32),
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    extra = b"/Encrypt 8 0 R/ID[(aaaaaaaaaaaaaaaa)(aaaaaaaaaaaaaaaa)]" if encrypted else b""
    return body + (
        b"xref\n0 9\n0000000000 65535 f \n%b" % table
        + b"trailer\n<</Size 9/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (extra, len(body))
    )


def test_word_gives_paragraphs_and_tables_in_order(here: Path) -> None:
    word(here / "a.docx")
    result = read("a.docx")
    assert isinstance(result, Document)
    assert result.text == f"标题\n{TEXT}。\n品名\t价格\n白菜\t1.5\n表后一段。\n"
    assert result.encoding is None


def test_pdf_gives_its_text_layer(here: Path) -> None:
    (here / "a.pdf").write_bytes(pdf(TEXT))
    result = read("a.pdf")
    assert isinstance(result, Document)
    assert result.text.strip() == TEXT


@pytest.mark.parametrize(
    ("name", "content", "reason", "error"),
    [
        ("a.pdf", pdf(), "no-text-layer", False),
        ("a.pdf", pdf(TEXT, encrypted=True), "encrypted", True),
        ("a.pdf", b"%PDF-1.4\n\0\0 cut short", "damaged", True),
        ("a.docx", b"PK\x03\x04 cut short", "damaged", True),
        ("a.docx", "改了名的文本".encode(), "damaged", True),
        ("a.docx", b"\xd0\xcf\x11\xe0 protected", "encrypted", True),
    ],
)
def test_what_cannot_be_read(
    here: Path, name: str, content: bytes, reason: str, error: bool
) -> None:
    (here / name).write_bytes(content)
    result = skipped(read(name))
    assert (result.reason, result.error) == (reason, error)
    assert "BytesIO" not in str(result.detail)


@pytest.mark.parametrize("cut", range(40, 900, 60))
def test_a_file_that_was_cut_short_never_raises(here: Path, cut: int) -> None:
    (here / "a.pdf").write_bytes(pdf(TEXT)[:cut])
    result = read("a.pdf")
    assert isinstance(result, Document) or result.reason in {"damaged", "no-text-layer"}


@pytest.mark.parametrize(
    ("name", "extra"), [("a.docx", "office"), ("a.pdf", "office"), ("a.html", "html")]
)
def test_without_the_extra(
    here: Path, monkeypatch: pytest.MonkeyPatch, name: str, extra: str
) -> None:
    monkeypatch.setattr(extras, "installed", lambda _: False)
    (here / name).write_bytes(b"anything")
    result = skipped(read(name))
    assert (result.reason, result.error) == (f"needs-{extra}", False)
    assert f"pip install 'zh-dedup[{extra}]'" in str(result.detail)
    named = skipped(Unread("a", name, 1, None, (), named=True).read())
    assert named.error


def test_a_missing_extra_is_an_error_only_for_what_was_named(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dedup.app.scan import scan_paths

    monkeypatch.setattr(extras, "installed", lambda _: False)
    (here / "a.pdf").write_bytes(pdf(TEXT))
    (here / "b.txt").write_text("一段用来测试的中文文字。\n")
    assert [s.error for s in scan_paths(["."], Settings()).skipped] == [False]
    assert [s.error for s in scan_paths(["a.pdf", "b.txt"], Settings()).skipped] == [True]


def test_whether_a_module_is_there() -> None:
    assert extras.installed("docx")
    assert not extras.installed("no_such_module_at_all")
