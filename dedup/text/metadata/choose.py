"""Which of a text's dates is its date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.model import Fact, SetAside

#: A print date is fixed; a site may publish later, and a scraper comes later still.
_PREFERENCE = ("printed", "published", "updated", "scraped")


@dataclass(frozen=True, slots=True)
class DateChoice:
    """The ISO ``date`` chosen and its ``kind``; ``others`` are dates of other days."""

    date: str | None
    kind: str | None
    others: tuple[Fact, ...]


def choose_date(found: Sequence[SetAside]) -> DateChoice:
    """Choose among the dates of all parts: print, then publication, update, and scrape.

    Of several of one kind the first in the text wins. ``others`` holds every date whose day
    is another than the chosen one's, in text order without repeats.
    """
    dates = [fact for part in found for fact in part.facts if fact.name in _PREFERENCE]
    if not dates:
        return DateChoice(None, None, ())
    chosen = min(dates, key=lambda fact: _PREFERENCE.index(fact.name))
    others = dict.fromkeys(fact for fact in dates if fact.value[:10] != chosen.value[:10])
    return DateChoice(chosen.value, chosen.name, tuple(others))
