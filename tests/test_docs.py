"""What the documents say is so: their commands run, their links lead somewhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import documents
import pytest

ROOT = Path(__file__).resolve().parent.parent
# Folders of tools and of installations, which hold documents of others.
_OTHERS = {"build", "dist", "node_modules", "wheelhouse", "tests", "seeds"}
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.rglob("*.md")
    if not any(part in _OTHERS or part.startswith(".") for part in path.relative_to(ROOT).parts)
)
WITH_STEPS = [page for page in PAGES if documents.steps((ROOT / page).read_text("utf-8"))]


@pytest.mark.parametrize("page", WITH_STEPS)
def test_every_command_prints_what_the_page_says(page):
    with documents.scratch_checkout() as folder:
        for step in documents.steps((ROOT / page).read_text("utf-8")):
            status, printed = documents.run(step, folder)
            shown = "\n".join(printed)
            assert status == 0, f"{page}:{step.line}: exit status {status}\n{shown}"
            same = step.expected is None or documents.agree(step.expected, printed)
            assert same, f"{page}:{step.line} (make docs writes it anew) prints\n{shown}"


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page):
    document = (ROOT / page).read_text("utf-8")
    for link in documents.links(document):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        target, _, anchor = link.partition("#")
        path = (ROOT / page).parent / target if target else ROOT / page
        assert path.exists(), f"{page} links to {link}"
        assert path.resolve().is_relative_to(ROOT)
        if anchor:
            assert anchor in documents.anchors(path.read_text("utf-8")), f"{page} links to {link}"


def test_the_readmes_have_steps():
    assert {"README.md", "README.zh-CN.md"} <= set(WITH_STEPS)


def test_the_readmes_show_the_same_commands():
    english, chinese = (
        [step.command for step in documents.steps((ROOT / name).read_text("utf-8"))]
        for name in ("README.md", "README.zh-CN.md")
    )
    spoken = [[part.replace("dedup --lang zh ", "dedup ") for part in step] for step in chinese]
    assert [step[:2] for step in spoken] == [step[:2] for step in english]
    assert [step[2] for step in spoken if step[0] == "bash"] == [
        step[2] for step in english if step[0] == "bash"
    ]


def test_the_cli_reference_is_up_to_date():
    ran = subprocess.run(
        [sys.executable, ROOT / "tools" / "generate_cli_reference.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def test_decisions_are_numbered_and_have_their_sections():
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    assert len(set(numbers)) == len(numbers)
    for page in pages:
        document = page.read_text("utf-8")
        assert document.startswith(f"# {page.name[:4]} "), page.name
        for section in ("Context", "Decision", "Consequences"):
            assert f"\n## {section}\n" in document, f"{page.name} has no section {section}"


# The machinery above, on small documents.

SMALL = """\
# A *page*: with marks

```console
$ echo one
one
$ printf 'a\\nb\\nc\\n'
a
…
```

```sh title
exit 1
```

```python
print("hello")
```

```output
hello
```

See [this](#a-page-with-marks) and ![that](x.svg), not `[code](y)`.
"""


def test_steps_are_found_in_order():
    found = documents.steps(SMALL)
    assert [step.line for step in found] == [4, 6, 16 - 1]
    assert [step.expected for step in found] == [["one"], ["a", "…"], ["hello"]]
    assert [step.command[-1] for step in found] == [
        "echo one",
        "printf 'a\\nb\\nc\\n'",
        'print("hello")\n',
    ]


def test_steps_run(tmp_path):
    for step in documents.steps(SMALL):
        status, printed = documents.run(step, tmp_path)
        assert status == 0
        assert documents.agree(step.expected, printed)


def test_outputs_are_written_anew():
    stale = SMALL.replace("\none\n", "\ntwo\ntwo\n", 1)
    stale = stale.replace("\nhello\n", "\n\n").replace("\na\n…\n", "\n…\n")
    assert stale != SMALL
    assert documents.refreshed(stale) == SMALL.replace("\na\n…\n", "\n…\n")


def test_what_agrees_is_left_alone():
    assert documents.refreshed(SMALL) == SMALL


def test_a_page_whose_command_fails_is_not_written_anew():
    with pytest.raises(ValueError, match="exit status 3"):
        documents.refreshed("```console\n$ exit 3\n```\n")


def test_a_failing_step_is_seen(tmp_path):
    (step,) = documents.steps("```console\n$ echo no >&2; exit 3\n```\n")
    assert documents.run(step, tmp_path) == (3, ["no"])


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        (["a"], ["a"], True),
        (["a"], ["b"], False),
        (["a"], ["a", "b"], False),
        (["a", "…"], ["a", "b", "c"], True),
        (["…", "c"], ["a", "b", "c"], True),
        (["a", "…", "c"], ["a", "c"], True),
        (["a", "…", "c"], ["a", "b"], False),
        (["a.c"], ["abc"], False),
        ([], [], True),
        ([], ["a"], False),
        (["a", ""], ["a"], True),
        (["done (0.8 s)"], ["done (1.2 s)"], True),
        (["用时 0.8 秒"], ["用时 12.3 秒"], True),
        (["0.8 shared"], ["0.9 shared"], False),
    ],
)
def test_lines_agree(expected, printed, same):
    assert documents.agree(expected, printed) is same


@pytest.mark.parametrize(
    "broken",
    ["```console\nno command\n```\n", "```output\nx\n```\n", "```python\nprint()\n"],
)
def test_broken_documents_are_refused(broken):
    with pytest.raises(ValueError, match="line"):
        documents.steps(broken)


def test_links_and_anchors_are_found():
    assert documents.links(SMALL) == ["#a-page-with-marks", "x.svg"]
    assert documents.anchors(SMALL) == {"a-page-with-marks"}
