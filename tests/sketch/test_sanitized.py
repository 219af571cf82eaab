"""The kernel under AddressSanitizer and UndefinedBehaviorSanitizer: fuzzed, and its own tests.

Slow. A GCC or Clang with both sanitizers is needed, and for the fuzzer a Clang with libFuzzer;
where there is none, these are skipped.
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
TARGET = [ROOT / "tests/native" / name for name in ("fuzz.c", "glance_checks.c", "markup_checks.c")]
CORPUS = sorted((ROOT / "tests/native/corpus").iterdir())
SANITIZE = ["-g", "-O1", "-std=c99", "-ffp-contract=off", "-fno-omit-frame-pointer",
            "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]  # fmt: skip
WRAP = ["-DWRAP_ALLOCATIONS", "-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc"]
MUTATIONS = 30_000
#: Inputs of libFuzzer: half a minute. The seed makes them the same every time.
INPUTS, LONGEST, SEED = 100_000, 1024, 1

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


def has(compiler: str, folder: Path, source: str, *options: str) -> bool:
    """Tell whether a compiler builds and links ``source`` with sanitizers and ``options``."""
    path = folder / "probe.c"
    path.write_text(source)
    command = [compiler, *SANITIZE, *options, str(path), "-o", str(folder / "probe")]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def compiler(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("probe")
    for found in (shutil.which("gcc"), shutil.which("clang")):
        if found and has(found, folder, "int main(void) { return 0; }\n"):
            return found
    pytest.skip("no compiler with sanitizers")


@pytest.fixture(scope="module")
def fuzzing_compiler(tmp_path_factory) -> str:
    found = shutil.which("clang")
    target = (
        "#include <stddef.h>\n"
        "int LLVMFuzzerTestOneInput(const unsigned char *d, size_t n) { return !d && n; }\n"
    )
    if found and has(found, tmp_path_factory.mktemp("probe"), target, "-fsanitize=fuzzer"):
        return found
    pytest.skip("no Clang with libFuzzer")


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


@pytest.mark.parametrize("instructions", [(), ("-U__SSE2__",)], ids=["all", "portable"])
def test_no_mutation_of_the_corpus_finds_anything(compiler, table, tmp_path, instructions):
    core = [path for path in KERNEL if not path.name.startswith("module")]
    target = (*TARGET, ROOT / "tests/native/mutate.c")
    program = build(compiler, tmp_path / "mutate", table, *WRAP, *instructions, *target, *core)
    done = subprocess.run(
        [program, str(MUTATIONS), *CORPUS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert done.stdout == f"{len(CORPUS)} files, {MUTATIONS} mutations: nothing found\n"


def test_no_input_of_the_fuzzer_finds_anything(fuzzing_compiler, table, tmp_path):
    core = [path for path in KERNEL if not path.name.startswith("module")]
    target = ("-fsanitize=fuzzer", *WRAP, *TARGET, *core)
    program = build(fuzzing_compiler, tmp_path / "fuzz", table, *target)
    new = tmp_path / "new"  # what covers more than the corpus; the corpus itself is only read
    new.mkdir()
    limits = (f"-runs={INPUTS}", f"-max_len={LONGEST}", f"-seed={SEED}", "-timeout=10")
    # what a process held at its highest begins with what the process did that started it: no bound
    limits += ("-rss_limit_mb=0", "-malloc_limit_mb=2048")
    done = subprocess.run(
        [program, *limits, f"-artifact_prefix={tmp_path}/", new, CORPUS[0].parent],
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    assert f"{len(CORPUS)} files found in {CORPUS[0].parent}" in done.stderr
    assert f"Done {INPUTS} runs" in done.stderr


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
    names = (
        "test_native.py",
        "test_align.py",
        "test_sets.py",
        "test_glance.py",
        "test_markup_glance.py",
        "test_characters.py",
    )
    tests = [str(ROOT / "tests/sketch" / name) for name in names]
    done = subprocess.run(
        [sys.executable, "-c", RUN_TESTS, str(module), *tests, "-k", "not every_code_point"],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    assert " passed" in done.stdout
