"""Tables of articles: CSV, TSV, JSON lines and Parquet, gzipped too; a row is an article, a column a field."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import IO, Any

from standfirst.errors import InputError
from standfirst.record import Fields
from standfirst.sources.pages import suffix_of, told
from standfirst.text import is_whole

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
FIELDS = ("url", "publisher", "published", "language", "authors", "section", "headline", "standfirst", "body")
REQUIRED = ("headline", "body")
Check = Callable[[Any], None]
"""Raises InputError where a table with columns of these names lacks one that is wanted."""
BYTES_A_PART = 8 * 1024 * 1024
"""Of the file as it lies: one task's share. Each task reads the file and takes its rows; parsing is the cheap part."""
LONGEST_LINE = 64 * 1024 * 1024
"""Of a table's line, unpacked: what a line may take of the memory, whatever a small gzip file unpacks to."""


def find(path: Path) -> list[Path]:
    """The tables at the path: the file itself, or those right in the folder, sorted."""
    if path.is_dir():
        return sorted(p for p in path.iterdir() if suffix_of(p) in SUFFIXES and p.is_file())
    return [path] if suffix_of(path) in SUFFIXES else []


def parts(path: Path) -> int:
    """Into how many parts the table is cut; it follows from the file's size alone."""
    return max(1, min(64, path.stat().st_size // BYTES_A_PART))


def read_table(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    source: str = "",
    part: int = 0,
    parts: int = 1,
    required: Sequence[str] = REQUIRED,
) -> Iterator[Fields]:
    """The rows as `Fields`, named by their number from 1: those whose number leaves `part` when divided by `parts`.

    `columns` maps a field to the column that holds it (`{"headline": "title"}`); a column named like a field needs no
    mapping. The `required` fields need a column.

    Raises InputError naming file, row and field: an unknown field, a column that is missing, a value that is no text,
    broken JSON, a broken gzip stream, an empty file.

    >>> import tempfile; p = Path(tempfile.mkdtemp()) / "a.csv"; _ = p.write_text("title,body\\nTea,Hot.\\n")
    >>> [(f.name, f.headline, f.body) for f in read_table(p, columns={"headline": "title"})]
    [('1', 'Tea', 'Hot.')]
    """
    path, columns = Path(path), dict(columns or {})
    for field in columns:
        if field not in FIELDS:
            raise InputError(f"--column {field}=...: no such field; the fields are {', '.join(FIELDS)}")
    suffix = suffix_of(path)
    check = partial(_check_columns, path, columns, required)
    rows = _parquet(path, columns, check) if suffix == ".parquet" else _lines(path, suffix, part, parts, check)
    seen = False
    try:
        for number, row in rows:
            seen = True
            if number % parts == part and row is not None:
                yield _fields(path, number, row, columns, source or told(path.name).split(".")[0])
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(
            f"{path}: the gzip stream is broken or cut short ({error}); copy or download the file again"
        ) from None
    except UnicodeDecodeError:
        raise InputError(f"{path}, line {_not_utf8(path)}: not UTF-8; convert the file to UTF-8 first") from None
    except csv.Error as error:
        raise InputError(
            f"{path}: not CSV ({error}); mend it, a quotation mark may be open, or write it again"
        ) from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error}); see that it may be, or copy it again") from None
    if not seen:
        raise InputError(f"{path}: the file holds no row; wanted a table with the columns {' and '.join(REQUIRED)}")


def _lines(path: Path, suffix: str, part: int, parts: int, check: Check) -> Iterator[tuple[int, Any]]:
    with _opened(path) as raw:
        if suffix in (".csv", ".tsv"):
            yield from _csv(path, raw, "\t" if suffix == ".tsv" else ",", check)
        else:
            yield from _json_lines(path, raw, part, parts, check)


def _opened(path: Path) -> Any:
    return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")


def _not_utf8(path: Path) -> int:
    """The number of the file's first line that is no UTF-8, 0 where there is none."""
    with _opened(path) as raw:
        for number, line in enumerate(_bounded(path, raw), 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 0


def _csv(path: Path, raw: IO[bytes], delimiter: str, check: Check) -> Iterator[tuple[int, Any]]:
    csv.field_size_limit(LONGEST_LINE)
    with io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(_bounded(path, text), delimiter=delimiter, strict=True)
        if reader.fieldnames is None:
            return
        check(reader.fieldnames)
        for number, row in enumerate(reader, 1):
            if None in row:
                raise InputError(
                    f"{path}, row {number}: more cells than the header has columns; quote cells that hold {delimiter!r}"
                )
            yield number, row


def _json_lines(path: Path, raw: IO[bytes], part: int, parts: int, check: Check) -> Iterator[tuple[int, Any]]:
    number, checked = 0, False
    for at, line in enumerate(_bounded(path, raw), 1):
        if not line.strip():
            continue
        number += 1
        if checked and number % parts != part:
            yield number, None
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{path}, line {at}: not JSON ({error}); mend or drop the line") from None
        if not isinstance(row, dict):
            raise InputError(
                f"{path}, line {at}: holds a {type(row).__name__}, wanted an object with the article's fields"
            )
        if not checked:
            check(list(row))
            checked = True
        yield number, row


def _bounded(path: Path, file: IO[Any]) -> Iterator[Any]:
    """The lines of the file. Raises InputError for one over `LONGEST_LINE`, before it is in memory."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise InputError(f"{path}, line {number}: over {LONGEST_LINE // 2**20} MB; no article is as long, drop it")
        yield line


def _parquet(path: Path, columns: dict[str, str], check: Check) -> Iterator[tuple[int, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if path.stat().st_size == 0:
        return
    try:
        file = pq.ParquetFile(path)
        names = file.schema_arrow.names
        check(names)
        wanted = [c for c in {columns.get(f, f) for f in FIELDS} if c in names]
        number = 0
        for batch in file.iter_batches(batch_size=1000, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield number, row
    except pa.ArrowException as error:
        raise InputError(f"{path}: not a Parquet file that can be read ({str(error).splitlines()[0]})") from None


def _check_columns(path: Path, columns: dict[str, str], required: Sequence[str], names: Any) -> None:
    present = Counter(names)
    for field in FIELDS:
        column = columns.get(field, field)
        if present[column] > 1:
            raise InputError(
                f"{path}: {present[column]} columns are called {column!r}; name them apart, or map another column with "
                f"--column {field}=NAME"
            )
        if column not in present and (field in columns or field in required):
            raise InputError(
                f"{path}: no column {column!r} for the {field}; the columns are {', '.join(map(str, names))}; "
                f"map one with --column {field}=NAME"
            )


def _fields(path: Path, number: int, row: Mapping[str, Any], columns: Mapping[str, str], source: str) -> Fields:
    values: dict[str, str | None] = {}
    for name in FIELDS:
        column = columns.get(name, name)
        value = row.get(column)
        if name == "authors" and isinstance(value, list) and all(isinstance(v, str) for v in value):
            value = "; ".join(value)
        if name == "published" and isinstance(value, datetime):
            value = value.isoformat()
        if value is not None and not isinstance(value, str):
            found = f"{type(value).__name__} {str(value)[:40]!r}"
            raise InputError(
                f"{path}, row {number}: {column} is {found}, wanted text; convert the column or map another"
            )
        if value is not None and not is_whole(value):
            raise InputError(
                f"{path}, row {number}: {column} holds half of a surrogate pair, wanted whole characters; mend the text"
            )
        values[name] = value if value and value.strip() else None
    changed = {}
    if values["published"] and not (iso := iso_date(values["published"])):
        changed["date-not-understood"] = 1
        values["published"] = None
    elif values["published"]:
        values["published"] = iso
    places = {f: f"column {columns.get(f, f)}" for f in ("headline", "standfirst", "body") if values[f]}
    fields = Fields(source=source, name=str(number), path=told(path), found=places, changed=changed)
    return replace(fields, **values)  # type: ignore[arg-type]  # every one of FIELDS is a str or None


def iso_date(text: str) -> str | None:
    """The date or time in ISO 8601, or None where the text is neither ISO 8601, RFC 5322 nor year/month/day.

    >>> iso_date("2017/2/7"), iso_date("Tue, 07 Feb 2017 10:00:00 +0100"), iso_date("2017-02-07"), iso_date("soon")
    ('2017-02-07', '2017-02-07T10:00:00+01:00', '2017-02-07', None)
    """
    text = text.strip()
    year, *rest = text.split("/")
    if len(rest) == 2 and all(p.isascii() and p.isdigit() for p in (year, *rest)) and len(year) == 4:
        text = f"{year}-{int(rest[0]):02}-{int(rest[1]):02}"
    try:
        parsed = datetime.fromisoformat(text)
        return parsed.date().isoformat() if len(text) <= 10 else parsed.isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
