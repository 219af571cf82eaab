"""Settings: defaults, validation, and the fingerprint of what changes a verdict."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from dedup.boilerplate import NONE, Boilerplate, boilerplate_of
from dedup.dictionaries import dictionary_hash, user_dictionary_hash, word_classes_hash
from dedup.errors import SettingsError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

Unit = Literal["word", "char"]
Keep = Literal["longest", "first", "newest", "oldest"]
DateFrom = Literal["text", "mtime"]
Preset = Literal["reprint", "strict", "social", "excerpt"]

#: The values that each preset sets; everything else stays as it is by default.
PRESETS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "reprint": {"threshold": 0.5, "containment": 0.8},
        "strict": {"threshold": 0.8, "containment": 1.0},
        "social": {"threshold": 0.5, "containment": 0.8, "social": True},
        "excerpt": {"threshold": 0.5, "containment": 0.8, "min_passage": 35},
    }
)

#: Tokens per shingle where ``ngram`` is not set: two words have about as many characters as three
#: or four characters have, and two characters alone are often a single word.
DEFAULT_NGRAM: Mapping[str, int] = MappingProxyType({"word": 2, "char": 3})

#: The most tokens that ``min_passage`` may be.
LONGEST_PASSAGE = 10_000
#: Version of everything in ``docs/formats.md`` that decides a signature or a verdict.
DEFINITION_VERSION = 3

#: Settings that change neither a signature nor a verdict, only what is done with them.
_OUTSIDE_FINGERPRINT = frozenset(
    {
        "keep",
        "keep_under",
        "source_order",
        "keep_by",
        "date_from",
        "encoding",
        "jobs",
        "drop_contained",
        "relations",
    }
)
_DIRECTIONS = ("max", "min")

#: Relations that :attr:`Settings.relations` may name, and what it may say of each.
RELATION_NAMES = (
    *("identical", "same-text", "same-body", "template", "version", "near"),
    *("contained", "parts"),
)
RELATION_CONSEQUENCES = ("drop", "keep", "fail", "warn")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user can set about reading, comparing and keeping.

    - ``unit``: tokens are ``word`` (jieba's precise mode, no HMM) or ``char``.
    - ``ngram``: tokens per shingle, 1 to 32; None is 2 words or 3 characters.
    - ``threshold``: similarity from which two texts are ``near``, in (0, 1].
    - ``containment``: share of the smaller text from which four fifths of the threshold are
      enough, in (0, 1].
    - ``recall``: probability with which a pair at the threshold becomes a candidate, in (0, 1).
    - ``seed``: of the MinHash permutations, 0 to 2**32 - 1.
    - ``keep_metadata``: compare everything, set nothing aside.
    - ``social``: set aside what posts of social media have around their words: ``//@user:`` chains,
      ``@names``, addresses, ``#topics#`` and 展开, 全文, 网页链接.
    - ``user_dict``: a dictionary in jieba's format, added to jieba's own.
    - ``regional_words``: words that mean one thing (软体, 软件) are one token; without effect on
      characters.
    - ``keep``: which document of a cluster stays. Before that decide, in this order:
      ``keep_under``: those whose path lies under this directory come first; ``source_order``:
      files, folders, names or globs, documents of an earlier one come first; ``keep_by``: a
      numeric field of the record, ``FIELD`` or ``FIELD:max`` for the largest first, ``FIELD:min``
      for the smallest, those without it last.
    - ``date_from``: where dates for newest and oldest come from.
    - ``encoding``: read files as this instead of detecting it.
    - ``jobs``: workers; 0 is one per core for the native kernel, and one for the reference, whose
      workers are processes. Never changes a result.
    - ``min_passage``: tokens of an unedited stretch that is found with certainty where a shorter
      text is part of a longer one, 10 to 10,000. Half of it needs twice the room.
    - ``boilerplate``: the passages that many documents share and that are not compared: a list,
      or the path of one; ``none`` for none. Where it is None a scan learns a list from what it
      reads, and whatever compares single texts uses none.
    - ``drop_contained``: drop every text that is part of a longer one, not only where it is most
      of it.
    - ``relations``: what relations lead to where that is not the default, each ``NAME=WHAT``:
      ``drop`` or ``keep`` the document that a policy does not prefer, ``fail`` or ``warn`` in a
      gate; see :func:`~dedup.match.consequences.consequences`. The last word on each counts.

    Raises :class:`~dedup.errors.SettingsError` for a value out of range.
    """

    unit: Unit = "word"
    ngram: int | None = None
    threshold: float = 0.5
    containment: float = 0.8
    recall: float = 0.99
    seed: int = 1
    keep_metadata: bool = False
    social: bool = False
    user_dict: str | None = None
    regional_words: bool = True
    keep: Keep = "longest"
    keep_under: str | None = None
    source_order: tuple[str, ...] = ()
    keep_by: str | None = None
    date_from: DateFrom = "text"
    encoding: str | None = None
    jobs: int = 0
    min_passage: int = 70
    boilerplate: str | Boilerplate | None = None
    drop_contained: bool = False
    relations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _one_of("unit", self.unit, get_args(Unit))
        _one_of("keep", self.keep, get_args(Keep))
        _one_of("date_from", self.date_from, get_args(DateFrom))
        _number("threshold", self.threshold, "in (0, 1]", 0 < _real(self.threshold) <= 1)
        _number("containment", self.containment, "in (0, 1]", 0 < _real(self.containment) <= 1)
        _number("recall", self.recall, "in (0, 1)", 0 < _real(self.recall) < 1)
        if self.ngram is not None:
            _whole("ngram", self.ngram, 1, 32)
        _whole("seed", self.seed, 0, 2**32 - 1)
        _whole("jobs", self.jobs, 0, 1024)
        _whole("min_passage", self.min_passage, 10, LONGEST_PASSAGE)
        if isinstance(self.boilerplate, os.PathLike):
            object.__setattr__(self, "boilerplate", os.fspath(self.boilerplate))
        if not isinstance(self.boilerplate, str | Boilerplate | None) or self.boilerplate == "":
            raise _no_boilerplate(self.boilerplate)
        object.__setattr__(self, "source_order", _sources(self.source_order))
        object.__setattr__(self, "relations", _relations(self.relations))
        if self.keep_by is not None:
            _field_and_direction(self.keep_by)

    @classmethod
    def preset(cls, name: str, **values: object) -> Settings:
        """Return the settings that a preset makes, and ``values`` beside or instead of its own.

        - ``reprint``: the defaults; a reprint is found though it was edited, shortened or set in
          a longer text.
        - ``strict``: nearly equal texts only.
        - ``social``: ``reprint``, and what posts of social media have around their words is set
          aside.
        - ``excerpt``: ``reprint``, and unedited quotations of 35 tokens in longer texts are found.
        """
        return cls().with_values(**{**preset_values(name), **values})

    @classmethod
    def from_mapping(cls, values: dict[str, object]) -> Settings:
        """Build settings from names and values; an unknown name is an error with a suggestion."""
        return cls().with_values(**values)

    def with_values(self, **values: object) -> Settings:
        """Return a copy with some values changed, checked like the rest."""
        for name in values:
            if name not in SETTING_NAMES:
                raise unknown_setting(name)
        return replace(self, **values)  # type: ignore[arg-type]

    @property
    def shingle_size(self) -> int:
        """Tokens per shingle: ``ngram``, or what suits the unit."""
        return DEFAULT_NGRAM[self.unit] if self.ngram is None else self.ngram

    @property
    def keep_field(self) -> str | None:
        """The field of a record that ``keep_by`` names, without the direction."""
        return None if self.keep_by is None else _field_and_direction(self.keep_by)[0]

    @property
    def keep_smallest(self) -> bool:
        """Whether ``keep_by`` has the smallest value first."""
        return self.keep_by is not None and _field_and_direction(self.keep_by)[1] == "min"

    @property
    def exact_threshold(self) -> Fraction:
        """The threshold as written in decimal, so that verdicts compare integers."""
        return _as_written(self.threshold)

    @property
    def exact_containment(self) -> Fraction:
        """The containment as written in decimal."""
        return _as_written(self.containment)

    def boilerplate_record(self) -> dict[str, object] | None:
        """Return the passages that are listed as plain JSON; None where there are none."""
        return boilerplate_of(self.boilerplate).record()

    def fingerprint(self) -> str:
        """Return 32 hexadecimal digits over everything that changes a signature or a verdict.

        Covers the definitions' version, the settings above that matter, and the contents of
        jieba's dictionary and the user's.
        """
        return self.fingerprint_with(
            dictionary=dictionary_hash() if self.unit == "word" else None,
            user_dict=user_dictionary_hash(self.user_dict) if self.user_dict else None,
        )

    def fingerprint_with(
        self,
        *,
        dictionary: str | None,
        user_dict: str | None,
        definitions: int = DEFINITION_VERSION,
    ) -> str:
        """Return the fingerprint with dictionaries known by their hash alone."""
        values = {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if f.name not in _OUTSIDE_FINGERPRINT
        }
        values["ngram"] = self.shingle_size
        values["user_dict"] = user_dict
        wanted = self.unit == "word" and self.regional_words
        values["regional_words"] = word_classes_hash() if wanted else None
        values["threshold"] = str(self.exact_threshold)
        values["containment"] = str(self.exact_containment)
        del values["boilerplate"]
        shared = boilerplate_of(self.boilerplate).hash
        if shared is not None:  # an empty list changes nothing
            values["boilerplate"] = shared
        values["definitions"] = definitions
        values["dictionary"] = dictionary
        packed = json.dumps(values, sort_keys=True, separators=(",", ":")).encode()
        return hashlib.blake2b(packed, digest_size=16).hexdigest()


@cache
def _as_written(number: float) -> Fraction:
    return Fraction(repr(float(number)))


SETTING_NAMES: tuple[str, ...] = tuple(f.name for f in fields(Settings))


def preset_values(name: object) -> dict[str, object]:
    """Return the values of a preset; raises :class:`~dedup.errors.SettingsError` for no preset."""
    _one_of("preset", name, tuple(PRESETS))
    return dict(PRESETS[str(name)])


def unknown_setting(name: str) -> SettingsError:
    """Return the error for a setting that does not exist, with the closest that does."""
    known = (*SETTING_NAMES, "preset")
    import difflib

    close = difflib.get_close_matches(name.replace("-", "_"), known, n=1, cutoff=0.5)
    hint = (
        message("did you mean {name}?", name=close[0])
        if close
        else message("the settings are: {names}", names=", ".join(SETTING_NAMES))
    )
    return SettingsError(message("unknown setting: {name}", name=name), hint=hint)


def _one_of(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise SettingsError(
            message("{name} is {value}, which is none of its values", name=name, value=repr(value)),
            hint=message("use one of: {choices}", choices=", ".join(choices)),
        )


def _no_boilerplate(value: object) -> SettingsError:
    return SettingsError(
        message(
            "{name} is {value}, which is of the wrong type", name="boilerplate", value=repr(value)
        ),
        hint=message("give the path of a list, or {none}", none=NONE),
    )


def _sources(value: object) -> tuple[str, ...]:
    given = tuple(value) if isinstance(value, list | tuple) else ()
    sources = tuple(each for each in given if isinstance(each, str) and each.strip())
    if len(sources) == len(given) and isinstance(value, list | tuple):
        return sources
    raise SettingsError(
        message(
            "{name} is {value}, which is of the wrong type", name="source_order", value=repr(value)
        ),
        hint=message('write a list of names: ["gold", "web/*.jsonl"]'),
    )


def _relations(value: object) -> tuple[str, ...]:
    """Return what is said of relations in the order of these, the last word on each."""
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise SettingsError(
            message(
                "{name} is {value}, which is of the wrong type", name="relations", value=repr(value)
            ),
            hint=message("write {example}", example='["version=drop", "template=fail"]'),
        )
    said: dict[tuple[str, bool], str] = {}
    for each in value:
        name, _, what = (part.strip() for part in each.partition("="))
        _one_of("relations", name, RELATION_NAMES)
        _one_of(name, what, RELATION_CONSEQUENCES)
        said[name, what in RELATION_CONSEQUENCES[:2]] = f"{name}={what}"
    for more, less in pairwise(RELATION_NAMES[:3]):
        if said.get((more, True)) == f"{more}=keep" and said.get((less, True)) != f"{less}=keep":
            raise SettingsError(
                message("relations keeps {more}, but not {less}", more=more, less=less),
                hint=message("write {example}", example=f"{more}=keep,{less}=keep"),
            )
    return tuple(
        said[name, drop]
        for name in RELATION_NAMES
        for drop in (True, False)
        if (name, drop) in said
    )


def _field_and_direction(keep_by: object) -> tuple[str, str]:
    if isinstance(keep_by, str):
        field, colon, direction = keep_by.rpartition(":")
        if not colon:
            field, direction = keep_by, _DIRECTIONS[0]
        if field.strip() and direction in _DIRECTIONS:
            return field, direction
    raise SettingsError(
        message(
            "keep_by is {value}, but must be FIELD, FIELD:max or FIELD:min", value=repr(keep_by)
        ),
        hint=message("quality:max keeps the document whose field quality is the largest"),
    )


def _real(value: object) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")


def _number(name: str, value: object, bounds: str, ok: bool) -> None:
    if isinstance(value, bool) or not ok:
        raise SettingsError(
            message(
                "{name} is {value}, but must be {bounds}", name=name, value=value, bounds=bounds
            )
        )


def _whole(name: str, value: object, low: int, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise SettingsError(
            message(
                "{name} is {value}, but must be a whole number from {low} to {high}",
                name=name,
                value=value,
                low=low,
                high=high,
            )
        )
