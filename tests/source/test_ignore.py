"""Ignore rules, as git understands them; one test asks git itself."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dedup.source.discovery import discover


def files(*paths: str, ignore: bool = True) -> list[str]:
    return list(discover(paths, ignore=ignore).files)


def test_gitignore_without_a_repository(tree) -> None:
    tree("a.txt", "b.txt", "build/c.txt", **{".gitignore": "b.txt\nbuild/\n"})
    found = discover(["."])
    assert found.files == ("a.txt",)
    assert found.left_out == {"ignored": 2}
    assert files(".", ignore=False) == ["a.txt", "b.txt", "build/c.txt"]


def test_no_ignore_still_leaves_hidden_files_out(tree) -> None:
    tree("a.txt", ".b.txt")
    assert files(".", ignore=False) == ["a.txt"]


def test_negation_and_nesting(tree) -> None:
    tree(
        "a.txt",
        "keep.txt",
        "sub/a.txt",
        "sub/b.txt",
        "sub/deep/b.txt",
        **{".gitignore": "*.txt\n!keep.txt\n", "sub/.gitignore": "!a.txt\n/deep\n"},
    )
    assert files(".") == ["keep.txt", "sub/a.txt"]


def test_an_ignored_folder_cannot_be_reentered(tree) -> None:
    tree("build/a.txt", **{".gitignore": "build/\n!build/a.txt\n", "build/.gitignore": "!a.txt\n"})
    assert files(".") == []


def test_dedupignore_goes_before_gitignore(tree) -> None:
    tree(
        "corpus/a.txt",
        "notes/a.txt",
        "notes/b.txt",
        **{
            ".gitignore": "corpus/\n",
            ".dedupignore": "!corpus/\nnotes/b.txt\n",
            "notes/.gitignore": "!b.txt\n",
        },
    )
    assert files(".") == ["corpus/a.txt", "notes/a.txt"]


def test_rules_of_parents_hold_up_to_the_root_of_the_repository(tree) -> None:
    here = tree(
        "repo/a/b/x.txt",
        "repo/a/b/y.txt",
        "repo/a/b/z.txt",
        **{".gitignore": "y.txt\n", "repo/.gitignore": "x.txt\n"},
    )
    assert files("repo/a/b") == ["repo/a/b/x.txt", "repo/a/b/y.txt", "repo/a/b/z.txt"]
    (here / "repo" / ".git").mkdir()
    assert files("repo/a/b") == ["repo/a/b/y.txt", "repo/a/b/z.txt"]


def test_a_worktree_marks_the_root_too(tree) -> None:
    here = tree("repo/a/x.txt", **{"repo/.gitignore": "x.txt\n"})
    (here / "repo" / ".git").write_text("gitdir: elsewhere\n")
    assert files("repo/a") == []


def test_info_exclude(tree) -> None:
    tree("a.txt", "b.txt", **{".git/info/exclude": "b.txt\n", ".gitignore": ""})
    assert files(".") == ["a.txt"]


def test_gitignore_goes_before_info_exclude(tree) -> None:
    tree("a.txt", **{".git/info/exclude": "a.txt\n", ".gitignore": "!a.txt\n"})
    assert files(".") == ["a.txt"]


@pytest.mark.parametrize("path", ["build", "build/sub", "build/sub/a.txt"])
def test_a_folder_that_is_named_is_read_though_it_is_ignored(tree, path: str) -> None:
    here = tree("build/sub/a.txt", **{".gitignore": "build/\n"})
    (here / ".git").mkdir()
    assert files(path) == ["build/sub/a.txt"]


def test_lines_as_windows_writes_them_marks_comments_and_nonsense(tree) -> None:
    tree(
        "a.txt",
        "b.txt",
        "c.txt",
        "#d.txt",
        **{".gitignore": "\ufeffa.txt\r\n# b.txt\r\n\r\n!\n\\#d.txt\r\n"},
    )
    assert files(".") == ["b.txt", "c.txt"]


def test_names_that_are_not_utf8_can_be_ignored(tree) -> None:
    name = os.fsdecode("草稿.txt".encode("gbk"))
    here = tree("a.txt", name)
    (here / ".gitignore").write_bytes("草稿.txt\n".encode("gbk"))
    assert files(".") == ["a.txt"]


def test_an_ignore_file_that_is_no_file_is_no_rule(tree) -> None:
    here = tree("a.txt")
    (here / ".gitignore").mkdir()
    os.mkfifo(here / ".dedupignore")
    assert files(".") == ["a.txt"]


def test_an_ignore_file_that_cannot_be_read_is_an_error(
    tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree("a.txt", **{".gitignore": "a.txt\n"})
    read_bytes = Path.read_bytes

    def refused(self: Path) -> bytes:
        if self.name == ".gitignore":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read_bytes(self)

    monkeypatch.setattr(Path, "read_bytes", refused)
    (skip,) = discover(["."]).skipped
    assert (skip.id, skip.reason, skip.error) == (".gitignore", "unreadable", True)


RULES = """\
*.log.txt
/top.txt
doc/*.txt
!doc/keep.txt
**/deep/**
a/**/z.txt
trailing/
space\\ name.txt
[ab]x.txt
b?.txt
!b1.txt
草稿*
"""
NAMES = (
    "x.log.txt", "s/x.log.txt", "top.txt", "s/top.txt", "doc/a.txt", "doc/keep.txt",
    "s/doc/a.txt", "deep/a.txt", "s/deep/b/c.txt", "a/z.txt", "a/b/c/z.txt", "z.txt",
    "trailing/a.txt", "s/trailing/a.txt", "space name.txt", "ax.txt", "cx.txt", "b1.txt",
    "b2.txt", "草稿一.txt", "s/草稿/b.txt", "定稿.txt",
)  # fmt: skip


@pytest.mark.parametrize(
    "rules",
    [
        RULES,
        "*\n!*/\n!*.txt\n",
        "/*\n!/s\n",
        "*\n!s/\n!s/top.txt\n",
        "a/**\n!a/z.txt\ns/doc\n",
        "a/*\n!a/b/\n",
        "s/\n*.txt\n!s/b1.txt\n",
        "s/*/\n!s/doc\n",
        "**/a\n!a\n",
        "s/**/b\n*/z.txt\n",
        "*/\n!doc\n",
        "\\!x\nb\\1.txt\n[!a]x.txt\n[a-c]1.txt\n",
        "**\n!/doc/\n!/doc/**\n",
        "s\n!s/",
    ],
)
def test_git_agrees(tree, rules: str) -> None:
    git = shutil.which("git")
    assert git is not None, "this test compares with git"
    here = tree(*NAMES, **{".gitignore": rules, "s/.gitignore": "!top.txt\n/cx.txt\n"})
    subprocess.run([git, "init", "-q"], check=True, cwd=here)
    command = [git, "ls-files", "-z", "--others", "--exclude-standard", "--", "*.txt"]
    listed = subprocess.run(command, check=True, cwd=here, capture_output=True).stdout
    expected = sorted(os.fsdecode(name) for name in listed.split(b"\0") if name)
    assert files(".") == expected
