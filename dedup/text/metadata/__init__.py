"""Metadata, titles and page furniture: what surrounds the body of a text.

:func:`find` names the parts and reads the facts they carry; the rules are tables in
``rules``, ``labels``, ``notices`` and ``spans``.
"""

from dedup.text.metadata.choose import DateChoice, choose_date
from dedup.text.metadata.find import find
from dedup.text.metadata.glance import UNKNOWN, Glance
from dedup.text.metadata.kinds import KINDS, kind_label
from dedup.text.metadata.rules import VERSION

__all__ = [
    "KINDS",
    "UNKNOWN",
    "VERSION",
    "DateChoice",
    "Glance",
    "choose_date",
    "find",
    "kind_label",
]
