"""The leaderboard: scored here, ranked by the paired test, unlike scores apart, and nothing shown that may not be."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.board.made_up import as_good_as, lead, write_submission

from standfirst import cli
from standfirst.board.examples import COPIED, SHARED, SHOWN, marked
from standfirst.board.leaderboard import leaderboard, write_json
from standfirst.board.page import page
from standfirst.board.submissions import submit
from standfirst.errors import InputError
from standfirst.release import fingerprint, read_split
from standfirst.release.folder import sha256_of
from standfirst.scoring import compare, score
from standfirst.scoring.slices import slices
from standfirst.scoring.support import support

Board = Mapping[str, Any]


def table_of(board: Board, task: str = "headline", dataset: str = "ours") -> Any:
    [found] = [t for t in board["tables"] if t["task"] == task and board["datasets"][t["dataset"]]["name"] == dataset]
    return found


def by_id(table: Board) -> dict[str, Any]:
    return {s["id"]: s for s in table["systems"]}


def test_systems_are_ranked_and_what_the_test_cannot_tell_apart_shares_a_rank(board: Board) -> None:
    systems = by_id(table_of(board, "standfirst"))
    assert {name: s["rank"] for name, s in systems.items() if s["place"] == "ranked"} == {
        "good": 1,
        "twin": 1,
        "poor": 3,
        "hostile": 4,
    }
    assert systems["good"]["ties"] == ["twin"]
    assert systems["good"]["letters"] == systems["twin"]["letters"]


def test_a_floor_and_a_ceiling_have_no_rank_and_take_none(board: Board) -> None:
    table = table_of(board)
    systems = by_id(table)
    assert (systems["lead"]["place"], systems["lead"]["rank"]) == ("floor", None)
    assert (systems["oracle"]["place"], systems["oracle"]["rank"], systems["oracle"]["ties"]) == ("ceiling", None, [])
    assert [s["place"] for s in table["systems"]] == ["ranked"] * 4 + ["floor", "ceiling"]


def test_every_figure_is_what_scoring_says_of_the_system_alone(
    board: Board, submissions: Path, open_release: Path
) -> None:
    for task in ("headline", "standfirst"):
        for name, told in by_id(table_of(board, task)).items():
            alone = score(submissions / name / f"predictions-{task}.jsonl", data=open_release, task=task)
            assert told["scores"] == alone.to_dict()["scores"]
            assert told["support"] == {k: {"n": n, **i._asdict()} for k, (n, i) in support(alone).items()}
            metric = table_of(board, task)["metric"]
            for kind in told["slices"]:
                assert told["slices"][kind] == [s.f1[metric]._asdict() for s in slices(alone, kind)]


def test_ties_are_those_of_the_paired_test(board: Board, submissions: Path, open_release: Path) -> None:
    names = [n for n, s in by_id(table_of(board)).items() if s["place"] != "ceiling"]
    files = {n: submissions / n / "predictions-headline.jsonl" for n in names}
    found = compare({n: score(path, data=open_release, task="headline") for n, path in files.items()})
    tied = {frozenset((d.first, d.second)) for d in found.differences if d.corrected >= 0.05}
    assert {frozenset((n, other)) for n in names for other in by_id(table_of(board))[n]["ties"]} == tied


def test_unlike_signatures_stand_in_separate_tables(board: Board) -> None:
    names = [(board["datasets"][t["dataset"]]["name"], t["task"]) for t in board["tables"]]
    assert names == [("ours", "headline"), ("ours", "standfirst"), ("articles", "headline")]
    assert len({t["signature"] for t in board["tables"]}) == 3


def test_scores_that_a_submission_brings_are_not_read(tmp_path: Path, open_release: Path) -> None:
    folder = write_submission(tmp_path / "mine", open_release, as_good_as(0.5))
    before = leaderboard([folder], [open_release])[0]
    (folder / "scores.json").write_text('{"tasks": {"headline": {"scores": "the best"}}}')
    assert leaderboard([folder], [open_release])[0] == before


def test_a_system_alone_is_first(tmp_path: Path, open_release: Path) -> None:
    folder = write_submission(tmp_path / "only", open_release, as_good_as(0.5))
    [first, _] = leaderboard([folder], [open_release])[0]["tables"]
    assert [(s["rank"], s["ties"]) for s in first["systems"]] == [(1, [])]
    assert "only leads with ROUGE-L F1" in page(leaderboard([folder], [open_release])[0])


def test_no_submission_is_an_empty_board(open_release: Path) -> None:
    board, left_out = leaderboard([], [open_release])
    assert (board["tables"], left_out) == ([], [])
    assert "There is no submission on the board yet." in page(board)


def test_the_same_submissions_give_the_same_bytes(
    tmp_path: Path, submissions: Path, open_release: Path, release: Path, board: Board
) -> None:
    folders = sorted(submissions.iterdir(), reverse=True)
    again = leaderboard(folders, [open_release, release])[0]
    write_json(board, tmp_path / "one.json")
    write_json(again, tmp_path / "other.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()
    assert page(board) == page(json.loads((tmp_path / "other.json").read_text(encoding="utf-8")))


def test_twenty_articles_are_shown_the_same_for_every_system(board: Board) -> None:
    table = table_of(board)
    shown = [article["id"] for article in table["articles"]]
    assert len(shown) == SHOWN
    assert all([e["id"] for e in s["examples"]] == shown for s in table["systems"])
    assert all(article["reference"] and article["body"] for article in table["articles"])


def test_texts_that_may_not_be_given_away_are_nowhere_on_the_board(board: Board, release: Path) -> None:
    told = json.dumps(board, ensure_ascii=False) + page(board)
    rows = read_split(release, "test", ["headline", "standfirst", "body"]).to_pylist()
    texts = [text for row in rows for text in (row["headline"], row["standfirst"], row["body"][:60]) if text]
    assert len(texts) > 40
    assert [text for text in texts if text in told] == []
    table = table_of(board, dataset="articles")
    assert {e["prediction"] for s in table["systems"] for e in s["examples"]} == {None}


def test_predictions_kept_elsewhere_are_scored_and_not_shown(tmp_path: Path, open_release: Path) -> None:
    folder = write_submission(tmp_path / "in" / "mine", open_release, as_good_as(0.5), tasks=("headline",))
    file = folder / "predictions-headline.jsonl"
    hashes = {"headline": sha256_of(file)}
    write_submission(folder, open_release, as_good_as(0.5), tasks=("headline",), predictions_sha256=hashes)
    (tmp_path / "kept" / "mine").mkdir(parents=True)
    shutil.move(file, tmp_path / "kept" / "mine" / file.name)
    board, left_out = leaderboard([tmp_path / "in"], [open_release], predictions=tmp_path / "kept")
    [system] = board["tables"][0]["systems"]
    assert left_out == []
    assert system["predictions"] == {"file": file.name, "sha256": hashes["headline"], "withheld": True}
    assert {e["prediction"] for e in system["examples"]} == {None}
    [one] = leaderboard([tmp_path / "in"], [open_release])[1]
    assert not one.broken
    assert one.reason == "its predictions are kept elsewhere"


def test_systems_that_are_nearly_one_are_flagged_as_a_submission_is(tmp_path: Path, open_release: Path) -> None:
    def almost(row: dict[str, Any], task: str) -> str:
        return lead(row, task) if int(row["id"], 16) % 9 else "Another text"

    kinds = {"lead": lead, "almost": almost, "other": as_good_as(0.5)}
    folders = [write_submission(tmp_path / name, open_release, predict) for name, predict in kinds.items()]
    for table in leaderboard(folders, [open_release])[0]["tables"]:
        for system in table["systems"]:
            submitted = submit(tmp_path / system["id"], open_release)["tasks"][table["task"]]["flags"]
            assert system["flags"] == submitted
            assert ("near-equal" in {f["flag"] for f in system["flags"]}) == (system["id"] != "other")


def test_references_that_a_release_hides_are_not_shown(
    tmp_path: Path, open_release: Path, article: Callable[..., dict[str, Any]], table: Callable[..., Path]
) -> None:
    from standfirst.pipeline import build

    (tmp_path / "sources.toml").write_text('[ours]\npath = "ours.jsonl"\nlicence = "CC0-1.0"\ntext = "published"\n')
    source = str(table(tmp_path / "ours.jsonl", [article(k) for k in range(60)]))
    build([source], tmp_path / "plain")
    report = build([source], tmp_path / "out", hide_references="test")
    file = tmp_path / "out-test-references.jsonl"
    folder = write_submission(tmp_path / "in" / "mine", tmp_path / "plain", as_good_as(1.0))
    write_submission(folder, tmp_path / "plain", as_good_as(1.0), dataset={"fingerprint": report["content_sha256"]})
    with pytest.raises(InputError, match="hides the references of its test split; give their file with --references"):
        leaderboard([folder], [tmp_path / "out"])
    board, _ = leaderboard([folder], [tmp_path / "out"], references=file)
    told = page(board) + json.dumps(board)
    texts = read_split(tmp_path / "plain", "test", ["headline"])["headline"].to_pylist()
    assert [s["rank"] for t in board["tables"] for s in t["systems"]] == [1, 1]
    assert [text for text in texts if text in told] == []


def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["standfirst", "leaderboard", *map(str, args)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    out, err = capsys.readouterr()
    return int(stopped.value.code or 0), out, err


def test_the_command_writes_the_board_and_leaves_out_what_is_broken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, open_release: Path
) -> None:
    for name in ("fine", "broken"):
        write_submission(tmp_path / "in" / name, open_release, as_good_as(0.5), tasks=("headline",))
    (tmp_path / "in" / "broken" / "predictions-headline.jsonl").write_text("{")
    out = tmp_path / "out"
    code, printed, err = command(monkeypatch, capsys, tmp_path / "in", "--data", open_release, "--out", out)
    assert code == 1
    assert re.search(r"ours, headline: 1 on \d+ articles", printed)
    assert "left out: broken: " in err
    assert "line 1: not JSON" in err
    assert "not on the board, having defects: broken; see above" in err
    told = json.loads((out / "leaderboard.json").read_text(encoding="utf-8"))
    assert [s["id"] for t in told["tables"] for s in t["systems"]] == ["fine"]
    [one] = told["left_out"]
    assert one["id"] == "broken"
    assert re.fullmatch(r"not scored, \d+ defects", one["reason"])
    assert (out / "index.html").read_text(encoding="utf-8") == page(told)


def test_a_submission_to_another_dataset_is_left_out_and_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, open_release: Path
) -> None:
    write_submission(tmp_path / "in" / "fine", open_release, as_good_as(0.5))
    write_submission(tmp_path / "in" / "other", open_release, as_good_as(0.5), dataset={"fingerprint": "f" * 64})
    out = tmp_path / "out"
    code, _, err = command(monkeypatch, capsys, tmp_path / "in", "--data", open_release, "--out", out)
    assert code == 0
    assert (
        f"left out: other: is for dataset ffffffffffff; the releases given are {fingerprint(open_release)[:12]}" in err
    )
    told = json.loads((out / "leaderboard.json").read_text(encoding="utf-8"))
    assert told["left_out"] == [{"id": "other", "reason": "is for another dataset"}]


def test_a_submission_whose_predictions_are_not_given_is_left_out_in_one_line_and_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, open_release: Path
) -> None:
    write_submission(tmp_path / "in" / "fine", open_release, as_good_as(0.5))
    kept = write_submission(
        tmp_path / "in" / "kept", open_release, as_good_as(0.5), predictions_sha256={"headline": "f" * 64}
    )
    for file in kept.glob("predictions-*.jsonl"):
        file.unlink()
    out = tmp_path / "out"
    code, _, err = command(monkeypatch, capsys, tmp_path / "in", "--data", open_release, "--out", out)
    assert code == 0
    [line] = [line for line in err.splitlines() if "kept" in line]
    assert line.endswith(
        "left out: kept: predictions-headline.jsonl not published with it; "
        "give the folder that holds them with --predictions"
    )
    told = json.loads((out / "leaderboard.json").read_text(encoding="utf-8"))
    assert told["left_out"] == [{"id": "kept", "reason": "its predictions are kept elsewhere"}]


def test_a_board_that_nothing_is_on_is_not_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, open_release: Path
) -> None:
    write_submission(tmp_path / "in" / "other", open_release, as_good_as(0.5), dataset={"fingerprint": "f" * 64})
    code, _, err = command(monkeypatch, capsys, tmp_path / "in", "--data", open_release, "--out", tmp_path / "out")
    assert code == 1
    assert "no submission is on the board, 1 left out (see above); nothing was written" in err
    assert not (tmp_path / "out").exists()


def test_a_folder_without_a_submission_is_refused_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, open_release: Path
) -> None:
    (tmp_path / "in").mkdir()
    code, _, err = command(monkeypatch, capsys, tmp_path / "in", "--data", open_release, "--out", tmp_path / "out")
    assert code == 2
    told = f"{tmp_path / 'in'}: holds no submission; give one, with its system.yaml, or a folder of such"
    assert err == f"standfirst: {told}\n"
    assert not (tmp_path / "out").exists()


def test_two_submissions_of_one_name_are_refused(tmp_path: Path, open_release: Path) -> None:
    folders = [write_submission(tmp_path / k / "mine", open_release, as_good_as(0.5)) for k in ("a", "b")]
    with pytest.raises(InputError, match="two submissions of one name; rename one"):
        leaderboard(folders, [open_release])


def test_a_folder_that_is_none_is_refused(tmp_path: Path, open_release: Path) -> None:
    with pytest.raises(InputError, match="no such folder; give a submission"):
        leaderboard([tmp_path / "none"], [open_release])
    with pytest.raises(InputError, match="none: no such folder; --predictions names one with a folder for each submis"):
        leaderboard([], [open_release], predictions=tmp_path / "none")


def test_references_that_no_release_hides_are_refused(tmp_path: Path, open_release: Path) -> None:
    with pytest.raises(InputError, match=r"r\.jsonl: no release given hides the references of its test split; leave"):
        leaderboard([], [open_release], references=tmp_path / "r.jsonl")


MARKED = [
    ("Hot tea", "Cold tea", "No hot tea here.", [(COPIED, "Hot"), (0, " "), (SHARED + COPIED, "tea")]),
    ("Tea", "Tea", "Tea", [(SHARED, "Tea")]),
    ("“Tea” – HOT!", "hot", "tea, hot", [(0, "“"), (COPIED, "Tea"), (0, "” – "), (SHARED + COPIED, "HOT"), (0, "!")]),
    ("no word of it", "other", "else", [(0, "no word of it")]),
    ("...", "x", "y", [(0, "...")]),
]


@pytest.mark.parametrize(("text", "reference", "body", "wanted"), MARKED)
def test_words_are_marked_as_shared_and_as_copied(
    text: str, reference: str, body: str, wanted: list[tuple[int, str]]
) -> None:
    assert marked(text, reference, body) == wanted
    assert "".join(part for _, part in marked(text, reference, body)) == text
