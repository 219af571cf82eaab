"""Clusters on this machine whose executors are processes, and programs that run on them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

LOCAL_CLUSTER = "local-cluster[2,1,2048]"
EXECUTOR = "CoarseGrainedExecutorBackend"
_MINUTES = 60.0


def environment(folder: Path, **conf: object) -> dict[str, str]:
    """Return the variables of a program on Spark, which leaves its event log in ``folder``."""
    import pyspark

    (folder / "events").mkdir(parents=True, exist_ok=True)
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.eventLog.compress": "false",
        "spark.eventLog.dir": (folder / "events").as_uri(),
        "spark.eventLog.enabled": "true",
        "spark.eventLog.rolling.enabled": "false",
        "spark.local.dir": str(folder / "local"),
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        **conf,
    }
    lines = [f"{name} {value}\n" for name, value in settings.items()]
    (folder / "spark-defaults.conf").write_text("".join(lines), encoding="utf-8")
    return {
        **os.environ,
        "SPARK_HOME": str(_home(Path(pyspark.__file__).parent, folder / "home")),
        "SPARK_CONF_DIR": str(folder),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "localhost",
        "SPARK_WORKER_DIR": str(folder / "worker"),
        "SPARK_NO_DAEMONIZE": "1",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONWARNINGS": "ignore",
    }


def _home(spark: Path, home: Path) -> Path:
    """Return a home of Spark in which executors may leave their logs."""
    home.mkdir()
    for path in spark.iterdir():
        (home / path.name).symlink_to(path)
    return home


def write_documents(path: Path, documents) -> None:
    """Write documents as JSON lines."""
    lines = [json.dumps({"id": i, "text": t}, ensure_ascii=False) + "\n" for i, t in documents]
    path.write_text("".join(lines), encoding="utf-8")


def scan_command(path: Path, master: str, output: Path, *options: str) -> list[str]:
    """Return the command of a scan on Spark."""
    scan = ["scan", str(path), "--engine", "spark", "--master", master, "-o", str(output)]
    return [sys.executable, "-m", "dedup", *scan, *options]


def finish(process: subprocess.Popen[str], seconds: float = 5 * _MINUTES) -> str:
    """Wait for a program that must end well; return what it said."""
    said, _ = process.communicate(timeout=seconds)
    assert process.returncode == 0, said[-4000:]
    return said


@contextlib.contextmanager
def started(command: list[str], env: dict[str, str]):
    """Run a program in a group of its own, which is gone with all its children in the end."""
    process = subprocess.Popen(
        command,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@contextlib.contextmanager
def standalone(folder: Path):
    """Run a master and two workers on loopback; yield the URL of the master."""
    env = environment(folder)
    runner = str(Path(env["SPARK_HOME"]) / "bin" / "spark-class")
    package = "org.apache.spark.deploy"
    own = ["--host", "127.0.0.1", "--port", "0"]
    with contextlib.ExitStack() as stack:
        master = [runner, f"{package}.master.Master", *own, "--webui-port", "0"]
        url = _line(stack.enter_context(started(master, env)), r"Starting Spark master at (\S+)")
        for _ in range(2):
            options = [*own, "--webui-port", "0", "--cores", "1", "--memory", "1500m", url]
            worker = [runner, f"{package}.worker.Worker", *options]
            _line(stack.enter_context(started(worker, env)), "registered with master")
        yield url


def _line(process: subprocess.Popen[str], pattern: str) -> str:
    """Return what a pattern finds in the first line of the log that holds it."""
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line)
        if found := re.search(pattern, line, re.IGNORECASE):
            return found[found.lastindex or 0]
    raise AssertionError("".join(seen)[-4000:])


@dataclass(frozen=True, slots=True)
class Task:
    """A task that ended: of which stage, its milliseconds, and the shuffled rows it read."""

    stage: int
    took: int
    read: int


def tasks(folder: Path) -> list[Task]:
    """Return the tasks in the event log of a program, so far."""
    found = []
    for event in _events(folder):
        if event["Event"] != "SparkListenerTaskEnd":
            continue
        info, metrics = event["Task Info"], event.get("Task Metrics") or {}
        read = metrics.get("Shuffle Read Metrics", {}).get("Total Records Read", 0)
        took = info["Finish Time"] - info["Launch Time"]
        found.append(Task(event["Stage ID"], took, read))
    return found


def executors_lost(folder: Path) -> int:
    """Return how many executors an event log saw go before the end."""
    return sum(event["Event"] == "SparkListenerExecutorRemoved" for event in _events(folder))


def _events(folder: Path):
    for path in sorted((folder / "events").iterdir()):
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.endswith("\n"):  # the last one may be on its way
                yield json.loads(line)


def executors(session: int) -> list[int]:
    """Return the processes of executors that belong to a program."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError, ProcessLookupError):
            words = (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            ours = os.getsid(int(entry.name)) == session
            if ours and any(word.endswith(EXECUTOR) for word in words):
                found.append(int(entry.name))
    return found


def wait_for(condition, seconds: float = 3 * _MINUTES) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
