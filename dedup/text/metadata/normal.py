"""One character for another: the light normalisation under which rules are written.

Full-width forms become half-width, every bracket of a header a round or square one, every
dash ``-``, every space a plain one, and the Traditional characters that occur in the rules
Simplified. Length never changes, so an offset in the normalised text is one in the original.
"""

from __future__ import annotations

from dedup.text.metadata.variants import SIMPLIFIED, TRADITIONAL


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for group, plain in (
        (
            "\t\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000",
            " ",
        ),
        ("【〔〖﹝﹙", "("),
        ("】〕〗﹞﹚", ")"),
        ("：﹕∶︰꞉", ":"),
        ("｜丨│┃¦∣︱", "|"),
        ("–—―－─━‐‑‒−﹣", "-"),
        ("‧∙・•･", "·"),
        ("○Ｏ◯", "〇"),
        ("∕⁄", "/"),
        ("“”„‟＂", '"'),
        ("‘’‛", "'"),
        ("﹐", ","),
    ):
        table |= {ord(character): plain for character in group}
    pairs = zip(TRADITIONAL, SIMPLIFIED, strict=True)
    return table | {ord(old): new for old, new in pairs}


#: Code points that change, and what they become; none beyond the Basic Multilingual Plane.
TABLE = _table()


def normalise(text: str) -> str:
    """Return ``text`` in the form rules are written in; as long as ``text``."""
    return text.translate(TABLE)
