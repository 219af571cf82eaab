"""Pictures of a result, with matplotlib: the same result gives the same bytes."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from dedup.errors import UsageError
from dedup.messages import Message, message
from dedup.report.fonts import han_font, has_han
from dedup.report.panels import PANELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.model import ScanResult
    from dedup.report.panels import Panel
    from dedup.report.view import View

#: What can be drawn; ``all`` is every one of the others that has something to show.
PLOT_KINDS = ("all", *PANELS)
#: Formats of pictures, by the suffix of the file.
PLOT_FORMATS = ("svg", "png")
#: Inches of one panel, and dots per inch of a PNG.
_WIDTH, _HEIGHT, _DPI = 7.2, 4.0, 150
_STYLE: dict[Any, object] = {
    "svg.hashsalt": "dedup",  # ids in the file come from it instead of from chance
    "svg.fonttype": "path",  # so that a picture looks the same without the font
    "text.parse_math": False,  # a title may hold dollars
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": False,
    "font.size": 9.0,
}


class Picture(NamedTuple):
    """A picture as bytes, and what is to be said of it."""

    content: bytes
    notes: tuple[Message, ...]


def picture(result: ScanResult, kind: str, output_format: str, view: View) -> Picture:
    """Draw one of :data:`PLOT_KINDS` in one of :data:`PLOT_FORMATS`.

    Raises :class:`~dedup.errors.UsageError` where matplotlib is not installed.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError(
            message("a picture needs matplotlib, which is not installed"),
            hint=message("needs {extra}: pip install '{extra}'", extra="zh-dedup[plot]"),
        ) from error
    panels = list(_panels(result, kind, view))
    font = han_font()
    words = [word for panel in panels for word in panel.words]
    lacking = font is None and any(map(has_han, words))
    families = [*([font] if font else []), "DejaVu Sans"]
    with rc_context({**_STYLE, "font.family": families}), warnings.catch_warnings():
        # what no font has, an emoji in a name say, is drawn as a box
        warnings.filterwarnings(
            "ignore", message=r"(?s).*(Glyph|missing from)", category=UserWarning
        )
        columns = 1 if len(panels) == 1 else 2
        rows = -(-len(panels) // columns)
        figure = Figure(figsize=(_WIDTH * columns, _HEIGHT * rows), layout="constrained")
        for at, panel in enumerate(panels, 1):
            axes = figure.add_subplot(rows, columns, at)
            axes.set_title(panel.title, loc="left", fontweight="bold")
            panel.draw(axes)
        content = io.BytesIO()
        nothing = {"Date": None, "Creator": None} if output_format == "svg" else {"Software": None}
        figure.savefig(content, format=output_format, metadata=nothing, dpi=_DPI)
    return Picture(content.getvalue(), (_NO_FONT,) if lacking else ())


_NO_FONT = message(
    "no font with Chinese characters is installed, and they are drawn as boxes; install one, "
    "for example Noto Sans CJK (Debian and Ubuntu: apt install fonts-noto-cjk)"
)


def _panels(result: ScanResult, kind: str, view: View) -> Iterator[Panel]:
    wanted: Sequence[str] = tuple(PANELS) if kind == "all" else (kind,)
    found = [PANELS[name](result, view) for name in wanted]
    shown = [panel for panel in found if not panel.empty]
    yield from shown or found[:1]
