"""`standfirst extract`: headline, standfirst and body of saved pages, as JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from standfirst.cli import app


@app.command()
def extract(
    pages: Annotated[
        list[Path], typer.Argument(metavar="PAGES...", help=".html, .htm, .txt, folders of them, .gz too.")
    ],
    out: Annotated[Path | None, typer.Option(help="Write the rows here instead of printing them.")] = None,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 is one a core.")] = 1,
) -> None:
    """Headline, standfirst and body of saved pages, one JSON object a line.

    Example: standfirst extract saved/*.html --out articles.jsonl --workers 0
    """
    from standfirst.extract.rows import write_rows
    from standfirst.sources.pages import SUFFIXES, suffix_of
    from standfirst.storage import refuse_to_replace

    if out is not None and suffix_of(out) in SUFFIXES:  # else it may lie among the pages, being none
        refuse_to_replace(out, *pages)
    write_rows(pages, out, workers)
