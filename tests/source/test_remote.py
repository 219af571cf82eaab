"""URLs: the memory of fsspec, and a server that speaks S3."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from recordfiles import COMPRESSIONS, compress, json_lines, read_all, shard_of, told

from dedup.app.scan import scan_paths
from dedup.errors import PathError, UsageError
from dedup.settings import Settings
from dedup.source.remote import RemoteFile, files, is_url

fsspec = pytest.importorskip("fsspec")

TEXTS = ["湖北省举办干部教育培训班，推动学习成果转化。", "另一则完全不同的天气预报：明日多云转晴。"]


@pytest.fixture
def memory() -> Iterator[object]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("s3://a/b", True),
        ("memory://a", True),
        ("c://x", False),
        ("a/b", False),
        ("-", False),
        ("://", False),
    ],
)
def test_what_is_a_url(path, url) -> None:
    assert is_url(path) is url


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_records_and_texts_in_memory(memory, suffix) -> None:
    raw = json_lines(*({"id": i, "text": text} for i, text in enumerate(TEXTS)))
    memory.pipe(f"/corpus/a.jsonl{suffix}", compress(raw, suffix))
    memory.pipe(f"/corpus/deep/b.txt{suffix}", compress(TEXTS[0].encode(), suffix))
    memory.pipe("/corpus/c.png", b"\x89PNG")
    shard = shard_of(f"memory://corpus/a.jsonl{suffix}")
    assert told(read_all(shard)) == TEXTS
    assert b"".join(piece for _, piece in shard.raw()) == raw
    result = scan_paths(["memory://corpus"], Settings())
    (cluster,) = result.clusters
    assert set(cluster.members) == {"0", f"memory:///corpus/deep/b.txt{suffix}"}
    assert dict(result.summary.left_out) == {".png": 1}


def test_the_size_is_what_the_system_tells(memory, monkeypatch) -> None:
    memory.pipe("/corpus/a.jsonl", json_lines({"text": TEXTS[0]}))
    source = RemoteFile("memory://corpus/a.jsonl", None)
    assert source.size == len(json_lines({"text": TEXTS[0]}))
    assert RemoteFile("memory://corpus/gone.jsonl", None).size is None
    for answer in (None, 1.5):
        monkeypatch.setattr(type(memory), "size", lambda *_, answer=answer: answer)
        assert source.size is None

    def refused(*_: object) -> int:
        raise PermissionError("no")

    monkeypatch.setattr(type(memory), "size", refused)
    assert source.size is None


def test_patterns(memory) -> None:
    for name in ("a", "b"):
        memory.pipe(f"/corpus/{name}.jsonl", json_lines({"text": name}))
    assert files("memory://corpus/*.jsonl") == [
        "memory:///corpus/a.jsonl",
        "memory:///corpus/b.jsonl",
    ]
    assert files("memory://corpus/a.jsonl") == ["memory://corpus/a.jsonl"]


def test_what_is_not_there_is_told(memory) -> None:
    with pytest.raises(PathError, match="no such file"):
        scan_paths(["memory://nothing/a.jsonl"], Settings())
    with pytest.raises(UsageError, match="nonsense"):
        scan_paths(["nonsense://nothing/a.jsonl"], Settings())


@pytest.mark.slow
def test_a_server_that_speaks_s3(monkeypatch) -> None:
    server_module = pytest.importorskip("moto.server")
    pytest.importorskip("s3fs")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        system = fsspec.filesystem("s3", skip_instance_cache=True)
        system.mkdir("corpus")
        raw = json_lines(*({"text": text} for text in [*TEXTS, TEXTS[0]]))
        system.pipe("corpus/a.jsonl.zst", compress(raw, ".zst"))
        system.pipe("corpus/b.jsonl", raw)
        result = scan_paths(["s3://corpus/*.jsonl*"], Settings())
        assert sorted(len(cluster.members) for cluster in result.clusters) == [2, 4]
        assert "s3://corpus/a.jsonl.zst:1" in result.documents
    finally:
        server.stop()
