"""Files are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from standfirst.storage import Folder


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    folder.put("a.txt", lambda file: file.write(b"old"))

    def fail(file: object) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        folder.put("a.txt", fail)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.txt", b"old")]


def test_a_range_of_ids_reads_those_rows_alone(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    folder.write("t/0.parquet", pa.table({"id": ["0", "3", "7"]}))
    folder.write("t/1.parquet", pa.table({"id": ["4", "9"]}))
    assert folder.read(folder.names("t"), id_from="3", id_to="9")["id"].to_pylist() == ["3", "7", "4"]


def test_keys_over_the_signed_range_are_compared_as_unsigned(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    large = 2**64 - 5
    folder.write("t/0.parquet", pa.table({"key": pa.array([1, 2**63, large], pa.uint64())}))
    assert folder.read(["t/0.parquet"], key="key", id_from=2**63)["key"].to_pylist() == [2**63, large]


def test_an_object_store_is_a_folder_too() -> None:
    folder = Folder("memory://standfirst-test")
    folder.write("t/0.parquet", pa.table({"id": ["0"]}))
    assert folder.names("t") == ["t/0.parquet"]
    assert folder.read(folder.names("t"))["id"].to_pylist() == ["0"]
    folder.remove()
    assert not folder.has("t/0.parquet")


def test_a_range_is_read_from_the_row_groups_that_may_hold_it(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    folder.write("t/0.parquet", pa.table({"id": list("abcdefg"), "n": range(7)}), rows_a_group=2)
    assert [part.to_pydict() for part in folder.parts("t/0.parquet", ["n"], id_from="d", id_to="f")] == [
        {"n": [3]},
        {"n": [4]},
    ]
    assert [len(part) for part in folder.parts("t/0.parquet")] == [2, 2, 2, 1]
    assert [part.to_pydict() for part in folder.parts("t/0.parquet", ["n"], id_from="h")] == [{"n": []}]
    assert folder.rows("t/0.parquet") == 7
