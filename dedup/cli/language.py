"""Which language people are spoken to in, and click's own texts in that language."""

from __future__ import annotations

import gettext
import locale
import os
import sys
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.errors import SettingsError, UsageError
from dedup.messages import LANGS, Lang, Message, message, translate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_current: ContextVar[Lang] = ContextVar("dedup_lang", default="en")

#: click's modules that speak; each has bound ``gettext`` to a name of its own.
_CLICK_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types", "utils")


def current() -> Lang:
    """Return the language in use."""
    return _current.get()


def use(lang: Lang) -> None:
    """Speak ``lang`` from now on."""
    _current.set(lang)


def say(text: Message) -> str:
    """Return ``text`` in the language in use."""
    return text.render(current())


def chosen(arguments: Sequence[str], environ: Mapping[str, str] | None = None) -> Lang:
    """Return the language asked for.

    That is ``--lang`` anywhere, else ``DEDUP_LANG``, else the configuration, else the locale.

    Looks at the raw arguments because help and errors are worded before they are parsed; a
    wrong ``--lang`` is left to the parser. Raises :class:`~dedup.errors.UsageError` for a
    ``DEDUP_LANG`` that is no language.
    """
    environ = os.environ if environ is None else environ
    flagged = _flag(arguments)
    if flagged is not None:
        return flagged
    wanted = environ.get("DEDUP_LANG")
    if wanted:
        found = _lang_of(wanted)
        if found is None:
            raise UsageError(
                message("DEDUP_LANG is {value}, which is no language of dedup", value=wanted),
                hint=message("use one of: {choices}", choices=", ".join(LANGS)),
            )
        return found
    return _configured(environ) or _lang_of(_locale_name(environ)) or "en"


def _configured(environ: Mapping[str, str]) -> Lang | None:
    """Return what the nearest configuration file says; what is wrong in it is said later."""
    from dedup.app.config_file import nearest

    try:
        file = nearest(str(Path.cwd()), environ.get("HOME"))
    except (SettingsError, OSError):
        return None
    return _lang_of(str(file.table.get("lang", ""))) if file is not None else None


def _flag(arguments: Sequence[str]) -> Lang | None:
    found: Lang | None = None
    for i, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name != "--lang":
            continue
        if not equals:
            value = arguments[i + 1] if i + 1 < len(arguments) else ""
        for lang in LANGS:
            if value == lang:
                found = lang
    return found


def _lang_of(name: str) -> Lang | None:
    """Return ``zh`` for ``zh_CN.UTF-8``, ``zh-Hant`` or Windows' ``Chinese (Simplified)_China``."""
    lowered = name.lower()
    if lowered.startswith(("zh", "chinese")):
        return "zh"
    return "en" if lowered.startswith(("en", "english")) else None


def _locale_name(environ: Mapping[str, str]) -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return environ[name]
    if sys.platform in {"win32", "darwin"}:  # neither sets the variables for a window program
        return locale.getlocale()[0] or ""
    return ""


def _translated(text: str) -> str:
    return translate(text, current()) if current() != "en" else gettext.gettext(text)


def _translated_count(one: str, many: str, number: int) -> str:
    if current() == "en":
        return gettext.ngettext(one, many, number)
    return translate(one if number == 1 else many, current())


def translate_click() -> None:
    """Make click take its own texts from our catalogue.

    click offers no hook but the process-wide gettext domain, which would need compiled
    catalogue files and changes to the environment; so the two names it has bound are replaced.
    """
    for name in _CLICK_MODULES:
        module = import_module(f"click.{name}")
        for bound, ours in (("_", _translated), ("ngettext", _translated_count)):
            if hasattr(module, bound):
                setattr(module, bound, ours)
