"""`standfirst score` on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from standfirst import cli

PAIRS = [{"id": f"{i:02}", "prediction": f"tea {i} is hot", "reference": f"tea {i} was hot today"} for i in range(30)]


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["standfirst", "score", *map(str, args)])
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    out, err = capsys.readouterr()
    return int(stopped.value.code or 0), out, err


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in PAIRS))
    return path


def test_the_screen_shows_points_and_the_signature(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pairs: Path
) -> None:
    code, out, err = run(monkeypatch, capsys, "--pairs", pairs, "--support")
    assert (code, err) == (0, "")
    assert "ROUGE-1      75.00 75.00–75.00   60.00 60.00–60.00   66.67 66.67–66.67" in out
    assert "length ratio" in out
    assert "tokenizer:ascii" in out


def test_json_holds_slices_support_and_what_is_not_available(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    release: Path,
    test_split: dict[str, dict[str, Any]],
    tmp_path: Path,
) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text("".join(json.dumps({"id": k, "prediction": r["body"][:60]}) + "\n" for k, r in test_split.items()))
    args = (path, "--data", release, "--task", "headline", "--slice", "publisher", "--slice", "similarity", "--json")
    code, out, _ = run(monkeypatch, capsys, *args)
    answer = json.loads(out)
    assert code == 0
    assert [part["n"] for part in answer["slices"]["publisher"]] == [12, 12]
    assert set(answer["slices"]["publisher"][0]["scores"]) == {"rouge1", "rouge2", "rougeL", "rougeLsum"}
    assert answer["slices"]["similarity"] is None
    assert "slice similarity is not available" in answer["warnings"][0]
    assert answer["support"]["density"]["n"] == 24


def test_two_files_are_compared(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pairs: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(pairs.read_text().replace("is hot", "was hot today"))
    code, out, _ = run(monkeypatch, capsys, "--pairs", pairs, other, "--trials", 200)
    assert code == 0
    assert "other       1   100.00 100.00–100.00      a" in out
    code, out, _ = run(monkeypatch, capsys, "--pairs", pairs, other, "--trials", 200, "--json")
    answer = json.loads(out)
    assert [s["rank"] for s in answer["comparison"]["systems"]] == [1, 2]
    assert answer["comparison"]["differences"][0]["randomisation"] == 1 / 201
    assert set(answer["systems"]) == {"pairs", "other"}


def test_verify_passes_what_is_so_and_fails_a_gate_otherwise(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pairs: Path, tmp_path: Path
) -> None:
    _, out, _ = run(monkeypatch, capsys, "--pairs", pairs, "--json")
    scores = tmp_path / "scores.json"
    scores.write_text(out)
    code, out, _ = run(monkeypatch, capsys, "--verify", scores, pairs)
    assert (code, "every figure is what" in out) == (0, True)
    scores.write_text(scores.read_text().replace('"n": 30', '"n": 31'))
    code, _, err = run(monkeypatch, capsys, "--verify", scores, pairs)
    assert code == 1
    assert "n: the file says 31, now it is 30" in err


BAD = [
    (["nowhere.jsonl", "--pairs"], "no such file"),
    (
        ["{pairs}"],
        "pairs.jsonl: nothing says what to compare with, data and task being left out; name a release folder (--",
    ),
    (
        ["{pairs}", "--data", "x"],
        "with, task being left out; name a release folder (--data) and headline or standfirst (--",
    ),
    (
        ["{pairs}", "--task", "headline", "--pairs"],
        "leave out the data and the task (--data, --task, --references FILE)",
    ),
    (
        ["{pairs}", "--pairs", "--per-pair", "{pairs}"],
        "pairs.jsonl: is read too, and nothing that is read is written over",
    ),
    (["{pairs}", "--pairs", "--tokenizer", "words"], "tokenizer 'words' is unknown"),
    (["{pairs}", "--pairs", "--slice", "author"], "'author' is no slice"),
    (["{pairs}", "{pairs}", "--pairs"], "the same file was given twice"),
    (["{pairs}", "{other}", "--pairs", "--per-pair", "x"], "--per-pair writes the values of one file"),
    (["{pairs}", "{other}", "--pairs", "--slice", "month"], "--slice and --support: show one file's scores"),
    (["{pairs}", "--pairs", "--per-pair", "{other}/x"], "cannot be written"),
    (["{other}", "--pairs"], "line 1: not JSON"),
    (
        ["{pairs}", "--pairs", "--metric", "rougeL"],
        "--metric: says what several files are compared by, and one was given",
    ),
    (
        ["{pairs}", "--verify", "{pairs}", "--json"],
        "--verify: says what differs from the file, and shows no scores; leave",
    ),
    (["{pairs}", "--verify", "{signed}"], "signed.json: 'x' is no signature: "),
]


@pytest.mark.parametrize(("args", "message"), BAD)
def test_wrong_use_ends_with_2_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pairs: Path, args: list[str], message: str
) -> None:
    other = pairs.with_name("other.jsonl")
    other.write_text("not json\n")
    signed = pairs.with_name("signed.json")
    signed.write_text('{"signature": "x"}')
    code, out, err = run(monkeypatch, capsys, *(a.format(pairs=pairs, other=other, signed=signed) for a in args))
    assert code == 2
    assert message in err
    assert out == ""
    assert sorted(p.name for p in pairs.parent.iterdir()) == ["other.jsonl", "pairs.jsonl", "signed.json"]
