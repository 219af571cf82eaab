"""HTML pages: the title, then the main text as trafilatura finds it (``zh-dedup[html]``)."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from dedup.errors import EncodingError, SettingsError
from dedup.messages import message
from dedup.source.extras import needed
from dedup.text.encoding import AUTO, Decoded, decode, has_mark, has_signature
from dedup.text.fold import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from dedup.model import Document, Skipped
    from dedup.source.reader import Content

_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*["']?\s*([\w.:\-]+)""",
    re.IGNORECASE,
)
#: Where browsers look for a declared encoding, in bytes (HTML Living Standard, 13.2.3.2).
_DECLARED = 1024
#: Bytes beyond ASCII that are UTF-8 throughout are UTF-8, whatever is declared: pages are
#: converted when they are saved, and their declaration stays. Fewer characters may be chance.
_CERTAINLY = 8
#: lxml refuses a decoded text that declares an encoding.
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
#: What a page itself says is none of its text.
_NO_TEXT = ["//nav", "//footer"]
_SEPARATORS = re.compile(r"\s*[|_—–\-]+\s*")


class HtmlReader:
    """Reads HTML and XHTML pages."""

    suffixes = frozenset({".html", ".htm", ".xhtml", ".shtml"})

    def read(self, content: Content) -> Document | Skipped:
        """Return the title, and the main text, or all visible text where none is found."""
        missing = needed(content, "html", "trafilatura", "lxml_html_clean")
        if missing is not None:
            return missing
        if has_signature(content.raw):
            return content.skipped("binary", message("a binary file, not a text"))
        try:
            decoded = decode_page(content.raw, content.encoding)
        except EncodingError as error:
            return content.skipped("undecodable", error.message, error=True)
        text = page_text(decoded.text)
        return content.document(text, decoded.encoding, confidence=decoded.confidence)


def decode_page(raw: bytes, encoding: str | None = None) -> Decoded:
    """Decode a page: as asked for, by its byte order mark, as it declares, or as detected.

    Raises :class:`~dedup.errors.EncodingError` where the bytes are in no known encoding.
    """
    if (encoding is not None and encoding.lower() != AUTO) or has_mark(raw) or _certainly_utf8(raw):
        return decode(raw, encoding=encoding)
    declared = _CHARSET.search(raw, 0, _DECLARED)
    if declared is not None:
        try:
            return decode(raw, encoding=declared[1].decode("ascii", "replace"))
        except (EncodingError, SettingsError):
            return decode(raw)  # what it declares is wrong or unknown
    return decode(raw)


def page_text(page: str) -> str:
    """Return the title of a page as a line of its own, and its main text below."""
    import logging

    import trafilatura
    from lxml.etree import LxmlError
    from lxml.html import document_fromstring

    # It reports pages without text as errors, on standard error.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        tree = document_fromstring(_DECLARATION.sub("", page))
    except LxmlError:
        return ""  # nothing at all in it
    title = _title(tree)
    # For recall: short pages and lists come whole; comments of readers and navigation go.
    text = trafilatura.extract(
        deepcopy(tree), include_comments=False, favor_recall=True, prune_xpath=_NO_TEXT
    )
    text = text or trafilatura.html2txt(tree) or ""
    if fold(title) and not fold(text[: len(title) + 80]).startswith(fold(title)):
        text = f"{title}\n{text}"
    return text if text.endswith("\n") or not text else f"{text}\n"


def _title(tree: HtmlElement) -> str:
    """Return the headline where the title of the page begins with it, else that title."""
    titles = [" ".join(e.text_content().split()) for e in tree.iter("title")]
    title = titles[0] if titles else ""
    headlines = [" ".join(e.text_content().split()) for e in tree.iter("h1")]
    named = [h for h in headlines if h and (h in title or not title)]
    return named[0] if named else _SEPARATORS.split(title)[0] if len(headlines) != 1 else title


def _certainly_utf8(raw: bytes) -> bool:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return sum(char >= "\u0800" for char in text) >= _CERTAINLY
