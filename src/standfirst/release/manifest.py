"""A release without its texts: ids, addresses, hashes, stories and splits, from which `hydrate` rebuilds it.

JSON lines. The first is about the release: its fingerprint, settings, counts and the SHA-256 of its data files. Each
other is an article, sorted by id: `id`, `story`, `split`, `url`, SHA-256 of `headline`, `standfirst` and `body` (null
where there is none), and of all `other` fields together. Of an article that was taken down only `id`, `story` and
`split` remain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from standfirst.errors import InputError
from standfirst.record import SPLITS, content_hash, text_hash
from standfirst.release.folder import sha256_of
from standfirst.release.hidden import commitments, hidden_split
from standfirst.release.reading import TOMBSTONES, files_in_order, read_report
from standfirst.release.report import rows_of
from standfirst.storage import written

FORMAT = 1
TEXTS = ("headline", "standfirst", "body")
LONGEST_LINE = 1 << 20
"""Bytes. A line of a manifest has some 500; one over this is an accident or an attack."""
SHOWN = 60
"""Bytes of a line that a message shows."""
_MAKE = "write one with: standfirst manifest DIR --version 1.0.0 --out FILE"
_ID, _HASH = re.compile(r"[0-9a-f]{16}"), re.compile(r"[0-9a-f]{64}")
_FILE = re.compile(rf"data/({'|'.join(SPLITS)})-\d{{5}}-of-\d{{5}}\.parquet")
_VERSION = re.compile(r"\d+\.\d+\.\d+")


class Entry(NamedTuple):
    """One article of a manifest; `headline`, `standfirst`, `body` and `other` are hashes."""

    id: str
    story: str
    split: str
    url: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    body: str | None = None
    other: str | None = None

    @property
    def taken_down(self) -> bool:
        """Whether only the tombstone is left: every article that is there has a headline."""
        return self.headline is None

    def differs(self, entry: Entry) -> list[str]:
        """The names of the fields that are not the same in the other, story and split left out."""
        return [name for name in ("url", *TEXTS, "other") if getattr(self, name) != getattr(entry, name)]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of a release without its texts: `about` it, and its entries by id."""

    about: dict[str, Any]
    entries: dict[str, Entry]

    @property
    def fingerprint(self) -> str:
        """The release's `content_sha256`."""
        return str(self.about["content_sha256"])


def entry_of(row: Mapping[str, Any], hidden: str | None = None) -> Entry:
    """The entry of a release's row; the salted hash of what is `hidden` stands for its headline."""
    texts = {name: text_hash(row[name]) for name in TEXTS} | ({"headline": hidden} if hidden else {})
    rest = {**row, **dict.fromkeys(TEXTS), "story": "", "split": "", "url": None}
    return Entry(row["id"], row["story"], row["split"], row["url"], **texts, other=content_hash(iter([rest])))


def manifest_of(data: str | Path, version: str = "0.0.0") -> Manifest:
    """The manifest of a release folder. Raises InputError where the version is not three numbers."""
    if not _VERSION.fullmatch(version):
        raise InputError(f"version {version!r} is none: wanted three numbers, such as 1.0.0")
    report, folder = read_report(data), Path(data)
    about = {
        "manifest": FORMAT,
        "version": version,
        "content_sha256": report["content_sha256"],
        "records": report["records"],
        "sources": {name: source["licences"] for name, source in report["sources"].items()},
        "settings": report["settings"],
        "files": {path.relative_to(folder).as_posix(): sha256_of(path) for path in files_in_order(folder)},
    }
    secret = hidden_split(folder)
    kept = {i: c.sha256 for i, c in commitments(folder, secret).items()} if secret else {}
    entries = {row["id"]: entry_of(row, kept.get(row["id"])) for row in rows_of(folder)}
    return Manifest(about, {**entries, **{entry.id: entry for entry in tombstones(folder)}})


def tombstones(data: Path) -> list[Entry]:
    """The tombstones of a release folder: id, story and split of each article that was taken down."""
    path = data / TOMBSTONES
    return [_entry(path, number, row) for number, row in _lines(path)] if path.is_file() else []


def write_manifest(data: str | Path, path: str | Path, version: str) -> Manifest:
    """Write the manifest of a release folder, whole or not at all.

    Raises InputError where the release hides references: who can rebuild it from articles of his own has them.
    """
    if split := hidden_split(data):
        raise InputError(
            f"{data}: hides the references of its {split} split, and a manifest is for those who have the texts; give "
            "the release itself away, or take the manifest of a release that hides none"
        )
    manifest = manifest_of(data, version)
    with written(path) as file:
        file.writelines(lines_of(manifest))
    return manifest


def lines_of(manifest: Manifest) -> Iterator[str]:
    """The manifest as it stands in its file, line by line."""
    yield _line(manifest.about)
    for _, entry in sorted(manifest.entries.items()):
        row = entry._asdict()
        yield _line({k: row[k] for k in Entry._fields[:3]} if entry.taken_down else row)


def read_manifest(path: str | Path) -> Manifest:
    """The manifest in a file. Raises InputError that names the line and what is wrong with it; nothing is trusted."""
    path = Path(path)
    if not path.is_file():
        found = "is a folder" if path.is_dir() else "no such file"
        raise InputError(f"{path}: {found}, wanted a manifest, such as those in corpus/manifests; {_MAKE}")
    lines = _lines(path)
    try:
        _, about = next(lines, (0, {}))
    except InputError:
        about = {}
    if about.get("manifest") != FORMAT:
        with path.open("rb") as file:
            found = file.readline(SHOWN).decode(errors="replace").rstrip()
        raise InputError(
            f"{path}: no manifest of format {FORMAT}: its first line is {found!r}, wanted one with "
            f'"manifest": {FORMAT}; {_MAKE}'
        )
    if not _HASH.fullmatch(str(about.get("content_sha256"))) or not isinstance(about.get("settings"), dict):
        raise InputError(
            f"{path}, line 1: wanted content_sha256 and settings; take the manifest again from its release"
        )
    files = about.get("files")
    if not isinstance(files, dict) or not all(_FILE.fullmatch(name) for name in files):
        raise InputError(f"{path}, line 1: wanted files, data/SPLIT-00000-of-00001.parquet each, with their SHA-256")
    entries: dict[str, Entry] = {}
    for number, row in lines:
        entry = _entry(path, number, row)
        if entry.id in entries:
            raise InputError(f"{path}, line {number}: id {entry.id} stood on a line before; an article has one line")
        entries[entry.id] = entry
    return Manifest(about, entries)


def read_either(where: str | Path) -> Manifest:
    """The manifest in a file, or that of a release folder."""
    if not Path(where).exists():
        raise InputError(f"{where}: no such file or folder; give a release folder or a manifest")
    return manifest_of(where) if Path(where).is_dir() else read_manifest(where)


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            try:
                row = json.loads(line) if len(line) <= LONGEST_LINE else None
            except (ValueError, RecursionError) as error:
                raise InputError(f"{path}, line {number}: not JSON ({error})") from None
            if not isinstance(row, dict):
                raise InputError(f"{path}, line {number}: wanted a JSON object of at most {LONGEST_LINE} bytes")
            yield number, row


def _entry(path: Path, number: int, row: Mapping[str, Any]) -> Entry:
    found = {name: row.get(name) for name in Entry._fields}
    wanted = dict.fromkeys(("headline", "standfirst", "body", "other"), _HASH) | {"id": _ID, "story": _ID}
    for name, value in found.items():
        if value is None and name not in ("id", "story", "split"):
            continue
        fits = value in SPLITS if name == "split" else isinstance(value, str)
        if not fits or (name in wanted and not wanted[name].fullmatch(str(value))):
            what = {"split": "one of " + ", ".join(SPLITS), "url": "an address"}.get(name, "lower-case hex digits")
            raise InputError(f"{path}, line {number}: {name} is {str(value)[:60]!r}, wanted {what}")
    if (found["headline"] is None) != (found["body"] is None):
        raise InputError(f"{path}, line {number}: has a headline or a body without the other")
    return Entry(**found)  # type: ignore[arg-type]  # each was found to be text, or None where it may be
