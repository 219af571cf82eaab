"""The pictures in the documents, and the script that makes them."""

from __future__ import annotations

import pytest

PNG = b"\x89PNG\r\n\x1a\n"
NAMES = [f"report-{lang}-{scheme}.png" for lang in ("zh", "en") for scheme in ("light", "dark")]


@pytest.mark.parametrize("name", NAMES)
def test_pictures_are_small_and_shown(root, name):
    content = (root / "docs" / "images" / name).read_bytes()
    assert content.startswith(PNG)
    assert len(content) < 250_000
    pages = [*root.glob("*.md"), *(root / "docs").glob("*.md")]
    assert any(f"images/{name}" in page.read_text("utf-8") for page in pages)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_script_makes_them(browser, tmp_path, scheme):
    pytest.importorskip("PIL")
    import screenshots

    page = screenshots.page_of_seeds(tmp_path, "zh")
    assert screenshots.picture(browser, page, scheme).startswith(PNG)
