"""Files are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pytest

from standfirst.errors import InputError
from standfirst.storage import Folder, refuse_to_replace, written


def test_a_file_being_written_is_seen_when_it_is_whole_and_not_before(tmp_path: Path) -> None:
    out = tmp_path / "new folder" / "a.txt"
    with written(out) as file:
        file.write("Tea.")
        assert not out.exists()
    with pytest.raises(TypeError), written(out) as file:
        file.writelines(["Coffee.", b"half"])  # type: ignore[list-item]
    assert [(p.name, p.read_text()) for p in out.parent.iterdir()] == [("a.txt", "Tea.")]


def test_what_cannot_be_written_is_said_by_the_name_that_was_given(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for out in (tmp_path, Path(), tmp_path / "file" / "a.txt"):
        with pytest.raises(InputError, match=rf"^{out}: (is a folder|cannot be written)"), written(out) as file:
            file.write("Tea.")
    full = Path("/dev/full")
    if full.exists():
        with pytest.raises(InputError, match=rf"^{full}: cannot be written \(No space left"), written(full) as file:
            file.write("Tea.")


def test_an_error_that_is_not_of_the_file_written_is_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"), written(tmp_path / "a.txt"):
        (tmp_path / "nowhere").read_bytes()


def test_a_pipe_or_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with written(pipe) as file:
        file.write("Tea.")
    assert os.read(reader, 9) == b"Tea."
    os.close(reader)
    assert pipe.is_fifo()


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Coffee.")
    (tmp_path / "link").symlink_to("a.txt")
    with written(tmp_path / "link") as file:
        file.write("Tea.")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a.txt").read_text() == "Tea."


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    (tmp_path / "a.txt").write_text("Tea.")
    (tmp_path / "link").symlink_to("a.txt")
    for out in (tmp_path / "a.txt", tmp_path / "release" / ".." / "a.txt", tmp_path / "link"):
        with pytest.raises(
            InputError, match=rf"^{out}: is read too, and nothing that is read is written over; name an"
        ):
            refuse_to_replace(out, None, tmp_path / "release", tmp_path / "a.txt")
    with pytest.raises(InputError, match=r"new\.txt: lies in .*release, which is read"):
        refuse_to_replace(tmp_path / "release" / "data" / "new.txt", tmp_path / "release")
    refuse_to_replace(tmp_path / "release.txt", tmp_path / "release", tmp_path / "a.txt")
    refuse_to_replace("/dev/null", "/dev/null")
    refuse_to_replace(None, tmp_path)


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
