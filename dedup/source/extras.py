"""What to say of a file whose reader needs an extra that is not installed."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from dedup.messages import message

if TYPE_CHECKING:
    from dedup.model import Skipped
    from dedup.source.reader import Content

#: Reasons of :class:`~dedup.model.Skipped` begin with this where an extra is missing.
NEEDS = "needs-"


def needed(content: Content, extra: str, *modules: str) -> Skipped | None:
    """Return the record of a file that cannot be read without ``extra``; None where it is there.

    It is no error: nobody may have asked for the file by name.
    """
    if all(installed(module) for module in modules):
        return None
    name = f"zh-dedup[{extra}]"
    detail = message("needs {extra}: pip install '{extra}'", extra=name)
    return content.skipped(f"{NEEDS}{extra}", detail)


def installed(module: str) -> bool:
    """Tell whether a module can be imported."""
    try:
        return find_spec(module) is not None
    except ValueError:  # a module that is barred or half loaded has no specification
        return False
