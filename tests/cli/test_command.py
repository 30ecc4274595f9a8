"""The command: help with examples, exit statuses, and one sentence for whatever cannot be used."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer.main

from standfirst.cli import app, main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process: exit status, standard output, standard error."""

    def command(*args: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["standfirst", *map(str, args)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return command


def verbs() -> list[str]:
    from standfirst.cli import verbs as _verbs  # noqa: F401

    return sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("verb", verbs())
def test_the_help_of_every_verb_has_an_example(run: Run, verb: str) -> None:
    status, out, _ = run(verb, "--help")
    assert status == 0
    assert re.search(rf"standfirst\s+{verb}\s+\S", re.sub(r"[^\w\s./:=-]", " ", out)), "an example of the verb's use"


def command_in_a_shell(tail: str, *args: str | Path) -> tuple[int, str]:
    """Exit status and standard error of the command whose output goes where a shell's `tail` says."""
    code = "from standfirst.cli import main; main()"
    script = f'set -o pipefail; "$@" {tail}'
    words = ["bash", "-c", script, "bash", sys.executable, "-c", code, *map(str, args)]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=buffered)
    return done.returncode, done.stderr


def test_who_closes_the_output_early_has_read_enough_and_no_gate_has_failed(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<h1>Tea is hot in the north</h1><p>{'Tea is drunk hot. ' * 9000}</p>")
    assert command_in_a_shell("| head -c 1", "extract", tmp_path) == (0, "")
    assert command_in_a_shell("| (exec <&-; sleep 3)", "extract", "--help") == (0, "")


def test_output_that_finds_no_room_ends_with_2_however_short_it_is(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    (tmp_path / "page.html").write_text("<p>Tea")
    status, err = command_in_a_shell("> /dev/full", "extract", tmp_path)
    assert (status, err.startswith("standfirst: No space left on device;")) == (2, True)


@pytest.mark.parametrize("place", ["--work", "source"])
def test_a_store_without_credentials_is_one_sentence_and_exit_2(tmp_path: Path, place: str) -> None:
    (tmp_path / "page.html").write_text("<p>Tea")
    source = ["s3://bucket/crawl.warc.gz"] if place == "source" else [tmp_path, "--work", "s3://bucket/work"]
    code = "from standfirst.cli import main; main()"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    alone = {**kept, "HOME": str(tmp_path), "AWS_EC2_METADATA_DISABLED": "true"}
    command = [sys.executable, "-c", code, "build", *map(str, source), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=alone)
    assert done.returncode == 2
    assert done.stderr.startswith("standfirst: the store cannot be used (NoCredentialsError: Unable to locate")
    assert done.stderr.count("\n") == 1


def test_help_answers_at_once_without_the_heavy_packages() -> None:
    code = (
        "import sys; sys.argv = ['standfirst', '--help']\n"
        "from standfirst.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'pyarrow', 'datasets', 'sklearn', 'rouge_score', 'selectolax'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "build" in done.stdout


def test_pairs_are_scored_without_the_other_verbs_and_their_packages(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"id": "a", "prediction": "Tea is hot", "reference": "Tea is cold"}\n')
    code = (
        f"import sys; sys.argv = ['standfirst', 'score', '--pairs', {str(pairs)!r}, '--json']\n"
        "from standfirst.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'pyarrow', 'datasets', 'sklearn', 'scipy', 'selectolax', 'rich', 'standfirst.pipeline'}\n"
        "verbs = {'standfirst.cli.build', 'standfirst.cli.verbs', 'standfirst.scoring.support'}\n"
        "print(sorted((heavy | verbs) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert json.loads(done.stdout)["n"] == 1


def test_a_build_and_its_scores_from_the_command_line(run: Run, tmp_path: Path, release: Path) -> None:
    predictions = tmp_path / "p.jsonl"
    status, out, _ = run("baseline", "lead", "--data", release, "--task", "headline", "--out", predictions)
    assert status == 0
    assert "standfirst score" in out, "what to do next is said"
    status, out, _ = run("score", predictions, "--data", release, "--task", "headline", "--json")
    assert status == 0
    scored = json.loads(out)
    assert scored["n"] == len(predictions.read_text().splitlines())
    assert set(scored["scores"]) == {"rouge1", "rouge2", "rougeL", "rougeLsum"}
    assert set(scored["scores"]["rouge1"]["f1"]) == {"mean", "low", "high"}


def broken_inputs(folder: Path) -> list[tuple[list[str], str]]:
    (folder / "empty.csv").write_bytes(b"")
    (folder / "empty.html").write_bytes(b"")
    (folder / "other.csv").write_text("title,text\nTea,Hot.\n")
    (folder / "broken.jsonl").write_text('{"headline": "T", "body": "B"}\n{"headline"\n')
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"headline": "T", "body": "B"}\n' * 9999)[:-99])
    pq.write_table(pa.table({"sepal": [1.0]}), folder / "iris.parquet")
    build = ["build", "--out", str(folder / "out")]
    return [
        ([*build, str(folder / "nowhere.csv")], "nowhere.csv: no such file or folder"),
        ([*build, str(folder / "empty.csv")], "empty.csv: the file holds no row"),
        ([*build, str(folder / "empty.html")], "no article was kept"),
        ([*build, str(folder / "other.csv"), "--column", "headline=titel"], "no column 'titel' for the headline"),
        ([*build, str(folder / "other.csv"), "--column", "headline"], "wanted FIELD=NAME"),
        ([*build, str(folder / "broken.jsonl")], "broken.jsonl, line 2: not JSON"),
        ([*build, str(folder / "cut.jsonl.gz")], "the gzip stream is broken or cut short"),
        ([*build, str(folder / "iris.parquet")], "no column 'headline'"),
        ([*build, str(folder / "other.csv"), "--ratios", "1"], "wanted train/validation/test in whole numbers"),
        (["extract", str(folder / "nowhere.html")], "nowhere.html: no such file or folder"),
        (
            ["baseline", "nothing", "--data", "x", "--task", "headline", "--out", "y"],
            "'nothing' is no baseline; choose",
        ),
        (["baseline", "lead", "--data", str(folder), "--task", "headline", "--out", "y"], "no release is here"),
    ]


@pytest.mark.parametrize("case", range(12))
def test_input_that_cannot_be_used_is_one_sentence_and_exit_2(run: Run, tmp_path: Path, case: int) -> None:
    args, message = broken_inputs(tmp_path)[case]
    before = sorted(tmp_path.iterdir())
    status, out, err = run(*args)
    assert status == 2
    assert message in err
    assert len(err.strip().splitlines()) == 1
    assert out == ""
    assert sorted(tmp_path.iterdir()) == before, "nothing half-written, and no work folder left"


DEFECTS: list[tuple[str, Callable[[list[dict[str, Any]]], Any], str]] = [
    ("missing", lambda rows: rows[1:], "missing"),
    ("extra", lambda rows: [*rows, {"id": "ffffffffffffffff", "prediction": "x"}], "ffffffffffffffff"),
    ("repeated", lambda rows: [*rows, rows[0]], "repeated"),
    ("not text", lambda rows: [{**rows[0], "prediction": 7}, *rows[1:]], "line 1"),
]


@pytest.mark.parametrize(("name", "change", "message"), DEFECTS)
def test_a_faulty_predictions_file_is_refused_with_its_ids(
    run: Run, tmp_path: Path, release: Path, name: str, change: Callable[[list[dict[str, Any]]], Any], message: str
) -> None:
    predictions = tmp_path / "p.jsonl"
    run("baseline", "lead", "--data", release, "--task", "standfirst", "--out", predictions)
    rows = [json.loads(line) for line in predictions.read_text().splitlines()]
    predictions.write_text("".join(json.dumps(row) + "\n" for row in change(rows)))
    status, out, err = run("score", predictions, "--data", release, "--task", "standfirst")
    assert status == 2
    assert message in err
    assert name == "extra" or name == "not text" or rows[0]["id"] in err
    assert out == ""


def test_a_gate_that_fails_is_exit_1(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from standfirst.errors import GateError

    def fail(*args: Any, **more: Any) -> None:
        raise GateError("2 articles leak")

    monkeypatch.setattr("standfirst.pipeline.build", fail)
    status, _, err = run("build", "newsarticles", "--out", tmp_path / "out")
    assert (status, err) == (1, "standfirst: 2 articles leak\n")


def test_output_that_cannot_be_written_is_one_sentence_and_exit_2(run: Run, tmp_path: Path, release: Path) -> None:
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "predictions.jsonl"
    status, _, err = run("baseline", "lead", "--data", release, "--task", "headline", "--out", out)
    assert status == 2
    assert err.startswith(f"standfirst: {out}: cannot be written (")
    assert err.endswith("; see that its folder may be written to and that the disk has room, or name another file\n")
    assert err.count("\n") == 1


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    for k in range(50):
        (tmp_path / f"{k}.html").write_text(
            "<h1>A headline of some words</h1>" + f"<p>{'Some words of text. ' * 40}</p>" * 9
        )
    command = f"{sys.executable} -m standfirst extract {tmp_path} | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stderr == ""


def overwriting(folder: Path, release: Path) -> list[list[str | Path]]:
    """Calls that would write over what they read: the last word is the file."""
    data = ["--data", release, "--task", "headline"]
    predictions, page, table, inside = (folder / n for n in ("p.jsonl", "page.html", "t.jsonl", "copy/report.json"))
    return [
        ["score", predictions, *data, "--per-pair", predictions],
        ["score", predictions, *data[:1], folder / "copy", *data[2:], "--per-pair", inside],
        ["baseline", "lead", *data[:1], folder / "copy", *data[2:], "--out", inside],
        ["extract", page, "--out", page],
        ["extract", folder, "--out", page],
        ["leaks", f"{release}:test", table, "--pairs", table],
        ["leaks", f"{folder / 'copy'}:test", table, "--pairs", inside],
        ["manifest", folder / "copy", "--version", "1.0.0", "--out", inside],
    ]


@pytest.mark.parametrize("case", range(8))
def test_no_verb_writes_over_what_it_reads(run: Run, tmp_path: Path, release: Path, case: int) -> None:
    shutil.copytree(release, tmp_path / "copy")
    run("baseline", "lead", "--data", release, "--task", "headline", "--out", tmp_path / "p.jsonl")
    (tmp_path / "page.html").write_text("<h1>Tea is hot in the north</h1>")
    (tmp_path / "t.jsonl").write_text('{"headline": "Tea", "body": "Hot."}\n')
    args = overwriting(tmp_path, release)[case]
    before = Path(args[-1]).read_bytes()
    status, out, err = run(*args)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert re.match(
        rf"standfirst: {args[-1]}: (is read too|lies in \S+, which is read), and nothing that is read is", err
    )
    assert Path(args[-1]).read_bytes() == before


def test_rows_may_be_written_among_the_pages_they_are_of(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<h1>Tea is hot in the north</h1>")
    for _ in range(2):
        assert run("extract", tmp_path, "--out", tmp_path / "rows.jsonl")[0] == 0


def test_a_file_in_place_of_a_release_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").touch()
    status, _, err = run("verify", tmp_path / "p.jsonl")
    wanted = "is a file, wanted the folder of a release, as `standfirst build` writes it; name that"
    assert (status, err) == (2, f"standfirst: {tmp_path / 'p.jsonl'}: {wanted}\n")


def test_columns_are_refused_where_no_table_is_searched_for_leaks(run: Run, release: Path) -> None:
    status, _, err = run("leaks", f"{release}:test", f"{release}:train", "--column", "body=text")
    assert status == 2
    assert "--column: chooses among the columns of tables, and neither dataset is one; leave it out" in err


def test_an_empty_word_is_not_taken_for_the_current_folder(run: Run, tmp_path: Path) -> None:
    for args, at in ((("extract", ""), 2), (("build", "", "--out", tmp_path / "out"), 2), (("verify", "x", ""), 3)):
        status, out, err = run(*args)
        told = f"standfirst: word {at} of the call is empty; is a variable of the shell unset?\n"
        assert (status, out, err) == (2, "", told)


def test_a_table_without_any_text_is_not_said_to_hold_no_leak(run: Run, tmp_path: Path, release: Path) -> None:
    (tmp_path / "p.jsonl").write_text('{"id": "a", "prediction": "Tea is hot"}\n')
    status, out, err = run("leaks", release, tmp_path / "p.jsonl")
    assert (status, out) == (2, "")
    assert "p.jsonl: no row has a headline, standfirst or body; name the column that has with --column body=" in err
    assert run("leaks", release, tmp_path / "p.jsonl", "--column", "body=prediction")[0] == 0


@pytest.mark.parametrize("verb", ["build", "hydrate"])
def test_a_card_that_cannot_be_read_is_named(run: Run, tmp_path: Path, verb: str) -> None:
    (tmp_path / "card.md").write_bytes("Café".encode("latin-1"))
    for name, why in (("card.md", "not UTF-8"), ("none.md", "No such file or directory"), (".", "Is a directory")):
        call = [
            verb,
            *["manifest"] * (verb == "hydrate"),
            tmp_path,
            "--out",
            tmp_path / "out",
            "--card",
            tmp_path / name,
        ]
        status, _, err = run(*call)
        wanted = f"{why}; --card names the card's prose, a file of Markdown in UTF-8"
        assert (status, err) == (2, f"standfirst: {tmp_path / name}: {wanted}\n")


UNUSED = [
    (
        ["build", "x", "--out", "y", "--ratios", "90/5/5", "--by-date", "2020-06-01/2020-08-01"],
        "each says how to split",
    ),
    (
        ["baseline", "lead", "--data", "x", "--task", "headline", "--out", "y", "--references", "z"],
        "lead reads none, ora",
    ),
    (["submit", "x", "--data", "y", "--others", "no"], "no: no such folder; --others names a folder of submissions"),
    (["leaderboard", "x", "--data", "y", "--out", "z", "--repo", "a/b"], "each needs the other; give both or neither"),
    (
        ["leaderboard", "x", "--data", "y", "--out", "z", "--eval-results", "a"],
        "each needs the other; give both or nei",
    ),
]


@pytest.mark.parametrize(("args", "message"), UNUSED)
def test_an_option_that_would_do_nothing_is_refused(run: Run, args: list[str], message: str) -> None:
    status, out, err = run(*args)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err
