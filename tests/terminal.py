"""Running the program as a terminal or a pipe would, in this process or in one of its own."""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from dedup.cli.main import main

_SECONDS = re.compile(r"\d+\.\d+ (?=s\b|秒)")
_FINGERPRINT = re.compile(r"((?:fingerprint|dictionary)\"? ?:? ?\"?|指纹 )[0-9a-f]{32}")


@dataclass(frozen=True)
class Ran:
    """What a run left: its status, and both streams as bytes."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode("utf-8")

    @property
    def err(self) -> str:
        return self.stderr.decode("utf-8")


class Stream(io.TextIOWrapper):
    """A stream that keeps what is written, and may claim to be a terminal."""

    def __init__(self, content: bytes = b"", *, terminal: bool = False, encoding: str = "utf-8"):
        self._terminal = terminal
        super().__init__(io.BytesIO(content), encoding=encoding, newline="", write_through=True)

    def isatty(self) -> bool:
        return self._terminal

    def kept(self) -> bytes:
        self.flush()
        return self.buffer.getvalue()


def run(
    *arguments: str | Path,
    stdin: bytes = b"",
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    terminal: bool = False,
    encoding: str = "utf-8",
) -> Ran:
    """Run the program in this process, from the entry point to its exit status."""
    out = Stream(terminal=terminal, encoding=encoding)
    err = Stream(terminal=terminal, encoding=encoding)
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ, env or {}))
        stack.enter_context(mock.patch.object(sys, "stdin", Stream(stdin)))
        stack.enter_context(mock.patch.object(sys, "stdout", out))
        stack.enter_context(mock.patch.object(sys, "stderr", err))
        stack.enter_context(mock.patch.object(os, "_exit", sys.exit))
        stack.enter_context(mock.patch.object(atexit, "_run_exitfuncs"))
        if cwd is not None:
            stack.enter_context(contextlib.chdir(cwd))
        try:
            main([os.fspath(argument) for argument in arguments])
        except SystemExit as end:
            status = end.code
        else:
            raise AssertionError("main returned")
        assert isinstance(status, int)
        return Ran(status, out.kept(), err.kept())


def program(
    *arguments: str | Path,
    stdin: bytes | None = b"",
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
) -> Ran:
    """Run the program in a process of its own, with pipes for its streams."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "dedup", *arguments],
        input=stdin,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def settled(text: str) -> str:
    """Return ``text`` without what may differ between runs and installations."""
    return _FINGERPRINT.sub(r"\1…", _SECONDS.sub("0.0 ", text))
