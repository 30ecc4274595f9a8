"""The whole build: every input accounted for, stories in one split, the same bytes whatever ran it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from standfirst import datasets, leaks, stages
from standfirst.errors import GateError, InputError
from standfirst.pipeline import build
from standfirst.release import read_report, read_split
from standfirst.release.manifest import write_manifest
from standfirst.release.verify import verify
from standfirst.runners import InProcess
from standfirst.splits import ByDate, Ratios

Make = Callable[..., dict[str, Any]]
Write = Callable[[Path, list[dict[str, Any]]], Path]


def rows_of(release: Path) -> list[dict[str, Any]]:
    splits = ("train", "validation", "test")
    return [row for split in splits for row in read_split(release, split).to_pylist()]


def sums(release: Path) -> str:
    return (release / "SHA256SUMS").read_text()


def test_kept_and_refused_add_up_to_the_input(tmp_path: Path, article: Make, table: Write) -> None:
    rows = [article(k) for k in range(30)]
    rows += [article("short", body="Too short."), article("empty", body=None), article("bare", headline=" ")]
    rows += [article(3)]
    report = build([str(table(tmp_path / "a.jsonl", rows))], tmp_path / "out")
    assert report["records"] == 30
    assert report["refused"] == {"no-body": 1, "no-headline": 1, "repeated": 1, "short-body": 1}
    refused = [json.loads(line) for line in (tmp_path / "out/rejects/rejections.jsonl").read_text().splitlines()]
    found = {r["reason"]: r["name"] for r in refused}
    assert found.pop("repeated") in ("4", "34"), "of two equal rows one is kept, whichever"
    assert found == {"short-body": "31", "no-body": "32", "no-headline": "33"}


def test_a_story_never_crosses_splits(release: Path) -> None:
    split_of: dict[str, set[str]] = {}
    rows = rows_of(release)
    for row in rows:
        split_of.setdefault(row["story"], set()).add(row["split"])
    assert all(len(splits) == 1 for splits in split_of.values())
    told_twice = [row for row in rows if row["id"] != row["story"]]
    assert len(told_twice) == 10
    assert {row["story"] for row in told_twice} <= {row["id"] for row in rows}


def test_rows_are_sorted_by_id_and_typed_as_the_record_says(release: Path) -> None:
    from standfirst.record import arrow_schema

    table = pq.read_table(release / "data/train-00000-of-00001.parquet")
    assert table.schema.equals(arrow_schema())
    assert table["id"].to_pylist() == sorted(table["id"].to_pylist())
    assert None in table["standfirst"].to_pylist()
    assert "" not in table["standfirst"].to_pylist()


def test_datasets_loads_the_three_splits(release: Path, tmp_path: Path) -> None:
    from datasets import load_dataset

    news = load_dataset(str(release), cache_dir=str(tmp_path))
    assert {split: len(rows) for split, rows in news.items()} == {
        split: n["records"] for split, n in read_report(release)["splits"].items()
    }
    assert news["train"][0]["headline"]


def test_the_same_input_gives_the_same_bytes_whatever_order_and_workers(
    tmp_path: Path, article: Make, table: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standfirst.pipeline.shards_of", lambda units: 5)
    monkeypatch.setattr("standfirst.sources.tables.BYTES_A_PART", 20_000)
    rows = [article(k) for k in range(60)]
    (tmp_path / "x").mkdir()
    first = [str(table(tmp_path / "a.jsonl", rows[:30])), str(table(tmp_path / "b.jsonl", rows[30:]))]
    (tmp_path / "a.jsonl").rename(tmp_path / "x" / "a.jsonl")
    build([str(tmp_path / "x" / "a.jsonl"), first[1]], tmp_path / "one", workers=2)
    (tmp_path / "x" / "a.jsonl").rename(tmp_path / "a.jsonl")
    monkeypatch.setattr("standfirst.pipeline.shards_of", lambda units: 1)
    build(first[::-1], tmp_path / "two" / "deep")
    assert sums(tmp_path / "one") == sums(tmp_path / "two" / "deep")


def test_what_a_task_holds_at_once_changes_nothing(
    tmp_path: Path, article: Make, table: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [article(k) for k in range(60)] + [article(3, headline="Told again with another headline")]
    source = str(table(tmp_path / "a.jsonl", rows))
    build([source], tmp_path / "whole")
    monkeypatch.setattr("standfirst.stages.articles.ROWS_A_PIECE", 7)
    build([source], tmp_path / "pieces")
    assert sums(tmp_path / "pieces") == sums(tmp_path / "whole")


def test_the_leak_search_by_ranges_of_hashes_finds_what_a_search_of_the_release_finds(
    tmp_path: Path, article: Make, table: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [article(k) for k in range(60)]
    for k in range(0, 60, 2):  # parts of bodies in common, too little for a story, and the same headline
        rows[k]["body"] += " " + rows[k + 1]["body"][:200]
        rows[k]["headline"] = rows[k + 1]["headline"]
    source = str(table(tmp_path / "a.jsonl", rows))
    whole = build([source], tmp_path / "whole", ratios=Ratios(1, 1, 1))["leaks"]
    monkeypatch.setattr("standfirst.pipeline.shards_of", lambda units: 5)
    monkeypatch.setattr("standfirst.stages.held_out.MEETINGS_A_PIECE", 3)
    monkeypatch.setattr("standfirst.stages.held_out.MEETINGS_A_TASK", 7)
    build([source], tmp_path / "ranges", ratios=Ratios(1, 1, 1))
    assert sums(tmp_path / "ranges") == sums(tmp_path / "whole")
    for side, found in whole.items():
        mine, theirs = side.split("_in_")
        assert found == datasets.search(f"{tmp_path / 'whole'}:{mine}", f"{tmp_path / 'whole'}:{theirs}").summary()
    assert sum(found["headline"] for found in whole.values()) > 5
    assert sum(found["near"] for found in whole.values()) == 0


def test_a_work_folder_that_cannot_be_used_is_named(tmp_path: Path, article: Make, table: Write) -> None:
    source = str(table(tmp_path / "a.jsonl", [article(1)]))
    with pytest.raises(InputError, match=r"nosuch://x/.out.work: this work folder cannot be used"):
        build([source], tmp_path / "out", work_folder="nosuch://x")


def test_a_filter_of_archives_without_an_archive_is_refused(tmp_path: Path, article: Make, table: Write) -> None:
    source = str(table(tmp_path / "a.jsonl", [article(1)]))
    with pytest.raises(InputError, match="--since: choose among the pages of web archives, and no source is one"):
        build([source], tmp_path / "out", filters={"since": "2020-03-01"})


def test_columns_without_a_table_are_refused(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<h1>Tea")
    for source in (str(tmp_path), "newsarticles"):
        with pytest.raises(InputError, match="--column: chooses among the columns of tables, and no source is one"):
            build([source], tmp_path / "out", columns={"headline": "title"})
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_a_release_is_not_rebuilt_over_its_own_data(tmp_path: Path, release: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(release, copy)
    [train] = (copy / "data").glob("train-*")
    with pytest.raises(InputError, match=r"lies in .*copy, which the new release replaces"):
        build([str(train)], copy)
    assert verify(copy)["records"] == verify(release)["records"]
    assert [p.name for p in tmp_path.iterdir()] == ["copy"], "no work folder is left"


def test_a_build_that_was_killed_goes_on_and_ends_the_same(
    tmp_path: Path, article: Make, table: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = str(table(tmp_path / "a.jsonl", [article(k) for k in range(40)]))
    build([source], tmp_path / "whole")

    class Killed(InProcess):
        def run(self, task: Any, n: int, done: Any) -> None:
            if task.args[0] is stages.join:
                raise KeyboardInterrupt
            super().run(task, n, done)

    with pytest.raises(KeyboardInterrupt):
        build([source], tmp_path / "out", runner=Killed())
    assert not (tmp_path / "out").exists(), "nothing is under the release's name before it is complete"
    monkeypatch.setattr(
        "standfirst.stages.articles.judge_unit", lambda unit: pytest.fail("what was read is not read again")
    )
    build([source], tmp_path / "out")
    assert sums(tmp_path / "out") == sums(tmp_path / "whole")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "out", "whole"], "the work folder is gone"


def test_a_build_killed_outright_leaves_the_old_release_whole(tmp_path: Path, article: Make, table: Write) -> None:
    source = table(tmp_path / "a.jsonl", [article(k) for k in range(40)])
    build([str(source)], tmp_path / "out")
    before = sums(tmp_path / "out")
    table(source, [article(k) for k in range(400)])
    command = [sys.executable, "-m", "standfirst", "build", str(source), "--out", str(tmp_path / "out")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    work = tmp_path / ".out.work"
    while not (work / "raw").exists() and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert sums(tmp_path / "out") == before
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path / "out", check=True)
    report = build([str(source)], tmp_path / "out")
    assert report["records"] == 400
    assert not work.exists()


def test_a_leak_above_its_limit_fails_the_build_and_names_the_pair(
    tmp_path: Path, article: Make, table: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standfirst.stories.bond", lambda a, b: None)
    monkeypatch.setattr(stages, "new_edges", lambda root, found: set())
    rows = [article(k) for k in range(60)]
    rows += [{**row, "url": row["url"] + "-again"} for row in rows]
    with pytest.raises(
        GateError, match=r"test_in_train: \d+ articles leak by their body .*: [0-9a-f]{16} in [0-9a-f]{16}"
    ):
        build([str(table(tmp_path / "a.jsonl", rows))], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_the_search_for_stories_missed_is_joined_when_the_leak_search_finds_it(
    tmp_path: Path, article: Make, table: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [article(k) for k in range(20)]
    rows += [{**row, "url": row["url"] + "-again"} for row in rows]
    source = str(table(tmp_path / "a.jsonl", rows))
    monkeypatch.setattr("standfirst.stories.bond", lambda a, b: None)
    build([source], tmp_path / "out")
    placed = {row["url"]: (row["story"], row["split"]) for row in rows_of(tmp_path / "out")}
    apart = [url for url in placed if f"{url}-again" in placed and placed[url][1] != placed[f"{url}-again"][1]]
    assert apart == []
    assert any(placed[url][0] == placed[f"{url}-again"][0] for url in placed if f"{url}-again" in placed)


def test_a_folder_that_is_no_release_is_never_replaced(tmp_path: Path, article: Make, table: Write) -> None:
    source = str(table(tmp_path / "a.jsonl", [article(1)]))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").write_text("years of work")
    with pytest.raises(InputError, match="is there and is no release; nothing was written"):
        build([source], tmp_path / "out")
    assert (tmp_path / "out" / "thesis.tex").read_text() == "years of work"


def test_a_link_to_a_release_stays_and_the_release_is_replaced(tmp_path: Path, article: Make, table: Write) -> None:
    old, new = (table(tmp_path / f"{k}.jsonl", [article(k)]) for k in (1, 2))
    build([str(old)], tmp_path / "v1")
    (tmp_path / "latest").symlink_to("v1")
    build([str(new)], tmp_path / "latest")
    assert (tmp_path / "latest").is_symlink()
    assert read_report(tmp_path / "v1")["sources"].keys() == {"2"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["1.jsonl", "2.jsonl", "latest", "v1"]


def test_input_of_which_nothing_is_kept_says_what_was_refused(tmp_path: Path, table: Write, article: Make) -> None:
    source = str(table(tmp_path / "a.jsonl", [article(1, body="Short.")]))
    with pytest.raises(InputError, match=r"no article was kept \(1 short-body\)"):
        build([source], tmp_path / "out")


def test_the_report_and_the_nearest_table_tell_of_leaks(release: Path) -> None:
    report = read_report(release)
    assert set(report["leaks"]) == {"test_in_train", "test_in_validation", "validation_in_train"}
    for found in report["leaks"].values():
        assert all(found[kind] == 0 for kind, most in leaks.LIMITS.items() if most == 0)
    assert report["leaks"]["test_in_train"]["other"] == report["splits"]["train"]["records"]
    nearest = pq.read_table(release / "leaks" / "nearest.parquet")
    assert nearest.column_names == ["id", "nearest", "similarity"]


def test_a_release_without_a_single_standfirst_is_a_release(tmp_path: Path, article: Make, table: Write) -> None:
    rows = [article(k, standfirst=None) for k in range(12)]
    report = build([str(table(tmp_path / "a.jsonl", rows))], tmp_path / "out")
    assert (report["records"], report["with_standfirst"]) == (12, 0)


def test_splits_by_date_leave_the_gap_empty_and_say_so(tmp_path: Path, article: Make, table: Write) -> None:
    days = {"train": "2026-01-10", "between": "2026-02-26", "validation": "2026-03-05", "test": "2026-04-01"}
    rows = [article(f"{name} {k}", published=day) for name, day in days.items() for k in range(5)]
    rows += [article("undated", published=None)]
    # Told in January and again in April: no split holds both days.
    rows += [{**rows[0], "url": "https://paper.example/again", "published": "2026-04-02"}]
    source = str(table(tmp_path / "a.jsonl", rows))
    report = build([source], tmp_path / "out", by_date=ByDate.parse("2026-03-01/2026-03-20", gap=7))
    assert {split: n["records"] for split, n in report["splits"].items()} == {"train": 4, "validation": 5, "test": 5}
    assert report["refused"] == {"between-splits": 7, "undated": 1}
    assert report["leaks"]["test_in_train"]["gap_days"] > 7


def test_a_build_that_continues_moves_no_article_and_refuses_what_joins_two_splits(
    tmp_path: Path, article: Make, table: Write
) -> None:
    rows = [article(k) for k in range(60)]
    build([str(table(tmp_path / "a.jsonl", rows[:40]))], tmp_path / "one")
    manifest = tmp_path / "one.jsonl"
    write_manifest(tmp_path / "one", manifest, "1.0.0")
    before = {row["url"]: row for row in rows_of(tmp_path / "one")}
    train = next(row for row in before.values() if row["split"] == "train")
    test = next(row for row in before.values() if row["split"] == "test")
    both = article("both", body=train["body"] + "\n\n" + test["body"])
    again = article("again", body=test["body"])
    source = str(table(tmp_path / "b.jsonl", [*rows, both, again]))
    report = build([source], tmp_path / "two", continues=manifest)
    after = {row["url"]: row for row in rows_of(tmp_path / "two")}
    assert all((after[url]["story"], after[url]["split"]) == (r["story"], r["split"]) for url, r in before.items())
    assert (after[again["url"]]["story"], after[again["url"]]["split"]) == (test["story"], "test")
    assert both["url"] not in after
    assert report["refused"] == {"straddles-splits": 1}
    assert report["continues"] == {"published": 40, "kept": 40, "moved": 0, "missing": 0, "new": 21}
    assert verify(tmp_path / "two", manifest)["records"] == 61
    refused = [json.loads(line) for line in (tmp_path / "two/rejects/rejections.jsonl").read_text().splitlines()]
    assert sorted(refused[0]["detail"].split(", ")) == sorted(
        [f"{train['id']} is in train", f"{test['id']} is in test"]
    )
