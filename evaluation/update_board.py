"""Check and score every submission, the baselines' too, and write the leaderboard.

    python evaluation/update_board.py --build build

The baselines stand in evaluation/submissions like every system: their cards are written here for the releases as they
are built, and with them predictions for articles whose text may be given away. Of those that quote other articles the
card states the hash, and the files stay in --build, under predictions/; so may others' that are not published.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from standfirst.baselines import FLOORS, NAMES, READ_REFERENCES, run, write_predictions
from standfirst.cli import main as standfirst
from standfirst.errors import InputError
from standfirst.record import TASKS
from standfirst.release import fingerprint, read_report
from standfirst.release.folder import sha256_of
from standfirst.release.rights import withheld_sources

HERE = Path(__file__).resolve().parent
SUBMISSIONS = HERE / "submissions"
BOARD = HERE / "leaderboard"
RELEASES = ("newsarticles", "articles")
LEARNT = frozenset({"nearest", "supervised", "compression", "tfidf"})
"""Baselines that read the texts of the training split; `words`, `lead` and `lexrank` take no more than a length."""
XSUM, SKLEARN = "https://aclanthology.org/D18-1206", "https://scikit-learn.org"
URLS = {
    "random": XSUM,
    "words": "https://aclanthology.org/D15-1044",
    "lead": XSUM,
    "lead3": "https://aclanthology.org/N18-1065",
    "lexrank": "https://doi.org/10.1613/jair.1523",
    "oracle": XSUM,
}
"""Where a baseline is described or comes from; the others are scikit-learn's."""


def card(name: str, release: Path, hashes: Mapping[str, str]) -> str:
    """The text of a baseline's system.yaml."""
    ceiling = name in READ_REFERENCES
    lines = [
        f"name: {name}",
        "authors: [The Standfirst authors]",
        f"url: {URLS.get(name, SKLEARN)}",
        "licence: Apache-2.0",
        f"kind: {'ceiling' if ceiling else 'floor' if name in FLOORS else 'extractive'}",
        f"parameters: {'null' if name in LEARNT else 0}",
        f"training_data: {'the training split' if name in LEARNT else 'none'}",
        f"saw_test: {'yes' if ceiling else 'no'}",
        "knowledge_cutoff: null",
        "dataset:",
        f"  fingerprint: {fingerprint(release)}",
    ]
    if hashes:
        lines += ["predictions_sha256:", *(f"  {task}: {digest}" for task, digest in hashes.items())]
    return "\n".join(lines) + "\n"


def write_baselines(build: Path, kept: Path) -> None:
    """A submission of each baseline to each release, under `SUBMISSIONS`; what may not be published, under `kept`."""
    for release in (build / name for name in RELEASES):
        closed = bool(withheld_sources(read_report(release)))
        for name in NAMES:
            folder = SUBMISSIONS / (name if release.name == RELEASES[0] else f"{name}-{release.name}")
            folder.mkdir(parents=True, exist_ok=True)
            hashes = {}
            for task in TASKS:
                out = (kept / folder.name if closed else folder) / f"predictions-{task}.jsonl"
                made = build / "baselines" / release.name / f"{name}-{task}.jsonl"
                if made.is_file() and made.stat().st_mtime >= (release / "report.json").stat().st_mtime:
                    out.parent.mkdir(parents=True, exist_ok=True)
                    out.write_bytes(made.read_bytes())
                else:
                    write_predictions(run(name, release, task), out)
                if closed:
                    hashes[task] = sha256_of(out)
            (folder / "system.yaml").write_text(card(name, release, hashes), encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Write the baselines' submissions and the board; the exit status is that of `standfirst leaderboard`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=HERE.parent / "build", help="where build_benchmark.py built")
    args = parser.parse_args(argv)
    kept = args.build / "predictions"
    kept.mkdir(parents=True, exist_ok=True)
    try:
        write_baselines(args.build, kept)
    except InputError as error:
        print(f"update_board: {error}", file=sys.stderr)
        return 2
    data = [part for name in RELEASES for part in ("--data", str(args.build / name))]
    sys.argv = ["standfirst", "leaderboard", str(SUBMISSIONS), *data, "--predictions", str(kept), "--out", str(BOARD)]
    try:
        standfirst()
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
