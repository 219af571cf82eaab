"""The native kernel; everything else is in pyproject.toml.

Where no compiler is found the kernel is left out, and the reference does its work; with
DEDUP_REQUIRE_KERNEL=1 in the environment that is an error, as for wheels that are to be published.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

ROOT = Path(__file__).parent
#: A build without the interpreter's lock has no stable interface yet.
STABLE = not sysconfig.get_config_var("Py_GIL_DISABLED")


class BuildKernel(build_ext):
    """Generates the fold table as C, and compiles without any liberty in floating point."""

    def build_extension(self, ext: Extension) -> None:
        """Build the kernel; the table goes to the folder of temporary files."""
        sys.path.insert(0, str(ROOT / "native"))
        from fold_table import write

        generated = Path(self.build_temp)
        write(ROOT / "dedup/text/fold.tsv", generated / "fold_table.h")
        ext.include_dirs.append(str(generated))
        if self.compiler.compiler_type == "msvc":
            ext.extra_compile_args = ["/O2", "/std:c11", "/fp:precise"]
        else:
            ext.extra_compile_args = [
                "-O3", "-std=c99", "-fno-fast-math", "-ffp-contract=off", "-fvisibility=hidden",
            ]  # fmt: skip
        super().build_extension(ext)


setup(
    ext_modules=[
        Extension(
            "dedup.sketch._kernel",
            sources=sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("native/*.c")),
            depends=[
                *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("native/*.h")),
                "native/fold_table.py",
                "dedup/text/fold.tsv",
            ],
            define_macros=[("Py_LIMITED_API", "0x030B0000")] if STABLE else [],
            py_limited_api=STABLE,
            optional=os.environ.get("DEDUP_REQUIRE_KERNEL") != "1",
        )
    ],
    cmdclass={"build_ext": BuildKernel},
    options={"bdist_wheel": {"py_limited_api": "cp311"}} if STABLE else {},
)
