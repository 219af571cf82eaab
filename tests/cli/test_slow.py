"""What is said in advance where the reference has much to do."""

from __future__ import annotations

import pytest
from terminal import run

from dedup.cli import slow
from dedup.cli.slow import duration
from dedup.sketch import kernel

REFERENCE = {"DEDUP_KERNEL": "reference"}
FASTER = "the native kernel gives the same result a hundred times faster"
TEXT = "山上的柿子红了，老人坐在门前，看孩子们在晒谷场上追一只黄狗。\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Two texts and something that is left out; more than goes without a word."""
    monkeypatch.setattr(slow, "PATIENCE", 150)
    monkeypatch.setattr(slow, "BYTES_PER_SECOND", 3)
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.json").write_bytes(b" " * 5000)
    return tmp_path


def warnings(ran):
    return [line for line in ran.err.splitlines() if "kernel" in line or "内核" in line]


def test_the_reference_says_how_long_it_takes(folder):
    ran = run("scan", folder, "--jobs", "1", env=REFERENCE)
    seconds = round(2 * len(TEXT.encode()) / 3)
    assert ran.status == 0
    assert ran.err.splitlines()[:2] == [
        f"dedup: warning: the reference kernel needs about {seconds} seconds for 0 MB of text",
        f"  hint: unset DEDUP_KERNEL: {FASTER}",
    ]
    assert len(warnings(ran)) == 2
    assert "kernel" not in ran.out


def test_it_says_so_in_chinese(folder):
    said = warnings(run("scan", folder, "--jobs", "1", "--lang", "zh", env=REFERENCE))
    assert "正在使用参考内核，处理 0 MB 文本约需" in said[0]
    assert said[0].endswith(" 秒")
    assert said[1].startswith("  提示：取消环境变量 DEDUP_KERNEL")


def test_without_a_compiler_that_is_the_way_out(folder, monkeypatch):
    monkeypatch.setattr(slow, "native_in_use", lambda: False)
    said = warnings(run("scan", folder))
    assert "reference" in said[0]
    assert "install dedup again with a C compiler" in said[1]


def test_cores_share_the_time(folder, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    times = [
        int(warnings(run("scan", folder, "--jobs", jobs, env=REFERENCE))[0].split()[7])
        for jobs in ("1", "2", "64")
    ]
    assert times[0] == pytest.approx(2 * times[1], abs=1)
    assert times[0] == pytest.approx(4 * times[2], abs=2)


def test_little_text_goes_without_a_word(folder, monkeypatch):
    monkeypatch.setattr(slow, "PATIENCE", 2 * len(TEXT.encode()))
    assert not warnings(run("scan", folder, env=REFERENCE))
    monkeypatch.setattr(slow, "PATIENCE", 2 * len(TEXT.encode()) - 1)
    assert warnings(run("scan", folder, env=REFERENCE))


def test_standard_input_counts_and_is_still_read(folder):
    big = (TEXT * 3).encode()
    ran = run("scan", "-", stdin=big, env=REFERENCE)
    assert warnings(ran)
    assert "1 document read" in ran.err


def test_quiet_says_nothing(folder):
    assert run("scan", folder, "-q", env=REFERENCE).err == ""


def test_the_native_kernel_has_nothing_to_say(folder, monkeypatch):
    monkeypatch.setattr(slow, "native_in_use", lambda: True)
    monkeypatch.setattr(slow, "discover", lambda *_, **__: pytest.fail("looked at the files"))
    assert not warnings(run("scan", folder))


def test_a_path_that_is_missing_is_an_error_all_the_same(folder):
    ran = run("scan", folder / "nowhere", env=REFERENCE)
    assert ran.status == 2
    assert "nowhere" in ran.err
    assert not warnings(ran)


def test_a_file_that_is_gone_has_no_size(tmp_path):
    assert list(slow.sizes([str(tmp_path / "gone.txt")])) == []


def test_the_limits_are_those_of_the_documents(root):
    assert slow.PATIENCE == 20_000_000
    assert kernel.VARIABLE in REFERENCE
    page = (root / "docs" / "performance.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith("| all | "))
    measured = float(row.split("|")[4])
    assert measured * 0.5e6 < slow.BYTES_PER_SECOND < measured * 2e6


@pytest.mark.parametrize(
    ("seconds", "said", "chinese"),
    [
        (15.4, "15 seconds", "15 秒"),
        (99, "99 seconds", "99 秒"),
        (100, "2 minutes", "2 分钟"),
        (3600, "60 minutes", "60 分钟"),
        (7200, "2 hours", "2 小时"),
        (7_200_000, "2,000 hours", "2,000 小时"),
    ],
)
def test_times_are_small_numbers(seconds, said, chinese):
    assert duration(seconds).render("en") == said
    assert duration(seconds).render("zh") == chinese
