"""The canonical Parquet form."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from standfirst.release import read_split
from standfirst.release.parquet import write_canonical


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_the_pieces_that_rows_come_in_change_no_byte(release: Path, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("standfirst.release.parquet.ROWS_A_GROUP", 10)
    rows = read_split(release, "train")
    whole, pieces = io.BytesIO(), io.BytesIO()
    write_canonical([rows], whole)
    write_canonical((rows.slice(k, step) for k in range(0, len(rows), step)), pieces)
    assert pieces.getvalue() == whole.getvalue()
    about = pq.ParquetFile(whole).metadata
    assert [about.row_group(k).num_rows for k in range(len(rows) // 10)] == [10] * (len(rows) // 10)
