from __future__ import annotations

from pathlib import Path


def test_results_replace_what_stands_between_their_marks(script, tmp_path: Path) -> None:
    (tmp_path / "kernel.md").write_text("# Stages\n\n| a |\n", encoding="utf-8")
    before = (
        "before\n<!-- kernel -->\nold\n<!-- /kernel -->\n<!-- other -->\nkept\n<!-- /other -->\n"
    )
    after = script("document").documented(before, tmp_path)
    assert after == (
        "before\n<!-- kernel -->\n## Stages\n\n| a |\n<!-- /kernel -->\n"
        "<!-- other -->\nkept\n<!-- /other -->\n"
    )
    assert script("document").documented(after, tmp_path) == after


def test_the_document_shows_the_committed_results(script) -> None:
    document = script("document")
    text = document.DOCUMENT.read_text(encoding="utf-8")
    assert document.documented(text, document.RESULTS) == text
    for name in ("throughput", "kernel", "scaling"):
        assert f"<!-- {name} -->" in text
