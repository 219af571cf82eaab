"""The file of accepted duplicates, and what git makes of it when branches are merged."""

from __future__ import annotations

import hashlib
import os

import pytest
from gitrepo import Repo
from hypothesis import given
from hypothesis import strategies as st
from unprivileged import read_only

from dedup.app.baseline_file import Baseline, load, parsed, save, written
from dedup.errors import FormatError, OutputError, PathError, SettingsError
from dedup.settings import Settings

SETTINGS = Settings()
PRINT = SETTINGS.fingerprint()


def content(number):
    return hashlib.blake2b(str(number).encode(), digest_size=16).hexdigest()


def of(*numbers, reason=""):
    """A baseline with a line per number: even ones are pairs."""
    baseline = Baseline()
    for n in numbers:
        if n % 2:
            baseline.copies[content(n)] = (2, reason)
        else:
            a, b = sorted((content(n), content(-n - 1)))
            baseline.pairs[a, b] = reason
    return baseline


def lines(text):
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_what_is_written_is_read_back():
    baseline = of(1, 2, 3, reason="译本；# 不是注释")
    assert parsed(written(baseline, SETTINGS), "x", PRINT) == baseline


def test_the_file_is_sorted_and_holds_nothing_that_changes_by_itself():
    text = written(of(*range(50), reason="同"), SETTINGS)
    assert text == written(of(*reversed(range(50)), reason="同"), SETTINGS)
    hashes = [line.split()[1] for line in lines(text)[2:]]
    assert hashes == sorted(hashes)
    assert len(hashes) == 50
    assert lines(text)[:2] == ["dedup baseline 1", f"settings {PRINT}"]


@given(st.sets(st.integers(0, 10_000), max_size=20))
def test_every_line_stands_below_its_mark(numbers):
    mark = ""
    for line in written(of(*numbers), SETTINGS).splitlines()[2:]:
        if line.startswith("#"):
            mark = line[2:]
        else:
            first = int(line.split()[1][:2], 16)
            assert first - first % 4 == int(mark, 16)


def test_a_file_that_is_as_it_should_be_is_left_alone(tmp_path):
    target = tmp_path / "b"
    assert save(of(1), target, SETTINGS)
    before = target.stat().st_mtime_ns
    assert not save(of(1), target, SETTINGS)
    assert target.stat().st_mtime_ns == before
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_what_two_branches_both_have_is_taken_once():
    one, two = content(1), content(2)
    text = f"dedup baseline 1\nsettings {PRINT}\ncopies {one} 3\n"
    text += f"copies {one} 2  # 早\npair {two} {one}\n"
    baseline = parsed(text, "x", PRINT)
    assert baseline.copies == {one: (3, "早")}
    assert baseline.pair(one, two) == baseline.pair(two, one) == ""


def test_spaces_line_ends_and_comments_do_not_matter(tmp_path):
    text = written(of(1, 2), SETTINGS).replace("\n", "\r\n\r\n") + "# 说明\r\n"
    (tmp_path / "b").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load(tmp_path / "b", SETTINGS) == of(1, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no baseline"),
        ("别的文件\n", "is no baseline"),
        ("dedup baseline 2\n", "newer version"),
        ("dedup baseline 1\ncopies abc 2\n", "b:2: this is no line of a baseline"),
        (f"dedup baseline 1\ncopies {content(1)} 0\n", "b:2: this is no line"),
        (f"dedup baseline 1\ncopies {content(1)} {'9' * 400}\n", "b:2: this is no line"),
        ("dedup baseline 1\n<<<<<<< HEAD\n", "b:2: a merge has left its marks"),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path, text, said):
    (tmp_path / "b").write_text(text, "utf-8")
    with pytest.raises(FormatError, match=said) as caught:
        load(tmp_path / "b", SETTINGS)
    assert caught.value.hint


def test_other_settings_are_refused_with_a_hint(tmp_path):
    save(of(1), tmp_path / "b", SETTINGS)
    with pytest.raises(SettingsError, match="other settings") as caught:
        load(tmp_path / "b", SETTINGS.with_values(ngram=3))
    assert "--update-baseline" in str(caught.value.hint)
    assert load(tmp_path / "b", SETTINGS.with_values(jobs=3, keep="first"))


def test_what_cannot_be_read_or_written(tmp_path):
    with pytest.raises(PathError, match="cannot read the baseline"):
        load(tmp_path, SETTINGS)
    with pytest.raises(OutputError, match="cannot write"):
        save(of(1), tmp_path / "gone" / "b", SETTINGS)
    (tmp_path / "latin").write_bytes(b"dedup baseline 1\n# \xff\n")
    with pytest.raises(FormatError, match="UTF-8"):
        load(tmp_path / "latin", SETTINGS)


def merged(tmp_path, base, one, two, *, union=False):
    """Merge two branches that changed a baseline; return git's status and the file."""
    repo = Repo(tmp_path / "repo")
    if union:
        repo.stage(".gitattributes", ".dedup-baseline merge=union\n")
    repo.stage(".dedup-baseline", written(base, SETTINGS))
    repo.commit()
    repo.git("checkout", "--quiet", "-b", "side")
    repo.stage(".dedup-baseline", written(two, SETTINGS))
    repo.commit()
    repo.git("checkout", "--quiet", "main")
    repo.stage(".dedup-baseline", written(one, SETTINGS))
    repo.commit()
    status = repo.git("merge", "--quiet", "--no-edit", "side", fine=(0, 1))
    return "CONFLICT" in status, (repo.folder / ".dedup-baseline").read_text("utf-8")


def test_branches_that_accept_different_texts_merge(tmp_path):
    conflict, text = merged(tmp_path, of(), of(1), of(2))
    assert not conflict
    assert parsed(text, "x", PRINT) == of(1, 2)
    assert text == written(of(1, 2), SETTINGS), "merged by git as written by us"


def neighbours():
    """Two numbers whose lines go to one place."""
    places = {}
    for n in range(1, 1000, 2):
        place = int(content(n)[:2], 16) // 4
        if place in places:
            return places[place], n
        places[place] = n
    raise AssertionError


def test_neighbours_merge_by_union_and_without_it_an_update_mends_them(tmp_path):
    one, two = neighbours()
    conflict, text = merged(tmp_path / "union", of(), of(one), of(two), union=True)
    assert not conflict
    assert parsed(text, "x", PRINT) == of(one, two)
    conflict, text = merged(tmp_path / "plain", of(), of(one), of(two))
    assert conflict
    assert parsed(text, "x", PRINT, mend=True) == of(one, two)


def test_branches_that_accept_a_further_copy_each_merge_by_union(tmp_path):
    more, most = of(1), of(1)
    more.copies[content(1)], most.copies[content(1)] = (3, ""), (4, "")
    conflict, text = merged(tmp_path, of(1), more, most, union=True)
    assert not conflict
    assert parsed(text, "x", PRINT) == most


def test_pruning_here_and_accepting_there_merge(tmp_path):
    conflict, text = merged(tmp_path, of(1, 2, 3), of(1, 3), of(1, 2, 3, 9))
    assert not conflict
    assert parsed(text, "x", PRINT) == of(1, 3, 9)


@pytest.mark.skipif(os.name != "posix", reason="permissions are of POSIX")
def test_no_permission():
    with read_only() as folder, pytest.raises(OutputError):
        save(of(1), folder / "b", SETTINGS)
