"""Colour, and its absence."""

from __future__ import annotations

import pytest
from rich.text import Text

from dedup.messages import message
from dedup.report.view import View


def test_color_leaves_escapes_and_no_color_leaves_none():
    line = Text.assemble(("keep", "bold green"), "  ", ("a.txt", "dim"))
    assert "".join(View().draw([line])) == "keep  a.txt\n"
    colored = "".join(View(color=True).draw([line]))
    assert colored.startswith("\x1b[1;32mkeep\x1b[0m  ")
    assert colored.endswith("\n")


def test_color_does_not_hang_on_the_environment(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b[" in "".join(View(color=True).draw([Text("x", style="red")]))


@pytest.mark.parametrize("name", ["docs/[draft].md", "x[/草稿].md", ":smile:", "[bold]x[/bold]"])
@pytest.mark.parametrize("color", [True, False])
def test_markup_in_names_is_not_interpreted(name, color):
    assert "".join(View(color=color).draw([Text(name)])) == name + "\n"


def test_a_colored_line_is_wrapped_like_a_plain_one():
    line = Text("  " + "字" * 30, style="red")
    plain = list(View(width=20).draw([line]))
    colored = list(View(width=20, color=True).draw([line]))
    assert len(plain) == len(colored) > 1


def test_say_speaks_the_language():
    assert View(lang="zh").say(message("keep")) == "保留"
    assert View().say(message("keep")) == "keep"
