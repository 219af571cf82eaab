"""Two documents side by side: what differs by weight, and their passages in rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.messages import LANGS, Message, message
from dedup.model import ChangeKind, PassageKind, Role, Weight
from dedup.report.comparison import HEADINGS, header_numbers, lines_of
from dedup.report.contained import place
from dedup.report.differences import by_kind, form_name, kind_count, summary_sentence
from dedup.report.html.escape import both, edited, prose, said
from dedup.report.names import count, short_names
from dedup.report.parts import fact_values, kind_name, part_name, part_values
from dedup.report.passages import equal_run, pieces_of, stretches_of
from dedup.report.relations import relation_name
from dedup.report.view import View
from dedup.report.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markupsafe import Markup

    from dedup.messages import Lang
    from dedup.model import Change, Comparison, Passage, SetAside, TextSpan

#: Changes listed of a kind, and characters shown of a text that both have, or one alone.
LISTED = 100
LONGEST = 6_000
#: Characters up to which an unchanged stretch stands open.
SHORT = 400

_PARTS = frozenset(kind for kind in ChangeKind if kind.value in {role.value for role in Role})
_FORM = frozenset({ChangeKind.PUNCTUATION, ChangeKind.SPACE, ChangeKind.SCRIPT, ChangeKind.MARKUP})


@dataclass(frozen=True, slots=True)
class Item:
    """One difference: what it is called, the wording on each side, and where that stands."""

    label: Markup | None
    a: Markup
    b: Markup
    times: int
    where: Markup | None


@dataclass(frozen=True, slots=True)
class Kind:
    """Differences of one kind, and how many more there are."""

    heading: Markup | None
    items: list[Item]
    more: Markup | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one document has in a row; ``label`` names a part that is set aside."""

    line: int
    text: Markup
    label: Markup | None = None
    more: Markup | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: ``kind`` of the passage, or ``aside``; ``summary`` where it can be folded away.

    ``pairs`` are what stands side by side: one, or the paragraphs of a stretch that both have.
    """

    kind: str
    pairs: list[tuple[Cell | None, Cell | None]]
    summary: Markup | None = None
    open: bool = True
    more: Markup | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """Everything that a page shows of a comparison."""

    relation: str
    relation_name: Markup
    sentence: Markup
    numbers: list[Markup]
    weights: list[tuple[str, Markup, list[Kind]]]
    rows: list[Row]


def side_of(comparison: Comparison) -> Side:
    """Return two documents as a page shows them."""
    names = short_names(comparison.a, comparison.b)
    stands = place(comparison)
    numbers = [said(line) for line in header_numbers(comparison)]
    return Side(
        relation=comparison.relation.value if comparison.relation else "none",
        relation_name=said(relation_name(comparison.relation)),
        sentence=both({lang: summary_sentence(comparison, names, View(lang)) for lang in LANGS}),
        numbers=numbers if stands is None else [said(stands), *numbers],
        weights=[
            (weight.value, said(HEADINGS[weight]), [_kind(*each) for each in by_kind(changes)])
            for weight in Weight
            if (changes := [c for c in comparison.changes if c.weight is weight])
        ],
        rows=list(_rows(comparison)),
    )


def _kind(kind: ChangeKind, changes: Sequence[Change]) -> Kind:
    shown = [c for c in changes if c.a or c.b][:LISTED]
    rest = len(changes) - len(shown)
    heading = None
    if kind not in _PARTS | _FORM:
        heading = said(kind_count(kind, sum(change.count for change in changes)))
    more = None
    if rest and shown:
        more = said(message("… {count} more; --output-format json lists all", count=count(rest)))
    return Kind(heading, [_item(change) for change in shown], more)


def _item(change: Change) -> Item:
    label = None
    if change.kind in _PARTS:
        label = labelled(part_name(change), {x: part_values(change, View(x)) for x in LANGS})
    elif change.kind in _FORM:
        label = said(form_name(change))
    where = lines_of(change)
    moved = change.kind is ChangeKind.MOVED
    a, b = (_short(text) for text in (change.a, "" if moved else change.b))
    if change.kind in _FORM:  # white space is what differs
        a, b = (text.replace("\n", "⏎").replace("\t", "⇥") for text in (a, b))
    return Item(
        label,
        prose(a),
        prose(b),
        change.count,
        None if where is None else said(where),
    )


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT] + "…"


def labelled(name: Message, values: dict[Lang, list[str]]) -> Markup:
    """Return what a part is called, with the values that it carries."""
    texts = {}
    for lang in LANGS:
        view = View(lang)
        texts[lang] = view.say(name)
        if values[lang]:
            examples = listed(values[lang], view)
            texts[lang] = view.say(
                message("{what} ({examples})", what=texts[lang], examples=examples)
            )
    return both(texts)


def _rows(comparison: Comparison) -> Iterator[Row]:
    """Yield the passages with the parts that were set aside where they stand."""
    asides = [list(info.found if info.set_aside else ()) for info in (comparison.a, comparison.b)]
    runs = stretches_of(comparison.passages)
    for run in runs:
        first = run[0]
        before = [
            _before(waiting, span) for waiting, span in zip(asides, (first.a, first.b), strict=True)
        ]
        yield from _aside_rows(*before)
        if first.kind is PassageKind.EQUAL:
            yield _equal_row(run, alone=len(runs) == 1)
        else:
            yield from map(_changed_row, run)
    yield from _aside_rows(*asides)


def _before(waiting: list[SetAside], span: TextSpan | None) -> list[SetAside]:
    """Take the parts that stand before ``span`` from those that wait for their row."""
    if span is None:
        return []
    taken = [part for part in waiting if part.start < span.start]
    del waiting[: len(taken)]
    return taken


def _aside_rows(a: Iterable[SetAside], b: Iterable[SetAside]) -> Iterator[Row]:
    """Yield parts as rows; those of one kind, one on each side, share theirs."""
    others = list(b)
    for part in a:
        same = next((each for each in others if each.kind == part.kind), None)
        if same is not None:
            others.remove(same)
        yield Row("aside", [(_aside(part), _aside(same) if same is not None else None)])
    for part in others:
        yield Row("aside", [(None, _aside(part))])


def _aside(part: SetAside) -> Cell:
    values = {lang: fact_values(part.facts, View(lang)) for lang in LANGS}
    return Cell(
        part.line, prose(_short(part.text)), labelled(kind_name(part.kind, part.role), values)
    )


def _equal_row(run: Sequence[Passage], *, alone: bool) -> Row:
    """Return a stretch that both have, paragraph beside paragraph where they have as many."""
    a = [passage.a for passage in run if passage.a is not None]
    b = [passage.b for passage in run if passage.b is not None]
    length = sum(len(span.text) for span in a)
    return Row(
        "equal",
        _beside(_paragraphs(a), _paragraphs(b)),
        said(equal_run(run)),
        open=alone or length <= SHORT,
        more=_more(length),
    )


def _paragraphs(spans: Sequence[TextSpan]) -> list[tuple[int, str]]:
    """Return the lines that hold anything, with their numbers, up to the longest shown."""
    found = []
    room = LONGEST
    for span in spans:
        for number, line in enumerate(span.text[:room].splitlines(), span.line):
            if line.strip():
                found.append((number, line))
        room -= len(span.text)
        if room <= 0:
            break
    return found


def _beside(
    a: list[tuple[int, str]], b: list[tuple[int, str]]
) -> list[tuple[Cell | None, Cell | None]]:
    """Return the paragraphs of both sides as cells: one by one, or all in one."""
    if len(a) != len(b):
        return [(_joined(a), _joined(b))]
    return [
        (Cell(a_line, prose(a_text)), Cell(b_line, prose(b_text)))
        for (a_line, a_text), (b_line, b_text) in zip(a, b, strict=True)
    ]


def _joined(paragraphs: list[tuple[int, str]]) -> Cell | None:
    if not paragraphs:
        return None
    return Cell(paragraphs[0][0], prose("\n".join(text for _, text in paragraphs)))


def _more(length: int) -> Markup | None:
    rest = length - LONGEST
    return said(message("… ({count} more characters)", count=count(rest))) if rest > 0 else None


def _changed_row(passage: Passage) -> Row:
    a, b = passage.a, passage.b
    first = [(edit.a_start, edit.a_end) for edit in passage.edits]
    second = [(edit.b_start, edit.b_end) for edit in passage.edits]
    alone = passage.kind in (PassageKind.ONLY_A, PassageKind.ONLY_B)
    summary = None
    if passage.kind is PassageKind.MOVED and a is not None and b is not None:
        summary = said(message("moved from line {a} to line {b}:", a=a.line, b=b.line))
    return Row(
        passage.kind.value,
        [
            (
                None if a is None else _cell(a, first, "del", alone=alone),
                None if b is None else _cell(b, second, "ins", alone=alone),
            )
        ],
        summary,
    )


def _cell(span: TextSpan, edits: Sequence[tuple[int, int]], mark: str, *, alone: bool) -> Cell:
    text = span.text.rstrip()[:LONGEST]
    if alone:
        edits = [(0, len(text))]
    return Cell(span.line, edited(pieces_of(text, edits), mark), more=_more(len(span.text)))
