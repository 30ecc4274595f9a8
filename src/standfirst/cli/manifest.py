"""`standfirst manifest`: a release without its texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from standfirst.cli import app


@app.command(
    epilog="Example: standfirst manifest build/newsarticles --version 1.0.0 "
    "--out corpus/manifests/newsarticles-1.0.0.jsonl"
)
def manifest(
    data: Annotated[Path, typer.Argument(metavar="DIR", help="A release folder.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write.")],
    version: Annotated[str, typer.Option(help="The version that it is published as: three numbers.")],
) -> None:
    """Write what may be published of a release whose texts may not: ids, addresses, hashes, stories and splits."""
    from standfirst.release.manifest import write_manifest
    from standfirst.storage import refuse_to_replace

    refuse_to_replace(out, data)
    written = write_manifest(data, out, version)
    print(f"{len(written.entries):,} articles in {out}; rebuild the release with:")
    print(f"standfirst hydrate {out} SOURCE --out DIR")
