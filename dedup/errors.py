"""The exceptions of ``dedup``.

::

    DedupError
    ├── InputError            the user's world: something could not be read
    │   ├── PathError         missing, unreadable, not a regular file, vanished, changed
    │   ├── EncodingError     bytes that are text in no accepted encoding
    │   ├── FormatError       a file of our own that is damaged, or of another version
    │   ├── GitError          git is missing, failed, or knows nothing of what was named
    │   └── NoTextsError      nothing to compare where the user pointed
    ├── OutputError           the user's world: a result could not be written
    └── UsageError            misuse: a call or setting that can never work
        └── SettingsError     an unknown setting, or a value out of range

Every error says what, with the value, and carries a hint: the next thing to do.
"""

from __future__ import annotations

from dedup.messages import Lang, Message, message


class DedupError(Exception):
    """Base of all errors; ``message`` and ``hint`` are translatable."""

    def __init__(self, text: Message | str, *, hint: Message | str | None = None) -> None:
        self.message = text if isinstance(text, Message) else Message("{text}", (("text", text),))
        self.hint = message("{text}", text=hint) if isinstance(hint, str) else hint
        super().__init__(str(self.message))

    def render(self, lang: Lang = "en") -> str:
        """Return what happened, without the hint, in ``lang``."""
        return self.message.render(lang)


class InputError(DedupError):
    """Something the user named could not be read."""


class PathError(InputError):
    """A path is missing, unreadable, vanished, or not a regular file."""


class EncodingError(InputError):
    """A file's bytes are not text in any accepted encoding."""


class FormatError(InputError):
    """A file that this tool wrote is damaged, cut short, or of another version."""


class GitError(InputError):
    """git cannot be run, failed, or knows nothing of what was named."""


class NoTextsError(InputError):
    """There is nothing to compare where the user pointed."""


class OutputError(DedupError):
    """A result could not be written."""


class UsageError(DedupError):
    """A call that can never work, whatever the input."""


class SettingsError(UsageError):
    """An unknown setting, or a value out of range."""
