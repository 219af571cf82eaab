"""Pictures of the page for the seeds, in both languages and both colours, for the documents.

    python tools/screenshots.py            # writes docs/images/*.png

Needs Chromium, CJK fonts and ``pip install playwright pillow`` (in ``zh-dedup[dev]``).
"""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from dedup.cli.main import main as dedup

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")

#: Language and colours of each picture.
VIEWS = (("zh", "light"), ("zh", "dark"), ("en", "light"), ("en", "dark"))
_SIZE = {"width": 1180, "height": 1240}
#: Colours of a picture: text needs no more, and the files stay small.
_COLORS = 64


def page_of_seeds(folder: Path, lang: str) -> Path:
    """Write the page of the seeds into ``folder`` and return its path."""
    path = folder / f"{lang}.html"
    try:
        with contextlib.chdir(ROOT):
            dedup(["scan", "seeds", "--lang", lang, "-q", "-o", str(path)])
    except SystemExit as end:
        if end.code:
            raise
    return path


def picture(browser: Browser, page_path: Path, scheme: str) -> bytes:
    """Return the page with its first cluster open as a PNG of few colours."""
    page = browser.new_page(viewport=_SIZE, color_scheme=scheme, reduced_motion="reduce")
    page.goto(page_path.as_uri())
    page.locator(".cluster summary").first.click()
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    if scheme == "light":  # the two texts; the dark pictures show what stands above them
        page.evaluate("document.querySelector('.member.drop').scrollIntoView()")
    shot = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    out = io.BytesIO()
    shot.convert("RGB").quantize(_COLORS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> int:
    """Write all pictures; return the exit status."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        print("needs chromium: apt-get install chromium fonts-noto-cjk", file=sys.stderr)
        return 2
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for lang, scheme in VIEWS:
            page_path = page_of_seeds(Path(folder), lang)
            target = IMAGES / f"report-{lang}-{scheme}.png"
            target.write_bytes(picture(browser, page_path, scheme))
            print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
