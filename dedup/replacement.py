"""How two similar texts replace each other's facts, as integers; depends on nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Replacement:
    """How two texts differ, in places and tokens; the same whichever of them comes first.

    - ``size``: tokens of the shorter text; ``long``: those that both share in long runs,
      which facts in the place of others do not end;
    - ``figures``, ``names``, ``phrases``: places where a number or date, a name, or a phrase
      stands for another; ``wordings``: other replacements; ``edits``: insertions and deletions;
    - ``stays``: numbers and names that both share in place;
    - ``identity``: replaced names and dates in the title or at the beginning;
    - ``subject``: how often each text speaks more of what its title names than the other does;
    - ``term``: the same for terms in Latin letters; ``topic``: for the words of titles;
      ``exchanged``: times that one name stands for the same other one, at most;
    - ``titles_differ``: whether each title has a word that the other has not;
    - ``implements``: whether one title is that of rules for applying what the other names.

    Where titles and names alone tell two texts apart, or one is only part of the other, they are
    not aligned, and what an alignment tells is 0.
    """

    size: int
    long: int
    figures: int
    names: int
    phrases: int
    wordings: int
    edits: int
    stays: int
    identity: int
    subject: int
    term: int
    topic: int
    exchanged: int
    titles_differ: bool
    implements: bool

    @property
    def slots(self) -> int:
        """Places that are filled in otherwise."""
        return self.figures + self.names + self.phrases

    @property
    def others(self) -> int:
        """Places that differ otherwise."""
        return self.wordings + self.edits


#: A place that is filled in otherwise, in kept text: what A has, and what B has.
Filled = tuple[str, str]

#: The fields of a :class:`Replacement`, in their order.
FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Replacement))
