"""Submissions: the page's own path works, what is broken is told whole and never scored, what is odd is flagged."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from standfirst import cli
from standfirst.baselines import run, write_predictions
from standfirst.board.submissions import SubmissionError, submit
from standfirst.errors import InputError
from standfirst.record import TASKS
from standfirst.release import fingerprint, read_split
from standfirst.scoring import score

ROOT = Path(__file__).resolve().parents[2]
HEADLINES, STANDFIRSTS = "predictions-headline.jsonl", "predictions-standfirst.jsonl"


def example() -> Any:
    spec = importlib.util.spec_from_file_location("example_system", ROOT / "evaluation" / "example_system.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def card(release: Path) -> str:
    """The system.yaml that docs/submitting.md shows, for this release."""
    block, *_ = re.findall(
        r"```yaml\n(.*?)```", (ROOT / "docs" / "submitting.md").read_text(encoding="utf-8"), re.DOTALL
    )
    return str(block).replace("FINGERPRINT", fingerprint(release))


@pytest.fixture
def submission(release: Path, tmp_path: Path) -> Path:
    """The example system's submission to both tasks, with the card that the page shows."""
    for task in TASKS:
        example().main(str(release), task, str(tmp_path / "mine"))
    (tmp_path / "mine" / "system.yaml").write_text(card(release), encoding="utf-8")
    return tmp_path / "mine"


def rows_of(release: Path, task: str = "headline") -> list[dict[str, Any]]:
    table = read_split(release, "test", ["id", "body", "published", task])
    return [row for row in table.to_pylist() if row[task] is not None]


def predict(folder: Path, release: Path, text: Callable[[dict[str, Any]], str], task: str = "headline") -> None:
    write_predictions({row["id"]: text(row) for row in rows_of(release, task)}, folder / f"predictions-{task}.jsonl")


def edit(folder: Path, old: str, new: str, name: str = "system.yaml") -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def flagged(answer: dict[str, Any], task: str = "headline") -> set[str]:
    return {flag["flag"] for flag in answer["tasks"][task]["flags"]}


def line(folder: Path, number: int) -> str:
    return (folder / HEADLINES).read_text(encoding="utf-8").splitlines()[number - 1]


def put(folder: Path, number: int, new: str) -> None:
    edit(folder, line(folder, number) + "\n", new, HEADLINES)


def told_as(prediction: Any) -> Callable[[Path], None]:
    """The third prediction, replaced."""
    return lambda f: put(f, 3, json.dumps({**json.loads(line(f, 3)), "prediction": prediction}) + "\n")


def swap(old: str, new: str) -> Callable[[Path], None]:
    return lambda f: edit(f, old, new)


BROKEN: dict[str, tuple[Callable[[Path], Any], list[str]]] = {
    "no card": (lambda f: (f / "system.yaml").unlink(), ["system.yaml: 1 defect", "missing: there is no such file"]),
    "an empty card": (lambda f: (f / "system.yaml").write_text(""), ["not YAML: found null, wanted a mapping of name"]),
    "a card that is a list": (lambda f: (f / "system.yaml").write_text("- name"), ["found a list, wanted a mapping"]),
    "a card that is no YAML": (
        swap("name: My", "name: [My"),
        ["line 2: not YAML: column 8: expected ',' or ']', but got ':' (while parsing a flow sequence from line 1 on)"],
    ),
    "a card with two colons": (
        swap("name: My", "name: My: "),
        ["line 1: not YAML: column 9: mapping values are not allowed here; mend the line, or put its text in quotes"],
    ),
    "a card with a day that is none": (
        swap("null      #", "2024-13-45 #"),
        ["not YAML: month must be in 1..12; docs/"],
    ),
    "a card with a NUL": (
        swap("name: My", "name: \0My"),
        ["character 7 of the file is U+0000, which YAML may not hold"],
    ),
    "a card in Latin-1": (
        lambda f: (f / "system.yaml").write_bytes("kind: LLM\nname: Café".encode("latin-1")),
        ["line 2: not YAML: byte 0xe9 is no UTF-8; save the file in UTF-8"],
    ),
    "a field left out": (swap("saw_test: no", "# no"), ["missing field: saw_test is not given, wanted yes or no"]),
    "a field misspelt": (
        swap("licence:", "license:"),
        ["unknown field: 'license'; did you mean licence?", "missing field: licence"],
    ),
    "a field twice": (swap("licence:", "name: Other\nlicence:"), ["line 4: repeated field: name stands twice"]),
    "a name that is a number": (swap("My system", "1.0"), ["name: found 1.0, wanted a name on one line (in quotes"]),
    "no authors": (swap("[A. Person, B. Person]", "[]"), ["authors: found a list, wanted a name or a list of names"]),
    "an address that runs": (
        swap("https://example.org/my-system", '"javascript:alert(1)"'),
        ["url: found 'javascript"],
    ),
    "an unknown kind": (swap("kind: extractive", "kind: neural"), ["kind: found 'neural', wanted one of floor, extr"]),
    "parameters in words": (swap("parameters: 0", "parameters: 7B"), ["parameters: found '7B', wanted a whole number"]),
    "a maybe": (swap("saw_test: no", "saw_test: maybe"), ["saw_test: found 'maybe', wanted yes or no"]),
    "a language model with no cut-off": (
        swap("kind: extractive", "kind: LLM"),
        ["knowledge_cutoff: found null, wanted a date: a language model has a last day"],
    ),
    "a month for a cut-off": (swap("null      #", "2024-06   #"), ["found '2024-06', wanted a day, as 2024-06-30"]),
    "another dataset": (swap("fingerprint: ", "fingerprint: x"), ["other dataset: found 'x", "wanted this release's"]),
    "a list of lists without end": (
        swap("authors: [A. Person, B. Person]", "authors: &a [*a, *a]"),
        ["authors: found a list, wanted a name"],
    ),
    "no predictions": (
        lambda f: [(f / name).unlink() for name in (HEADLINES, STANDFIRSTS)],
        ["predictions: 1 defect", "missing: there are none; give predictions-headline.jsonl or"],
    ),
    "predictions by another name": (
        lambda f: (f / HEADLINES).rename(f / "predictions-title.jsonl"),
        ["predictions-title.jsonl: 1 defect", "unknown file: predictions are read from predictions-headline.jsonl"],
    ),
    "a folder for a file": (
        lambda f: [(f / HEADLINES).unlink(), (f / HEADLINES).mkdir()],
        ["not a file: found a folder"],
    ),
    "an empty file": (lambda f: (f / HEADLINES).write_text(""), ["missing id:", "predict every article"]),
    "a line cut short": (lambda f: put(f, 2, line(f, 2)[:30] + "\n"), ["line 2: not JSON", "missing id"]),
    "a file that is no text": (lambda f: (f / HEADLINES).write_bytes(b"\xff\xfe\x00"), ["line 1: not JSON"]),
    "a prediction missing": (lambda f: put(f, 3, ""), ["missing id"]),
    "a prediction twice": (lambda f: put(f, 3, (line(f, 3) + "\n") * 2), ["line 4: repeated id", "on line 3 already"]),
    "an unknown article": (
        lambda f: put(f, 1, '{"id": "0", "prediction": "x"}\n' + line(f, 1) + "\n"),
        ["line 1: unknown id: '0' is not in the data; drop the row"],
    ),
    "an empty prediction": (told_as(" "), ["line 3: empty: the prediction of"]),
    "a prediction that is null": (told_as(None), ["line 3: not text:"]),
    "a prediction longer than the body": (told_as("tea " * 5000), ["line 3: longer than the body"]),
    "half a character": (told_as("Tea \ud83d"), ["not text: the prediction of", "half of a surrogate pair"]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_submission_is_told_what_is_wrong_and_gets_no_scores(
    case: str, submission: Path, release: Path
) -> None:
    spoil, wanted = BROKEN[case]
    (submission / "scores.json").write_text('{"made": "up"}')
    spoil(submission)
    with pytest.raises(SubmissionError, match="not scored, ") as caught:
        submit(submission, release)
    assert [part for part in wanted if part not in str(caught.value)] == []
    assert not (submission / "scores.json").exists()


def test_everything_wrong_is_said_at_once(submission: Path, release: Path) -> None:
    for case in ("a field misspelt", "a maybe", "an unknown article", "an empty prediction"):
        BROKEN[case][0](submission)
    predict(submission, release, lambda row: row["body"] * 2, "standfirst")
    with pytest.raises(SubmissionError, match="not scored, ") as caught:
        submit(submission, release)
    kinds = {f.name: {d.kind for d in f.defects} for f in caught.value.files}
    assert kinds == {
        "system.yaml": {"unknown field", "missing field", "saw_test"},
        HEADLINES: {"unknown id", "empty"},
        STANDFIRSTS: {"longer than the body"},
    }
    assert f"{3 + 2 + len(rows_of(release, 'standfirst'))} defects" in str(caught.value)


def test_the_example_is_a_whole_system_in_forty_lines(submission: Path, release: Path) -> None:
    assert len((ROOT / "evaluation" / "example_system.py").read_text(encoding="utf-8").splitlines()) <= 40
    answer = submit(submission, release)
    assert [told["n"] for told in answer["tasks"].values()] == [len(rows_of(release, task)) for task in TASKS]


def test_the_example_reads_no_reference(submission: Path, release: Path) -> None:
    bodies = {row["id"]: row["body"] for row in rows_of(release)}
    rows = [json.loads(text) for text in (submission / HEADLINES).read_text(encoding="utf-8").splitlines()]
    assert all(row["prediction"] in " ".join(bodies[row["id"]].split()) for row in rows)


def test_scores_are_computed_and_never_accepted(submission: Path, release: Path) -> None:
    (submission / "scores.json").write_text('{"tasks": {"headline": {"scores": {"rouge1": 1}}}}')
    submit(submission, release)
    told = json.loads((submission / "scores.json").read_text(encoding="utf-8"))
    for name, task in ((HEADLINES, "headline"), (STANDFIRSTS, "standfirst")):
        wanted = json.loads(json.dumps(score(submission / name, data=release, task=task).to_dict()))
        assert {k: told["tasks"][task][k] for k in ("n", "signature", "scores")} == {
            k: wanted[k] for k in ("n", "signature", "scores")
        }
        digest = sha256((submission / name).read_bytes()).hexdigest()
        assert told["tasks"][task]["predictions"] == {"file": name, "sha256": digest}
    assert told["dataset"] == {"fingerprint": fingerprint(release)}
    assert (told["system"]["name"], told["system"]["authors"]) == ("My system", ["A. Person", "B. Person"])


def test_one_task_is_enough_and_the_same_submission_gives_the_same_bytes(submission: Path, release: Path) -> None:
    (submission / STANDFIRSTS).unlink()
    assert list(submit(submission, release)["tasks"]) == ["headline"]
    first = (submission / "scores.json").read_bytes()
    submit(submission, release)
    assert (submission / "scores.json").read_bytes() == first
    assert sorted(p.name for p in submission.iterdir()) == [HEADLINES, "scores.json", "system.yaml"]


FLAGGED: dict[str, tuple[str, Callable[[dict[str, Any]], str], set[str]]] = {
    "an empty system": ("abstractive", lambda row: ".", {"nearly-empty", "constant"}),
    "a constant system": ("abstractive", lambda row: "The news of the day", {"constant"}),
    "a copied body": ("abstractive", lambda row: row["body"], {"copied", "long"}),
    "a copied body that says it is extractive": ("extractive", lambda row: row["body"], {"long"}),
    "a copied sentence": ("LLM", lambda row: " ".join(row["body"].split()[:9]), {"copied"}),
    "an extractive sentence": ("extractive", lambda row: " ".join(row["body"].split()[:9]), set()),
    "the references": ("abstractive", lambda row: row["headline"], {"equal-to-references"}),
    "words of its own": ("abstractive", lambda row: f"Nothing is known of {row['id']} yet", set()),
}


@pytest.mark.parametrize("case", FLAGGED)
def test_an_odd_submission_is_flagged(case: str, submission: Path, release: Path) -> None:
    kind, text, wanted = FLAGGED[case]
    (submission / STANDFIRSTS).unlink()
    edit(submission, "kind: extractive", f"kind: {kind}")
    edit(submission, "null      #", "2020-01-01 #")
    predict(submission, release, text)
    assert flagged(submit(submission, release)) == wanted


def another(submission: Path, name: str, copy: bool = True) -> Path:
    """Another submission beside it: a copy, or one with predictions of its own."""
    folder = Path(shutil.copytree(submission, submission.parent / name))
    if not copy:
        for task in TASKS:
            rows = map(json.loads, (folder / f"predictions-{task}.jsonl").read_text(encoding="utf-8").splitlines())
            texts = {row["id"]: f"Nothing is known of {row['id']} yet" for row in rows}
            write_predictions(texts, folder / f"predictions-{task}.jsonl")
    return folder


def reworded(folder: Path, share: float, task: str = "headline") -> None:
    """Another prediction for so many of the articles; of the others, letters' case and full stops change."""
    path = folder / f"predictions-{task}.jsonl"
    rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
    kept = round(len(rows) * (1 - share))
    new = {row["id"]: f"{row['prediction'].upper()}." if k < kept else "All else" for k, row in enumerate(rows)}
    write_predictions(new, path)


@pytest.mark.parametrize(("share", "wanted"), [(0.0, True), (0.15, True), (0.25, False), (1.0, False)])
def test_a_submission_that_is_nearly_another_is_flagged(
    share: float, wanted: bool, submission: Path, release: Path
) -> None:
    reworded(another(submission, "theirs"), share)
    another(submission, "unlike", copy=False)
    raised = {f["flag"]: f["detail"] for f in submit(submission, release)["tasks"]["headline"]["flags"]}
    assert ("near-equal" in raised) == wanted
    if wanted:
        n = len(rows_of(release))
        assert raised["near-equal"] == f"nearly the predictions of theirs ({n - round(n * share)} of {n})"


def test_predictions_kept_elsewhere_are_compared_by_their_hash(submission: Path, release: Path) -> None:
    theirs = another(submission, "theirs")
    submit(theirs, release)
    for name in (HEADLINES, STANDFIRSTS):
        (theirs / name).unlink()
    assert "near-equal" in flagged(submit(submission, release))
    reworded(submission, 0.0)
    assert "near-equal" not in flagged(submit(submission, release))


def test_a_broken_submission_beside_is_named_and_changes_nothing(submission: Path, release: Path) -> None:
    alone = submit(submission, release)
    (another(submission, "broken") / HEADLINES).write_bytes(b"\xff")
    found = submit(submission, release)["tasks"]
    assert "not compared with, being unreadable: broken" in found["headline"]["warnings"]
    assert found["headline"]["flags"] == alone["tasks"]["headline"]["flags"]
    assert {f["flag"] for f in found["standfirst"]["flags"]} == {"near-equal"}


def test_others_are_looked_for_where_one_says(submission: Path, release: Path, tmp_path: Path) -> None:
    another(submission, "theirs")
    (tmp_path / "none").mkdir()
    assert flagged(submit(submission, release, others=tmp_path / "none")) == set()
    assert flagged(submit(submission, release, others=tmp_path)) == {"near-equal"}


CONTAMINATED = [
    ("no", "null", set()),
    ("yes", "null", {"contamination-declared"}),
    ("no", "2026-03-13", set()),
    ("no", "2026-03-14", {"contamination-suspected"}),
    ("yes", "2030-01-01", {"contamination-declared", "contamination-suspected"}),
]


@pytest.mark.parametrize(("saw", "cutoff", "wanted"), CONTAMINATED)
def test_contamination_is_flagged_where_declared_or_where_the_cut_off_is_not_before_the_articles(
    saw: str, cutoff: str, wanted: set[str], submission: Path, release: Path
) -> None:
    assert {row["published"] for row in rows_of(release)} == {"2026-03-14"}
    edit(submission, "saw_test: no", f"saw_test: {saw}")
    edit(submission, "null      #", f"{cutoff} #")
    assert flagged(submit(submission, release)) == wanted


def floors_of(release: Path, path: Path, changed: Callable[[dict[str, Any]], Any] = lambda told: None) -> Path:
    """Floors as evaluation/floors.json holds them: lead, and the oracle, which is none."""
    told = {
        name: score(run(name, release, "headline"), data=release, task="headline").to_dict()
        for name in ("lead", "oracle")
    }
    told["oracle"]["scores"]["rougeL"]["f1"]["mean"] = 0.99
    changed(told["lead"])
    path.write_text(json.dumps({"made-up": {"fingerprint": fingerprint(release), "headline": told}}))
    return path


def test_a_system_below_a_floor_is_flagged_and_a_ceiling_is_none(
    submission: Path, release: Path, tmp_path: Path
) -> None:
    floors = floors_of(release, tmp_path / "floors.json", lambda lead: lead["scores"]["rougeL"]["f1"].update(mean=0.9))
    predict(submission, release, lambda row: f"Nothing is known of {row['id']} yet")
    answer = submit(submission, release, floors)
    assert answer["tasks"]["headline"]["flags"] == [{"flag": "below-floor", "detail": "scores below the floors lead"}]
    assert answer["tasks"]["headline"]["warnings"] == []
    assert "no baselines' scores are kept" in answer["tasks"]["standfirst"]["warnings"][0]


def test_the_floor_itself_is_not_below_it(submission: Path, release: Path, tmp_path: Path) -> None:
    write_predictions(run("lead", release, "headline"), submission / HEADLINES)
    assert flagged(submit(submission, release, floors_of(release, tmp_path / "floors.json"))) == set()


def test_floors_of_unlike_signature_are_not_compared_with(submission: Path, release: Path, tmp_path: Path) -> None:
    def other(lead: dict[str, Any]) -> None:
        lead["scores"]["rougeL"]["f1"]["mean"] = 0.9
        lead["signature"] = lead["signature"].replace("tokenizer:ascii", "tokenizer:unicode")

    assert flagged(submit(submission, release, floors_of(release, tmp_path / "floors.json", other))) == set()


def test_the_floors_that_the_project_keeps_can_be_read(submission: Path, release: Path) -> None:
    assert submit(submission, release, ROOT / "evaluation" / "floors.json")["tasks"]["headline"]["warnings"] != []


UNREADABLE: list[tuple[str, dict[str, str], str]] = [
    ("no folder", {"folder": "none"}, "none: no such folder; give one with system.yaml"),
    ("no release", {"data": "mine"}, "no release is here"),
    ("floors that are none", {"floors": "mine/system.yaml"}, "holds no baselines' scores"),
]


@pytest.mark.parametrize(("case", "changed", "message"), UNREADABLE, ids=[c for c, _, _ in UNREADABLE])
def test_what_is_no_fault_of_the_submission_leaves_its_scores(
    case: str, changed: dict[str, str], message: str, submission: Path, release: Path
) -> None:
    submit(submission, release)
    given = {"folder": submission, "data": release} | {k: submission.parent / v for k, v in changed.items()}
    with pytest.raises(InputError, match=message):
        submit(**given)
    assert (submission / "scores.json").is_file()


def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["standfirst", "submit", *map(str, args)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    out, err = capsys.readouterr()
    return int(stopped.value.code or 0), out, err


def test_the_command_shows_the_main_score_and_the_flags(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], submission: Path, release: Path
) -> None:
    edit(submission, "saw_test: no", "saw_test: yes")
    code, out, err = command(monkeypatch, capsys, submission, "--data", release)
    assert code == 0
    assert "headline: ROUGE-L F1 " in out
    assert "standfirst: ROUGE-2 F1 " in out
    assert "  flag contamination-declared: the authors say" in out
    assert "standfirst: warning: headline: no baselines' scores are kept" in err
    code, out, _ = command(monkeypatch, capsys, submission, "--data", release, "--json")
    assert (code, json.loads(out)) == (0, json.loads((submission / "scores.json").read_text()))


def test_the_command_ends_with_two_and_the_defects(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], submission: Path, release: Path
) -> None:
    edit(submission, "saw_test: no", "saw_test: maybe")
    code, out, err = command(monkeypatch, capsys, submission, "--data", release, "--json")
    answer = json.loads(out)
    assert (code, answer["scored"]) == (2, False)
    assert answer["defects"] == [
        {"file": "system.yaml", "line": None, "kind": "saw_test", "detail": "found 'maybe', wanted yes or no"}
    ]
    assert "not scored, 1 defect:" in err
