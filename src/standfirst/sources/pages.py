"""Saved pages: `.html`, `.htm` and `.txt` files and folders of them, gzipped too."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from standfirst.errors import InputError
from standfirst.record import Fields, Page, Reason

SUFFIXES = (".html", ".htm", ".txt")
PAGES_A_UNIT = 100
"""Pages that one task reads: about four seconds of extraction at 25 pages a second."""
LARGEST_PAGE = 64 * 1024 * 1024
"""Bytes, unpacked. The largest of 321 real news pages has 6 MB; a page over this is an accident or an attack."""


def suffix_of(path: Path) -> str:
    """The file's ending in lower case, without `.gz`.

    >>> suffix_of(Path("tea.HTML.gz"))
    '.html'
    """
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def told(path: str | Path) -> str:
    """The path as text: a letter of its name that is no UTF-8, as old archives have them, is U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def find(path: Path) -> list[Path]:
    """The page files at or below the path, sorted by their path below it."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if suffix_of(p) in SUFFIXES and p.is_file())
    return [path] if suffix_of(path) in SUFFIXES else []


def read_pages(paths: Iterable[str | Path], source: str = "pages") -> Iterator[Page | Fields]:
    """A `Page` for each file, in the order given; folders are searched.

    A file that cannot be unpacked, or is over `LARGEST_PAGE`, comes as `Fields` with `rejected` set: one bad file of
    a million stops nothing. Raises InputError for a path that does not exist or holds no page.
    """
    for given in paths:
        path = Path(given)
        if not path.exists():
            raise InputError(f"{path}: no such file or folder; give pages ({', '.join(SUFFIXES)}) or folders of them")
        files = find(path)
        if not files:
            raise InputError(f"{path}: no page here; wanted files that end in {', '.join(SUFFIXES)} (and .gz)")
        for file in files:
            yield _read(file, source)


def _read(path: Path, source: str) -> Page | Fields:
    suffix, name, place = suffix_of(path), told(path.name), told(path)
    name = name[: name.lower().rindex(suffix)]
    opener = gzip.open if path.name.lower().endswith(".gz") else open
    try:
        with opener(path, "rb") as file:
            content = file.read(LARGEST_PAGE + 1)
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or error  # without the path, by which a release would tell the machine
        detail = f"cannot be read: {why}"
        return Fields(source=source, name=name, path=place, rejected=Reason.UNREADABLE, detail=detail)
    if len(content) > LARGEST_PAGE:
        limit = f"over {LARGEST_PAGE // 2**20} MB"
        return Fields(source=source, name=name, path=place, rejected=Reason.UNREADABLE, detail=limit)
    return Page(content, name=name, path=place, media="text" if suffix == ".txt" else "html", source=source)
