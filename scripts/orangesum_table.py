"""The baselines on OrangeSum's two test sets, beside what published systems wrote for them: docs/baselines.md.

    python scripts/orangesum_table.py [--shared ../shared]   run, score, write evaluation/orangesum.json and the page
    python scripts/orangesum_table.py --check                write nothing; exit 1 where the page does not show the JSON

The data are OrangeSum's (Kamal Eddine et al. 2021) under --shared: test sets with the outputs of published systems, and
the articles, of which each task's training split is learnt from. All are scored alike, as the paper did: rouge-score
without a stemmer. The JSON keeps the SHA-256 of every file read.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standfirst.baselines import NAMES, READ_REFERENCES
from standfirst.board.table import TIES, ties
from standfirst.record import TASKS
from standfirst.release.card import fill_blocks, table
from standfirst.release.folder import sha256_of
from standfirst.scoring import Scores, score
from standfirst.scoring.comparison import MAIN
from standfirst.text import abstractiveness

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "baselines.md"
KEPT = ROOT / "evaluation" / "orangesum.json"
ARTICLES = "data/articles/orangesum_fr.jsonl.gz"
SETS = {"headline": "title", "standfirst": "abstract"}
"""Task -> OrangeSum's name for it."""
PUBLISHED = {
    "headline": {"BARThez": "barthez", "mBARThez": "mbarthez"},
    "standfirst": {"BARThez": "barthez", "CamemBERT2CamemBERT": "camembert2camembert"},
}
"""Task -> system -> the name of its file: those whose outputs are there."""
SETTINGS: dict[str, Any] = {"tokenizer": "ascii", "stemmer": False}
"""As the paper scored: rouge-score without a stemmer, whose tokens are runs of a-z and 0-9."""
METRICS = ("rouge1", "rouge2", "rougeL")


def output(shared: Path, task: str, name: str) -> Path:
    """The file of a system's outputs, or (`SOURCES`) of the articles behind them."""
    return shared / "data" / "outputs" / f"orangesum_{SETS[task]}_{name}.jsonl.gz"


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of gzipped JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def inputs(shared: Path, task: str) -> pd.DataFrame:
    """The test set: id, body, language, and the reference under the task's name."""
    import pandas as pd

    rows = rows_of(output(shared, task, "SOURCES"))
    return pd.DataFrame([{"id": r["id"], "body": r["source"], "language": "fr", task: r["reference"]} for r in rows])


def training(shared: Path, task: str) -> pd.DataFrame:
    """OrangeSum's training articles for the task."""
    import pandas as pd

    names = ["id", "headline", "standfirst", "body", "language"]
    rows = (r for r in rows_of(shared / ARTICLES) if r[f"split_{SETS[task]}"] == "train")
    return pd.DataFrame([{name: r[name] for name in names} for r in rows])


def predicted(name: str, train: pd.DataFrame, held: pd.DataFrame, task: str) -> Scores:
    """A baseline's scores; of the references only what reads them sees any."""
    given = held if name in READ_REFERENCES else held.drop(columns=task)
    found = import_module(f"standfirst.baselines.{name}").predict(train, given, task)
    rows = [
        {"id": i, "prediction": found[i], "reference": reference, "source": body}
        for i, reference, body in zip(held["id"], held[task], held["body"], strict=True)
    ]
    return score(rows, pairs=True, **SETTINGS)


def written(shared: Path, task: str, name: str) -> Scores:
    """The scores of a published system's outputs."""
    return score(output(shared, task, name), pairs=True, **SETTINGS)


def sources(shared: Path) -> dict[str, str]:
    """SHA-256 of every file that is read, by its path under the shared folder."""
    paths = [shared / ARTICLES, *(output(shared, task, "SOURCES") for task in TASKS)]
    paths += [output(shared, task, name) for task in TASKS for name in PUBLISHED[task].values()]
    return {path.relative_to(shared).as_posix(): sha256_of(path) for path in sorted(paths)}


def collection(shared: Path) -> dict[str, float]:
    """Means over the standfirsts' test set, measured as a release's: lengths in words, and how abstractive they are."""
    held = inputs(shared, "standfirst")
    found = []
    for short, body in zip(held["standfirst"], held["body"], strict=True):
        measures = abstractiveness(short, body)
        if measures is not None:
            found.append({"body": len(body.split()), "standfirst": len(short.split()), **measures._asdict()})
    return {name: round(sum(row[name] for row in found) / len(found), 4) for name in found[0]}


def run(shared: Path) -> dict[str, Any]:
    """All that the page shows: for each task, every system's scores, the paper's, and the letters of ties."""
    expected = json.loads((shared / "data" / "outputs" / "expected.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = {"sources": sources(shared), "collection": collection(shared)}
    for task in TASKS:
        train, held = training(shared, task), inputs(shared, task)
        systems = {title: written(shared, task, name) for title, name in PUBLISHED[task].items()}
        for name in NAMES:
            systems[name] = predicted(name, train, held, task)
            print(f"{task}: {name}", file=sys.stderr)
        letters = ties(systems, task)
        paper = {
            title: expected[f"orangesum_{SETS[task]}_{name}"].get("published", {}).get("R1_R2_RL_F")
            for title, name in PUBLISHED[task].items()
        }
        told = {name: _told(scores, letters.get(name), paper.get(name)) for name, scores in systems.items()}
        found[task] = {"train": len(train), "systems": told}
    return found


def _told(scores: Scores, letters: str | None, paper: list[float] | None) -> dict[str, Any]:
    f1 = {metric: scores.scores[metric]["f1"]._asdict() for metric in METRICS}
    return {"signature": str(scores.signature), "f1": f1, "ties": letters, "paper": paper}


def text_of(found: Mapping[str, Any]) -> str:
    """The block of the page, in Markdown."""
    parts = [
        "F1 x 100 on OrangeSum's two test sets of 1,500 French articles (Kamal Eddine et al. 2021), 95% intervals. "
        "All rows are scored here and alike, as the paper did, without a stemmer, the published systems (in bold) from "
        "their outputs; *paper* is what it printed (R-1 / R-2 / R-L), quoted from memory and not checked yet. The "
        "baselines learnt from OrangeSum's training articles alone; the published systems were trained on these too, "
        "after pretraining on far more text. Outputs of mBART are not among those we have; mBARThez is mBART trained "
        "further on French."
    ]
    for task in TASKS:
        metric = MAIN[task]
        heads = [f"R-{m.removeprefix('rouge')}" + (" (main)" if m == metric else "") for m in METRICS]
        systems = found[task]["systems"]
        ranked = sorted(systems, key=lambda n: (n in READ_REFERENCES, -systems[n]["f1"][metric]["mean"], n))
        rows = [_row(name, systems[name], task) for name in ranked]
        head = [f"{task} ({SETS[task]}s), {found[task]['train']:,} to learn from", *heads, "ties", "paper"]
        signatures = sorted({told["signature"] for told in systems.values()})
        parts += [table(head, rows), *(f"`{line}`" for line in signatures)]
    return "\n\n".join([*parts, TIES])


def _row(name: str, told: Mapping[str, Any], task: str) -> list[str]:
    title = f"**{name}**" if name in PUBLISHED[task] else name
    title += " (a ceiling: reads the references)" if name in READ_REFERENCES else ""
    cells = [
        f"{f1['mean'] * 100:.2f} ({f1['low'] * 100:.2f} to {f1['high'] * 100:.2f})"
        for f1 in (told["f1"][metric] for metric in METRICS)
    ]
    return [title, *cells, told["ties"] or "", " / ".join(f"{p:.2f}" for p in told["paper"] or [])]


def page(found: Mapping[str, Any]) -> str:
    """The whole page, with the block made anew."""
    return fill_blocks(PAGE.read_text(encoding="utf-8"), {"orangesum": text_of(found)}, PAGE.name)


def main(argv: list[str] | None = None) -> int:
    """Run and write, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder with data/outputs")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the page is not current")
    args = parser.parse_args(argv)
    if args.check:
        return int(page(json.loads(KEPT.read_text(encoding="utf-8"))) != PAGE.read_text(encoding="utf-8"))
    if not (args.shared / ARTICLES).is_file():
        print(f"orangesum_table: {args.shared / ARTICLES} is not there; name its folder with --shared", file=sys.stderr)
        return 2
    found = run(args.shared)
    KEPT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page(found), encoding="utf-8")
    print(text_of(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
