"""The kernel under AddressSanitizer and UndefinedBehaviorSanitizer: fuzzed, and its own tests.

Slow. A GCC or Clang with both sanitizers is needed; where there is none, these are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KERNEL = sorted((ROOT / "native").glob("*.c"))
CORPUS = sorted((ROOT / "tests/native/corpus").iterdir())
SANITIZE = ["-g", "-O1", "-std=c99", "-ffp-contract=off", "-fno-omit-frame-pointer",
            "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]  # fmt: skip
WRAP = ["-DWRAP_ALLOCATIONS", "-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc"]
MUTATIONS = 30_000

# What a module is loaded as, before pytest looks for the one that is installed.
RUN_TESTS = """
import importlib.util, sys
import dedup.sketch
spec = importlib.util.spec_from_file_location("dedup.sketch._kernel", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
sys.modules[spec.name] = dedup.sketch._kernel = module
import pytest
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", *sys.argv[2:]]))
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="linked as on Linux"),
]


@pytest.fixture(scope="module")
def compiler(tmp_path_factory) -> str:
    found = shutil.which("gcc") or shutil.which("clang")
    if found is None:
        pytest.skip("no compiler")
    source = tmp_path_factory.mktemp("probe") / "probe.c"
    source.write_text("int main(void) { return 0; }\n")
    command = [found, *SANITIZE, str(source), "-o", str(source.with_suffix(""))]
    done = subprocess.run(command, check=False)
    if done.returncode:
        pytest.skip("the compiler has no sanitizers")
    return found


@pytest.fixture(scope="module")
def table(tmp_path_factory) -> Path:
    """The folder with the fold table as C."""
    folder = tmp_path_factory.mktemp("generated")
    sys.path.insert(0, str(ROOT / "native"))
    try:
        from fold_table import write
    finally:
        sys.path.pop(0)
    write(ROOT / "dedup/text/fold.tsv", folder / "fold_table.h")
    return folder


def build(compiler: str, output: Path, table: Path, *arguments: str | Path) -> Path:
    command = [compiler, *SANITIZE, f"-I{ROOT / 'native'}", f"-I{table}", *map(str, arguments)]
    subprocess.run([*command, "-o", str(output), "-lm"], check=True)
    return output


def test_no_mutation_of_the_corpus_finds_anything(compiler, table, tmp_path):
    core = [path for path in KERNEL if path.name != "module.c"]
    target = (ROOT / "tests/native/fuzz.c", ROOT / "tests/native/mutate.c")
    program = build(compiler, tmp_path / "mutate", table, *WRAP, *target, *core)
    done = subprocess.run(
        [program, str(MUTATIONS), *CORPUS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert done.stdout == f"{len(CORPUS)} files, {MUTATIONS} mutations: nothing found\n"


def test_the_tests_of_the_kernel_find_nothing(compiler, table, tmp_path):
    include = sysconfig.get_paths()["include"]
    options = (f"-I{include}", "-DPy_LIMITED_API=0x030B0000", "-fPIC", "-shared")
    module = build(compiler, tmp_path / "_kernel.abi3.so", table, *options, *KERNEL)
    runtime = subprocess.run(
        [compiler, "-print-file-name=libasan.so"], capture_output=True, text=True, check=True
    ).stdout.strip()
    environment = os.environ | {
        "LD_PRELOAD": runtime,
        "ASAN_OPTIONS": "detect_leaks=0",  # the interpreter keeps what it allocates
        "PYTHONMALLOC": "malloc",
    }
    environment.pop("CI", None)
    tests = [str(ROOT / "tests/sketch" / name) for name in ("test_native.py", "test_sets.py")]
    done = subprocess.run(
        [sys.executable, "-c", RUN_TESTS, str(module), *tests, "-k", "not every_code_point"],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    assert " passed" in done.stdout
