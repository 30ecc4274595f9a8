"""What every stage knows: the settings of the build, how ids are shared out, what the tables are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from standfirst.meetings import sizes
from standfirst.record import arrow_schema
from standfirst.release.hidden import Hiding
from standfirst.sources import Unit
from standfirst.splits import DEFAULT_RATIOS, ByDate, Ratios
from standfirst.storage import Folder
from standfirst.traces import TEXTS

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_A_FILE = 50_000
"""Articles in a data file: about 100 MB, what a download resumes and a worker holds."""
MOST_PIECES = 128
"""Row groups that a file is cut into: each reader reads what the footer says of all, 1 ms of 128, 14 ms of 4,096."""
PUBLISHED = "published/00000.parquet"
"""Ids, stories and splits of the published version that the build continues, where there is one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build is made of and how. Two builds with equal settings and inputs give the same bytes."""

    units: tuple[Unit, ...]
    ratios: Ratios = DEFAULT_RATIOS
    shards: int = 4
    taken_down: tuple[str, ...] = ()
    by_date: ByDate | None = None
    hiding: Hiding | None = None


def span(index: int, of: int, bits: int = 64) -> tuple[int, int | None]:
    """The index-th of `of` equal ranges of `bits`-bit numbers: first, and first not in it (None at the end).

    >>> span(0, 2, 8), span(1, 2, 8)
    ((0, 128), (128, None))
    """
    size = 1 << bits
    return index * size // of, (index + 1) * size // of if index + 1 < of else None


def id_span(index: int, of: int) -> dict[str, Any]:
    """The range of ids of a shard, as `Folder.read` takes it.

    >>> id_span(1, 2)
    {'id_from': '8000000000000000', 'id_to': None}
    """
    low, high = span(index, of)
    return {"id_from": f"{low:016x}", "id_to": None if high is None else f"{high:016x}"}


def placement(folder: Folder, turn: int | None = None) -> str:
    """The table of every article's story and split: that of the turn, or the last one's."""
    return f"stories/{turn:05d}.parquet" if turn is not None else folder.names("stories")[-1]


def numbering(turn: int) -> str:
    """The table of every article's shard, split (its place in `SPLITS`, null where it has none) and day in a turn.

    Sorted by id: the row is the article's number, by which the leak search knows it.
    """
    return f"numbers/{turn:05d}.parquet"


def pieces(table: pa.Table, key: str, of: int) -> Iterator[pa.Table]:
    """The table, sorted by `key`, cut into the `of` ranges of it: who reads one range reads those row groups alone.

    There are at most `MOST_PIECES`; where ranges are more, who reads one reads some of its neighbours' rows too.

    >>> import pyarrow as pa
    >>> [len(part) for part in pieces(pa.table({"id": ["00", "7f", "81"]}), "id", 2)]
    [2, 1]
    """
    import numpy as np
    import pyarrow as pa

    cuts = min(of, MOST_PIECES)
    lows = [span(k, cuts)[0] for k in range(1, cuts)]
    if pa.types.is_string(table.schema.field(key).type):
        values = table[key].to_pylist()
        ends = [bisect_left(values, f"{low:016x}") for low in lows]
    else:
        ends = np.searchsorted(table[key].to_numpy(), np.array(lows, np.uint64)).tolist()
    for start, end in pairwise((0, *ends, len(table))):
        yield table.slice(start, end - start)


def compared(traces: pa.Table) -> pa.Table:
    """What the stages after `collect` read of traces: what stories are verified by, and how large each text is."""
    import pyarrow as pa

    kept = traces.select(["id", "body_grams", "display", "standfirst_key", "day", "inside", "twin"])
    for column, name in zip(sizes(traces).T, SIZES, strict=True):
        kept = kept.append_column(name, pa.array(column, pa.int32()))
    return kept


SIZES = tuple(f"{name}_size" for name in TEXTS)
"""Columns of `compared`: how many n-grams each text has."""


def raw_schema() -> pa.Schema:
    """What `read` writes of each record: the record, its name in the source, and when it was captured."""
    import pyarrow as pa

    return arrow_schema().append(pa.field("name", pa.string())).append(pa.field("captured", pa.string()))


def table_of(rows: list[tuple[Any, ...]], *names: str) -> pa.Table:
    """Rows of text as a table with these columns."""
    import pyarrow as pa

    return pa.table({name: pa.array([row[k] for row in rows], pa.string()) for k, name in enumerate(names)})


REJECTED = ("source", "name", "reason", "detail", "url", "id")
"""The columns of a table of rejections."""


def published(folder: Folder) -> dict[str, tuple[str, str]]:
    """Story and split of each article of the version that the build continues; none where it continues none."""
    if not folder.has(PUBLISHED):
        return {}
    columns = (folder.read([PUBLISHED])[name].to_pylist() for name in ("id", "story", "split"))
    return {identity: (story, split) for identity, story, split in zip(*columns, strict=True)}
