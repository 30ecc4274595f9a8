"""Tables of articles, and what is said of tables that cannot be read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from standfirst.errors import InputError
from standfirst.sources.tables import iso_date, read_table

ROWS = [
    {"title": "Tea, hot", "text": "First line.\n\nSecond “line”.", "published": "2017/2/7"},
    {"title": "Milk", "text": "Cold.", "published": None},
    {"title": "Brot", "text": "Größer.", "published": "Tue, 07 Feb 2017 10:00:00 +0100"},
]
COLUMNS = {"headline": "title", "body": "text"}


def write(path: Path, rows: list[dict[str, Any]] = ROWS) -> Path:
    suffix = path.name.removesuffix(".gz").rsplit(".", 1)[1]
    if suffix == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
        return path
    if suffix == "jsonl":
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    else:
        mark = "\t" if suffix == "tsv" else ","
        cells = [list(rows[0]), *([v or "" for v in row.values()] for row in rows)]
        text = "".join(mark.join('"' + c.replace('"', '""') + '"' for c in line) + "\n" for line in cells)
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.parquet", "a.csv.gz", "a.jsonl.gz", "a.tsv.gz"])
def test_every_format_gives_the_same_articles(tmp_path: Path, name: str) -> None:
    found = list(read_table(write(tmp_path / name), columns=COLUMNS))
    assert [f.headline for f in found] == ["Tea, hot", "Milk", "Brot"]
    assert [f.body for f in found] == ["First line.\n\nSecond “line”.", "Cold.", "Größer."]
    assert [f.published for f in found] == ["2017-02-07", None, "2017-02-07T10:00:00+01:00"]
    assert [f.name for f in found] == ["1", "2", "3"]
    assert {f.standfirst for f in found} == {None}


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_the_parts_of_a_table_hold_each_row_once(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, ROWS * 5)
    parts = [[f.name for f in read_table(path, columns=COLUMNS, part=k, parts=4)] for k in range(4)]
    assert sorted((n for part in parts for n in part), key=int) == [str(n) for n in range(1, 16)]


def test_a_date_that_is_none_is_dropped_and_counted(tmp_path: Path) -> None:
    (found,) = read_table(write(tmp_path / "a.jsonl", [{**ROWS[0], "published": "last Tuesday"}]), columns=COLUMNS)
    assert found.published is None
    assert found.changed == {"date-not-understood": 1}


def test_a_list_of_authors_is_joined(tmp_path: Path) -> None:
    (found,) = read_table(write(tmp_path / "a.jsonl", [{"headline": "T", "body": "B", "authors": ["A", "B"]}]))
    assert found.authors == "A; B"


@pytest.mark.parametrize("text", ["2026-03-14", "2026-03-14T10:00:00+00:00"])
def test_iso_dates_stay_as_they_are(text: str) -> None:
    assert iso_date(text) == text


BROKEN = [
    ("empty.csv", b"", r"empty\.csv: the file holds no row"),
    ("empty.jsonl", b"\n \n", r"empty\.jsonl: the file holds no row"),
    ("empty.parquet", b"", r"empty\.parquet: the file holds no row"),
    (
        "a.csv",
        b"title,body\nTea,Hot.\n",
        r"no column 'headline' for the headline; the columns are title, body; map one",
    ),
    ("a.jsonl", b'{"headline": "T"}\n', r"no column 'body' for the body"),
    (
        "a.jsonl",
        b'{"headline": "T", "body": "B"}\n{"headline": \n',
        r"a\.jsonl, line 2: not JSON .*mend or drop the line",
    ),
    ("a.jsonl", b'["T", "B"]\n', r"line 1: holds a list, wanted an object"),
    ("a.jsonl", b'{"headline": "T", "body": 7}\n', r"row 1: body is int '7', wanted text"),
    ("a.jsonl", b'{"headline": "T", "body": "\xff"}\n', r"line 1: not JSON .*utf-8"),
    ("a.jsonl", b'{"headline": ' + b"[" * 100_000, r"line 1: not JSON"),
    ("a.csv", b'headline,body\n"Tea,Hot.\n', r"a\.csv: not CSV .*; mend it"),
    ("a.csv", b"headline,body\nTea,Hot,Cold\n", r"row 1: more cells than the header has columns"),
    ("a.csv.gz", gzip.compress(b"headline,body\n" + b"Tea,Hot.\n" * 9999)[:-90], r"gzip stream is broken or cut short"),
    ("a.jsonl.gz", b"not a gzip file", r"gzip stream is broken"),
    ("a.csv", b"headline,body\nTea,Hot.\n" + "Café,Hot.\n".encode("latin-1"), r"a\.csv, line 3: not UTF-8; convert"),
    ("a.csv.gz", gzip.compress("headline,body\n".encode("utf-16")), r"a\.csv\.gz, line 1: not UTF-8; convert"),
    ("a.csv", b"headline,body,headline\nTea,Hot.,Milk\n", r"2 columns are called 'headline'; name them apart"),
    ("a.jsonl", b'{"headline": "T \\ud800", "body": "B"}\n', r"row 1: headline holds half of a surrogate pair"),
    ("a.parquet", b"PAR1 nothing else", r"a\.parquet: not a Parquet file that can be read"),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN)
def test_a_broken_table_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        list(read_table(path))
    assert "\n" not in str(caught.value)


def test_a_parquet_of_another_schema_names_its_columns(tmp_path: Path) -> None:
    pq.write_table(pa.table({"sepal": [1.0]}), tmp_path / "iris.parquet")
    with pytest.raises(InputError, match=r"iris\.parquet: no column 'headline' .* the columns are sepal"):
        list(read_table(tmp_path / "iris.parquet"))


def test_an_unknown_field_of_a_mapping_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"--column hedline=\.\.\.: no such field; the fields are url"):
        list(read_table(write(tmp_path / "a.csv"), columns={"hedline": "title"}))
