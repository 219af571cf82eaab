"""Worker processes: the script that starts them is left alone, and interrupts are not theirs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dedup.engine.processes import process_pool

if TYPE_CHECKING:
    from pathlib import Path

#: Without a guard, as many scripts are; two texts that differ in figures are compared by their
#: words, here in processes although they are few.
SCRIPT = """
import dedup
from dedup.engine import comparing

comparing.MANY = 0
print("begins")
story = "经过两年零三个月的紧张施工望江大桥主桥昨日顺利合龙，全长{}米，施工单位取得了{}项专利。" * 9
texts = {str(n): story.format(*[100 + n, n + 2] * 9) for n in range(2)}
print([pair.filled for pair in dedup.scan(texts, jobs=2, threshold=0.3).pairs])
"""


def test_a_script_without_a_guard_runs_once(tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    path.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(path)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == "begins"
    assert len(lines) == 2
    assert "100" in lines[1]


@pytest.mark.parametrize("with_script", [False, True])
def test_workers_are_others_and_ignore_interrupts(with_script: bool) -> None:
    main = sys.modules["__main__"]
    with process_pool(2, with_script=with_script) as executor:
        assert executor.submit(os.getpid).result() != os.getpid()
        handler = executor.submit(signal.getsignal, signal.SIGINT).result()
    assert handler == signal.SIG_IGN
    assert sys.modules["__main__"] is main


#: Starts a worker, says which process it is, and is killed.
KILLED = """
import os, signal
from dedup.engine.processes import process_pool

executor = process_pool(1)
print(executor.submit(os.getpid).result(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_workers_end_with_a_process_that_is_killed() -> None:
    # this waits until nobody holds what is captured: a worker that goes on is a timeout
    done = subprocess.run(
        [sys.executable, "-c", KILLED], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    assert int(done.stdout)
