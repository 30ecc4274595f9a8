"""What articles are read from: each kind of source is one module, and a plan cuts the input into units of work.

A reader yields a `Page` (bytes that extraction reads) or `Fields` (an article that a table already holds in columns),
and judges neither.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from standfirst.errors import InputError
from standfirst.record import WITHHELD_LICENCE, Fields, Page
from standfirst.storage import is_remote

NEWSARTICLES = "newsarticles"
DESCRIPTIONS = "sources.toml"
_ARCHIVES = ".warc, .arc, .gz too"


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a source: a table of sources.toml."""

    name: str
    licence: str = WITHHELD_LICENCE
    title: str = ""
    homepage: str = ""
    terms: str = ""
    text: str = "withheld"
    """`published` where the licence lets the text be given away, else `withheld`: only a manifest is published."""


_KEYS = ("path", *(name for name in Description.__dataclass_fields__ if name != "name"))
"""What a table of sources.toml may hold."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the input that one task reads: some page files, or every `parts`-th row of a table."""

    kind: str
    source: str
    licence: str
    text: str = "withheld"
    paths: tuple[str, ...] = ()
    part: int = 0
    parts: int = 1
    columns: dict[str, str] = field(default_factory=dict)
    filters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What of an archive is no page, or none that was asked for: how many of its records, by reason."""

    source: str
    counts: dict[str, int]


def plan(
    sources: Sequence[str],
    *,
    columns: Mapping[str, str] | None = None,
    descriptions: str | Path | None = None,
    filters: Mapping[str, str] | None = None,
) -> list[Unit]:
    """The units of work of all sources, each a path, a folder, the word `newsarticles`, or web archives in a store.

    `columns` maps a field to the name of a table's column; `descriptions` is a sources.toml (else the one beside or
    above a source is read); `filters` (like, language, since, until) are passed to readers of web archives. Raises
    InputError for a source that does not exist or that nothing here reads, and for columns or filters that no source
    has. The same files give the same units, in whatever order they were named.
    """
    from standfirst.sources import pages, tables, warc

    units: list[Unit] = []
    for source in sorted(set(sources)):
        described = describe(source, descriptions)
        common: dict[str, Any] = {"source": described.name, "licence": described.licence, "text": described.text}
        if source == NEWSARTICLES:
            units += [Unit("newsarticles", part=k, parts=2, **common) for k in range(2)]
            continue
        if is_remote(source):
            remote = [Unit("warc", paths=(a,), filters=dict(filters or {}), **common) for a in warc.find_remote(source)]
            if not remote:
                raise InputError(f"{source}: no web archive here; of a store only these are read ({_ARCHIVES})")
            units += remote
            continue
        path = Path(source)
        if not path.exists():
            raise InputError(f"{source}: no such file or folder; give a page, a table, an archive, or {NEWSARTICLES}")
        tabular, archives = tables.find(path), warc.find(path)
        for table in tabular:
            parts = tables.parts(table)
            mapped = dict(columns or {})
            units += [
                Unit("table", paths=(str(table),), part=k, parts=parts, columns=mapped, **common) for k in range(parts)
            ]
        units += [Unit("warc", paths=(str(file),), filters=dict(filters or {}), **common) for file in archives]
        files = [str(p) for p in pages.find(path)]
        step = pages.PAGES_A_UNIT
        units += [Unit("pages", paths=tuple(files[i : i + step]), **common) for i in range(0, len(files), step)]
        if not (tabular or archives or files):
            known = ", ".join((*pages.SUFFIXES, *tables.SUFFIXES, *warc.SUFFIXES))
            raise InputError(f"{source}: nothing to read here; files may end in {known} (and .gz)")
    kinds = {unit.kind for unit in units}
    if filters and "warc" not in kinds:
        given = ", ".join(f"--{name}" for name in filters)
        raise InputError(f"{given}: choose among the pages of web archives, and no source is one; leave them out")
    if columns and "table" not in kinds:
        raise InputError("--column: chooses among the columns of tables, and no source is one; leave it out")
    return units


def read(unit: Unit) -> Iterator[Page | Fields | PassedOver]:
    """What the unit holds, one article or page at a time."""
    from standfirst.sources import newsarticles, pages, tables, warc

    if unit.kind == "pages":
        yield from pages.read_pages(unit.paths, source=unit.source)
    elif unit.kind == "table":
        yield from tables.read_table(
            unit.paths[0], columns=unit.columns, source=unit.source, part=unit.part, parts=unit.parts
        )
    elif unit.kind == "warc":
        yield from warc.read_archive(unit.paths[0], source=unit.source, **unit.filters)
    else:
        for number, fields in enumerate(newsarticles.read_newsarticles()):
            if number % unit.parts == unit.part:
                yield fields


def describe(source: str, descriptions: str | Path | None = None) -> Description:
    """The source's table in sources.toml: by its `path` beside the file, or by its name.

    Without one the source is named after its file or folder, and its text is withheld: rights are never assumed.
    """
    from standfirst.sources.pages import told

    path = Path(source)
    places = [Path(descriptions)] if descriptions else [p / DESCRIPTIONS for p in (path, path.parent, Path("corpus"))]
    for place in places:
        if not place.is_file():
            if descriptions:
                raise InputError(f"{place}: no such file; --sources names a {DESCRIPTIONS}")
            continue
        for name, table in _tables(place).items():
            beside = place.parent / str(table.get("path", ""))
            if name == source or ("path" in table and path.exists() and beside.resolve() == path.resolve()):
                return Description(**{**{k: v for k, v in table.items() if k != "path"}, "name": name})
    return Description(name=told(path.name).split(".")[0] or "articles")


def _tables(place: Path) -> dict[str, dict[str, Any]]:
    try:
        tables = tomllib.loads(place.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{place}: not TOML ({error}); see corpus/sources.toml for its form") from None
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise InputError(f"{place}: {name!r} is no table; a source is a table [name] with a licence")
        for key, value in table.items():
            if key not in _KEYS:
                raise InputError(f"{place}, [{name}]: found {key!r}, which is no field; there are {', '.join(_KEYS)}")
            if not isinstance(value, str) or (key == "text" and value not in ("published", "withheld")):
                wanted = "published or withheld" if key == "text" else "a text in quotes"
                raise InputError(f"{place}, [{name}]: {key} is {value!r}, wanted {wanted}")
    return tables
