from __future__ import annotations

import re

import pytest

from dedup.model import Fact, Role, SetAside
from dedup.text.metadata import DateChoice, choose_date
from dedup.text.metadata.dates import date_pattern, has_clock, parse_date
from dedup.text.metadata.normal import normalise


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2023-11-14", "2023-11-14"),
        ("2023/1/4", "2023-01-04"),
        ("2023.11.14", "2023-11-14"),
        ("2023年11月14日", "2023-11-14"),
        ("2023 年 11 月 14 日", "2023-11-14"),
        ("2023年11月14号", "2023-11-14"),
        ("2024-11-23 07:40:02", "2024-11-23T07:40:02"),
        ("2024-11-23T07:40:02+08:00", "2024-11-23T07:40:02"),
        ("2024-11-23T07:40:02.123Z", "2024-11-23T07:40:02"),
        ("2023年11月14日05:31", "2023-11-14T05:31:00"),
        ("2023年11月14日 下午3:05", "2023-11-14T15:05:00"),
        ("2023年11月14日 上午9:05", "2023-11-14T09:05:00"),
        ("2023年11月14日8时30分", "2023-11-14T08:30:00"),
        ("2023年11月14日 星期二 10:22", "2023-11-14T10:22:00"),
        ("二〇二三年十一月十四日", "2023-11-14"),
        ("二○二三年十一月十四日", "2023-11-14"),
        ("二零零九年二月三日", "2009-02-03"),
        ("一九九八年十二月三十一日", "1998-12-31"),
        ("二〇二一年十月廿三日", "2021-10-23"),
        ("二〇二一年十月卅日", "2021-10-30"),
        ("二〇二一年十月十日", "2021-10-10"),
        ("二〇二一年十月二十日", "2021-10-20"),
        ("民國112年11月14日", "2023-11-14"),
        ("中華民國112年11月14日", "2023-11-14"),
        ("民國一一二年十一月十四日", "2023-11-14"),
        ("民國五十二年三月一日", "1963-03-01"),
        ("２０２３年１１月１４日", "2023-11-14"),
    ],
)
def test_dates_are_read(written: str, iso: str) -> None:
    assert parse_date(normalise(written)) == iso


@pytest.mark.parametrize(
    "written",
    ["", "今天", "2023", "11月14日", "2023-13-14", "2023年2月30日", "2023-11/14", "1.20.3"],
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert parse_date(normalise(written)) is None


def test_an_impossible_time_leaves_the_day() -> None:
    assert parse_date("2023-11-14 25:99") == "2023-11-14"


def test_only_a_time_of_day_is_a_clock() -> None:
    assert has_clock("2023-11-14 10:22")
    assert has_clock("2023年11月14日8时30分")
    assert not has_clock("2023-11-14")


def test_a_pattern_may_hold_several_dates() -> None:
    both = re.compile(f"{date_pattern()} {date_pattern()}")
    assert both.fullmatch("2023-11-14 2024/01/02")
    assert both.fullmatch("2023-11-14 二〇二四年一月二日")


def aside(*facts: tuple[str, str]) -> SetAside:
    made = tuple(Fact(name, value) for name, value in facts)
    return SetAside(0, 1, 1, 1, Role.METADATA, "header", "x", made)


PRINTED = ("printed", "2023-11-14")
PUBLISHED = ("published", "2023-11-15T09:00:00")
SCRAPED = ("scraped", "2024-01-02T03:04:05")
UPDATED = ("updated", "2023-12-01")


@pytest.mark.parametrize(
    ("dates", "kind"),
    [
        ((SCRAPED, PUBLISHED, PRINTED), "printed"),
        ((SCRAPED, UPDATED, PUBLISHED), "published"),
        ((SCRAPED, UPDATED), "updated"),
        ((SCRAPED,), "scraped"),
    ],
)
def test_print_goes_before_publication_and_publication_before_scrape(
    dates: tuple[tuple[str, str], ...], kind: str
) -> None:
    choice = choose_date([aside(date) for date in dates])
    assert choice.kind == kind
    assert choice.date == dict(dates)[kind]
    assert choice.others == tuple(Fact(*date) for date in dates if date[0] != kind)


def test_the_same_day_twice_is_no_conflict() -> None:
    choice = choose_date([aside(("published", "2023-11-14T08:00:00")), aside(PRINTED)])
    assert choice == DateChoice("2023-11-14", "printed", ())


def test_of_two_dates_of_one_kind_the_first_wins_and_the_other_is_named_once() -> None:
    late = ("published", "2023-11-16")
    choice = choose_date([aside(PUBLISHED, late), aside(late)])
    assert choice == DateChoice(PUBLISHED[1], "published", (Fact(*late),))


def test_without_dates_there_is_no_choice() -> None:
    assert choose_date([]) == DateChoice(None, None, ())
    assert choose_date([aside(("source", "新华网"))]) == DateChoice(None, None, ())
