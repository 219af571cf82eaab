"""Build and run ``stages.c``: time and instructions of each stage of the native kernel."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
STAGES = ("fold", "hash", "segment", "shingle", "minhash")
#: As in setup.py: optimised, without any liberty in floating point; symbols for valgrind.
FLAGS = ("-O3", "-std=c99", "-fno-fast-math", "-ffp-contract=off", "-g")


@dataclass(frozen=True, slots=True)
class NativeStages:
    """The compiled program, and the compiled dictionary that it reads."""

    program: Path
    dictionary: Path
    compiler: str

    def seconds(
        self, texts: list[str], *, values: int = 288, rounds: int = 5, characters: bool = False
    ) -> dict[str, float]:
        """Return the seconds of each stage over all texts, of the fastest round."""
        call = self._call(texts, values, rounds, characters=characters)
        done = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True)
        lines = (line.split() for line in done.stdout.splitlines())
        return {name: float(nanoseconds) / 1e9 for name, nanoseconds in lines}

    def instructions(self, texts: list[str]) -> dict[str, int]:
        """Return the instructions that each stage executes, as callgrind counts them.

        Valgrind has no AVX-512: what is counted is the AVX2 code where there is that.
        """
        return {stage: self._count(texts, stage) for stage in STAGES}

    def _count(self, texts: list[str], stage: str) -> int:
        call = [
            "valgrind", "--tool=callgrind", f"--toggle-collect=stage_{stage}",
            f"--callgrind-out-file={os.devnull}",
        ]  # fmt: skip
        call += [*self._call(texts, 288, 1), stage]
        done = subprocess.run(call, capture_output=True, text=True, check=True)
        return collected(done.stderr)

    def _call(
        self, texts: list[str], values: int, rounds: int, *, characters: bool = False
    ) -> list[str]:
        packed = self.program.with_name("texts")
        packed.write_bytes(pack(texts))
        dictionary, ngram = ("-", 3) if characters else (str(self.dictionary), 2)
        return [str(self.program), str(packed), dictionary, str(values), str(ngram), str(rounds)]


def build(folder: Path) -> NativeStages:
    """Compile everything into ``folder``; raises ``CalledProcessError`` where cc fails."""
    from dedup.dictionaries import word_frequencies
    from dedup.sketch.compiled import compile_words

    _write_fold_table(folder / "fold_table.h")
    program, dictionary = folder / "stages", folder / "dictionary"
    sources = [path for path in (ROOT / "native").glob("*.c") if not path.name.startswith("module")]
    compiler = shutil.which("cc") or "cc"
    call = [compiler, *FLAGS, f"-I{folder}", f"-I{ROOT / 'native'}"]
    call += [str(Path(__file__).with_name("stages.c")), *map(str, sorted(sources))]
    subprocess.run([*call, "-o", str(program), "-lm"], check=True)
    dictionary.write_bytes(compile_words(*word_frequencies()))
    named = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True)
    return NativeStages(program, dictionary, named.stdout.splitlines()[0])


def pack(texts: list[str]) -> bytes:
    """Return texts as ``stages.c`` reads them."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    sizes = [len(encoded), *map(len, encoded)]
    return struct.pack(f"={len(sizes)}Q", *sizes) + b"".join(encoded)


def collected(log: str) -> int:
    """Return the instructions that callgrind's log says were collected."""
    found = re.search(r"Collected\s*:\s*(\d+)", log)
    if found is None:
        raise ValueError(f"callgrind counted nothing:\n{log}")
    return int(found[1])


def _write_fold_table(path: Path) -> None:
    sys.path.insert(0, str(ROOT / "native"))
    from fold_table import write

    write(ROOT / "dedup" / "text" / "fold.tsv", path)
