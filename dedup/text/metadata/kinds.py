"""The kinds of parts that are set aside, and what to call them to a reader."""

from __future__ import annotations

from dedup.messages import Message, message

#: Every kind that a :class:`~dedup.model.SetAside` may have.
KINDS: dict[str, Message] = {
    "header": message("metadata header"),
    "source": message("source line"),
    "byline": message("byline"),
    "credit": message("credit line"),
    "page-line": message("page line"),
    "dateline": message("dateline"),
    "front-matter": message("front matter"),
    "title": message("title"),
    "original-title": message("original title"),
    "counts": message("reading counts"),
    "page-tools": message("page buttons"),
    "related": message("list of related articles"),
    "navigation": message("links to neighbouring pages"),
    "page-number": message("page number"),
    "breadcrumb": message("path of the page"),
    "follow": message("invitation to follow or read on"),
    "copyright": message("copyright or reprint notice"),
    "end-mark": message("end mark"),
    "shared-passage": message("passage that many documents share"),
}


def kind_label(kind: str) -> Message:
    """Return what to call a kind; raises KeyError for a kind that does not exist."""
    return KINDS[kind]
