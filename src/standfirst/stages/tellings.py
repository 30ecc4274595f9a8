"""Which articles tell one story, and the split of each: pair, attach, verify, join."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from standfirst import splits, stories
from standfirst.record import SPLITS, Reason
from standfirst.stages.layout import (
    REJECTED,
    ROWS_A_FILE,
    Settings,
    id_span,
    numbering,
    pieces,
    placement,
    published,
    span,
    table_of,
)
from standfirst.storage import Folder

if TYPE_CHECKING:
    import pyarrow as pa

COMPARED = ["id", "body_grams", "display", "standfirst_key", "day"]
PLACED = ("id", "story", "split")
PAIRS_A_PIECE = 2000
"""Pairs that `attach` holds at once with their traces: 7 MB."""


def pair(root: str, settings: Settings, index: int) -> None:
    """Pairs of articles that share a key of a range, each once."""
    import numpy as np

    folder, name = Folder(root), f"pairs/{index:05d}.parquet"
    if folder.has(name):
        return
    low, high = span(index, settings.shards)
    rows = folder.read(folder.names("keys"), key="key", id_from=low, id_to=high)
    _, at, counts = np.unique(rows["key"].to_numpy(), return_inverse=True, return_counts=True)
    rows = rows.filter(counts[at] > 1)  # most keys have one owner: Python sees the others alone
    pairs = sorted(set(stories.candidates(rows["key"].to_pylist(), rows["id"].to_pylist())))
    folder.write(name, pieces(table_of(pairs, "a", "b"), "a", settings.shards))


def attach(root: str, settings: Settings, index: int) -> None:
    """The candidate pairs whose first article is in the shard, with what is compared of it, sorted by the second."""
    folder, name = Folder(root), f"attached/{index:05d}.parquet"
    if folder.has(name):
        return
    bounds = id_span(index, settings.shards)
    found = {pair for part in folder.names("pairs") for pair in _pairs(folder.read([part], key="a", **bounds))}
    traces = folder.read([f"traces/{index:05d}.parquet"], COMPARED)
    pairs = sorted(found, key=lambda ab: ab[::-1])
    attached = _attached(pairs, traces, settings.shards)
    folder.write(name, attached, rows_a_group=PAIRS_A_PIECE, hashes=True)


def _pairs(table: pa.Table) -> Iterator[tuple[str, str]]:
    return zip(table["a"].to_pylist(), table["b"].to_pylist(), strict=True)


def _attached(pairs: list[tuple[str, str]], traces: pa.Table, shards: int) -> Iterator[pa.Table]:
    import pyarrow as pa

    at = {identity: k for k, identity in enumerate(traces["id"].to_pylist())}
    traces = traces.rename_columns(["a", *COMPARED[1:]]).combine_chunks()
    for part in pieces(table_of(pairs, "a", "b"), "b", shards):
        for start in range(0, len(part) or 1, PAIRS_A_PIECE):
            piece = part.slice(start, PAIRS_A_PIECE)
            rows = traces.take(pa.array([at[a] for a in piece["a"].to_pylist()], pa.int64()))
            yield rows.append_column("b", piece["b"])


def verify(root: str, settings: Settings, index: int) -> None:
    """The pairs whose second article is in the shard and that tell one story or share text, and which of the two."""
    folder, name = Folder(root), f"edges/{index:05d}.parquet"
    if folder.has(name):
        return
    own = folder.read([f"traces/{index:05d}.parquet"], COMPARED)
    tellings = dict(zip(own["id"].to_pylist(), _tellings(own), strict=True))
    edges = []
    bounds = id_span(index, settings.shards)
    for table in chain.from_iterable(folder.parts(part, key="b", **bounds) for part in folder.names("attached")):
        for (a, b), first in zip(_pairs(table), _tellings(table), strict=True):
            if bond := stories.bond(first, tellings[b]):
                edges.append((a, b, bond.value))
    folder.write(name, table_of(sorted(edges), "a", "b", "bond"))


def _tellings(table: pa.Table) -> Iterator[stories.Telling]:
    for batch in table.to_batches():
        keys, days = batch["standfirst_key"].to_pylist(), batch["day"].to_pylist()
        for grams, display, key, day in zip(batch["body_grams"], batch["display"], keys, days, strict=True):
            yield stories.Telling(grams.values.to_numpy(), display.values.to_numpy(), key, day)


def join(root: str, settings: Settings, turn: int, index: int) -> None:
    """Every article's story and split; an article that was taken down leaves a tombstone, and its story as it was.

    Edges are the verified pairs that tell one story, and what the leak searches of earlier turns found in two splits.
    """
    import pyarrow.compute as pc

    from standfirst.leaks import Leaks

    folder = Folder(root)
    if folder.has(numbering(turn)):
        return
    verified = folder.read(folder.names("edges"))
    told = pc.equal(verified["bond"], stories.Bond.STORY.value)
    edges, ties = list(_pairs(verified.filter(told))), list(_pairs(verified.filter(pc.invert(told))))
    for name in (name for earlier in range(turn) for name in folder.names(f"leaks/{earlier:05d}")):
        edges += sorted(Leaks.from_table(folder.read([name])).edges())
    before, splitter = published(folder), settings.by_date or settings.ratios
    tied = {*before, *chain.from_iterable(chain(edges, ties))}
    days = {i: day for i, day in _days(folder) if i in tied}
    rows, refused = splits.place(days, edges, splitter, before, ties)
    del days
    # Most articles are tied to none: each is its own story, placed one by one and held no longer.
    gone, stones = set(settings.taken_down), [row for row in rows if row[0] in settings.taken_down]
    stones = [row for row in stones if row[0] not in before] + [(i, *before[i]) for i in before.keys() & gone]

    def placed() -> Iterator[tuple[str, str, str]]:
        for i, day in _days(folder):
            if i in tied:
                continue
            where = splitter.split(i, [day])
            if isinstance(where, Reason):
                refused.append((i, where, ""))
            elif i in gone:
                stones.append((i, i, where))
            else:
                yield i, i, where

    place(folder, merge((row for row in rows if row[0] not in gone), placed()), stones, refused, turn)


def _days(folder: Folder) -> Iterator[tuple[str, int | None]]:
    """Every article and its day, sorted by id."""
    for name in folder.names("traces"):
        table = folder.read([name], ["id", "day"])
        yield from zip(table["id"].to_pylist(), table["day"].to_pylist(), strict=True)


def place(
    folder: Folder,
    rows: Iterable[tuple[str, str, str]],
    gone: list[tuple[str, str, str]],
    refused: Iterable[tuple[str, Reason, str]] = (),
    turn: int = 0,
) -> None:
    """Write the id, story and split of every article of the release, which come sorted, and of those that were taken
    down, and why others have no place. The two lists are read when the last row has come."""
    placed, waiting = placement(folder, turn), iter(rows)

    def tables() -> Iterator[pa.Table]:
        yield table_of([], *PLACED)
        while piece := list(islice(waiting, ROWS_A_FILE)):
            yield table_of(piece, *PLACED)

    folder.write(placed, tables())
    lost = {i: (reason, detail) for i, reason, detail in refused} | {i: (Reason.TAKEN_DOWN, "") for i, _, _ in gone}
    out = []
    for row in _rows_of(folder, list(lost)):
        reason, detail = lost[row["id"]]
        named = row["id"] if reason is Reason.TAKEN_DOWN else row["name"]
        url = None if reason is Reason.TAKEN_DOWN else row["url"]
        out.append((row["source"], named, str(reason), detail, url, row["id"]))
    if gone:
        folder.write("tombstones/00000.parquet", table_of(sorted(gone), *PLACED))
    folder.write("rejects/join-00000.parquet", table_of(sorted(out, key=lambda row: row[5]), *REJECTED))
    folder.write(numbering(turn), _numbered(folder, placed))


def _numbered(folder: Folder, placed: str) -> Iterator[pa.Table]:
    """Of every article that has traces, in the order of ids: its shard, the number of its split, its day."""
    import pyarrow as pa
    import pyarrow.compute as pc

    schema = pa.schema([("shard", pa.int32()), ("split", pa.int32()), ("day", pa.int64())])
    yield schema.empty_table()
    for shard, name in enumerate(folder.names("traces")):
        table = folder.read([name], ["id", "day"])
        if not len(table):
            continue
        first, last = table["id"][0].as_py(), table["id"][-1].as_py()
        found = folder.read([placed], ["id", "split"], id_from=first, id_to=f"{last}0")
        at = pc.index_in(table["id"], found["id"].combine_chunks())
        split = pc.index_in(found["split"], pa.array(SPLITS)).take(at)
        yield pa.table([pa.array([shard] * len(table), pa.int32()), split, table["day"]], schema=schema)


def _rows_of(folder: Folder, ids: list[str]) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not ids:
        return []
    wanted, found = pa.array(ids, pa.string()), []
    for name in folder.names("articles"):
        articles = folder.read([name], ["id", "source", "name", "url"])
        found += articles.filter(pc.is_in(articles["id"], wanted)).to_pylist()
    return found
