"""What of the held-out articles stands in other splits: the leak search of a build.

`meet` joins all hashes of one range: whatever two articles of different splits share there. `leak` sums up what the
ranges found for some of the held-out articles, and says what it means. Every article's hashes are read once, however
many are held out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from standfirst.leaks import Leaks, Side, day_numbers, span_of_days, take
from standfirst.meetings import PLACES, Index, shared
from standfirst.record import SPLITS
from standfirst.stages.layout import SIZES, Settings, numbering, placement, published, span
from standfirst.storage import Folder

if TYPE_CHECKING:
    import pyarrow as pa

MEETINGS_A_PIECE = 4_000_000
"""Shared hashes that `meet` looks at in one piece, 200 MB: a sentence that many articles hold multiplies them."""
MEETINGS_A_TASK = 2_000_000
"""Rows of `meet` that a task of `leak` sums up, about 300 MB."""
SIDES = (("test", "train"), ("test", "validation"), ("validation", "train"))


def _met(turn: int, index: int) -> str:
    return f"meetings/{turn:05d}/{index:05d}.parquet"


def _file(turn: int, side: tuple[str, str], index: int) -> str:
    return f"leaks/{turn:05d}/{side[0]}-{side[1]}-{index:05d}.parquet"


def meet(root: str, settings: Settings, turn: int, index: int) -> None:
    """What articles of different splits share of a range of hashes: pairs of codes (see `meetings`), and how often.

    A code's row is the article's number (see `layout.numbering`).
    """
    import numpy as np

    folder = Folder(root)
    if folder.has(_met(turn, index)):
        return
    low, high = span(index, settings.shards)
    splits, starts = _splits(folder, turn)
    values, codes = [], []
    for shard, name in enumerate(folder.names("grams")):
        table = folder.read([name], key="value", id_from=low, id_to=high)
        values.append(table["value"].to_numpy())
        codes.append(table["code"].to_numpy().astype(np.int64) + starts[shard] * PLACES)
    value, code = np.concatenate(values), np.concatenate(codes)
    del values, codes
    folder.write(_met(turn, index), _shared(value, code, splits[code // PLACES]), rows_a_group=50_000)


def _shared(values: Any, codes: Any, splits: Any) -> Iterator[pa.Table]:
    """The table of `meet`, in pieces; the first is empty."""
    import pyarrow as pa

    schema = pa.schema([("held", pa.uint64()), ("other", pa.uint64()), ("shared", pa.uint32())])
    yield schema.empty_table()
    for mine in ("test", "validation"):
        of = splits == SPLITS.index(mine)
        index = Index(values[of], codes[of])
        for theirs in (other for held, other in SIDES if held == mine):
            given = splits == SPLITS.index(theirs)
            for columns in index.meet(values[given], codes[given], MEETINGS_A_PIECE):
                yield pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def _splits(folder: Folder, turn: int) -> tuple[Any, Any]:
    """The number of every article's split by its own number, -1 where it has none; the first number of each shard."""
    import numpy as np

    table = folder.read([numbering(turn)], ["shard", "split"])
    shards = np.arange(len(folder.names("traces")))
    return table["split"].fill_null(-1).to_numpy(), np.searchsorted(table["shard"].to_numpy(), shards)


def leak_tasks(root: str, settings: Settings, turn: int) -> int:
    """How many tasks `leak` has, of what `meet` found."""
    folder = Folder(root)
    return 1 + sum(folder.rows(_met(turn, index)) for index in range(settings.shards)) // MEETINGS_A_TASK


def leak(root: str, settings: Settings, turn: int, of: int, index: int) -> None:
    """What of a range of the held-out articles, the index-th of `of`, stands in other splits."""
    import numpy as np

    folder = Folder(root)
    if all(folder.has(_file(turn, side, index)) for side in SIDES):
        return
    splits, starts = _splits(folder, turn)
    first, last = (k * len(splits) // of * PLACES for k in (index, index + 1))
    names = [_met(turn, part) for part in range(settings.shards)]
    table = folder.read(names, key="held", id_from=first, id_to=last)
    held, other, count = (table[name].to_numpy().astype(np.int64) for name in ("held", "other", "shared"))
    numbers = np.unique(np.concatenate([held // PLACES, other // PLACES]))
    articles, splits = _articles(folder, numbers, starts), splits[numbers]
    held, other = (np.searchsorted(numbers, codes // PLACES) * PLACES + codes % PLACES for codes in (held, other))
    held, other, count = shared(held, other, count)
    for side in SIDES:
        mine, theirs = (SPLITS.index(split) for split in side)
        here = (splits[held // PLACES] == mine) & (splits[other // PLACES] == theirs)
        found = Leaks()
        take(found, articles, articles, (held[here], other[here], count[here]))
        folder.write(_file(turn, side, index), found.to_table())


def _articles(folder: Folder, numbers: Any, starts: Any) -> Side:
    """What is known of the articles of these numbers, which are sorted: row by row."""
    import numpy as np
    import pyarrow as pa

    names = folder.names("traces")
    cuts = [*np.searchsorted(numbers, starts).tolist(), len(numbers)]
    tables = []
    for name, start, (first, last) in zip(names, starts, pairwise(cuts), strict=True):
        rows = pa.array(numbers[first:last] - start)
        tables.append(folder.read([name], ["id", "day", *SIZES]).take(rows))
    table = pa.concat_tables(tables)
    sizes = np.stack([table[name].to_numpy() for name in SIZES], axis=1)
    return Side(table["id"].combine_chunks(), day_numbers(table), sizes)


def gather_leaks(root: str, turn: int, of: int) -> dict[str, Leaks]:
    """The findings of all tasks of a turn, by comparison: `test_in_train` and so on."""
    import pyarrow.compute as pc

    folder, found = Folder(root), {}
    numbers = folder.read([numbering(turn)], ["split", "day"])
    rows = {split: numbers.filter(pc.equal(numbers["split"], k)) for k, split in enumerate(SPLITS)}
    for side in SIDES:
        mine, theirs = (rows[split] for split in side)
        whole = Leaks(len(mine), len(theirs), held_days=span_of_days(mine), other_days=span_of_days(theirs))
        for index in range(of):
            whole.merge(Leaks.from_table(folder.read([_file(turn, side, index)])))
        found[f"{side[0]}_in_{side[1]}"] = whole
    return found


def new_edges(root: str, found: dict[str, Leaks]) -> set[tuple[str, str]]:
    """Pairs above the limits that another turn can join: those that do not both stand in the published version."""
    before = published(Folder(root)).keys()
    edges = set().union(*(part.edges() for part in found.values()))
    return {(a, b) for a, b in edges if a not in before or b not in before}


def repeats(folder: Folder) -> dict[str, dict[str, int]]:
    """For each split, how many articles hold their own standfirst in the body, or show it as the headline."""
    import pyarrow.compute as pc

    placed = folder.read([placement(folder)], ["id", "split"])
    traces = folder.read(folder.names("traces"), ["id", "inside", "twin"])
    found = {}
    for split in SPLITS:
        ids = placed.filter(pc.equal(placed["split"], split))["id"].combine_chunks()
        rows = traces.filter(pc.is_in(traces["id"], ids))
        counts = {"standfirst_in_own_body": "inside", "standfirst_is_the_headline": "twin"}
        found[split] = {name: pc.sum(rows[column]).as_py() or 0 for name, column in counts.items()}
    return found


def continued(folder: Folder, before: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    """Of the version that the build continues: how many articles it had, how many are here, moved, or not in the input.

    None is ever moved; the count is of what was written, so that the report shows it.
    """
    names = ("id", "story", "split")
    rows = list(zip(*(folder.read([placement(folder)])[n].to_pylist() for n in names), strict=True))
    kept = [row for row in rows if row[0] in before]
    moved = sum(before[i] != (story, split) for i, story, split in kept)
    return {
        "published": len(before),
        "kept": len(kept),
        "moved": moved,
        "missing": len(before) - len(kept),
        "new": len(rows) - len(kept),
    }
