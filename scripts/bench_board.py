"""What a leaderboard costs as systems are added: time, memory and the size of its page.

    python scripts/bench_board.py [--build build] [--systems 75 150 300]

The systems are made up: each word of a prediction is the reference's with a chance that is the system's own, and else a
word of the body, so that scores spread from the floor to the ceiling and many are near one another.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from standfirst.baselines import write_predictions
from standfirst.board.leaderboard import leaderboard
from standfirst.board.page import page
from standfirst.errors import InputError
from standfirst.record import TASKS
from standfirst.release import fingerprint, read_split

ROOT = Path(__file__).resolve().parent.parent


Predict = Callable[[dict[str, Any], str], str]


def write_submission(
    folder: Path, release: Path, predict: Predict, tasks: tuple[str, ...] = TASKS, **card: Any
) -> Path:
    """A folder with a card and with a prediction for each test article that has the target: `predict(row, task)`."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = read_split(release, "test", ["id", "body", "headline", "standfirst"]).to_pylist()
    for task in tasks:
        predictions = {row["id"]: predict(row, task) for row in rows if row[task] is not None}
        write_predictions(predictions, folder / f"predictions-{task}.jsonl")
    told = {
        "name": folder.name,
        "authors": ["A. Person"],
        "url": "https://example.org/system",
        "licence": "Apache-2.0",
        "kind": "abstractive",
        "parameters": 1000,
        "training_data": "none",
        "saw_test": False,
        "knowledge_cutoff": None,
        "dataset": {"fingerprint": fingerprint(release)},
    }
    (folder / "system.yaml").write_text(yaml.safe_dump({**told, **card}, sort_keys=False), encoding="utf-8")
    return folder


def as_good_as(quality: float, seed: object = 1) -> Predict:
    """Predicts each word of the reference with the chance `quality`, and else a word of the body."""

    def predict(row: dict[str, Any], task: str) -> str:
        draw, body = random.Random(f"{quality} {seed} {row['id']}"), row["body"].split()
        return " ".join(word if draw.random() < quality else draw.choice(body) for word in row[task].split())

    return predict


def measured(release: Path, count: int) -> str:
    """One row of the table, of a leaderboard made in this process."""
    with tempfile.TemporaryDirectory() as scratch:
        for k in range(count):  # from a tenth of the reference's words to seven tenths
            write_submission(Path(scratch) / f"system-{k:04}", release, as_good_as(0.1 + 0.6 * k / count))
        before, start = time.process_time(), time.perf_counter()
        board, left_out = leaderboard([scratch], [release], ROOT / "evaluation" / "floors.json")
        text = page(board)
        cpu, wall = time.process_time() - before, time.perf_counter() - start
    if (
        left_out
        or any(len(table["systems"]) != count for table in board["tables"])
        or len(board["tables"]) != len(TASKS)
    ):
        raise RuntimeError(f"{len(left_out)} systems are not on the board: {left_out[:3]}")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"| {count} | {cpu:.0f} | {wall:.0f} | {megabytes:.0f} | {len(text.encode()) / 1e6:.1f} |"


def main(argv: list[str] | None = None) -> int:
    """Print a row for each number of systems, each measured in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="where build_benchmark.py wrote")
    parser.add_argument("--systems", type=int, nargs="+", default=[75, 150, 300])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    try:
        if args.one is not None:
            print(measured(args.build / "newsarticles", args.one))
            return 0
        fingerprint(args.build / "newsarticles")
    except InputError as error:
        print(f"bench_board: {error}", file=sys.stderr)
        return 2
    print("| systems, both tasks | CPU seconds | seconds | most memory, MB | page, MB |")
    print("| ---: | ---: | ---: | ---: | ---: |", flush=True)
    for count in args.systems:
        command = [sys.executable, __file__, "--build", str(args.build), "--one", str(count)]
        subprocess.run(command, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
