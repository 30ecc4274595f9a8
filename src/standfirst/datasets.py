"""Any two datasets compared for leaks: releases, splits of them, tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standfirst.errors import InputError
from standfirst.record import SPLITS, article_id

if TYPE_CHECKING:
    from standfirst.leaks import Leaks

HELD_OUT_A_BLOCK = 50_000
"""Articles indexed at once: 500 MB."""
ROWS = 2_000
COLUMNS = ("id", "headline", "standfirst", "body", "published")


def search(held_out: str, other: str, columns: Mapping[str, str] | None = None) -> Leaks:
    """What of the articles of one dataset stands in those of another.

    Each is a release folder, one split of it (`build/articles:test`), or a table (CSV, JSON lines, Parquet), whose
    columns `columns` maps to fields; a table needs a body, a headline or a standfirst. Raises InputError for a dataset
    that is none, or holds no article, and for columns where neither is a table.
    """
    from standfirst.leaks import HeldOut, Leaks
    from standfirst.traces import trace_table

    if columns and parted(held_out)[1] and parted(other)[1]:
        raise InputError("--column: chooses among the columns of tables, and neither dataset is one; leave it out")
    found, blocks = Leaks(), 0
    ours = rows(held_out, columns)
    while block := list(islice(ours, HELD_OUT_A_BLOCK)):
        index = HeldOut(trace_table(block))
        theirs, count = rows(other, columns), 0
        while part := list(islice(theirs, ROWS)):
            count += len(part)
            found.merge(index.search(trace_table(part)))
        if not count:
            raise InputError(f"{other}: holds no article")
        found.held_out, found.other, blocks = found.held_out + len(block), count, blocks + 1
    if not blocks:
        raise InputError(f"{held_out}: holds no article")
    return found


def rows(dataset: str, columns: Mapping[str, str] | None = None) -> Iterator[dict[str, Any]]:
    """The id, headline, standfirst, body and date of each article of a dataset; what is missing is None."""
    where, splits = parted(dataset)
    if splits:
        yield from _release(where, splits)
    else:
        yield from _table(where, columns)


def parted(dataset: str) -> tuple[str, tuple[str, ...]]:
    """The path of a dataset, and its splits: those of a release folder, the one named, or () of a table."""
    name, colon, split = dataset.rpartition(":")
    if colon and split in SPLITS and not Path(dataset).exists():
        return name, (split,)
    return dataset, SPLITS if Path(dataset).is_dir() else ()


def hides(dataset: str) -> str | None:
    """The split of a dataset whose headlines and standfirsts are hidden, where one of those searched is."""
    from standfirst.release.hidden import hidden_split

    where, splits = parted(dataset)
    hidden = hidden_split(where) if splits else None
    return hidden if hidden in splits else None


def _release(folder: str, splits: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from standfirst.release.reading import split_files

    for split in splits:
        for path in split_files(folder, split):
            try:
                for batch in pq.ParquetFile(path).iter_batches(batch_size=1000, columns=list(COLUMNS)):
                    yield from batch.to_pylist()
            except (pa.ArrowException, OSError) as error:
                raise InputError(f"{path}: not a data file of a release ({str(error).splitlines()[0]})") from None


def _table(dataset: str, columns: Mapping[str, str] | None) -> Iterator[dict[str, Any]]:
    from standfirst.sources import tables

    path = Path(dataset)
    if not path.is_file() or not tables.find(path):
        known = ", ".join(tables.SUFFIXES)
        raise InputError(f"{dataset}: no release folder, split of one (FOLDER:test) or table ({known}, .gz too)")
    told = False
    for fields in tables.read_table(path, columns=columns, required=()):
        told = told or bool(fields.headline or fields.standfirst or fields.body)
        texts = fields.headline or "", fields.body or fields.standfirst or ""
        yield {
            "id": article_id(fields.url, *texts),
            "headline": fields.headline,
            "standfirst": fields.standfirst,
            "body": fields.body,
            "published": fields.published,
        }
    if not told:
        raise InputError(
            f"{dataset}: no row has a headline, standfirst or body; name the column that has with --column body=NAME"
        )
