"""The choice of the kernel, with and without the native one."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib.util import find_spec

import pytest

from dedup.errors import SettingsError
from dedup.settings import Settings
from dedup.sketch import kernel
from dedup.sketch.reference import ReferenceSketcher

BUILT = find_spec("dedup.sketch._kernel") is not None


def without_native(monkeypatch):
    """Make the import of the extension fail, as where it was not built."""
    monkeypatch.setitem(sys.modules, "dedup.sketch._kernel", None)
    monkeypatch.delattr(importlib.import_module("dedup.sketch"), "_kernel", raising=False)


def test_the_native_kernel_is_used_where_it_is_built():
    assert kernel.native_in_use() == BUILT
    assert kernel.kernel_name().startswith("native (" if BUILT else "reference")
    chosen = type(kernel.sketcher(Settings(unit="char"), 4)).__name__
    assert chosen == ("NativeSketcher" if BUILT else "ReferenceSketcher")


def test_the_reference_can_be_asked_for(monkeypatch):
    monkeypatch.setenv("DEDUP_KERNEL", "reference")
    assert kernel.kernel_name() == "reference"
    assert isinstance(kernel.sketcher(Settings(unit="char"), 4), ReferenceSketcher)


def test_the_reference_serves_where_nothing_is_built(monkeypatch):
    without_native(monkeypatch)
    assert kernel.kernel_name() == "reference"
    assert isinstance(kernel.sketcher(Settings(unit="char"), 4), ReferenceSketcher)


def test_the_native_kernel_is_not_replaced_where_it_is_asked_for(monkeypatch):
    without_native(monkeypatch)
    monkeypatch.setenv("DEDUP_KERNEL", "native")
    with pytest.raises(SettingsError, match="not built") as caught:
        kernel.kernel_name()
    assert "compiler" in str(caught.value.hint)


def test_a_kernel_of_another_fold_table_is_refused(monkeypatch):
    monkeypatch.setattr(kernel, "_fold_table_of_native", lambda: "0" * 32)
    with pytest.raises(SettingsError, match="another fold table"):
        kernel.kernel_name()


def test_an_unknown_kernel_is_an_error(monkeypatch):
    monkeypatch.setenv("DEDUP_KERNEL", "fast")
    with pytest.raises(SettingsError, match="DEDUP_KERNEL is fast"):
        kernel.sketcher(Settings(), 4)


def test_its_name_costs_no_heavy_import():
    code = (
        "import sys\nfrom dedup.sketch.kernel import kernel_name\nkernel_name()\n"
        "print([name for name in ('numpy', 'jieba', 'datasketch') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
