"""``dedup scan --engine spark``: the scan of a cluster, from its options to its totals."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from dedup.cli import options
from dedup.cli.language import say
from dedup.cli.streams import complain
from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from dedup.cli.options import Params

ENGINES = ("local", "spark")

#: Options of a scan that have no meaning on Spark, and what they are where nobody gave them.
_NOT_THERE = {
    "against": (),
    "borderline": None,
    "write_kept": None,
    "write_dropped": None,
    "write_rejected": None,
    "split": None,
    "with_text": False,
    "summary": False,
    "limit": None,
    "no_text": False,
    "output_format": None,
    "resume": False,
}

engine_options: Callable[[Any], Any] = options.stacked(
    options.option(
        "--engine",
        type=click.Choice(ENGINES),
        default="local",
        help="Where the scan takes place; spark reads and writes what Spark does, and -o names a "
        "folder then.",
    ),
    options.option(
        "--master",
        metavar="URL",
        help="Spark's master: local[4], spark://host:7077, yarn [default: that of spark-submit].",
    ),
)


def scan_on_spark(params: Params, paths: list[str]) -> int:
    """Scan ``paths`` on Spark, write what was found, and return the exit status."""
    for name, absent in _NOT_THERE.items():
        if params.get(name, absent) != absent:
            flag = f"--{name.replace('_', '-')}"
            raise UsageError(
                message("{option} is not for --engine spark", option=flag),
                hint=message("the output folder has what is kept and what is dropped"),
            )
    if params["output"] is None:
        raise UsageError(
            message("a scan on Spark writes into a folder, and none is named"),
            hint=message("name one that is not there yet: -o DIR"),
        )
    chosen = options.settings_in_effect(params)
    talk = options.talk_in_effect(params, chosen)
    begun = time.monotonic()

    from dedup.app.spark_extra import require_spark

    require_spark()

    from dedup.app import spark_scan  # starts a session only when it is called

    job = spark_scan.SparkJob(params["master"], params["output"], params["work_dir"])
    totals = spark_scan.scan_on_spark(
        paths, chosen.settings, options.reading_in_effect(params, chosen), job
    )
    if not talk.quiet:
        seconds = f"{time.monotonic() - begun:,.1f}"
        said = {name: f"{number:,}" for name, number in totals.items()}
        text = message(
            "{documents} documents read, {clusters} clusters, {dropped} dropped ({seconds} s)",
            documents=said["documents"],
            clusters=said["clusters"],
            dropped=said["dropped"],
            seconds=seconds,
        )
        complain(say(text))
    return 1 if params["exit_code"] and totals["clusters"] else 0
