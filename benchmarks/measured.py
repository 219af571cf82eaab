"""Run a command and print its seconds and highest memory as JSON.

    python benchmarks/measured.py OUTPUT COMMAND ARGUMENT…

A process of its own, because a child's highest memory counts what its parent held when it was
started, and this parent holds nothing. OUTPUT receives the command's standard error.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def main() -> int:
    with Path(sys.argv[1]).open("wb") as errors:
        begin = time.perf_counter()
        process = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "cpu_seconds": usage.ru_utime + usage.ru_stime,
                "peak_bytes": usage.ru_maxrss * 1024,
                "status": process.returncode,
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
