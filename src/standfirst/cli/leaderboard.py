"""`standfirst leaderboard`: submissions checked, scored and ranked, as JSON and as a page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from standfirst.cli import app
from standfirst.cli.submit import FLOORS
from standfirst.errors import GateError, InputError


@app.command(
    epilog="Example: standfirst leaderboard evaluation/submissions --data build/newsarticles --data build/articles "
    "--out board"
)
def leaderboard(
    submissions: Annotated[
        list[Path], typer.Argument(metavar="SUBMISSIONS...", help="Submissions, or folders of submissions.")
    ],
    data: Annotated[list[Path], typer.Option(help="A release that was predicted for; may be given again.")],
    out: Annotated[Path, typer.Option(help="The folder for leaderboard.json and index.html.")],
    floors: Annotated[
        Path | None,
        typer.Option(help=f"Scores of baselines to compare with; {FLOORS} where it is there.", show_default=False),
    ] = None,
    predictions: Annotated[
        Path | None,
        typer.Option(help="A folder with a folder for each submission whose predictions are not in it."),
    ] = None,
    references: Annotated[Path | None, typer.Option(help="The file of references that a release hides.")] = None,
    eval_results: Annotated[
        list[str] | None,
        typer.Option(metavar="SYSTEM", help="Write OUT/.eval_results/SYSTEM.yaml too, for its model on the Hub."),
    ] = None,
    repo: Annotated[
        str | None, typer.Option(metavar="ORG/NAME", help="The benchmark on the Hub that --eval-results name.")
    ] = None,
) -> None:
    """Check, score and rank submissions; write leaderboard.json and a page that opens from a file.

    A submission with defects is left out and told of, with exit status 1; the board of the others is written.
    """
    from standfirst.board import eval_results as hub
    from standfirst.board.leaderboard import leaderboard as made
    from standfirst.board.leaderboard import write_json, write_whole
    from standfirst.board.page import page
    from standfirst.storage import refuse_to_replace

    if bool(eval_results) != bool(repo):
        raise InputError("--eval-results SYSTEM and --repo ORG/NAME: each needs the other; give both or neither")
    refuse_to_replace(out / "index.html", *data)
    kept = floors or (FLOORS if FLOORS.is_file() else None)
    board, left_out = made(submissions, data, kept, predictions, references)
    for one in left_out:
        print(f"standfirst: left out: {one.id}: {one.detail}", file=sys.stderr)
    if left_out and not board["tables"]:
        raise GateError(f"no submission is on the board, {len(left_out)} left out (see above); nothing was written")
    results = {name: hub.entries(hub.of_board(board, name), str(repo)) for name in eval_results or []}
    text = page(board)
    write_json(board, out / "leaderboard.json")
    write_whole(out / "index.html", text)
    for name, found in results.items():
        print(f"written: {hub.write(found, out / hub.FOLDER / f'{name}.yaml')}")
    for table in board["tables"]:
        name = board["datasets"][table["dataset"]]["name"]
        print(f"{name}, {table['task']}: {len(table['systems'])} on {table['n']:,} articles")
    print(f"written: {out / 'index.html'}")
    if broken := [one.id for one in left_out if one.broken]:
        raise GateError(f"not on the board, having defects: {', '.join(broken)}; see above what to mend")
