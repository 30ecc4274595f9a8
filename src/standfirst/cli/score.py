"""`standfirst score`: how good predictions are, with intervals and a signature; several files: which are better."""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standfirst.cli import app
from standfirst.errors import GateError, InputError

if TYPE_CHECKING:
    from standfirst.scoring import Comparison, Scores
    from standfirst.scoring.interval import Interval
    from standfirst.scoring.slices import Slice

Data = Annotated[Path | None, typer.Option(help="The release folder that holds the references.")]


@app.command()
def score(
    files: Annotated[list[Path], typer.Argument(metavar="PREDICTIONS...", help="JSON lines, gzipped if .gz.")],
    data: Data = None,
    task: Annotated[str | None, typer.Option(help="headline or standfirst.")] = None,
    split: Annotated[str, typer.Option(help="train, validation or test.")] = "test",
    pairs: Annotated[bool, typer.Option("--pairs", help='Rows hold their "reference" or "references".')] = False,
    slice_: Annotated[list[str] | None, typer.Option("--slice", metavar="NAME", help="Scores by NAME too.")] = None,
    support: Annotated[
        bool | None, typer.Option(help="Length, copying, repeats, unsupported names; on with --data.")
    ] = None,
    references: Annotated[
        str, typer.Option(help="Of several references the best, or the mean; or the file of a release's hidden ones.")
    ] = "best",
    tokenizer: Annotated[str | None, typer.Option(help="ascii, unicode or character; else by the language.")] = None,
    stemmer: Annotated[bool, typer.Option(help="Porter's stemmer, with the ascii tokenizer.")] = True,
    sentences: Annotated[str, typer.Option(help="For ROUGE-Lsum: nupunkt, or lines as they are.")] = "nupunkt",
    engine: Annotated[str, typer.Option(help="fast, or reference: rouge-score itself.")] = "fast",
    metric: Annotated[str | None, typer.Option(help="Compare by rouge1, rouge2, rougeL or rougeLsum.")] = None,
    samples: Annotated[int, typer.Option(min=0, help="Bootstrap samples.")] = 1000,
    trials: Annotated[int, typer.Option(min=1, help="Trials of the randomisation test.")] = 10_000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of everything drawn.")] = 3009,
    per_pair: Annotated[Path | None, typer.Option(help="Write every pair's values here, as JSON lines.")] = None,
    verify: Annotated[
        Path | None, typer.Option(metavar="SCORES", help="Score as this file says; say what differs.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, 0 to 1.")] = False,
) -> None:
    """ROUGE scores with 95% intervals and a signature; of several files, which is better and whether by chance.

    Examples:

      standfirst score predictions.jsonl --data release --task headline --split test

      standfirst score --pairs a.jsonl b.jsonl.gz --json

      standfirst score --verify scores.json predictions.jsonl --data release
    """
    several, hidden = _references(references)
    if verify is not None:
        if slice_ or support or metric or per_pair or as_json:
            raise InputError(
                "--verify: says what differs from the file, and shows no scores; leave out --slice, --support, "
                "--metric, --per-pair and --json"
            )
        _verify(verify, files, data, hidden)
        return
    if per_pair is not None and len(files) > 1:
        raise InputError("--per-pair writes the values of one file; give one file of predictions")
    if (slice_ or support) and len(files) > 1:
        raise InputError("--slice and --support: show one file's scores; give one file of predictions")
    if metric is not None and len(files) == 1:
        raise InputError("--metric: says what several files are compared by, and one was given; leave it out")
    from standfirst.scoring import score as scored
    from standfirst.storage import refuse_to_replace

    refuse_to_replace(per_pair, *files, data, hidden)
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # no product here is large enough for threads: starting them is 50 ms
    gc.disable()  # nothing made here is cyclic, and looking for it took an eighth of the time of 11,334 pairs
    options: dict[str, Any] = {"data": data, "task": task, "split": split, "pairs": pairs, "references": several}
    options["hidden"] = hidden
    options |= {"tokenizer": tokenizer, "stemmer": stemmer, "sentences": sentences, "engine": engine}
    names = _names(files)
    found = {name: scored(path, **options, samples=samples, seed=seed) for name, path in zip(names, files, strict=True)}
    if len(found) > 1:
        from standfirst.scoring import compare

        _show_comparison(compare(found, metric=metric, samples=samples, trials=trials, seed=seed), found, as_json)
        return
    [one] = found.values()
    if per_pair is not None:
        one.write_per_pair(per_pair)
    _show(one, slice_ or [], (data is not None) if support is None else support, as_json)


def _references(given: str) -> tuple[str, Path | None]:
    """What of several references counts, and the file of hidden ones, as the one option says them."""
    from standfirst.scoring.scores import CHOICES

    if given in CHOICES["references"]:
        return given, None
    if not Path(given).is_file():
        known = ", ".join(CHOICES["references"])
        raise InputError(f"--references: found {given!r}, wanted {known}, or the file of a release's hidden references")
    return CHOICES["references"][0], Path(given)


def _show(scores: Scores, names: list[str], with_support: bool, as_json: bool) -> None:
    parts = _slices(scores, names) if names else {}
    beside = _support(scores) if with_support else {}
    if as_json:
        answer = scores.to_dict()
        if beside:
            answer["support"] = {name: {"n": n, **interval._asdict()} for name, (n, interval) in beside.items()}
        if parts:
            answer["slices"] = {name: [p.to_dict() for p in found] if found else None for name, found in parts.items()}
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    from standfirst.scoring import screens

    tables = [screens.scores_table(scores)]
    tables += [screens.support_table(beside)] if beside else []
    tables += [screens.slices_table(name, found) for name, found in parts.items() if found]
    _print(tables, [*screens.power_line(scores), str(scores.signature)], scores.warnings)


def _support(scores: Scores) -> dict[str, tuple[int, Interval]]:
    from standfirst.scoring.support import support

    return support(scores)


def _slices(scores: Scores, names: list[str]) -> dict[str, list[Slice]]:
    """The slices asked for; one that is not available is empty, and a warning."""
    from standfirst.scoring.slices import NotAvailableError, slices

    found: dict[str, list[Slice]] = {}
    for name in names:
        try:
            found[name] = slices(scores, name)
        except NotAvailableError as error:
            scores.warnings.append(str(error))
            found[name] = []
    return found


def _names(files: list[Path]) -> list[str]:
    """What to call the systems: the files' names without their suffixes where those differ, else their paths."""
    stems = [path.name.removesuffix(".gz").removesuffix(".jsonl") for path in files]
    names = stems if len(set(stems)) == len(files) else [str(path) for path in files]
    if len(set(names)) < len(names):
        raise InputError("the same file was given twice; name each once")
    return names


def _show_comparison(found: Comparison, scores: dict[str, Scores], as_json: bool) -> None:
    if as_json:
        systems = {name: one.to_dict() for name, one in scores.items()}
        print(json.dumps({"comparison": found.to_dict(), "systems": systems}, ensure_ascii=False, indent=1))
        return
    from standfirst.scoring import screens

    signatures = sorted({str(one.signature) for one in scores.values()})
    warnings = [f"{name}: {text}" for name, one in scores.items() for text in one.warnings]
    warnings += [f"{name}: {n} pairs are not shared and left out" for name, n in found.left_out.items()]
    _print([screens.ranks_table(found), screens.differences_table(found)], signatures, warnings)


def _verify(answer: Path, files: list[Path], data: Path | None, hidden: Path | None) -> None:
    from standfirst.scoring.verify import verify

    if len(files) != 1:
        raise InputError("--verify scores one file of predictions again; give one")
    differences = verify(answer, files[0], data=data, hidden=hidden)
    if differences:
        raise GateError(f"{answer} is not what {files[0]} scores:\n  " + "\n  ".join(differences))
    print(f"{answer}: every figure is what {files[0]} scores")


def _print(tables: list[Any], lines: list[str], warnings: list[str]) -> None:
    from rich.console import Console

    console = Console()
    for table in tables:
        console.print(table)
    for line in lines:
        console.print(line, soft_wrap=True, highlight=False, markup=False)
    for text in warnings:
        print(f"standfirst: warning: {text}", file=sys.stderr)
