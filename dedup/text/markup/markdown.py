"""Markdown in a text: link targets, reference definitions and labels, attributes, shortcodes.

Source: CommonMark 0.31, sections 4.7 and 6.3; the attributes of kramdown and Pandoc; the
shortcodes of Hugo and the tags of Jekyll. Text of links stays, and so do ``<https://…>``, code,
and whatever only might be a link: ``x[i](y)`` is a call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.text.lazy import lazy_pattern

if TYPE_CHECKING:
    from dedup.text.markup.ranges import Span

_SUFFIXES = (
    "md|markdown|mdx|rst|html?|xhtml|shtml|php|aspx?|jsp|txt|pdf|docx?|xlsx?|pptx?|ya?ml|json|toml"
    "|xml|csv|png|jpe?g|gif|svg|webp|bmp|ico|mp3|mp4|webm|zip|gz|tgz|bz2|xz|rar|7z"
)
#: What only a link points to.
_CERTAIN = (
    r"(?:https?|ftp|file|mailto|tel|xref|magnet|data|javascript):|[A-Za-z][A-Za-z0-9+.\-]*://|//"
    r"|www\.|\.{0,2}/|#|\?[\w.\-]+="
)
_TITLE = r"""(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|\([^()\n]{0,300}\))"""
_TARGET = lazy_pattern(
    r"\]\(\s*+(?:<[^<>\n]*+>|(?P<bare>[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+))"
    rf"(?:\s+{_TITLE})?\s*+\)(?:\{{:?[ \t]*[^{{}}\n]{{1,100}}\}})?"
)
_LINK = lazy_pattern(rf"(?i:{_CERTAIN})|[^\s?#]+\.(?i:{_SUFFIXES})(?=$|[?#])")
#: Most targets begin like this, and need no pattern.
_COMMONEST = ("https://", "http://")
_PATH = lazy_pattern(r"[^\s,;=]+/[^\s,;=]*|[\w.%\-]+#[\w.%\-]+")
_DEFINED = lazy_pattern(
    rf"\]:[ \t]*\n?[ \t]*(?:<[^<>\n]*>|(?P<bare>\S++))(?:[ \t]*\n?[ \t]+{_TITLE})?[ \t\r]*(?=\n|$)"
)
_LABEL = lazy_pattern(r"[ \t>]{0,8}\[(?P<label>(?!\^)[^\[\]\n]{1,200})")
_LONGEST_LABEL = 220
_FULL = lazy_pattern(r"\]\[(?P<label>[^\[\]\n]{1,200})\]")
_HEADING = lazy_pattern(r"[ \t>]{0,8}#{1,6}[ \t]")
_ATTRIBUTES = lazy_pattern(r"\{:?[ \t]*[#.][A-Za-z][^{}\n]{0,200}\}[ \t\r]*(?=\n|$)")
_SHORTCODE = lazy_pattern(
    r"\{(?:\{(?:<[^{}]{0,500}>|%[^{}]{0,500}%)\}\}"
    r"|%-?\s*(?:raw|endraw|highlight|endhighlight|include|include_relative|link|post_url)\b"
    r"[^{}%]{0,300}%\})"
)


def targets(text: str) -> list[Span]:
    """Return what inline links and images have beside their text: ``[``, ``](url "title")``."""
    found: list[Span] = []
    for match in _TARGET.finditer(text):
        target = match["bare"]
        opened = text.rfind("[", max(match.start() - _LONGEST_LABEL, 0), match.start())
        if (
            target is None  # in angle brackets
            or _links(target)
            or (_may_link(target) and not _indexed(text, opened))
        ):
            found.append(match.span())
            if opened >= 0:
                image = opened > 0 and text[opened - 1] == "!"
                found.append((opened - image, opened + 1))
    return found


def definitions(text: str) -> list[Span]:
    """Return the definitions of links (``[label]: url``), and the labels that refer to them."""
    found: list[Span] = []
    labels: set[str] = set()
    for match in _DEFINED.finditer(text):
        start, end = match.span()
        low = max(text.rfind("\n", 0, start) + 1, start - _LONGEST_LABEL)
        label = _LABEL.fullmatch(text, low, start)
        if label is None:
            continue
        target = match[1]
        if target is None or _links(target) or _may_link(target):
            found.append((low, end))
            labels.add(_normal(label[1]))
    if labels and "][" in text:
        found += [
            (match.start() + 1, match.end())
            for match in _FULL.finditer(text)
            if _normal(match[1]) in labels
        ]
    return found


def braces(text: str) -> list[Span]:
    """Return the attributes behind headings (``{#id .class}``) and shortcodes."""
    found: list[Span] = []
    for match in _ATTRIBUTES.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if match[0].startswith("{:") or _HEADING.match(text, line):
            found.append(match.span())
    if "{{" in text or "{%" in text:
        found += [match.span() for match in _SHORTCODE.finditer(text)]
    return found


def _links(target: str) -> bool:
    """Tell whether only a link points to ``target``."""
    return target.startswith(_COMMONEST) or _LINK.match(target) is not None


def _may_link(target: str) -> bool:
    return not target or _PATH.fullmatch(target) is not None


def _indexed(text: str, opened: int) -> bool:
    """Tell whether a ``[`` follows a name, as in ``values[i](n)``, or is missing."""
    before = text[opened - 1 : opened] if opened > 0 else ""
    return opened < 0 or (before.isascii() and (before.isalnum() or before in ("_", ")", "]")))


def _normal(label: str) -> str:
    return " ".join(label.split()).casefold()
