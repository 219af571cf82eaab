"""What is handed to others: complete, licensed, and free of this machine and of the seeds."""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from checkout import copy_to, tracked

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
TABLES = (
    "dedup/text/fold.tsv",
    "dedup/text/char_frequency.py",
    "dedup/py.typed",
    "dedup/report/html/assets/page.css",
    "dedup/report/html/assets/page.js",
    "dedup/report/html/templates/cluster.html",
)
LICENSES = ("Apache-2.0.txt", "MIT-jieba.txt", "Unicode-3.0.txt")


@pytest.fixture(scope="module")
def built(tmp_path_factory, outer_environment) -> Path:
    """A folder with the source distribution and the wheel built from it."""
    pytest.importorskip("build")
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("dist")
    copy_to(copy)
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", out, copy],
        env=outer_environment,
        capture_output=True,
        check=True,
    )
    return out


@pytest.fixture(scope="module")
def wheel(built) -> dict[str, bytes]:
    """The files in the wheel."""
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def sdist(built) -> dict[str, bytes]:
    """The files in the source distribution, without its top folder."""
    (path,) = built.glob("*.tar.gz")
    found = {}
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile():
                opened = archive.extractfile(member)
                assert opened
                found[member.name.partition("/")[2]] = opened.read()
    return found


def metadata(files: dict[str, bytes]) -> email.message.Message:
    """Return the wheel's metadata."""
    (name,) = [name for name in files if name.endswith(".dist-info/METADATA")]
    return email.message_from_bytes(files[name])


@pytest.mark.slow
def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    tops = {name.partition("/")[0] for name in wheel}
    assert tops == {"dedup", f"zh_dedup-{PROJECT['version']}.dist-info"}
    modules = {p.relative_to(ROOT).as_posix() for p in (ROOT / "dedup").rglob("*.py")}
    assert modules | set(TABLES) <= set(wheel)
    assert not [name for name in wheel if "seed" in name or "test" in name]


@pytest.mark.slow
def test_licenses_are_in_both(wheel, sdist):
    folder = f"zh_dedup-{PROJECT['version']}.dist-info/licenses"
    for name in ("LICENSE", "NOTICE", *(f"LICENSES/{license_}" for license_ in LICENSES)):
        original = (ROOT / name).read_bytes()
        assert wheel[f"{folder}/{name}"] == original
        assert sdist[name] == original


@pytest.mark.slow
def test_the_article_is_in_neither(wheel, sdist):
    # A sentence of its body, found however the files are named.
    marker = (ROOT / "seeds" / "001_cb5d74f41f6b3177.txt").read_bytes()[-60:]
    for files in (wheel, sdist):
        assert not [name for name in files if name.startswith(("seeds/", "tests/"))]
        assert not [name for name, content in files.items() if marker in content]


@pytest.mark.slow
def test_the_source_distribution_explains_itself(sdist):
    assert {"README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md"} <= set(sdist)
    assert {"docs/architecture.svg", "docs/formats.md", "docs/cli.md"} <= set(sdist)
    assert {"tools/generate_fold_table.py", *TABLES} <= set(sdist)


@pytest.mark.slow
def test_the_metadata_is_that_of_the_project(wheel):
    stated = metadata(wheel)
    assert stated["Name"] == "zh-dedup"
    assert stated["Requires-Python"] == ">=3.11"
    assert stated["License-Expression"] == PROJECT["license"]
    scripts = wheel[f"zh_dedup-{PROJECT['version']}.dist-info/entry_points.txt"].decode()
    assert "dedup = dedup.cli.main:run" in scripts


@pytest.mark.slow
def test_the_wheel_works_without_the_checkout(built, tmp_path, seeds, outer_environment):
    """Unpacked elsewhere and run from there, with the libraries of this environment."""
    (path,) = built.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run(
        [
            *pip,
            "install",
            "-q",
            "--no-index",
            "--no-deps",
            "--target",
            tmp_path / "installed",
            path,
        ],
        env=outer_environment,
        check=True,
    )
    program = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import dedup; "
        "assert dedup.__file__.startswith(sys.path[0]), dedup.__file__; "
        "from dedup.cli.main import main; main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "installed", "scan", seeds],
        cwd=tmp_path,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "same-body" in ran.stdout


def test_the_notice_names_every_license_text():
    notice = (ROOT / "NOTICE").read_text("utf-8")
    texts = sorted(path.name for path in (ROOT / "LICENSES").iterdir())
    assert texts == sorted(LICENSES)
    for name in texts:
        assert f"LICENSES/{name}" in notice


def test_the_notice_names_the_versions_of_the_table():
    notice = (ROOT / "NOTICE").read_text("utf-8")
    stated = re.search(
        r"Unicode ([\d.]+) .* OpenCC ([\d.]+) ",
        (ROOT / "dedup" / "text" / "fold.tsv").read_text("utf-8")[:500],
    )
    assert stated
    assert f"Unicode Character Database, version {stated[1]}" in notice
    assert f"OpenCC (Open Chinese Convert) {stated[2]}" in notice


def test_the_notice_names_the_libraries_installed():
    notice = (ROOT / "NOTICE").read_text("utf-8")
    decision = (ROOT / "docs" / "decisions" / "0004-dependencies.md").read_text("utf-8")
    for requirement in PROJECT["dependencies"]:
        name, bound = re.fullmatch(r"([\w.-]+)>=([\d.]+)(?:;.*)?", requirement).groups()
        assert name in notice
        assert f"| {name} ≥ {bound} |" in decision


def test_the_seeds_are_byte_for_byte():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "seeds").iterdir()}
    assert sizes == {"000_bfcd20cd4fff3ced.txt": 8064, "001_cb5d74f41f6b3177.txt": 8545}
    assert not any(b"\r" in path.read_bytes() for path in (ROOT / "seeds").iterdir())


# Folders and names of the machine it is developed on do not belong into the files.
_FOREIGN = re.compile(
    rb"/(?:root|home)/[a-z.]|/tmp/[a-z]|/Users/[a-z]|[A-Z]:\\Users\\[a-z]"
    rb"|artifactory|\bpypi\.(?:python\.)?org/simple|-----BEGIN [A-Z ]*PRIVATE KEY"
)


def test_no_file_names_this_machine():
    found = []
    for name in tracked():
        if name.startswith(("tests/", "benchmarks/judged/")):
            continue  # tests may name paths that exist nowhere, and so may texts of others
        for number, line in enumerate((ROOT / name).read_bytes().splitlines(), 1):
            if _FOREIGN.search(line) or os.fsencode(ROOT) + b"/" in line:
                found.append(f"{name}:{number}: {line[:100]!r}")
    assert not found
