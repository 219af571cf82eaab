"""Standard streams that cannot do what they should."""

from __future__ import annotations

import errno
import io
import sys

import pytest
from terminal import Stream

from dedup.cli import streams
from dedup.errors import OutputError


class Failing(Stream):
    """A stream whose first write fails."""

    def __init__(self, error: OSError) -> None:
        self._error = error
        super().__init__()

    def write(self, text: str) -> int:
        raise self._error


def test_text_goes_out_as_text_and_machine_formats_as_utf8(monkeypatch):
    stream = Stream(encoding="gbk")
    monkeypatch.setattr(sys, "stdout", stream)
    streams.prepare()
    streams.write_out(["中𠮷\n"], utf8=False)
    streams.write_out(["中𠮷\udcd6\n"], utf8=True)
    expected = "中".encode("gbk") + b"\\U00020bb7\n" + "中𠮷".encode() + b"\\udcd6\n"
    assert stream.kept() == expected


def test_a_reader_that_left_is_no_error(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Failing(BrokenPipeError(errno.EPIPE, "Broken pipe")))
    streams.write_out(["x"], utf8=False)


def test_windows_calls_it_an_invalid_argument(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Failing(OSError(errno.EINVAL, "Invalid argument")))
    with pytest.raises(OutputError):
        streams.write_out(["x"], utf8=False)
    monkeypatch.setattr(sys, "platform", "win32")
    streams.write_out(["x"], utf8=False)


def test_other_failures_are_errors(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Failing(OSError(errno.EIO, "Input/output error")))
    with pytest.raises(OutputError, match="cannot write standard output: Input/output error"):
        streams.write_out(["x"], utf8=False)


def test_a_closed_standard_output_is_an_error(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputError, match="standard output is closed"):
        streams.write_out(["x"], utf8=False)


def test_complaints_survive_a_lost_standard_error(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    streams.complain("x")
    monkeypatch.setattr(sys, "stderr", Failing(OSError(errno.EIO, "x")))
    streams.complain("x")


def test_streams_that_cannot_be_set_up_are_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", None)
    streams.prepare()


@pytest.mark.parametrize(
    ("choice", "terminal", "environ", "expected"),
    [
        ("auto", True, {"TERM": "xterm"}, True),
        ("auto", True, {}, True),
        ("auto", False, {"TERM": "xterm"}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", True, {"TERM": "xterm"}, False),
    ],
)
def test_when_to_color(choice, terminal, environ, expected):
    assert streams.wants_color(choice, Stream(terminal=terminal), environ) is expected


def test_a_missing_or_closed_stream_is_no_terminal():
    assert not streams.is_terminal(None)
    closed = Stream(terminal=True)
    closed.close()
    assert not streams.is_terminal(closed)
