"""The recipes of the suite, in the order of its tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import edit, furniture, layout, length, markup, negative, notation
from .material import IS_HAN, classical
from .model import Mixture, Pairs, Recipe, Rewrite
from .pairing import both_rewritten, mixed, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from dedup import Document

_FUNCTION_WORDS = re.compile("[之乎者也矣焉哉曰兮]")
_MODERN = re.compile("[的了们]")


def recipes() -> tuple[Recipe, ...]:
    """Return all recipes; names are unique."""
    parts = (_furniture, _layout, _script, _markup, _notation, _edits, _lengths, _negatives)
    return tuple(recipe for part in parts for recipe in part())


def _form(name: str, promise: str, pairs: Pairs, severity: float | None = None) -> Recipe:
    return Recipe(name, "form", severity, promise, pairs)


def _furniture() -> Iterator[Recipe]:
    yield _form("header", "a header line added", rewritten(furniture.header), 1)
    yield _form("credit", "a credit line added", rewritten(furniture.credit), 1)
    changed = both_rewritten(furniture.header_and_credit)
    yield _form("header-changed", "header and credit lines, different on each side", changed, 4)
    for count in (3, 6, 9):
        pairs = rewritten(furniture.surrounded(count))
        yield _form(f"furniture-{count}", f"{count} lines of a page around it", pairs, count)
    for count in (1, 3):
        pairs = rewritten(furniture.page_lines(count))
        yield _form(f"page-lines-{count}", f"{count} page lines inside it", pairs, count)


def _layout() -> Iterator[Recipe]:
    for name, promise, rewrite in (
        ("width", "marks in the other width", layout.width),
        ("width-letters", "letters and digits in full width", layout.wide_letters),
        ("punctuation-changed", "three marks in ten changed", layout.other_marks),
        ("punctuation-removed", "no marks next to Han", layout.no_marks),
        ("quotes", "「」 for “”", layout.corner_quotes),
        ("space-all-han", "a space between all Han", layout.space_all_han),
        ("space-noise", "spaces and invisible characters in 5 % of the places", layout.space_noise),
        ("space-latin", "space between Han and Latin removed or added", layout.space_latin),
        ("paragraphs-joined", "one paragraph", layout.one_paragraph),
        ("paragraphs-split", "a paragraph for every sentence", layout.many_paragraphs),
    ):
        yield _form(name, promise, rewritten(rewrite))
    for columns in (20, 30, 38, 60):
        promise = f"lines of at most {columns} characters"
        yield _form(f"wrap-{columns}", promise, rewritten(layout.wrap(columns)), columns)
    yield _form(
        "classical-unpunctuated", "classical text without marks", _classical(layout.no_marks)
    )
    yield _form(
        "classical-repunctuated", "classical text, other marks", _classical(layout.other_marks)
    )


def _script() -> Iterator[Recipe]:
    for name, configuration, promise in (
        ("traditional", "s2t", "Traditional characters"),
        ("taiwan", "s2twp", "characters and words of Taiwan"),
        ("hongkong", "s2hkp", "characters and words of Hong Kong"),
    ):
        yield _form(name, promise, rewritten(layout.converted(configuration)))
    promise = "variant spellings (唯一/惟一, 账/帐)"
    yield _form("variant-spellings", promise, rewritten(layout.other_spellings))


def _markup() -> Iterator[Recipe]:
    yield _form("html", "a page's elements, links and entities", rewritten(markup.html_page))
    yield _form("html-residue", "tags left over", rewritten(markup.html_residue))
    yield _form("markdown", "headings, emphasis, links, lists, code", rewritten(markup.markdown))
    for rate in (0.1, 1.0):
        promise = f"readings for {rate:.0%} of the frequent characters"
        yield _form(f"ruby-{rate:.0%}", promise, rewritten(markup.ruby(rate)), rate)
        yield _form(f"pinyin-{rate:.0%}", promise, rewritten(markup.pinyin(rate)), rate)
        yield _form(f"zhuyin-{rate:.0%}", promise, rewritten(markup.bopomofo(rate)), rate)


def _notation() -> Iterator[Recipe]:
    for name, promise, rewrite in (
        ("dates-han", "2023年5月1日 → 二〇二三年五月一日", notation.dates_in_han),
        ("dates-iso", "2023年5月1日 → 2023-05-01", notation.dates_iso),
        ("years-minguo", "2023年 → 民国112年", notation.years_minguo),
        ("percent-han", "5% → 百分之五", notation.percent_in_han),
        ("numbers-wan", "12000 → 1.2万", notation.large_in_wan),
        ("numbers-comma", "12000 → 12,000", notation.thousands),
        ("numbers-han", "30天 → 三十天", notation.counts_in_han),
        ("ordinals-digits", "第十二条 → 第12条", notation.ordinals_in_digits),
    ):
        yield _form(name, promise, rewritten(rewrite))


def _edits() -> Iterator[Recipe]:
    for name, what, rewrite, rates in (
        ("particles", "of 的, 地, 得 swapped", edit.particles, (0.1, 0.5, 1.0)),
        ("misread", "of the characters misread", edit.misread, (0.01, 0.02, 0.05)),
        ("chars", "of the Han replaced", edit.characters, (0.02, 0.05, 0.1, 0.2)),
        ("words", "of the Han words replaced", edit.some_words, (0.02, 0.05, 0.1, 0.2)),
        ("removed", "of the sentences removed", edit.removed, (0.05, 0.1, 0.2, 0.3)),
        ("reordered", "of the sentences moved", edit.reordered, (0.05, 0.1, 0.2, 0.3)),
    ):
        for rate in rates:
            pairs = rewritten(rewrite(rate))
            yield Recipe(f"{name}-{rate:.0%}", "edit", rate, f"{rate:.0%} {what}", pairs)
    for rate in (0.05, 0.1, 0.2, 0.3):
        promise = f"{rate:.0%} more sentences, of another text"
        yield Recipe(f"inserted-{rate:.0%}", "edit", rate, promise, mixed(edit.inserted(rate)))


def _lengths() -> Iterator[Recipe]:
    for rate in (0.9, 0.7, 0.5, 0.2):
        promise = f"the first {rate:.0%} of it"
        yield Recipe(
            f"truncated-{rate:.0%}", "length", rate, promise, rewritten(length.truncated(rate))
        )
    promise = "half of it, from anywhere"
    yield Recipe("excerpt-50%", "length", 0.5, promise, rewritten(length.excerpt(0.5)))
    for rate in (0.2, 1.0):
        mixture: Mixture = length.joined(rate)
        promise = f"another text added, {rate:.0%} of its length"
        yield Recipe(f"joined-{rate:.0%}", "length", rate, promise, mixed(mixture))


def _negatives() -> Iterator[Recipe]:
    for name, promise, pairs in (
        (
            "template-far",
            "one form, 20 % of the words and more differ",
            negative.filled(negative.FAR),
        ),
        ("boilerplate", "different texts before the same boilerplate", negative.boilerplate),
        ("event", "two independent reports of one event", negative.events),
        ("unrelated", "different texts of one kind", negative.unrelated),
        ("short-poem", "quatrains", negative.short("quatrain")),
    ):
        yield Recipe(name, "negative", None, promise, pairs)
    for name, promise, pairs in (
        (
            "template-near",
            "one form, 5 to 10 % of the words differ",
            negative.filled(negative.NEAR),
        ),
        ("statutes", "sources that are statutes of two places on one subject", negative.statutes),
        ("template-statute", "a statute's form filled for two places", negative.made_statutes),
        ("short-weather", "weather of two days or places", negative.short("weather")),
        ("short-notice", "notices, parcels, results", negative.short("notice", "parcel", "score")),
    ):
        yield Recipe(name, "negative-template", None, promise, pairs)


def _classical(rewrite: Rewrite) -> Pairs:
    """Use the sources in classical Chinese, and the bundled ones."""

    def pairs(sources: Sequence[Document], draw: Random) -> Iterator[tuple[str, str]]:
        found = {s.id: s for s in (*classical(), *filter(_is_classical, sources))}
        yield from rewritten(rewrite)(list(found.values()), draw)

    return pairs


def _is_classical(source: Document) -> bool:
    han = len(IS_HAN.findall(source.text))
    return (
        han >= 40
        and len(_FUNCTION_WORDS.findall(source.text)) >= 0.04 * han
        and len(_MODERN.findall(source.text)) < 0.005 * han
    )
