"""What a rule makes of a line: its kind, its facts, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from dedup.model import Fact, Role
from dedup.text.lazy import lazy_pattern
from dedup.text.metadata.normal import normalise

_LINK = lazy_pattern(r"\[([^\[\]]{0,80})\](?:\([^()]{0,200}\)|\[[^\[\]]{0,20}\])")
#: Marks that pages put around a line for decoration.
DECORATION = "□■◇◆○●△▲▽▼▶►▍▌☆★※*#>~_=|-— \t\u3000·•↓↑→✎✍"


@dataclass(frozen=True, slots=True)
class Reading:
    """A line or span recognised.

    ``weak``: it says so only next to a title or another part (a bare date). ``strong``: it is
    believed even when a few short lines that nothing explains follow it.
    """

    kind: str
    role: Role = Role.METADATA
    facts: tuple[Fact, ...] = ()
    weak: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bare:
    """A line without decoration: ``text`` as written, ``norm`` normalised, equally long.

    ``full`` is the normalised line with its decoration, for rules that need it (-完-).
    """

    text: str
    norm: str
    full: str

    @classmethod
    def of(cls, text: str) -> Bare:
        """Normalise a line and take decoration off both ends."""
        norm = normalise(text)
        if "](" in norm or "][" in norm:
            text, norm = _unlinked(text, norm)
        start = len(norm) - len(norm.lstrip(DECORATION))
        end = len(norm.rstrip(DECORATION))
        return cls(text[start:end], norm[start:end], norm)

    def inside(self) -> Bare:
        """Return what stands inside one pair of brackets around the whole; else itself."""
        norm = self.norm
        if len(norm) > 2 and norm[0] + norm[-1] in ("()", "[]") and _closes_last(norm):
            return Bare(self.text[1:-1], norm[1:-1], norm)
        return self

    def decorated(self) -> Bare:
        """Return the line with its decoration, where there is any; it has no facts."""
        return self if self.full == self.norm else Bare(self.full, self.full, self.full)


def _unlinked(text: str, norm: str) -> tuple[str, str]:
    """Leave of every Markdown link what is read of it: [geekpi](https://…) is geekpi."""
    spoken, plain, at = [], [], 0
    for link in _LINK.finditer(norm):
        for piece in (slice(at, link.start()), slice(*link.span(1))):
            spoken.append(text[piece])
            plain.append(norm[piece])
        at = link.end()
    return "".join((*spoken, text[at:])), "".join((*plain, norm[at:]))


def _closes_last(norm: str) -> bool:
    depth = 0
    for index, character in enumerate(norm):
        depth += (character in "([") - (character in ")]")
        if depth == 0:
            return index == len(norm) - 1
    return False
