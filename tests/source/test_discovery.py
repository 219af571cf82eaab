"""Which files a path stands for, and that nothing is taken twice, missed or waited for."""

from __future__ import annotations

import errno
import os
import socket
import unicodedata
from pathlib import Path

import pytest

from dedup.errors import PathError
from dedup.source.discovery import Found, discover, document_id


def files(*paths: str, **options: bool) -> list[str]:
    return list(discover(paths, **options).files)


def only_skip(found: Found) -> tuple[str, str, bool]:
    (skip,) = found.skipped
    return skip.id, skip.reason, skip.error


def test_a_folder_is_walked_in_the_order_of_ids(tree) -> None:
    tree("b.txt", "a/z.txt", "a/b/c.md", "a.txt")
    assert files(".") == ["a.txt", "a/b/c.md", "a/z.txt", "b.txt"]
    assert files("a") == ["a/b/c.md", "a/z.txt"]


def test_ids_are_paths_as_typed(tree, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tree("a/x.txt", "b/y.txt")
    assert files("./a/") == ["a/x.txt"]
    assert files("a//x.txt") == ["a/x.txt"]
    assert files(str(here / "a")) == [f"{here.as_posix()}/a/x.txt"]
    monkeypatch.chdir(here / "b")
    assert files("../a") == ["../a/x.txt"]


def test_path_objects_are_paths(tree) -> None:
    tree("a/x.txt")
    assert discover([Path("a")]).files == ("a/x.txt",)


@pytest.mark.parametrize(
    "paths",
    [
        ("a.txt", "./a.txt"),
        ("a.txt", "a.txt"),
        (".", "a.txt"),
        ("a.txt", "."),
        (".", "."),
        ("sub/../a.txt", "a.txt"),
        ("link.txt", "a.txt"),
    ],
)
def test_a_file_reached_twice_is_one_document(tree, paths: tuple[str, ...]) -> None:
    here = tree("a.txt", "sub/note.json")
    (here / "link.txt").symlink_to("a.txt")
    assert files(*paths) == ["a.txt"]


def test_the_order_of_arguments_changes_nothing(tree) -> None:
    here = tree("a/b/x.txt", "a/y.txt", "c.txt", "a/n.json")
    paths = ["a", "a/b", "c.txt", str(here / "a"), "."]
    expected = discover(paths)
    assert discover(paths[::-1]) == expected
    assert expected.files == ("a/b/x.txt", "a/y.txt", "c.txt")
    assert expected.left_out == {".json": 1}


def test_hard_links_are_two_documents(tree) -> None:
    here = tree("a.txt")
    (here / "b.txt").hardlink_to(here / "a.txt")
    assert files(".") == ["a.txt", "b.txt"]


def test_what_is_left_out_is_counted_by_extension(tree) -> None:
    here = tree("a.txt", "b.json", "c.JSON", "d.py", ".hidden.txt", "Makefile", "page.mht")
    (here / ".git").mkdir()
    (here / "image").write_bytes(b"\x89PNG\r\n\x1a\n")
    (here / "data.bin").write_bytes(bytes(100))
    found = discover(["."])
    assert found.files == ("a.txt",)
    assert found.left_out == {
        ".json": 2,
        ".py": 1,
        "hidden": 1,
        "Makefile": 1,
        ".mht": 1,
        "binary": 1,
        ".bin": 1,
    }


@pytest.mark.parametrize(
    "name",
    ["a.txt", "A.TXT", "a.md", "a.rst", "a.tex", "man.1", "README", "第1章.上", "2024.11.23"],
)
def test_texts_by_name_or_content(tree, name: str) -> None:
    tree(name)
    assert files(".") == [name]


def test_texts_in_other_encodings_are_recognised_by_content(here: Path) -> None:
    for encoding in ("gb18030", "utf-16", "utf-16-le"):
        (here / encoding).write_bytes(("一段用来测试的中文文字。\n" * 900).encode(encoding))
    assert files(".") == ["gb18030", "utf-16", "utf-16-le"]


def test_empty_files_are_found_so_that_they_can_be_reported(here: Path) -> None:
    (here / "empty").touch()
    (here / "empty.txt").touch()
    assert files(".") == ["empty", "empty.txt"]


def test_hidden_folders_are_not_walked_unless_named(tree) -> None:
    tree(".notes/a.txt", "b.txt")
    assert files(".") == ["b.txt"]
    assert files(".notes") == [".notes/a.txt"]


@pytest.mark.parametrize("name", [".hidden.txt", "ignored.txt", "data.json", "image.png", "x.py"])
def test_a_file_that_is_named_is_always_taken(tree, name: str) -> None:
    tree(name, **{".gitignore": "ignored.txt\n"})
    assert files(name) == [name]


def test_more_extensions_can_be_texts(tree) -> None:
    tree("a.json", "a.txt")
    assert discover(["."], extensions=frozenset({".json"})).files == ("a.json", "a.txt")


@pytest.mark.parametrize(
    "name",
    [
        "with space.txt",
        "new\nline.txt",
        "[draft].md",
        "x[/草稿].md",
        "草稿.txt",
        "-.txt",
        "-dash.txt",
        "*.txt",
        "a\\b.txt",
        unicodedata.normalize("NFC", "é.txt"),
        unicodedata.normalize("NFD", "é.txt"),
        os.fsdecode("草稿.txt".encode("gbk")),
        "!a.txt",
        "#a.txt",
        "trailing .txt",
        "𠮷.txt",
    ],
)
def test_names_of_all_kinds(tree, name: str) -> None:
    tree(name, f"sub/{name}", **{".gitignore": "nothing\n"})
    assert files(name) == [name]
    assert files(".") == sorted([name, f"sub/{name}"])


def test_normal_forms_are_two_names(tree) -> None:
    names = sorted(unicodedata.normalize(form, "é.txt") for form in ("NFC", "NFD"))
    tree(*names)
    assert files(".") == names


def test_a_dash_is_standard_input_and_a_file_called_so_is_not(tree) -> None:
    tree("-")
    assert files("-") == ["-"]
    assert files("./-") == ["./-"]
    assert files(".") == ["./-"]


def test_document_id() -> None:
    assert document_id("./a") == "a"
    assert document_id("a//b/") == "a/b"
    assert document_id("../a") == "../a"
    assert document_id("/a/./b") == "/a/b"
    assert document_id("./-") == "./-"


def test_links_are_not_followed_and_are_counted(tree) -> None:
    here = tree("real/a.txt")
    (here / "folder-link").symlink_to("real")
    (here / "file-link.txt").symlink_to("real/a.txt")
    (here / "broken.txt").symlink_to("nowhere")
    found = discover(["."])
    assert found.files == ("real/a.txt",)
    assert found.left_out == {"link": 3}


def test_links_that_are_named_are_followed(tree) -> None:
    here = tree("real/a.txt")
    (here / "folder-link").symlink_to("real")
    (here / "file-link.txt").symlink_to("real/a.txt")
    assert files("folder-link") == ["folder-link/a.txt"]
    assert files("file-link.txt") == ["file-link.txt"]


def test_loops_of_links_are_harmless(tree) -> None:
    here = tree("a/x.txt")
    (here / "a" / "up").symlink_to("..")
    (here / "a" / "self").symlink_to("self")
    assert files(".") == ["a/x.txt"]
    assert files("a/up") == ["a/up/a/x.txt"]
    found = discover(["a/self", "a/x.txt"])
    assert found.files == ("a/x.txt",)
    assert only_skip(found) == ("a/self", "link-loop", True)


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_device_is_not_read(device: str) -> None:
    found = discover([device])
    assert found.files == ()
    assert only_skip(found) == (device, "not-a-file", True)


def test_fifos_and_sockets_are_not_opened(tree, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tree("a.txt")
    os.mkfifo(here / "pipe")
    os.mkfifo(here / "pipe.txt")
    server = socket.socket(socket.AF_UNIX)
    try:
        server.bind("socket")
        found = discover(["."])
        named = discover(["pipe", "socket"])
    finally:
        server.close()
    assert found.files == ("a.txt",)
    assert [(s.id, s.reason, s.error) for s in found.skipped] == [
        ("pipe", "not-a-file", False),
        ("pipe.txt", "not-a-file", False),
        ("socket", "not-a-file", False),
    ]
    assert [(s.id, s.error) for s in named.skipped] == [("pipe", True), ("socket", True)]
    assert "pipe" in str(named.skipped[0].detail)
    assert "socket" in str(named.skipped[1].detail)


def test_a_missing_path_names_the_closest_that_exists(tree) -> None:
    tree("corpus/article.txt")
    with pytest.raises(PathError, match=r"no such file or folder: corpus/artcle\.txt") as caught:
        discover(["corpus/artcle.txt"])
    assert str(caught.value.hint) == "did you mean corpus/article.txt?"
    with pytest.raises(PathError) as caught:
        discover(["corpsu/article.txt"])
    assert str(caught.value.hint) == "did you mean corpus?"


@pytest.mark.parametrize("path", ["", "nowhere", "a.txt/b", "a\0b", "n" * 5000, "\ud800"])
def test_every_bad_path_is_a_path_error(tree, path: str) -> None:
    tree("a.txt")
    with pytest.raises(PathError):
        discover([path])


def test_a_path_below_a_file_says_so(tree) -> None:
    tree("a.txt")
    with pytest.raises(PathError) as caught:
        discover(["a.txt/b"])
    assert str(caught.value.hint) == "a.txt is a file, not a folder"


def test_a_broken_link_says_where_it_leads(here: Path) -> None:
    (here / "link.txt").symlink_to("gone.txt")
    with pytest.raises(PathError, match=r"link\.txt is a link to gone\.txt"):
        discover(["link.txt"])


def test_a_folder_that_cannot_be_listed_is_an_error(tree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree("a.txt", "closed/b.txt")
    scandir = os.scandir

    def refused(path: str):
        if path.endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    found = discover(["."])
    assert found.files == ("a.txt",)
    assert only_skip(found) == ("closed", "unreadable", True)
    assert "Permission denied" in str(found.skipped[0].detail)


def test_a_file_whose_beginning_cannot_be_read_is_an_error(
    tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree("a.txt", "b")

    def refused(path: str, flags: int) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "open", refused)
    assert only_skip(discover(["."])) == ("b", "unreadable", True)


def test_a_folder_without_texts_is_empty_and_says_what_it_held(tree) -> None:
    tree("a.json", "b.json")
    found = discover(["."])
    assert found.files == ()
    assert found.skipped == ()
    assert found.left_out == {".json": 2}


def test_deep_folders(here: Path) -> None:
    folder = here
    for _ in range(200):
        folder = folder / "d"
        folder.mkdir()
    (folder / "a.txt").write_text("x")
    assert files(".") == ["d/" * 200 + "a.txt"]


def test_a_folder_that_cannot_be_entered_is_one_error(
    tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree("closed/a.txt")
    stat, scandir = Path.stat, os.scandir

    def refused(self: Path, **options: bool) -> os.stat_result:
        if self.parent.name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return stat(self, **options)

    def closed(folder: str):
        if folder.endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", folder)
        return scandir(folder)

    monkeypatch.setattr(Path, "stat", refused)
    monkeypatch.setattr(os, "scandir", closed)
    (skip,) = discover(["."]).skipped
    assert (skip.id, skip.reason, skip.error) == ("closed", "unreadable", True)
