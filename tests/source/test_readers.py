"""From paths to documents: what is returned, and that nothing is half read or waited for."""

from __future__ import annotations

import errno
import io
import os
import sys
import unicodedata
from pathlib import Path

import pytest

from dedup.errors import PathError, SettingsError
from dedup.model import Document, DocumentInfo, Skipped
from dedup.source.readers import read, read_stream, text_hash
from dedup.source.rereading import reread

TEXT = "第一行：这是一段中文。\r\n第二行。\n"


def document(result: Document | Skipped) -> Document:
    assert isinstance(result, Document), result
    return result


def skip(result: Document | Skipped) -> tuple[str, bool]:
    assert isinstance(result, Skipped), result
    return result.reason, result.error


def info(path: str | None, text: str, encoding: str | None = None) -> DocumentInfo:
    return DocumentInfo("id", path, text_hash(text), 1, 1, 1, False, encoding=encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
def test_a_text_comes_without_its_mark_and_with_its_line_ends(here: Path, encoding: str) -> None:
    (here / "a.txt").write_bytes(TEXT.encode(encoding))
    result = document(read("./a.txt"))
    assert (result.id, result.path, result.text) == ("a.txt", "./a.txt", TEXT)
    assert result.encoding == {"utf-16": "utf-16-le"}.get(encoding, encoding)
    assert result.mtime == (here / "a.txt").stat().st_mtime


def test_the_id_can_be_given(here: Path) -> None:
    (here / "a.txt").write_text(TEXT)
    assert document(read(Path("a.txt"), doc_id="news/1")).id == "news/1"


def test_white_space_is_a_document(here: Path) -> None:
    (here / "a.txt").write_text(" \n\u3000\n")
    assert document(read("a.txt")).text == " \n\u3000\n"


def test_low_confidence_is_passed_on(here: Path) -> None:
    (here / "a.txt").write_bytes("中".encode("gbk"))
    assert document(read("a.txt")).confidence < 0.9


@pytest.mark.parametrize(
    ("content", "reason", "error"),
    [
        (b"", "empty", False),
        (b"\xef\xbb\xbf", "empty", False),
        (b"\xff\xfe", "empty", False),
        (b"%PDF-1.7\n", "binary", False),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary", False),
        (b"abc\0def, and more", "binary", False),
        ("锟斤拷锟斤拷锟斤拷锟斤拷".encode(), "garbled", False),
        ("中文内容".encode().decode("latin-1").encode(), "garbled", False),
        ("一段正常的中文".encode() + b"\xff" + "后面的文字".encode(), "undecodable", True),
    ],
)
def test_what_is_not_compared(here: Path, content: bytes, reason: str, error: bool) -> None:
    (here / "a.txt").write_bytes(content)
    result = read("a.txt")
    assert skip(result) == (reason, error)
    assert (result.id, result.path) == ("a.txt", "a.txt")


def test_undecodable_bytes_are_named_with_their_place(here: Path) -> None:
    (here / "a.txt").write_bytes("一段正常的中文".encode() + b"\xff" + "后面的文字".encode())
    result = read("a.txt")
    assert isinstance(result, Skipped)
    assert "0xff at offset 21" in str(result.detail)


def test_an_encoding_that_is_given_goes_first(here: Path) -> None:
    (here / "a.txt").write_bytes("é à".encode("latin-1"))
    assert document(read("a.txt", encoding="latin-1")).text == "é à"
    assert document(read("a.txt", encoding="latin-1", encodings=[("*", "big5")])).text == "é à"
    assert skip(read("a.txt", encoding="utf-8")) == ("undecodable", True)
    with pytest.raises(SettingsError):
        read("a.txt", encoding="utf9")


def test_a_picture_is_no_text_in_an_encoding_that_is_given(here: Path) -> None:
    (here / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert skip(read("a.png", encoding="latin-1")) == ("binary", False)


@pytest.mark.parametrize(
    ("path", "encodings", "expected"),
    [
        ("old/a.txt", [("*.txt", "latin-1")], "iso8859-1"),
        ("old/a.txt", [("old/*.txt", "latin-1")], "iso8859-1"),
        ("./old/../old/a.txt", [("old/*.txt", "latin-1")], "iso8859-1"),
        ("old/sub/a.txt", [("old/*.txt", "latin-1")], "utf-8"),
        ("old/sub/a.txt", [("old/**/*.txt", "latin-1")], "iso8859-1"),
        ("old/sub/a.txt", [("old/", "latin-1")], "iso8859-1"),
        ("old/sub/a.txt", [("/old/", "latin-1")], "utf-8"),
        ("old/a.txt", [("*.md", "latin-1")], "utf-8"),
        ("old/a.txt", [("*.txt", "latin-1"), ("old/*", "auto")], "utf-8"),
        ("old/a.txt", [("old/*", "auto"), ("*.txt", "latin-1")], "iso8859-1"),
        ("old/a.txt", [("*.txt", "latin-1"), ("old/", "auto")], "utf-8"),
        ("old/a.txt", [("old/", "auto"), ("*.txt", "latin-1")], "iso8859-1"),
    ],
)
def test_encodings_by_pattern_the_last_match_wins(tree, path, encodings, expected) -> None:
    tree(**{"old/a.txt": "ascii", "old/sub/a.txt": "ascii"})
    assert document(read(path, encodings=encodings)).encoding == expected


def test_patterns_hold_in_folders_with_odd_names(tree, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tree(**{"[a] *b!/old/a.txt": "ascii"})
    monkeypatch.chdir(here / "[a] *b!")
    result = document(read("old/a.txt", encodings=[("old/*.txt", "latin-1")]))
    assert result.encoding == "iso8859-1"


@pytest.mark.parametrize(
    "name",
    [
        "with space.txt",
        "new\nline.txt",
        "[draft].md",
        "草稿.txt",
        unicodedata.normalize("NFD", "é.txt"),
        os.fsdecode("草稿.txt".encode("gbk")),
    ],
)
def test_names_of_all_kinds(tree, name: str) -> None:
    tree(name)
    assert document(read(name)).id == name


def test_a_link_to_a_file_is_read(tree) -> None:
    here = tree("a.txt")
    (here / "link.txt").symlink_to("a.txt")
    assert document(read("link.txt")).id == "link.txt"


@pytest.mark.parametrize("path", ["/dev/null", "/dev/zero", "folder", "pipe"])
def test_what_is_no_regular_file_is_never_opened(
    here: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "folder").mkdir()
    os.mkfifo(here / "pipe")
    monkeypatch.setattr(os, "open", None)
    assert skip(read(path)) == ("not-a-file", True)


def test_a_fifo_put_in_the_place_of_a_file_does_not_block(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "a.txt").write_text(TEXT)
    real_open = os.open

    def replaced(path: str, flags: int) -> int:
        (here / "a.txt").unlink()
        os.mkfifo(here / "a.txt")
        return real_open(path, flags)

    monkeypatch.setattr(os, "open", replaced)
    assert skip(read("a.txt")) == ("not-a-file", True)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.EACCES, "unreadable"),
        (errno.EIO, "unreadable"),
        (errno.ENOENT, "vanished"),
        (errno.ELOOP, "link-loop"),
    ],
)
def test_a_file_that_cannot_be_opened(
    tree, monkeypatch: pytest.MonkeyPatch, code: int, reason: str
) -> None:
    tree("a.txt")

    def refused(path: str, flags: int) -> int:
        raise OSError(code, os.strerror(code), path)

    monkeypatch.setattr(os, "open", refused)
    result = read("a.txt")
    assert skip(result) == (reason, True)
    assert isinstance(result, Skipped)
    if reason == "unreadable":
        assert os.strerror(code) in str(result.detail)


def test_a_file_that_is_not_there_any_more(here: Path) -> None:
    assert skip(read("gone.txt")) == ("vanished", True)


def test_a_loop_of_links(here: Path) -> None:
    (here / "a.txt").symlink_to("a.txt")
    assert skip(read("a.txt")) == ("link-loop", True)


@pytest.mark.parametrize("change", ["grow", "shrink", "touch"])
def test_a_file_that_changes_while_it_is_read(
    here: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    path = here / "a.txt"
    path.write_text(TEXT * 10)
    real_fstat = os.fstat
    calls = 0

    def changing(descriptor: int) -> os.stat_result:
        nonlocal calls
        calls += 1
        before = real_fstat(descriptor)
        if calls == 1:
            with path.open("r+" if change == "shrink" else "a") as stream:
                if change == "grow":
                    stream.write(TEXT)
                elif change == "shrink":
                    stream.truncate(10)
            os.utime(path, ns=(1, before.st_mtime_ns + 1_000_000))
        return before

    monkeypatch.setattr(os, "fstat", changing)
    assert skip(read("a.txt")) == ("changed", True)


def test_files_that_say_they_are_empty_and_are_not() -> None:
    if not Path("/proc/version").exists():
        pytest.skip("needs /proc")
    assert "Linux" in document(read("/proc/version")).text


def test_a_stream_is_one_document() -> None:
    result = document(read_stream(io.BytesIO(TEXT.encode("gb18030"))))
    assert (result.id, result.path, result.text, result.mtime) == ("-", None, TEXT, None)
    assert skip(read_stream(io.BytesIO(b""), name="in")) == ("empty", False)


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert document(read("-")).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_reading_again(here: Path, encoding: str) -> None:
    (here / "a.txt").write_bytes(TEXT.encode(encoding))
    first = document(read("a.txt"))
    assert reread(info("a.txt", TEXT, first.encoding)) == TEXT


@pytest.mark.parametrize("now", [b"other", b"", b"\xff\xff\xff"])
def test_reading_again_what_has_changed_is_an_error(here: Path, now: bytes) -> None:
    (here / "a.txt").write_bytes(now)
    with pytest.raises(PathError, match=r"a\.txt changed since it was read"):
        reread(info("a.txt", TEXT))


def test_reading_again_what_is_gone_is_an_error(here: Path) -> None:
    with pytest.raises(PathError, match=r"a\.txt: does not exist any more"):
        reread(info("a.txt", TEXT))


def test_reading_standard_input_again_is_an_error() -> None:
    with pytest.raises(PathError, match="cannot be read again"):
        reread(info(None, TEXT))


def test_text_hash_is_of_128_bits_and_takes_any_text() -> None:
    assert len(text_hash("")) == 32
    assert text_hash("\ud800") != text_hash("\ud801")
