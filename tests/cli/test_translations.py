"""Every text for people has a Chinese translation, and no translation is left over."""

from __future__ import annotations

import ast
import string
from importlib import import_module
from pathlib import Path

import click
import pytest

from dedup.locale import AREAS, catalogue
from dedup.locale.zh_cli import CLICK
from dedup.messages import message, translate

PACKAGE = Path(__file__).resolve().parents[2] / "dedup"
CLICK_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types", "utils")


def sources() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent.name != "locale"]


def message_calls(tree: ast.Module) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "message"
    ]


def help_texts(tree: ast.Module) -> list[str]:
    return [
        keyword.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "help"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, str)
    ]


def templates() -> dict[str, str]:
    """Return every English template with the place it stands."""
    found: dict[str, str] = {}
    for path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        place = str(path.relative_to(PACKAGE.parent))
        for call in message_calls(tree):
            first = call.args[0] if call.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.setdefault(first.value, f"{place}:{call.lineno}")
        if path.parent.name == "cli":
            for text in help_texts(tree):
                found.setdefault(text, place)
    return found


def wordless(template: str) -> bool:
    """Tell whether a template is nothing but values and marks, as ``{path}: {why}``."""
    literal = "".join(part for part, *_ in string.Formatter().parse(template))
    return not any(char.isalpha() for char in literal)


def fields(template: str) -> set[str]:
    return {name for _, name, *_ in string.Formatter().parse(template) if name is not None}


def click_templates() -> set[str]:
    """Return what click says itself, from its source."""
    folder = Path(click.__file__).parent
    return {
        argument.value
        for name in CLICK_MODULES
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"_", "ngettext"}
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_every_template_is_a_literal():
    hidden = [
        f"{path.relative_to(PACKAGE.parent)}:{call.lineno}"
        for path in sources()
        for call in message_calls(ast.parse(path.read_text(encoding="utf-8")))
        if not (call.args and isinstance(call.args[0], ast.Constant))
    ]
    assert hidden == []


def test_nothing_is_untranslated():
    known = catalogue()
    missing = {t: where for t, where in templates().items() if t not in known and not wordless(t)}
    listing = "\n".join(f"{where}  {template!r}" for template, where in missing.items())
    assert not missing, f"{len(missing)} templates have no Chinese:\n{listing}"


def test_no_translation_is_left_over():
    used = set(templates()) | set(CLICK)
    leftover = sorted(key for key in catalogue() if key not in used)
    assert leftover == []


def test_what_is_translated_for_click_is_what_click_says():
    assert sorted(set(CLICK) - click_templates()) == []


def test_areas_agree_where_they_share_a_template():
    texts: dict[str, set[str]] = {}
    for area in AREAS:
        for key, chinese in import_module(f"dedup.locale.zh_{area}").ZH.items():
            texts.setdefault(key, set()).add(chinese)
    assert {key: both for key, both in texts.items() if len(both) > 1} == {}


@pytest.mark.parametrize("template", sorted(catalogue()))
def test_translations_keep_their_values(template):
    translated = catalogue()[template]
    if template in CLICK:
        assert fields(translated) <= fields(template)
        return
    # A count may be left out of a singular, and a plural form may repeat one.
    assert fields(translated) <= fields(template)
    assert fields(template) - fields(translated) <= {"count"}


@pytest.mark.parametrize("template", sorted(catalogue()))
def test_translations_are_written_in_chinese_style(template):
    chinese = catalogue()[template]
    assert any("\u4e00" <= char <= "\u9fff" for char in chinese) or wordless(chinese), chinese
    for wrong in ("...", "(s)", "（ ", " ）", "，，", "。。"):
        assert wrong not in chinese.replace("[参数]...", "").replace("PATH...", "")


def test_an_unknown_template_stays_english():
    assert translate("no such template {x}", "zh") == "no such template {x}"
    assert message("no such template {x}", x=1).render("zh") == "no such template 1"


def test_a_message_in_a_message_is_translated_too():
    inner = message("default")
    assert message("fingerprint {value}", value=inner).render("zh") == "指纹 默认值"
