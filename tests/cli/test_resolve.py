"""``dedup resolve`` and ``dedup undo``, from the command line to the files."""

from __future__ import annotations

import json
import os
import subprocess

import pytest
from terminal import run

BODY = "今年以来，全市坚持把干部教育培训作为先导性、基础性、战略性工程，推动学习走深走实。" * 3


@pytest.fixture
def place(tmp_path):
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "b 号'.txt").write_text(BODY.replace("，", ","), encoding="utf-8")
    rows = [BODY.replace("。", ". "), "没有别的文章和这一篇相同，它只说海上的风。" * 4]
    lines = [json.dumps({"id": f"r{n}", "text": text}) for n, text in enumerate(rows)]
    (tmp_path / "rows.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run("scan", ".", "-q", "-o", "r.jsonl", cwd=tmp_path).status == 0
    return tmp_path


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*")
            if p.is_file()}  # fmt: skip


def test_the_plan_is_shown_and_nothing_is_done(place):
    before = files(place)
    ran = run("resolve", "r.jsonl", cwd=place)
    assert ran.status == 0
    assert files(place) == before
    assert ran.out.startswith("2 documents go, in 1 cluster: ")
    assert "move   b 号'.txt" in ran.out
    assert "write  rows.jsonl  without 1 record" in ran.out
    assert "record 1: same-text (1.000); a.txt stays" in ran.out


def test_the_plan_in_chinese(place):
    ran = run("resolve", "r.jsonl", "--lang", "zh", cwd=place)
    assert ran.out.startswith("移走 2 篇，涉及 1 组重复，共减少 ")


def test_the_plan_as_records(place):
    ran = run("resolve", "r.jsonl", "-o", "plan.jsonl", cwd=place)
    assert ran.status == 0
    records = [json.loads(line) for line in (place / "plan.jsonl").read_text().splitlines()]
    assert [record["type"] for record in records] == ["plan", "step", "step", "summary"]
    assert [record.get("action") for record in records[1:3]] == ["move", "rewrite"]
    assert records[-1]["documents"] == 2


def test_there_and_back(place):
    before = files(place)
    ran = run("resolve", "r.jsonl", "--apply", cwd=place)
    assert (ran.status, ran.out) == (0, "")
    assert "moved aside: 2 documents" in ran.err
    assert "dedup undo dedup-dropped/manifest.jsonl" in ran.err
    assert "b 号'.txt" not in files(place)
    assert (place / "rows.jsonl").read_bytes() == before["rows.jsonl"].splitlines(True)[1]
    assert "no text" not in run("scan", ".", cwd=place).err
    ran = run("undo", "dedup-dropped/manifest.jsonl", cwd=place)
    assert (ran.status, ran.err) == (0, "moved back: 2 documents\n")
    assert files(place) == before


def test_what_is_left_alone_is_said_and_shows_in_the_status(place):
    (place / "b 号'.txt").write_text("改过了。", encoding="utf-8")
    ran = run("resolve", "r.jsonl", "--apply", cwd=place)
    assert ran.status == 2
    assert "dedup: left alone: b 号'.txt: it has changed since the scan" in ran.err
    assert "moved aside: 1 document," in ran.err
    ran = run("resolve", "r.jsonl", "--apply", cwd=place)
    assert (ran.status, ran.err.splitlines()[0]) == (0, "taken up again; steps done before: 1")


def test_another_folder(place):
    assert run("resolve", "r.jsonl", "--apply", "--to", "旁边/里面", cwd=place).status == 0
    assert (place / "旁边/里面/manifest.jsonl").exists()
    assert run("undo", "旁边/里面/manifest.jsonl", cwd=place).status == 0
    assert not (place / "旁边/里面").exists()


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_script_moves_what_the_plan_moves(place):
    ran = run("resolve", "r.jsonl", "--script", "move.sh", cwd=place)
    assert ran.status == 0
    assert "rows.jsonl would lose 1 records" in (place / "move.sh").read_text()
    moved = (place / "b 号'.txt").read_bytes()
    done = subprocess.run(["sh", "move.sh"], cwd=place, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (place / "dedup-dropped" / "b 号'.txt").read_bytes() == moved
    assert not (place / "b 号'.txt").exists()
    again = subprocess.run(["sh", "move.sh"], cwd=place, capture_output=True, check=False)
    assert again.returncode == 1
    assert b"no file" in again.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_script_leaves_alone_what_has_changed(place):
    run("resolve", "r.jsonl", "--script", "move.sh", cwd=place)
    (place / "a.txt").write_text("改过了。", encoding="utf-8")
    done = subprocess.run(["sh", "move.sh"], cwd=place, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"what stays has changed" in done.stderr
    assert (place / "b 号'.txt").exists()


def test_apply_writes_no_plan(place):
    ran = run("resolve", "r.jsonl", "--apply", "--script", "x.sh", cwd=place)
    assert ran.status == 2
    assert "--apply carries the plan out" in ran.err


def test_a_result_without_duplicates(tmp_path):
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    run("scan", ".", "-q", "-o", "r.jsonl", cwd=tmp_path)
    assert run("resolve", "r.jsonl", cwd=tmp_path).out == "Nothing is to be done.\n"
    ran = run("resolve", "r.jsonl", "--apply", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "Nothing is to be done.\n")
    assert not (tmp_path / "dedup-dropped").exists()


def test_a_result_in_utf_16(place):
    text = (place / "r.jsonl").read_text(encoding="utf-8")
    (place / "u.jsonl").write_bytes(text.encode("utf-16"))
    assert run("resolve", "u.jsonl", cwd=place).out == run("resolve", "r.jsonl", cwd=place).out


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\x00", b'{"type":"manifest","schema":99}'])
def test_no_manifest(tmp_path, content):
    (tmp_path / "m").write_bytes(content)
    ran = run("undo", "m", cwd=tmp_path)
    assert ran.status == 2
    assert ran.err.startswith("dedup: error: ")
    assert "Traceback" not in ran.err


def test_missing_files(tmp_path):
    for command in ("resolve", "undo"):
        ran = run(command, "nothing.jsonl", cwd=tmp_path)
        assert ran.status == 2
        assert "nothing.jsonl" in ran.err


def decisions(place, action, *names):
    """Write a file of decisions about the only cluster of a result."""
    records = [json.loads(line) for line in (place / "r.jsonl").read_text("utf-8").splitlines()]
    (cluster,) = [record for record in records if record["type"] == "cluster"]
    members = [cluster["keep"]["id"], *(drop["id"] for drop in cluster["drop"])]
    named = names or members
    documents = {r["id"]: r for r in records if r["type"] == "document"}
    chosen = [{key: documents[name][key] for key in ("path", "id", "hash")} for name in named]
    lines = [
        {
            "type": "decisions",
            "schema": 1,
            "tool": "dedup",
            "fingerprint": records[0]["fingerprint"],
        },
        {"type": "decision", "action": action, "cluster": cluster["id"], "documents": chosen},
    ]
    (place / "d.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")


def test_an_accepted_cluster_is_left_alone(place):
    decisions(place, "accept")
    ran = run("resolve", "r.jsonl", "--decisions", "d.jsonl", cwd=place)
    assert ran.status == 0
    assert ran.out == "Nothing is to be done.\n1 cluster was accepted and stays as it is.\n"
    ran = run("resolve", "r.jsonl", "--decisions", "d.jsonl", "-o", "plan.jsonl", cwd=place)
    summary = json.loads((place / "plan.jsonl").read_text().splitlines()[-1])
    assert (summary["accepted"], summary["steps"]) == (1, 0)


def test_another_document_is_kept_and_the_first_goes(place):
    decisions(place, "keep", "b 号'.txt")
    ran = run("resolve", "r.jsonl", "--decisions", "d.jsonl", "--apply", cwd=place)
    assert ran.status == 0
    assert "moved aside: 2 documents" in ran.err
    assert not (place / "a.txt").exists()
    assert (place / "b 号'.txt").exists()
    assert run("undo", "dedup-dropped/manifest.jsonl", cwd=place).status == 0


def test_an_excluded_document_is_said_to_stay(place):
    decisions(place, "exclude", "b 号'.txt")
    ran = run("resolve", "r.jsonl", "--decisions", "d.jsonl", "--lang", "zh", cwd=place)
    assert "b 号'.txt：已被排除" in ran.out
    assert ran.out.startswith("移走 1 篇")


def test_decisions_of_another_result_are_refused(place):
    decisions(place, "accept")
    (place / "a.txt").write_text(BODY + "又改了。", encoding="utf-8")
    run("scan", ".", "-q", "-o", "r.jsonl", cwd=place)
    ran = run("resolve", "r.jsonl", "--decisions", "d.jsonl", cwd=place)
    assert ran.status == 2
    assert "the decisions in d.jsonl were made for another result" in ran.err


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff\x00\xd8", b"[1]"])
def test_what_holds_no_decisions(place, content):
    if content is not None:
        (place / "x").write_bytes(content)
    ran = run("resolve", "r.jsonl", "--decisions", "x", cwd=place)
    assert ran.status == 2
    assert ran.err.startswith("dedup: error: ")
    assert "x" in ran.err
