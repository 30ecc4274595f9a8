"""Splits: from the story's id alone."""

from __future__ import annotations

from collections import Counter

import pytest

from standfirst.errors import InputError
from standfirst.record import Reason
from standfirst.splits import ByDate, Ratios, place, split_of


def test_a_story_has_the_same_split_on_every_machine() -> None:
    assert [split_of(f"{k:016x}") for k in range(12)].count("train") == 12 - 3
    assert split_of("0000000000000005") == split_of("0000000000000005", Ratios(80, 10, 10))


def test_the_shares_are_those_asked_for() -> None:
    count = Counter(split_of(f"{k:016x}", Ratios(50, 20, 30)) for k in range(20_000))
    assert count["train"] == pytest.approx(10_000, abs=250)
    assert count["validation"] == pytest.approx(4_000, abs=200)


def test_a_larger_test_share_never_moves_a_test_story_out() -> None:
    stories = [f"{k:016x}" for k in range(2000)]
    small = {s for s in stories if split_of(s, Ratios(80, 10, 10)) == "test"}
    assert small < {s for s in stories if split_of(s, Ratios(60, 10, 30)) == "test"}


@pytest.mark.parametrize("text", ["80/20", "80/10/x", "0/50/50", "80/20/0", "", "-1/1/1"])
def test_ratios_that_are_none_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InputError, match="wanted train/validation/test in whole numbers, train and test over 0"):
        Ratios.parse(text)


def test_stories_that_share_text_stay_apart_and_share_a_split() -> None:
    days = dict.fromkeys("abcd", 1)
    placed, refused = place(days, [("b", "c")], Ratios(1, 1, 1), ties=[("a", "c"), ("c", "d")])
    assert [(i, story) for i, story, _ in placed] == [("a", "a"), ("b", "b"), ("c", "b"), ("d", "d")]
    assert {split for _, _, split in placed} == {split_of("a", Ratios(1, 1, 1))}
    assert refused == []


def test_splits_by_date_hold_all_days_of_stories_that_share_text() -> None:
    cut = ByDate(100, 200)
    placed, refused = place({"a": 50, "b": 150, "c": 50}, [], cut, ties=[("a", "b")])
    assert placed == [("c", "c", "train")]
    assert [(i, reason) for i, reason, _ in refused] == [("a", Reason.BETWEEN_SPLITS), ("b", Reason.BETWEEN_SPLITS)]


def test_a_new_article_that_shares_text_with_a_published_one_joins_its_split_and_not_its_story() -> None:
    before = {"m": ("m", "test"), "x": ("x", "train")}
    days = dict.fromkeys("amnx", 1)
    placed, _ = place(days, [("m", "n")], Ratios(), before, ties=[("a", "m")])
    assert placed == [("a", "a", "test"), ("m", "m", "test"), ("n", "m", "test"), ("x", "x", "train")]
    _, refused = place(days, [("m", "n")], Ratios(), before, ties=[("n", "x")])
    assert refused == [("n", Reason.STRADDLES, "m is in test, x is in train")]
