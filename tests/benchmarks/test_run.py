from __future__ import annotations

import argparse
from pathlib import Path


def test_every_script_is_called_with_the_folders(script) -> None:
    options = argparse.Namespace(
        corpora=Path("texts"), peers="none", quick=False, results=Path("out")
    )
    calls = script("run").calls(options)
    assert [Path(call[1]).name for call in calls] == ["kernel.py", "throughput.py", "scaling.py"]
    for call in calls:
        assert call[2] == "texts"
        assert call[-2:] == ["--results", "out"]
    assert "--peers" in calls[1]
    assert not any("--made-mb" in call for call in calls)


def test_quick_runs_are_short_and_scripts_explain_themselves(script, run) -> None:
    options = argparse.Namespace(corpora=None, peers="here", quick=True, results=Path("out"))
    for call in script("run").calls(options):
        assert "--made-mb" in call
        done = run(Path(call[1]).name, "--help")
        assert done.returncode == 0
        for word in call[2:]:
            assert not word.startswith("--") or word in done.stdout
