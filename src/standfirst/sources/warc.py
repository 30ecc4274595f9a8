"""Web archives: WARC and ARC files, gzipped or not; each HTML page that was answered with 200 is a `Page`.

Whatever is not such a page, or none that was asked for, is counted by reason: records = pages + passed over. A file
that is cut short, or damaged in its middle, gives every record that is whole.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from standfirst.errors import InputError
from standfirst.record import Page, canonical_url
from standfirst.sources import PassedOver
from standfirst.sources.pages import LARGEST_PAGE, told

SUFFIXES = (".warc", ".arc")
_ENDINGS = (".warc", ".arc", ".warc.gz", ".arc.gz", ".warc.zst")
_HTML = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.I)
_LANG = re.compile(rb"<html\b[^>]*?\s(?:xml:)?lang\s*=\s*[\"']?\s*([A-Za-z]{2,3})\b", re.I)
_FILTERS = ("like", "language", "since", "until")


class Capture(NamedTuple):
    """A record of an archive: what it is, and the answer that it holds, as sent; `whole` says if all of it is there."""

    kind: str
    name: str
    url: str | None
    captured: str
    status: int | None
    headers: dict[str, str]
    content: bytes
    whole: bool


def find(path: Path) -> list[Path]:
    """The archives at the path: the file itself, or those at any depth of the folder, sorted."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.name.lower().endswith(_ENDINGS) and p.is_file())
    return [path] if path.name.lower().endswith(_ENDINGS) else []


def find_remote(address: str) -> list[str]:
    """The archives in a store: the file at the address, those at any depth below it, or those that its `*` match.

    Raises InputError where the store cannot be reached, as for want of its driver (s3fs) or of a right.
    """
    from fsspec.core import url_to_fs

    try:
        fs, name = url_to_fs(address)
        found = fs.glob(name) if "*" in name else fs.find(name)
    except (OSError, ImportError, ValueError) as error:
        raise InputError(f"{address}: cannot be listed ({error}); give an address that this machine can read") from None
    return sorted(fs.unstrip_protocol(path) for path in found if path.lower().endswith(_ENDINGS))


def check_filters(filters: dict[str, str]) -> None:
    """Raise InputError for a filter that there is not, for a date that is none, and for days of which none is left."""
    for name, value in filters.items():
        if name not in _FILTERS:
            raise InputError(f"{name}: no such filter of web archives; there are {', '.join(_FILTERS)}")
        if name in ("since", "until"):
            try:
                fits = date.fromisoformat(value).isoformat() == value  # 20200301 is one too, and sorts otherwise
            except ValueError:
                fits = False
            if not fits:
                raise InputError(f"--{name}: found {value!r}, wanted a date such as 2020-03-01")
    if filters.get("since", "") > filters.get("until", "~"):
        raise InputError(f"--since: {filters['since']} is after --until {filters['until']}; no day is left to read")


def read_archive(path: str, source: str = "", **filters: str) -> Iterator[Page | PassedOver]:
    """The pages of an archive, and last what was passed over.

    Filters are applied before anything is extracted: `like`, a pattern of the host or, with a slash, of host and path
    (`*.example.org`, `example.org/news/*`; `*` and `?` as in file names, several separated by spaces); `language`, tags
    separated by commas that the page must declare, or show where it declares none; `since` and `until`, the first and
    last day of capture.
    """
    from standfirst.sources.arc import read_arc, read_warc

    check_filters(filters)
    counts: Counter[str] = Counter()
    read = read_arc if ".arc" in "".join(Path(path).suffixes[-2:]).lower() else read_warc
    for capture in read(path):
        reason = _passed_over(capture, filters)
        content = b"" if reason else _decoded(capture)
        if not reason and (content is None or len(content) > LARGEST_PAGE):
            reason = "undecodable" if content is None else "too-large"
        if not reason and "language" in filters and not _speaks(content or b"", capture, filters["language"]):
            reason = "other-language"
        if reason:
            counts[reason] += 1
            continue
        said = _CHARSET.search(capture.headers.get("content-type", ""))
        yield Page(
            content or b"",
            name=capture.name,
            path=told(path),
            url=canonical_url(capture.url or ""),
            charset=said[1] if said else None,
            source=source,
            captured=capture.captured,
        )
    yield PassedOver(source, dict(counts))


def _passed_over(capture: Capture, filters: dict[str, str]) -> str | None:
    """Why the record is no page that was asked for, as far as its headers tell."""
    if capture.kind not in ("response", "resource"):
        return capture.kind
    if not capture.url or urlsplit(capture.url).scheme not in ("http", "https"):
        return "not-http"
    if capture.status not in (200, None):
        return f"status-{capture.status}"
    if capture.headers.get("content-type", "").partition(";")[0].strip().lower() not in _HTML:
        return "not-html"
    if not capture.whole:
        return "cut-short"
    if "like" in filters and not _alike(capture.url, filters["like"]):
        return "other-site"
    day = capture.captured[:10]
    return "other-date" if day < filters.get("since", "") or day > filters.get("until", "~") else None


def _alike(url: str, patterns: str) -> bool:
    host, _, path = canonical_url(url).removeprefix("https://").partition("/")
    return any(fnmatchcase(f"{host}/{path}" if "/" in like else host, like) for like in patterns.lower().split())


def _speaks(content: bytes, capture: Capture, wanted: str) -> bool:
    """Whether the page declares, or else shows in its text, one of the languages."""
    from standfirst.extract.language import guess

    said = _LANG.search(content[:20_000])
    tag = said[1].decode().lower() if said else capture.headers.get("content-language", "").lower()[:2]
    if not tag:
        text = re.sub(rb"(?s)<(script|style).*?</\1>|<[^>]*>", b" ", content[:200_000]).decode("utf-8", "replace")
        tag = (guess(" ".join(text.split())[2000:6000] or text) or "").partition("-")[0]
    return tag in (language.strip().lower().partition("-")[0] for language in wanted.split(","))


def _decoded(capture: Capture) -> bytes | None:
    """The content without transfer and content encodings; None where they are broken. No more is unpacked than fits."""
    content = capture.content
    if capture.headers.get("transfer-encoding", "").lower() == "chunked":
        content = _dechunked(content)
    encoding = capture.headers.get("content-encoding", "").strip().lower()
    try:
        if encoding in ("gzip", "x-gzip", "deflate"):
            for bits in (47, -15):  # gzip or zlib by their header; raw deflate, which some servers send
                try:
                    return zlib.decompressobj(bits).decompress(content, LARGEST_PAGE + 1)
                except zlib.error:
                    continue
            return content if content.lstrip()[:1] == b"<" else None  # the archive had unpacked it already
        if encoding == "br":
            import brotli  # type: ignore[import-untyped]

            decoder = brotli.Decompressor()
            unpacked = bytes(decoder.process(content, output_buffer_limit=LARGEST_PAGE + 1))
            if not decoder.is_finished() and len(unpacked) <= LARGEST_PAGE:
                raise brotli.error("cut short")
            return unpacked
    except Exception as error:
        if type(error).__name__ == "error":  # brotli.error has no public base
            return content if content.lstrip()[:1] == b"<" else None
        raise
    return content


def _dechunked(content: bytes) -> bytes:
    """The chunks joined (RFC 9112, section 7.1); the content as it is where it is not in chunks after all."""
    at, chunks = 0, list[bytes]()
    while (end := content.find(b"\r\n", at, at + 40)) >= 0:
        try:
            size = int(content[at:end].partition(b";")[0], 16)
        except ValueError:
            return content if not chunks else b"".join(chunks)
        if not size:
            return b"".join(chunks)
        chunks.append(content[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(chunks) or content
