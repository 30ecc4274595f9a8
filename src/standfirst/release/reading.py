"""A built folder, read: its rows, its fingerprint."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standfirst.errors import InputError
from standfirst.record import FIELDS, SPLITS, TASKS

if TYPE_CHECKING:
    import pyarrow as pa

REPORT = "report.json"
MANIFEST = "manifest.jsonl"
"""In a folder without data: what is published of a release whose texts are withheld."""
TOMBSTONES = "tombstones.jsonl"
REJECTIONS = "rejects/rejections.jsonl"


def read_report(data: str | Path) -> dict[str, Any]:
    """The folder's `report.json`: counts, settings, and `content_sha256`, the dataset's fingerprint."""
    path = Path(data) / REPORT
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            f"{data}: no release is here ({REPORT} is missing); build one with: standfirst build SOURCE --out {data}"
        ) from None
    except NotADirectoryError:
        raise InputError(
            f"{data}: is a file, wanted the folder of a release, as `standfirst build` writes it; name that"
        ) from None
    except (ValueError, OSError) as error:
        raise InputError(f"{path}: cannot be read ({error}); build the release again") from None
    if not isinstance(report, dict):
        raise InputError(f"{path}: holds a {type(report).__name__}, wanted an object; build the release again")
    return report


def fingerprint(data: str | Path) -> str:
    """The release's `content_sha256`, as its report states it: what signatures name the dataset by."""
    return str(read_report(data)["content_sha256"])


def files_in_order(data: Path, *splits: str) -> list[Path]:
    """The data files of a folder: train, validation, test (or the splits named), each in the order of its shards."""
    names = [f"{split}-?????-of-?????.parquet" for split in splits or SPLITS]
    return [path for name in names for path in sorted((data / "data").glob(name))]


def split_files(data: str | Path, split: str) -> list[Path]:
    """The data files of one split, in the order of their shards."""
    if split not in SPLITS:
        raise InputError(f"{split!r} is no split; the splits are {', '.join(SPLITS)}")
    read_report(data)
    return files_in_order(Path(data), split)


def read_inputs(data: str | Path, split: str, task: str) -> pa.Table:
    """Id, body and language of the articles that a task asks for, sorted by id: those of the split that have its
    target, also where that is hidden. No target is in it.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    from standfirst.release.hidden import commitments

    if task not in TASKS:
        raise InputError(f"{task!r} is no task; choose one of {', '.join(TASKS)}")
    table = read_split(data, split, ["id", "body", "language", task])
    kept = commitments(data, split)
    asked = table[task].is_valid()
    if kept:
        asked = pc.is_in(table["id"], pa.array([i for i, c in kept.items() if c.asked(task)], pa.string()))
    return table.filter(asked).select(["id", "body", "language"])


def read_split(data: str | Path, split: str, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of one split, sorted by id, as an Arrow table of the columns named (all of them where None).

    Raises InputError where the folder is no release or a file of it cannot be read.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = list(columns) if columns is not None else list(FIELDS)
    tables = []
    for path in split_files(data, split):
        try:
            tables.append(pq.read_table(path, columns=sorted({*wanted, "id"})))
        except (pa.ArrowException, OSError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(f"{path}: not a data file of a release ({reason}); build the release again") from None
    if not tables:
        raise InputError(f"{data}: the release has no {split} split; choose another or build with more articles")
    return pa.concat_tables(tables).sort_by("id").select(wanted)
