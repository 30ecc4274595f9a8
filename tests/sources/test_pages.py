"""Page files, and one bad one among them."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from standfirst.errors import InputError
from standfirst.record import Fields, Page, Reason
from standfirst.sources import describe, pages
from standfirst.sources.pages import read_pages


def test_a_folder_gives_its_pages_in_order_and_passes_other_files_over(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "b.HTM").write_text("<h1>B</h1>")
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"<h1>A</h1>"))
    (tmp_path / "c.txt").write_text("C")
    (tmp_path / "c.json").write_text("{}")
    found = list(read_pages([tmp_path]))
    assert [(p.name, p.media, p.content) for p in found if isinstance(p, Page)] == [
        ("a", "html", b"<h1>A</h1>"),
        ("b", "html", b"<h1>B</h1>"),
        ("c", "text", b"C"),
    ]


def test_a_truncated_gzip_is_one_rejected_page_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"<h1>A</h1>" * 999)[:-20])
    (tmp_path / "b.html").write_text("<h1>B</h1>")
    first, second = read_pages([tmp_path])
    assert isinstance(first, Fields)
    assert first.rejected is Reason.UNREADABLE
    assert "end-of-stream" in first.detail
    assert isinstance(second, Page)


def test_a_page_that_may_not_be_read_is_refused_without_telling_where_it_lies(tmp_path: Path) -> None:
    page = tmp_path / "tea.html"
    page.touch(0o000)
    if os.access(page, os.R_OK):
        pytest.skip("whoever runs this may read every file")
    (found,) = read_pages([page])
    assert isinstance(found, Fields)
    assert found.detail == "cannot be read: Permission denied"


def test_a_name_that_is_no_utf8_is_told_with_letters_lost(tmp_path: Path) -> None:
    page = tmp_path / os.fsdecode(b"caf\xe9.html")
    try:
        page.write_text("<p>Tea")
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    (found,) = read_pages([tmp_path])
    assert (found.name, found.path) == ("caf\ufffd", f"{tmp_path}/caf\ufffd.html")
    assert describe(str(page)).name == "caf\ufffd"


def test_a_gzip_bomb_is_refused_without_being_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LARGEST_PAGE", 1000)
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(bytes(10_000_000)))
    (found,) = read_pages([tmp_path])
    assert isinstance(found, Fields)
    assert found.rejected is Reason.UNREADABLE


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_path_without_pages_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=f"{name}: no"):
        list(read_pages([tmp_path / name]))
