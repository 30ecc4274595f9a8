"""The canonical Parquet form: the same rows give the same bytes, in whatever order and pieces they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_A_GROUP = 2_000
"""About 5 MB of text unpacked: small enough for the Hub's viewer and for streaming, large enough to compress well."""


def write_canonical(tables: Iterable[pa.Table], file: IO[bytes] | Any, *, hidden: bool = False) -> None:
    """Write the record rows that come sorted by id, in any pieces: fixed row groups and page version, zstd level 9, a
    page index.

    No content-defined chunking and no schema metadata, so that nothing but the rows decides; pyarrow's own version is
    in the footer, which is why a dataset's fingerprint is of its rows and not of its files. `hidden` says that the
    headlines may be null.
    """
    import pyarrow.parquet as pq

    from standfirst.record import arrow_schema

    schema = arrow_schema(hidden).remove_metadata()
    with pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        compression_level=9,
        version="2.6",
        data_page_version="1.0",
        use_dictionary=["publisher", "language", "section", "split", "licence", "source"],
        write_statistics=True,
        write_page_index=True,
        store_schema=False,
    ) as writer:
        for group in _groups(tables, schema):
            writer.write_table(group, row_group_size=ROWS_A_GROUP)


def _groups(tables: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows in row groups of one chunk each."""
    import pyarrow as pa

    rest = schema.empty_table()
    for table in tables:
        rows = table.select(schema.names).cast(schema).replace_schema_metadata(None)
        rest = pa.concat_tables([rest, rows])
        for start in range(0, len(rest) - ROWS_A_GROUP + 1, ROWS_A_GROUP):
            yield rest.slice(start, ROWS_A_GROUP).combine_chunks()
        rest = rest.slice(len(rest) // ROWS_A_GROUP * ROWS_A_GROUP)
    if len(rest):
        yield rest.combine_chunks()
