"""The forms of documents: their words as the comparison of templates and versions takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.engine.names import is_name
from dedup.match.slots import Form, numbered_form
from dedup.match.vocabulary import vocabulary
from dedup.model import Role
from dedup.settings import Settings
from dedup.sketch.kernel import kept_text, word_numberer
from dedup.text import markup, social
from dedup.text.markup import blanked, union

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dedup.model import SetAside
    from dedup.text.markup import Span

#: The kept texts of a document's title ("": none) and of its body.
Parts = tuple[str, str]


class Forms:
    """Makes the forms of documents, with fixed settings; words, whatever the unit is.

    Titles that were found stand before the text; metadata, furniture and markup are left out.
    """

    def __init__(self, settings: Settings) -> None:
        self._all = settings.keep_metadata
        self._social = settings.social and not settings.keep_metadata
        self._numberer = word_numberer(Settings(user_dict=settings.user_dict))
        self._stands_for = _representative() if settings.regional_words else None

    def __call__(self, text: str, found: Sequence[SetAside]) -> Form:
        """Return the form of a text, of which ``found`` are the parts recognised."""
        return self.form(self.parts(text, found, markup.spans(text)))

    def form(self, parts: Parts) -> Form:
        """Return the form of a text from its parts."""
        return numbered_form(*parts, self._numberer, vocabulary(is_name, self._stands_for))

    def parts(self, text: str, found: Sequence[SetAside], marked: Sequence[Span]) -> Parts:
        """Return what the form of a text is made from; ``marked`` is its markup."""
        title = "\n".join(part.text for part in found if part.role is Role.TITLE)
        apart = [part for part in found if part.role is Role.TITLE or not self._all]
        holes = union([(part.start, part.end) for part in apart], marked)
        if self._social:
            holes = union(holes, social.spans(text))
        return kept_text(title), kept_text(blanked(text, holes, "\n"))


def _representative() -> Callable[[str], str]:
    from dedup.text.regional import representative

    return representative
