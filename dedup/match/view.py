"""A view of a text for patterns: the same offsets, with digits half-width and Han simplified."""

from __future__ import annotations

import unicodedata

from dedup.text.fold import fold


class _View(dict[int, str]):
    """Map a code point to the one kept character it folds to; other marks to half width.

    Roman numerals that are one sign stay: Ⅴ is a number, v a letter.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = fold(char)
        if unicodedata.category(char) == "Nl" and not kept.isnumeric():
            kept = char
        elif len(kept) != 1 or not kept.isalnum():
            kept = unicodedata.normalize("NFKC", char)
        if len(kept) != 1:
            kept = char
        self[code] = kept
        return kept


_VIEW = _View()


def view(text: str) -> str:
    """Return ``text`` with each character in its folded form, where that is one character."""
    return text.translate(_VIEW)
