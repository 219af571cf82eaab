"""``html``: one page that needs nothing but a browser, for a result or for two documents.

The page holds its styles and its script and asks for nothing from anywhere. Every text stands in
it in both languages, so that the reader chooses; what comes from documents is shown letter by
letter and never obeyed.
"""

from __future__ import annotations

from dedup.report.html.page import comparison_page, result_page
from dedup.report.html.selection import embedded_pairs

__all__ = ["comparison_page", "embedded_pairs", "result_page"]
