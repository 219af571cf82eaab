"""Spark finds what a scan finds."""

from __future__ import annotations

import random

import pytest
from random_documents import random_documents, sentence
from spark_same import found_here, found_there

import dedup
from dedup.errors import UsageError
from dedup.settings import Settings

pytestmark = pytest.mark.slow


def frame(spark, documents, partitions=3):
    return spark.createDataFrame(documents, "id string, text string").repartition(partitions)


def pairs_of(seed, size):
    return [(each.id, each.text) for each in random_documents(seed, size)]


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(unit="char"),
        Settings(keep="first"),
        Settings(threshold=0.7, keep="newest"),
    ],
    ids=str,
)
def test_the_same_as_here(spark, settings):
    from dedup.spark import find_duplicates

    documents = pairs_of(7, 240)
    result = find_duplicates(frame(spark, documents), settings=settings)
    here = found_here(documents, settings)
    there = found_there(result)
    for mine, theirs in zip(here, there, strict=True):
        assert theirs == mine
    assert here[1]
    result.release()


def test_nothing_stays_in_the_executors_after_release(spark):
    from dedup.spark import find_duplicates

    held = spark.sparkContext._jsc.getPersistentRDDs
    before = set(held().keySet())
    result = find_duplicates(frame(spark, pairs_of(9, 120)))
    assert result.pairs.count()
    assert len(held()) > len(before)
    result.release()
    assert set(held().keySet()) <= before


def test_order_and_partitions_do_not_matter(spark):
    from dedup.spark import find_duplicates

    documents = pairs_of(8, 120)
    first = found_there(find_duplicates(frame(spark, documents)))
    random.Random(1).shuffle(documents)
    assert found_there(find_duplicates(frame(spark, documents, 5))) == first


def test_copies(spark):
    from dedup.spark import find_duplicates

    header = "本站所有内容均来自网络，仅供学习交流之用，如有侵权请联系管理员删除。" * 3
    documents = [(f"c{n}", f"{header}第{n}号文件，编号{n * 7919}。") for n in range(30)]
    documents += [(f"same{n}", header) for n in range(300)]
    settings = Settings(boilerplate="none")
    result = find_duplicates(frame(spark, documents), settings=settings)
    for mine, theirs in zip(found_here(documents, settings), found_there(result), strict=True):
        assert theirs == mine


def test_no_documents_and_one(spark):
    from dedup.spark import find_duplicates

    empty = find_duplicates(frame(spark, [("a", "！？")]))
    assert found_there(empty) == ([], {}, [], [], [], ["a"])
    one = find_duplicates(frame(spark, [("a", "山中何所有，岭上多白云。"), ("b", None)]))
    assert found_there(one) == ([], {}, [], [], ["a"], ["b"])


def test_what_can_never_work(spark):
    from dedup.spark import find_duplicates

    df = frame(spark, [("a", "一"), ("a", "二")])
    with pytest.raises(UsageError, match="no column body"):
        find_duplicates(df, text="body")
    with pytest.raises(UsageError, match="two documents have the id a"):
        find_duplicates(df)
    with pytest.raises(UsageError, match="does not hold text"):
        find_duplicates(spark.createDataFrame([("a", 1)], "id string, text int"))
    with pytest.raises(UsageError, match="has nulls"):
        find_duplicates(spark.createDataFrame([(None, "一")], "id string, text string"))


def test_the_work_folder_is_used_again(spark, tmp_path):
    from dedup.spark import find_duplicates

    documents = pairs_of(9, 60)
    folder = str(tmp_path / "work")
    first = found_there(find_duplicates(frame(spark, documents), work_dir=folder))
    stamps = sorted(p.stat().st_mtime_ns for p in (tmp_path / "work/sketches").iterdir())
    again = found_there(find_duplicates(frame(spark, documents, 2), work_dir=folder))
    assert again == first
    assert stamps == sorted(p.stat().st_mtime_ns for p in (tmp_path / "work/sketches").iterdir())
    with pytest.raises(UsageError, match="another run"):
        find_duplicates(frame(spark, documents[1:]), work_dir=folder)


def test_a_user_dictionary_travels(spark, tmp_path):
    from dedup.spark import find_duplicates

    words = tmp_path / "words.txt"
    words.write_text("道路开始改造 100000\n图书馆全面竣工 100000\n", encoding="utf-8")
    settings = Settings(user_dict=str(words))
    documents = pairs_of(10, 90)
    result = find_duplicates(frame(spark, documents), settings=settings)
    here, there = found_here(documents, settings), found_there(result)
    assert there[0] == here[0]
    assert there[1] == here[1]


def test_a_task_that_fails_twice_changes_nothing(spark):
    from dedup.spark import find_duplicates

    def unlucky(batches):
        from pyspark import TaskContext

        task = TaskContext.get()
        if task.partitionId() == 1 and task.attemptNumber() < 2:
            raise OSError("no space left on device")
        yield from batches

    documents = pairs_of(12, 60)
    df = frame(spark, documents).mapInArrow(unlucky, "id string, text string")
    settings = Settings()
    result = find_duplicates(df, settings=settings)
    for mine, theirs in zip(found_here(documents, settings), found_there(result), strict=True):
        assert theirs == mine


def test_boilerplate_is_learned_as_here(spark):
    from dedup.spark import find_duplicates

    note = "本站所有内容均来自网络，仅供学习交流之用，不代表本站立场；如有侵权，请联系管理员删除。"
    documents = [
        (i, f"{t}\n{note}\n" if at % 2 else t) for at, (i, t) in enumerate(pairs_of(13, 90))
    ]
    here = dedup.scan([dedup.Document(i, t) for i, t in documents])
    result = find_duplicates(frame(spark, documents))
    assert here.settings.boilerplate
    assert result.settings.boilerplate == here.settings.boilerplate
    assert result.settings.boilerplate.text() == here.settings.boilerplate.text()
    for mine, theirs in zip(found_here(documents, Settings()), found_there(result), strict=True):
        assert theirs == mine


def test_parts_are_found_as_here(spark):
    from dedup.spark import find_duplicates

    draw = random.Random(5)
    pages = ["".join(chr(0x4E00 + draw.randrange(3000)) for _ in range(300)) for _ in range(3)]
    documents = [(f"page{at}", page) for at, page in enumerate(pages)]
    documents += [("whole", "".join(pages)), ("other", sentence(draw) * 3)]
    here = found_here(documents, Settings())
    assert [each["whole"] for each in here[3]] == ["whole"]
    for mine, theirs in zip(
        here, found_there(find_duplicates(frame(spark, documents))), strict=True
    ):
        assert theirs == mine
