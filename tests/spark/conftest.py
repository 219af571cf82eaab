"""A Spark of our own for these tests: two executors that are processes, or threads."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import warnings
from pathlib import Path

import pytest

PANDAS = "ignore:PySpark does not yet fully support pandas:FutureWarning"


def pytest_collection_modifyitems(items):
    """Let PySpark say what it wants to of the pandas that it finds."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings(PANDAS))


@pytest.fixture(scope="session")
def java():
    """Skip where there is no Java; in CI that is a failure."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("needs zh-dedup[spark]")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("needs Java 17")


def session(master: str, folder: Path, **conf: object):
    """Return a session; there is one at a time in a process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas that PySpark imports
        import pyspark
        from pyspark.sql import SparkSession

        os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        os.environ["SPARK_LOCAL_HOSTNAME"] = "localhost"
        os.environ["PYSPARK_PYTHON"] = sys.executable
        (folder / "events").mkdir()
        builder = SparkSession.builder.master(master).appName("dedup-tests")
        settings = {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.eventLog.compress": "false",
            "spark.eventLog.dir": (folder / "events").as_uri(),
            "spark.eventLog.enabled": "true",
            "spark.eventLog.rolling.enabled": "false",
            "spark.local.dir": str(folder / "local"),
            # fewer jobs, of which each costs more than these few rows; clusters have it on
            "spark.sql.adaptive.enabled": "false",
            "spark.sql.shuffle.partitions": "4",
            "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),  # as Spark rewrites it
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            **conf,
        }
        for name, value in settings.items():
            builder = builder.config(name, str(value))
        made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


@pytest.fixture(scope="session")
def spark_folder(tmp_path_factory):
    """Return the folder with the event log of the session."""
    return tmp_path_factory.mktemp("spark")


@pytest.fixture(scope="session")
def spark(java, spark_folder):
    """A session whose executors are threads of this process; a task may fail three times."""
    made = session("local[2,4]", spark_folder)
    yield made
    made.stop()
