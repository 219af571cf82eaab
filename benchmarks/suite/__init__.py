"""Generated cases: pairs of texts made from real ones, with what a human editor would say of them.

What stands for "expected" is the ideal answer, not what a tool at its default settings gives:

| group | expected | what the two texts are |
|---|---|---|
| form | duplicates | every word is the same: furniture, width, punctuation, space, lines, \
script and regional words, variant spellings, quotation marks, markup, readings, notation |
| edit | duplicates | a share of the characters, words, particles or sentences differs |
| length | duplicates | one is most of, part of, or joined to the other; a matter of \
containment, to be reported apart |
| negative | not | far filled templates, shared boilerplate, one event, unrelated texts |
| negative-template | not | templates that differ in few words, statutes of different places, \
short texts; only a rule that recognises templates tells them apart, to be reported apart |

"Not" means: not reported in any relation that drops a document. ``python -m benchmarks.suite
--list`` prints every case with its promise and an example.
"""

from __future__ import annotations

from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from .catalogue import recipes
from .material import bundled
from .model import Case, Group, Recipe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup import Document

__all__ = ["Case", "Group", "Recipe", "bundled", "generate", "recipes"]


def generate(sources: Sequence[Document], *, seed: int, per_case: int) -> list[Case]:
    """Make up to ``per_case`` cases of every name from the sources.

    Equal for equal sources (in any order), seed and number; the cases of one name do not depend
    on which others there are. There are fewer where fewer sources give occasion for a rewrite (a
    date to write otherwise, say). Sources are real texts whose ids are unique and begin with the
    kind of text, up to the first ``/``; no two of one kind should be the same text, as unrelated
    pairs are drawn from them (two that share half of their 8-character shingles are passed over).
    """
    return [
        Case(recipe.name, recipe.group, recipe.severity, a, b, recipe.expected)
        for recipe in recipes()
        for a, b in islice(recipe.pairs(sources, Random(f"{seed}/{recipe.name}")), per_case)
    ]
