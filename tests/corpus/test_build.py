"""The corpus built as a newcomer builds it: every page in its place, the stories right, nothing across the splits."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from standfirst.pipeline import build
from standfirst.record import SPLITS
from standfirst.release import read_split
from standfirst.text import squeeze

Records = dict[str, dict[str, Any]]
ARTICLES = Path(__file__).resolve().parents[2] / "corpus" / "articles"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    out = tmp_path_factory.mktemp("corpus") / "release"
    return out, build([str(ARTICLES)], out)


@pytest.fixture(scope="module")
def rows(release: tuple[Path, dict[str, Any]], articles: Records) -> dict[str, dict[str, Any]]:
    """Stem -> the built record; a headline names its article, as no two are equal."""
    stems = {squeeze(gold["headline"]): stem for stem, gold in articles.items()}
    built = [row for split in SPLITS for row in read_split(release[0], split).to_pylist()]
    return {stems.get(squeeze(row["headline"]), row["headline"]): row for row in built}


def test_every_article_becomes_a_record_and_every_other_page_a_rejection(
    release: tuple[Path, dict[str, Any]], rows: Records, records: Records, articles: Records
) -> None:
    assert set(rows) == set(articles)
    report = release[1]
    assert report["records"] == len(articles)
    assert report["refused"] == {gold["refused"]: 1 for gold in records.values() if "refused" in gold}


def test_the_built_stories_are_the_told_ones(rows: Records, articles: Records) -> None:
    wrong = [
        (a, b)
        for a, b in combinations(sorted(articles), 2)
        if (articles[a]["story"] == articles[b]["story"]) != (rows[a]["story"] == rows[b]["story"])
    ]
    assert wrong == []


def test_nothing_leaks_across_the_splits(release: tuple[Path, dict[str, Any]], rows: Records) -> None:
    splits: dict[str, set[str]] = {}
    for row in rows.values():
        splits.setdefault(row["story"], set()).add(row["split"])
    assert [story for story, held in splits.items() if len(held) > 1] == []
    assert json.loads((release[0] / "report.json").read_text("utf-8"))["records"] == len(rows)
