"""`standfirst leaks`: what of one dataset stands in another."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from standfirst.cli import app
from standfirst.cli.build import columns_of
from standfirst.errors import GateError, InputError
from standfirst.storage import refuse_to_replace, written

SHOWN = 20


@app.command(epilog="Example: standfirst leaks build/articles:test my_training.jsonl --column body=text")
def leaks(
    held_out: Annotated[str, typer.Argument(metavar="A", help="The held-out data: a release, RELEASE:SPLIT, a table.")],
    other: Annotated[str, typer.Argument(metavar="B", help="What it must not stand in: training data, likewise.")],
    column: Annotated[
        list[str] | None, typer.Option(help="field=NAME: which column of a table holds a field; may be repeated.")
    ] = None,
    limit: Annotated[
        list[str] | None, typer.Option(help="kind=N: how many articles of A may leak by a kind; may be repeated.")
    ] = None,
    pairs: Annotated[Path | None, typer.Option(help="Write every pair here, as JSON lines.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report, and pairs above limits, as JSON.")] = False,
) -> None:
    """Say which articles of A stand in B, whole, nearly, or in a part: exit 1 where more do than may."""
    from standfirst.datasets import hides, parted, search
    from standfirst.leaks import KINDS, LIMITS

    limits = dict(LIMITS)
    for pair in limit or []:
        kind, _, most = pair.partition("=")
        if kind not in KINDS or not most.isdecimal():
            raise InputError(f"--limit: found {pair!r}, wanted KIND=N, with a kind of {', '.join(KINDS)}")
        limits[kind] = int(most)
    refuse_to_replace(pairs, *(parted(side)[0] for side in (held_out, other)))
    found = search(held_out, other, columns_of(column))
    for side in (held_out, other):
        if split := hides(side):
            print(
                f"standfirst: warning: {side}: the headlines and standfirsts of its {split} split are hidden; of these "
                "articles the bodies alone were compared",
                file=sys.stderr,
            )
    if pairs is not None:
        rows = [
            {"kind": kind, "held_out": held, "other": where, "share": share}
            for kind, part in found.pairs.items()
            for held, (where, share) in sorted(part.items())
        ]
        with written(pairs) as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    over = found.over(limits)
    if as_json:
        named = {kind: {held: list(where) for held, where in sorted(part.items())} for kind, part in over.items()}
        print(json.dumps({**found.summary(), "limits": limits, "over": named}, ensure_ascii=False))
    else:
        summary = found.summary()
        print(f"{summary['held_out']:,} articles of {held_out} against {summary['other']:,} of {other}:")
        for kind in KINDS:
            most = f"at most {limits[kind]:,} may" if kind in limits else "not limited"
            if summary[kind] or kind in limits:
                print(f"{summary[kind]:>9,}  {kind.replace('_', ' ')} ({most})")
        if summary["gap_days"] is not None:
            print(f"{summary['gap_days']:>9,}  days from the newest of B to the oldest of A")
    if over:
        kind, part = next(iter(over.items()))
        shown = ", ".join(f"{held} in {where}" for held, (where, _) in sorted(part.items())[:SHOWN])
        more = ", ..." if len(part) > SHOWN else ""
        kinds = ", ".join(f"{len(part):,} by {kind}" for kind, part in over.items())
        raise GateError(f"{held_out} leaks into {other}: {kinds}; by {kind}: {shown}{more}")
