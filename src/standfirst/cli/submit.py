"""`standfirst submit`: a submission checked and scored."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from standfirst.cli import app
from standfirst.errors import InputError

FLOORS = Path("evaluation/floors.json")


@app.command(
    epilog="Examples: standfirst submit evaluation/submissions/my-system --data build/newsarticles "
    "standfirst submit evaluation/submissions/my-system --data build/newsarticles --predictions kept-here --check"
)
def submit(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder with system.yaml and predictions-TASK.jsonl.")
    ],
    data: Annotated[Path, typer.Option(help="The release that was predicted for.")],
    floors: Annotated[
        Path | None,
        typer.Option(help=f"Scores of baselines to compare with; {FLOORS} where it is there.", show_default=False),
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="Folder or file of predictions whose SHA-256 system.yaml states.")
    ] = None,
    others: Annotated[
        Path | None,
        typer.Option(help="Submissions to compare with; those beside DIR unless given.", show_default=False),
    ] = None,
    references: Annotated[Path | None, typer.Option(help="The file of the release's hidden references.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say what of scores.json can be verified, and what not.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores, or the defects, as JSON.")] = False,
) -> None:
    """Check a submission, say all that is wrong with it at once, score it and write its scores.json."""
    from standfirst.board.submissions import SubmissionError
    from standfirst.board.submissions import submit as submitted

    if others is not None and not others.is_dir():
        raise InputError(f"{others}: no such folder; --others names a folder of submissions")
    given: dict[str, Any] = {"predictions": predictions, "others": others, "references": references}
    floors = floors or (FLOORS if FLOORS.is_file() else None)
    try:
        if check:
            _check(folder, data, floors, given, as_json)
            return
        answer = submitted(folder, data, floors, **given)
    except SubmissionError as error:
        if as_json:
            print(json.dumps(error.to_dict(), indent=1))
        raise
    if as_json:
        print(json.dumps(answer, indent=1))
        return
    for task, told in answer["tasks"].items():
        _show(task, told)
    print(f"written to {folder / 'scores.json'}")


def _show(task: str, told: dict[str, Any]) -> None:
    from standfirst.scoring.comparison import main_metric

    metric = main_metric(task)
    f1 = {part: value * 100 for part, value in told["scores"][metric]["f1"].items()}
    title = metric.replace("rouge", "ROUGE-")
    print(f"{task}: {title} F1 {f1['mean']:.2f} ({f1['low']:.2f} to {f1['high']:.2f}) on {told['n']:,} articles")
    print(f"  {told['signature']}")
    for flag in told["flags"]:
        print(f"  flag {flag['flag']}: {flag['detail']}")
    for warning in told["warnings"]:
        print(f"standfirst: warning: {task}: {warning}", file=sys.stderr)


def _check(folder: Path, data: Path, floors: Path | None, given: dict[str, Any], as_json: bool) -> None:
    from standfirst.board.check import check as checked
    from standfirst.errors import GateError

    found = checked(folder, data, floors, **given)
    wrong = [finding.detail for finding in found if finding.result == "wrong"]
    if as_json:
        print(json.dumps({"submission": str(folder), "findings": [f._asdict() for f in found]}, indent=1))
    else:
        for finding in found:
            print(f"{finding.result}: {finding.detail}")
    if wrong:
        raise GateError(f"{folder}: {len(wrong)} of {len(found)} findings are wrong; submit again to write its scores")
