"""Settings: defaults, validation, and the fingerprint of what changes a verdict."""

from __future__ import annotations

import difflib
import hashlib
import json
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Literal, get_args

from dedup.dictionaries import dictionary_hash, user_dictionary_hash
from dedup.errors import SettingsError
from dedup.messages import message

Unit = Literal["word", "char"]
Keep = Literal["longest", "first", "newest", "oldest"]
DateFrom = Literal["text", "mtime"]

#: Version of everything in ``docs/formats.md`` that decides a signature or a verdict.
DEFINITION_VERSION = 1

#: Settings that change neither a signature nor a verdict, only what is done with them.
_OUTSIDE_FINGERPRINT = frozenset({"keep", "keep_under", "date_from", "encoding", "jobs"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user can set about reading, comparing and keeping.

    - ``unit``: tokens are ``word`` (jieba's precise mode, no HMM) or ``char``.
    - ``ngram``: tokens per shingle, 1 to 32.
    - ``threshold``: similarity from which two texts are ``near``, in (0, 1].
    - ``recall``: probability with which a pair at the threshold becomes a candidate, in (0, 1).
    - ``seed``: of the MinHash permutations, 0 to 2**32 - 1.
    - ``keep_metadata``: compare everything, set nothing aside.
    - ``user_dict``: a dictionary in jieba's format, added to jieba's own.
    - ``keep``: which document of a cluster stays; ``keep_under``: first of all those whose path
      lies under this directory; ``date_from``: where dates for newest and oldest come from.
    - ``encoding``: read files as this instead of detecting it.
    - ``jobs``: workers; 0 is one per core for the native kernel, and one for the reference, whose
      workers are processes. Never changes a result.

    Raises :class:`~dedup.errors.SettingsError` for a value out of range.
    """

    unit: Unit = "word"
    ngram: int = 3
    threshold: float = 0.6
    recall: float = 0.99
    seed: int = 1
    keep_metadata: bool = False
    user_dict: str | None = None
    keep: Keep = "longest"
    keep_under: str | None = None
    date_from: DateFrom = "text"
    encoding: str | None = None
    jobs: int = 0

    def __post_init__(self) -> None:
        _one_of("unit", self.unit, get_args(Unit))
        _one_of("keep", self.keep, get_args(Keep))
        _one_of("date_from", self.date_from, get_args(DateFrom))
        _number("threshold", self.threshold, "in (0, 1]", 0 < _real(self.threshold) <= 1)
        _number("recall", self.recall, "in (0, 1)", 0 < _real(self.recall) < 1)
        _whole("ngram", self.ngram, 1, 32)
        _whole("seed", self.seed, 0, 2**32 - 1)
        _whole("jobs", self.jobs, 0, 1024)

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
    def exact_threshold(self) -> Fraction:
        """The threshold as written in decimal, so that verdicts compare integers."""
        return Fraction(repr(float(self.threshold)))

    def fingerprint(self) -> str:
        """Return 32 hexadecimal digits over everything that changes a signature or a verdict.

        Covers the definitions' version, the settings above that matter, and the contents of
        jieba's dictionary and the user's.
        """
        values = {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if f.name not in _OUTSIDE_FINGERPRINT
        }
        values["user_dict"] = user_dictionary_hash(self.user_dict) if self.user_dict else None
        values["threshold"] = str(self.exact_threshold)
        values["definitions"] = DEFINITION_VERSION
        values["dictionary"] = dictionary_hash() if self.unit == "word" else None
        packed = json.dumps(values, sort_keys=True, separators=(",", ":")).encode()
        return hashlib.blake2b(packed, digest_size=16).hexdigest()


SETTING_NAMES: tuple[str, ...] = tuple(f.name for f in fields(Settings))


def unknown_setting(name: str) -> SettingsError:
    """Return the error for a setting that does not exist, with the closest that does."""
    close = difflib.get_close_matches(name.replace("-", "_"), SETTING_NAMES, n=1, cutoff=0.5)
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
