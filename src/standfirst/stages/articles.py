"""Articles in and articles out: read, collect, write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from standfirst import stories
from standfirst.meetings import PLACES, postings
from standfirst.record import Fields, Page, Reason, Record, Rejection, arrow_schema, text_hash, to_row
from standfirst.sources import PassedOver, Unit
from standfirst.stages.layout import REJECTED, Settings, compared, id_span, pieces, placement, raw_schema, table_of
from standfirst.storage import Folder

if TYPE_CHECKING:
    import pyarrow as pa


ROWS_A_PIECE = 20_000
"""Records that `read` holds at once, 200 MB: sorted by id and written before the next are read, however many follow."""


def read(root: str, settings: Settings, index: int) -> None:
    """Read a unit of the input: its pages extracted, its rows cleaned, every one judged a record or a rejection."""
    folder, name = Folder(root), f"{index:05d}.parquet"
    if all(folder.has(f"{kind}{name}") for kind in ("passed/", "rejects/read-", "raw/")):
        return
    refused: list[tuple[Any, ...]] = []
    passed: list[tuple[Any, ...]] = []
    folder.write(f"raw/{name}", _kept(settings.units[index], refused, passed))
    folder.write(f"passed/{name}", table_of(passed, "source", "reason", "count"))
    folder.write(f"rejects/read-{name}", table_of(refused, *REJECTED))


def _kept(unit: Unit, refused: list[tuple[Any, ...]], passed: list[tuple[Any, ...]]) -> Iterator[pa.Table]:
    """The unit's records, in pieces that are sorted by id; what is no record is put on the lists."""
    import pyarrow as pa

    def piece() -> pa.Table:
        kept.sort(key=lambda row: (row["id"], row["name"], row["headline"], row["body"]))
        return pa.Table.from_pylist(kept, raw_schema())

    kept: list[dict[str, Any]] = []
    for judged, given, captured in judge_unit(unit):
        if isinstance(judged, Record):
            kept.append({**to_row(judged), "name": given, "captured": captured})
            if len(kept) == ROWS_A_PIECE:
                yield piece()
                kept.clear()
        elif isinstance(judged, Rejection):
            refused.append(tuple(asdict(judged)[column] for column in REJECTED))
        else:
            passed += [(judged.source, reason, str(n)) for reason, n in sorted(judged.counts.items())]
    yield piece()


def judge_unit(unit: Unit) -> Iterator[tuple[Record | Rejection | PassedOver, str, str]]:
    """Every input of the unit as a record or a rejection, with its name in the source and when it was captured."""
    from standfirst import sources
    from standfirst.cleaning import clean
    from standfirst.extract import extract
    from standfirst.quality import judge

    for item in sources.read(unit):
        if isinstance(item, PassedOver):
            yield item, "", ""
            continue
        captured = item.captured if isinstance(item, Page) else ""
        fields: Fields = extract(item) if isinstance(item, Page) else clean(item)
        yield judge(fields, unit.licence), item.name, captured or ""


def collect(root: str, settings: Settings, index: int) -> None:
    """One row for each id of a shard: the newest capture; of equally new ones that whose text hashes smallest."""
    import pyarrow as pa

    from standfirst.traces import to_table, trace

    folder, name = Folder(root), f"{index:05d}.parquet"
    kinds = ("articles/", "traces/", "keys/", "grams/", "rejects/collect-")
    if all(folder.has(f"{kind}{name}") for kind in kinds):
        return
    rows = folder.read(folder.names("raw"), **id_span(index, settings.shards))
    kept, refused = _newest(rows)
    articles = rows.take(pa.array(kept, pa.int64()))
    del rows
    columns = articles.select(["id", "headline", "standfirst", "body", "published"])
    made, found = [], _Found()
    for batch in columns.to_batches(max_chunksize=500):
        traces = [trace(row) for row in batch.to_pylist()]
        table = to_table(traces)
        found.add(table, [stories.keys(t["body_grams"], t["standfirst_key"]) for t in traces])
        made.append(compared(table))
    folder.write(f"keys/{name}", pieces(found.keys(articles["id"]), "key", settings.shards), rows_a_group=100_000)
    folder.write(f"grams/{name}", pieces(found.grams(), "value", settings.shards), rows_a_group=1_000_000, hashes=True)
    folder.write(f"traces/{name}", pa.concat_tables([compared(to_table([])), *made]), hashes=True)
    folder.write(f"rejects/collect-{name}", table_of(refused, *REJECTED))
    folder.write(f"articles/{name}", articles.drop_columns(["captured"]))


class _Found:
    """What the articles of a shard meet others by, gathered a few at a time: keys of stories, and all their hashes."""

    def __init__(self) -> None:
        import numpy as np

        self._rows = 0
        self._keys, self._owners = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
        self._values, self._codes = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint32)]

    def add(self, traces: pa.Table, keys: list[list[int]]) -> None:
        """Take in the next articles of the shard: their traces, and the keys of each."""
        import numpy as np

        self._keys += [np.array(of, np.uint64) for of in keys]
        self._owners.append(np.repeat(np.arange(self._rows, self._rows + len(keys)), [len(of) for of in keys]))
        values, codes = postings(traces)
        self._values.append(values)
        self._codes.append((codes + self._rows * PLACES).astype(np.uint32))
        self._rows += len(keys)

    def keys(self, ids: pa.ChunkedArray) -> pa.Table:
        """The table of keys and ids, sorted by key."""
        import numpy as np
        import pyarrow as pa

        keys, owners = np.concatenate(self._keys), np.concatenate(self._owners)
        order = np.argsort(keys, kind="stable")
        return pa.table({"key": keys[order], "id": ids.take(pa.array(owners[order]))})

    def grams(self) -> pa.Table:
        """The table of all hashes and their codes (see `meetings`; rows count within the shard), sorted by hash."""
        import numpy as np
        import pyarrow as pa

        values, codes = np.concatenate(self._values), np.concatenate(self._codes)
        order = np.argsort(values)
        return pa.table({"value": values[order], "code": codes[order]})


def _newest(rows: pa.Table) -> tuple[list[int], list[tuple[Any, ...]]]:
    """Which rows to keep, in the order of their ids, and the rejections of the others."""
    ids = rows["id"].to_pylist()
    repeated = {i for i, n in Counter(ids).items() if n > 1}
    chosen = {i: k for k, i in enumerate(ids)}
    refused = []
    if repeated:
        among: dict[str, list[tuple[str, str, dict[str, Any], int]]] = {i: [] for i in repeated}
        for k, i in enumerate(ids):
            if i in repeated:
                row = rows.slice(k, 1).to_pylist()[0]
                text = "\n".join(str(row[column]) for column in ("headline", "standfirst", "body", "name"))
                among[i].append((row["captured"], text_hash(text) or "", row, k))
        for i, rivals in among.items():
            newest = max(rival[0] for rival in rivals)
            best = min(rivals, key=lambda rival: (rival[0] != newest, rival[1]))
            chosen[i] = best[3]
            for _, _, row, k in rivals:
                if k != best[3]:
                    detail = f"kept {best[2]['name']}"
                    refused.append((row["source"], row["name"], str(Reason.REPEATED), detail, row["url"], i))
    return [k for _, k in sorted(chosen.items())], sorted(refused, key=lambda row: (row[5], row[1]))


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file of a release: the index-th of its split's `of`, holding that range of ids."""

    split: str
    index: int
    of: int

    @property
    def name(self) -> str:
        """Its path in the release."""
        return f"data/{self.split}-{self.index:05d}-of-{self.of:05d}.parquet"


def write(root: str, settings: Settings, files: tuple[DataFile, ...], out: str, index: int) -> None:
    """A data file of the release, in the canonical form, with every article's story and split."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from standfirst.release.parquet import write_canonical

    folder, file = Folder(root), files[index]
    if Folder(out).has(file.name):
        return
    placed = folder.read([placement(folder)], **id_span(file.index, file.of))
    placed = placed.filter(pc.equal(placed["split"], file.split)).sort_by("id")
    rows = _placed(folder, placed, id_span(file.index, file.of))
    if settings.hiding and file.split == settings.hiding.split:
        from standfirst.release.hidden import split_off

        every = folder.read(folder.names("articles"), ["id", "url"])
        unaddressed = every.filter(pc.is_null(every["url"]))["id"].to_pylist()
        shown, kept = split_off(pa.concat_tables(rows), settings.hiding.secret, unaddressed)
        folder.write(f"hidden/{file.index:05d}.parquet", kept)
        Folder(out).put(file.name, lambda handle: write_canonical([shown], handle, hidden=True))
        return
    Folder(out).put(file.name, lambda handle: write_canonical(rows, handle))


def _placed(folder: Folder, placed: pa.Table, bounds: dict[str, Any]) -> Iterator[pa.Table]:
    """The articles of these ids with their stories and splits, sorted by id, a shard at a time; the first is empty."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = placed["id"].combine_chunks()
    yield arrow_schema().empty_table()
    for name in folder.names("articles"):
        articles = folder.read([name], arrow_schema().names, **bounds)
        rows = articles.filter(pc.is_in(articles["id"], wanted))
        if not len(rows):
            continue
        at = pc.index_in(rows["id"], wanted)
        for column in ("story", "split"):
            field = pa.field(column, pa.string(), nullable=False)
            rows = rows.set_column(rows.schema.get_field_index(column), field, placed[column].take(at))
        yield rows
