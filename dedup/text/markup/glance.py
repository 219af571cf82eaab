"""What a glance at a text tells of its markup: which finders may find anything.

The native glance (``native/markup.c``) takes a look at every byte once; the finders are the
definition, and it must never deny what one of them would find. A test compares the two.
"""

from __future__ import annotations

from typing import Final

#: ``<`` or ``</`` before a letter, ``<!`` and ``<?``; ``&name;`` and ``&#8212;``.
TAGS: Final = 1
REFERENCES: Final = 2
#: ``](`` and ``]:``
TARGETS: Final = 4
DEFINITIONS: Final = 8
#: ``{#id``, ``{:.class``, ``{{<``, ``{{%`` and ``{%``
BRACES: Final = 16
#: A bracket, not behind an ASCII letter or digit, whose first letters may be pinyin or zhuyin.
READINGS: Final = 32
#: A backtick; three of them, or of ``~``.
TICKS: Final = 64
FENCES: Final = 128
#: What every manual page begins with: a request, a comment, or one without its control character.
BEGINNINGS: Final = (".", "'", "\\")
#: Where nothing is known.
UNKNOWN: Final = 255
