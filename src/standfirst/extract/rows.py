"""Pages in, one row of JSON a page out, on one core or on all."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Any

from standfirst.extract import extract
from standfirst.pool import pool_of
from standfirst.record import Fields, Page, article_id
from standfirst.storage import written

_BATCH = 32  # pages that a worker takes at once: sending them costs less than a tenth of reading them
_LARGE_BATCH = 16_000_000  # bytes of pages after which a batch is full, so that a queue of them stays small


def row_of(fields: Fields) -> dict[str, Any]:
    """The fields as a row; a rejected page gives its reason and detail only.

    `id` is the file's stem, `article` the id that the record of this article would have.
    """
    start: dict[str, Any] = {"id": fields.name, "path": fields.path}
    if fields.rejected is not None:
        return {**start, "url": fields.url, "rejected": fields.rejected.value, "detail": fields.detail}
    return {
        **start,
        "article": article_id(fields.url, fields.headline or "", fields.body or ""),
        "url": fields.url,
        "headline": fields.headline,
        "standfirst": fields.standfirst,
        "body": fields.body,
        "published": fields.published,
        "language": fields.language,
        "authors": fields.authors,
        "section": fields.section,
        "provenance": {"found": fields.found, "changed": fields.changed, "confidence": fields.confidence},
    }


def _read(batch: list[Page | Fields]) -> list[str]:
    rows = [row_of(extract(item) if isinstance(item, Page) else item) for item in batch]
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def _batches(items: Iterable[Page | Fields]) -> Iterator[list[Page | Fields]]:
    batch: list[Page | Fields] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.content) if isinstance(item, Page) else 0
        if len(batch) >= _BATCH or size >= _LARGE_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def processes(workers: int) -> int:
    """How many processes read pages: as many as asked, or for 0 one for each core that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return workers or cores


def rows(items: Iterable[Page | Fields], workers: int = 1) -> Iterator[str]:
    """A line of JSON for each item, in order; 0 workers are one a core. No more than three batches a worker wait."""
    workers = processes(workers)
    batches = _batches(items)
    if workers == 1:
        for batch in batches:
            yield from _read(batch)
        return
    with pool_of(workers, "nothing is kept of what was read, so run the command again") as pool:
        waiting = [pool.submit(_read, batch) for batch in islice(batches, 3 * workers)]
        while waiting:
            done = waiting.pop(0).result()
            waiting += [pool.submit(_read, batch) for batch in islice(batches, 1)]
            yield from done


def write_rows(paths: Iterable[Path], out: Path | None, workers: int = 1) -> int:
    """Write a row for each page; returns how many. Raises InputError for a path that is not there or holds no page."""
    from standfirst.sources.pages import read_pages

    count = 0
    with nullcontext(sys.stdout) if out is None else written(out) as file:
        for line in rows(read_pages(paths), workers):
            file.write(line + "\n")
            count += 1
    return count
