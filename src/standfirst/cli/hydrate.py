"""`standfirst hydrate`: a release rebuilt from its manifest and one's own copy of the articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standfirst.cli import app
from standfirst.cli.build import columns_of, prose_of
from standfirst.cli.progress import stages_shown

if TYPE_CHECKING:
    from standfirst.release.hydrate import Hydration

SHOWN = 20


@app.command(
    epilog="Example: standfirst hydrate corpus/manifests/newsarticles-1.0.0.jsonl newsarticles --out build/newsarticles"
)
def hydrate(
    manifest: Annotated[Path, typer.Argument(help="The manifest of a release.")],
    source: Annotated[list[str], typer.Argument(help="Where its articles are; as `standfirst build` takes them.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The release folder to write.")],
    column: Annotated[
        list[str] | None, typer.Option(help="field=NAME: which column of a table holds a field; may be repeated.")
    ] = None,
    sources: Annotated[Path | None, typer.Option(help="A sources.toml that describes the sources.")] = None,
    card: Annotated[Path | None, typer.Option(help="The card's prose, in place of the generic one.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to use.")] = 2,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print every row that differs or is missing as JSON.")
    ] = False,
) -> None:
    """Rebuild a release whose texts were withheld; every field is checked by its hash, every difference named.

    Exit status 1 where an article is missing or another than the manifest's; what matches is written all the same.
    """
    from standfirst.errors import GateError
    from standfirst.release.hydrate import hydrate as hydrated

    with stages_shown() as progress:
        found = hydrated(
            manifest,
            source,
            out,
            columns=columns_of(column),
            descriptions=sources,
            card_text=prose_of(card),
            workers=workers,
            progress=progress,
        )
    if as_json:
        print(json.dumps(found.to_dict(), ensure_ascii=False))
    else:
        _show(found)
    if not found.whole:
        splits = ", ".join(split for split, same in found.comparable().items() if same) or "none"
        raise GateError(
            f"{out}: not the manifest's release: {len(found.differ):,} articles differ, {len(found.missing):,} are "
            f"missing; splits on which scores stay comparable: {splits}"
        )


def _show(found: Hydration) -> None:
    print(f"{found.matched:,} of {len(found.manifest.entries):,} articles match in every field.")
    lines = [f"{i} differs in {', '.join(names)}" for i, names in found.differ.items()]
    lines += [f"{i} is missing" for i in found.missing]
    for line in lines[:SHOWN]:
        print(f"  {line}")
    if len(lines) > SHOWN:
        print(f"  and {len(lines) - SHOWN:,} more: --json names them all")
    if found.whole:
        files = (
            "the data files are the original's to the byte"
            if found.same_files
            else ("the rows are the original's; the files were written by another pyarrow")
        )
        print(f"The fingerprint is the manifest's, so scores are comparable; {files}.")
