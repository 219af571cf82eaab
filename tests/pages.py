"""Pages read as a browser reads them, for tests of what they say."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"
_VOID = {"meta", "input", "br"}


def parsed(page: str) -> ET.Element:
    """Return the page as a tree; raises where a strict parser finds a mistake."""
    parser = html5lib.HTMLParser(
        html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False
    )
    return parser.parse(page)


def text_of(element: ET.Element, lang: str | None = None) -> str:
    """Return what an element says, in one language of the page if asked to."""
    return "".join(_texts(element, lang))


def _texts(element: ET.Element, lang: str | None):
    other = {"en": "zh", "zh": "en"}.get(lang or "")
    classes = (element.get("class") or "").split()
    if element.tag in {"script", "style", "template"} or (other and other in classes):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child, lang)
        yield child.tail or ""


def with_class(root: ET.Element, name: str) -> list[ET.Element]:
    """Return the elements that have a class, in the order of the page."""
    return [each for each in root.iter() if name in (each.get("class") or "").split()]


def outline(root: ET.Element, depth: int = 0) -> list[str]:
    """Return the elements that give a page its structure, one a line, with their headings."""
    lines = []
    for element in root:
        tag, below = element.tag, depth
        if tag in {"header", "main", "section", "article", "table", "dialog", "form", "dl", "h1",
                   "h2", "h3", "summary", "caption", "svg", "ul", "ol", "template"}:  # fmt: skip
            names = "".join(f".{name}" for name in (element.get("class") or "").split())
            said = " ".join(text_of(element, "en").split())
            words = f" {said}" if tag in {"h1", "h2", "h3", "summary", "caption"} else ""
            ident = f"#{element.get('id')}" if element.get("id") else ""
            lines.append("  " * depth + tag + ident + names + words)
            below = depth + 1
        lines += outline(element, below)
    return lines
