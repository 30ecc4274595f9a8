"""A release is put in place whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from standfirst.errors import InputError
from standfirst.release import folder


def make(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "report.json").write_text(text)
    return path


@pytest.mark.parametrize("exchange", [True, False], ids=["in one step", "by two renames"])
def test_an_older_release_is_replaced(tmp_path: Path, exchange: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not exchange:
        monkeypatch.setattr(folder, "_exchange", lambda a, b: False)
    make(tmp_path / "out", "old")
    folder.put_in_place(make(tmp_path / "new", "new"), tmp_path / "out")
    assert (tmp_path / "out" / "report.json").read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_replacement_killed_between_its_renames_is_undone(tmp_path: Path) -> None:
    make(tmp_path / ".out.old", "old")
    folder.recover(tmp_path / "out")
    assert (tmp_path / "out" / "report.json").read_text() == "old"


def test_a_folder_is_not_replaced_from_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "out", "old")
    (tmp_path / "out" / "data").mkdir()
    monkeypatch.chdir(tmp_path / "out" / "data")
    for out in (Path(), Path(".."), tmp_path / "out"):
        with pytest.raises(InputError, match="is the current folder or holds it; nothing was written"):
            folder.check_replaceable(out)


def test_a_release_that_a_source_lies_in_is_not_replaced(tmp_path: Path) -> None:
    make(tmp_path / "out", "old")
    (tmp_path / "link").symlink_to("out")
    inside = str(tmp_path / "link" / "train.parquet")
    with pytest.raises(InputError, match=r"train.parquet: lies in .*out, which the new release replaces; choose ano"):
        folder.check_replaceable(tmp_path / "out", [str(tmp_path / "a.csv"), inside])
    folder.check_replaceable(tmp_path / "out", [str(tmp_path / "a.csv")])


def test_a_name_that_is_no_utf8_is_refused() -> None:
    with pytest.raises(InputError, match="caf\ufffd: its name is no UTF-8; nothing was written"):
        folder.check_replaceable(Path(os.fsdecode(b"caf\xe9")))


def test_checksums_name_every_file(tmp_path: Path) -> None:
    make(tmp_path / "out", "x")
    (tmp_path / "out" / "data").mkdir()
    (tmp_path / "out" / "data" / "a.parquet").write_bytes(b"y")
    folder.write_sums(tmp_path / "out")
    lines = (tmp_path / "out" / "SHA256SUMS").read_text().splitlines()
    assert [line.split("  ")[1] for line in lines] == ["data/a.parquet", "report.json"]


def test_no_release_is_written_into_another(tmp_path: Path) -> None:
    folder.write_sums(make(tmp_path / "out", "old"))
    for out in (tmp_path / "out" / "new", tmp_path / "out" / "data" / "new"):
        with pytest.raises(InputError, match=r"new: lies in the release .*out, which could not be verified then"):
            folder.check_replaceable(out)
