"""`standfirst baseline`: predictions of a baseline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from standfirst.cli import app


@app.command(
    epilog="Example: standfirst baseline tfidf --data build/newsarticles --task headline --out predictions.jsonl"
)
def baseline(
    name: Annotated[str, typer.Argument(help="Which baseline; a wrong name lists them all.")],
    data: Annotated[Path, typer.Option(help="A release folder, as `standfirst build` writes it.")],
    task: Annotated[str, typer.Option(help="headline or standfirst.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file of predictions to write.")],
    split: Annotated[str, typer.Option(help="train, validation or test.")] = "test",
    references: Annotated[
        Path | None, typer.Option(help="The file of a release's hidden references, for a baseline that reads them.")
    ] = None,
) -> None:
    """Write the predictions of a baseline: rows {"id", "prediction"}, as `standfirst score` reads them."""
    from standfirst.baselines import NAMES, READ_REFERENCES, run, write_predictions
    from standfirst.errors import InputError
    from standfirst.storage import refuse_to_replace

    if references and name in NAMES and name not in READ_REFERENCES:
        raise InputError(f"--references: {name} reads none, {' and '.join(READ_REFERENCES)} does; leave it out")
    refuse_to_replace(out, data, references)
    predictions = run(name, data, task, split, references=references)
    write_predictions(predictions, out)
    print(f"{len(predictions):,} predictions written to {out}; score them with:")
    print(f"standfirst score {out} --data {data} --task {task} --split {split}")
