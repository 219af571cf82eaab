"""Texts for people: an English template, its values, and its translation.

English templates are the keys of the catalogues in :mod:`dedup.locale`, so code reads
naturally, machine formats stay English, and a test can list every template that has no
translation. Depends on nothing but the catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence: ``template`` in English with ``str.format`` fields, and their values."""

    template: str
    params: tuple[tuple[str, object], ...] = ()

    def render(self, lang: Lang = "en") -> str:
        """Return the sentence in ``lang``; values that are messages are rendered too."""
        values = {
            name: value.render(lang) if isinstance(value, Message) else value
            for name, value in self.params
        }
        return translate(self.template, lang).format(**values)

    def __str__(self) -> str:
        return self.render()


def message(template: str, /, **params: object) -> Message:
    """Build a :class:`Message`; ``template`` must be a literal, so that it can be found."""
    return Message(template, tuple(params.items()))


def translate(template: str, lang: Lang) -> str:
    """Return ``template`` in ``lang``, or itself where the catalogue has no entry."""
    if lang == "en":
        return template
    from dedup.locale import catalogue

    return catalogue().get(template, template)
