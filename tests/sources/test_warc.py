"""Web archives: every record is a page or counted, whatever state the file is in."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from standfirst.errors import InputError
from standfirst.record import Page
from standfirst.sources import PassedOver
from standfirst.sources.warc import find, read_archive

HTML = b"<html lang='en-GB'><h1>The mill burnt down</h1>"


def answer(body: bytes = HTML, status: str = "200 OK", **headers: str) -> bytes:
    given = {"Content-Type": "text/html; charset=windows-1252", **{k.replace("_", "-"): v for k, v in headers.items()}}
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def record(
    block: bytes, kind: str = "response", url: str = "http://www.Paper.example/a?utm_source=x", **more: str
) -> bytes:
    content_type = more.pop("content_type", "application/http; msgtype=response")
    extra = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in more.items())
    date = "" if "WARC_Date" in more else "WARC-Date: 2020-07-03T08:00:00Z\r\n"
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n{date}{extra}Content-Type: {content_type}\r\n"
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def arc(block: bytes, url: str = "http://paper.example/a") -> bytes:
    return f"{url} 192.0.2.1 20080430204825 text/html {len(block)}\n".encode() + block + b"\n"


def read(tmp_path: Path, content: bytes, name: str = "a.warc", **filters: str) -> tuple[list[Page], dict[str, int]]:
    (tmp_path / name).write_bytes(content)
    *pages, passed = read_archive(str(tmp_path / name), "paper", **filters)
    assert isinstance(passed, PassedOver)
    return [page for page in pages if isinstance(page, Page)], passed.counts


def chunked(body: bytes) -> bytes:
    return b"%x;name=value\r\n" % len(body[:9]) + body[:9] + b"\r\n%x\r\n" % len(body[9:]) + body[9:] + b"\r\n0\r\n\r\n"


PAGES = {
    "as it is": record(answer()),
    "in chunks": record(answer(chunked(HTML), Transfer_Encoding="chunked")),
    "gzipped": record(answer(gzip.compress(HTML), Content_Encoding="gzip")),
    "gzipped in chunks": record(
        answer(chunked(gzip.compress(HTML)), Content_Encoding="gzip", Transfer_Encoding="chunked")
    ),
    "raw deflate": record(answer(zlib.compress(HTML)[2:-4], Content_Encoding="deflate")),
    "said to be gzipped and chunked, and not": record(
        answer(HTML, Content_Encoding="gzip", Transfer_Encoding="chunked")
    ),
}


@pytest.mark.parametrize("content", PAGES.values(), ids=PAGES.keys())
def test_a_page_comes_out_decoded(tmp_path: Path, content: bytes) -> None:
    pages, passed = read(tmp_path, content * 2)
    assert [page.content for page in pages] == [HTML, HTML]
    assert (pages[0].url, pages[0].charset, pages[0].source) == ("https://paper.example/a", "windows-1252", "paper")
    assert pages[0].captured == "2020-07-03T08:00:00Z"
    assert passed == {}


PASSED = {
    "request": record(b"GET / HTTP/1.1\r\n\r\n", "request", content_type="application/http; msgtype=request"),
    "warcinfo": record(b"software: x", "warcinfo", content_type="application/warc-fields"),
    "metadata": record(b"fetch: 1", "metadata", content_type="application/warc-fields"),
    "revisit": record(b"", "revisit"),
    "status-404": record(answer(status="404 Not Found")),
    "status-301": record(answer(status="301 Moved")),
    "not-html": record(answer(Content_Type="image/png")),
    "not-http": record(b"20200703 1.2.3.4", url="dns:paper.example", content_type="text/dns"),
    "cut-short": record(answer(), WARC_Truncated="length"),
    "undecodable": record(answer(b"\x1f\x8bxxxxxx", Content_Encoding="gzip")),
}


@pytest.mark.parametrize(("reason", "content"), PASSED.items(), ids=PASSED.keys())
def test_a_record_that_is_no_page_is_counted(tmp_path: Path, reason: str, content: bytes) -> None:
    pages, passed = read(tmp_path, record(answer()) + content + record(answer()))
    assert (len(pages), passed) == (2, {reason: 1})


def test_a_resource_that_is_html_is_a_page(tmp_path: Path) -> None:
    pages, _ = read(tmp_path, record(HTML, "resource", content_type="text/html"))
    assert [page.content for page in pages] == [HTML]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_of_a_file_that_is_cut_short_every_whole_record_comes(tmp_path: Path, name: str) -> None:
    pack = gzip.compress if name.endswith("gz") else bytes
    pieces = [pack(record(answer(HTML + bytes(str(k) * 400, "ascii")))) for k in range(5)]
    pages, passed = read(tmp_path, b"".join(pieces)[: -len(pieces[-1]) // 2], name)
    assert (len(pages), sum(passed.values())) == (4, 1)


def test_a_file_damaged_in_the_middle_gives_what_is_whole_on_both_sides(tmp_path: Path) -> None:
    pieces = [gzip.compress(record(answer(HTML + bytes(f"<p>{k}" * 400, "ascii")))) for k in range(5)]
    pieces[2] = pieces[2][:40] + b"\0" * 30 + pieces[2][70:]
    pages, passed = read(tmp_path, b"".join(pieces), "a.warc.gz")
    assert [page.content[len(HTML) + 3 : len(HTML) + 4] for page in pages] == [b"0", b"1", b"3", b"4"]
    assert set(passed) == {"broken"}


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.arc", "a.arc.gz"])
@pytest.mark.parametrize("content", [b"", b"no archive\n" * 99, b"\x1f\x8b\x08" + b"x" * 99])
def test_a_file_that_is_no_archive_is_counted_and_stops_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    assert read(tmp_path, content, name) == ([], {"no-archive": 1})


@pytest.mark.parametrize("name", ["a.arc", "a.arc.gz"])
def test_arc_files_are_read(tmp_path: Path, name: str) -> None:
    head = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    pieces = [arc(head, "filedesc://a.arc"), arc(answer()), arc(answer(status="404 Not Found")), arc(answer())]
    pages, passed = read(tmp_path, b"".join(map(gzip.compress, pieces) if name.endswith("gz") else pieces), name)
    assert [page.content for page in pages] == [HTML, HTML]
    assert (pages[0].url, pages[0].captured) == ("https://paper.example/a", "2008-04-30T20:48:25Z")
    assert passed == {"warcinfo": 1, "status-404": 1}


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({"like": "paper.example"}, 3),
        ({"like": "*.example"}, 4),
        ({"like": "paper.example/news/*"}, 1),
        ({"like": "other.example PAPER.example/news/*"}, 2),
        ({"language": "en"}, 3),
        ({"language": "fr"}, 1),
        ({"language": "de,fr-FR"}, 1),
        ({"since": "2020-07-03"}, 3),
        ({"until": "2020-07-02"}, 1),
        ({"like": "paper.example", "since": "2020-07-03", "until": "2020-07-03"}, 2),
    ],
)
def test_filters_pass_over_before_anything_is_extracted(tmp_path: Path, filters: dict[str, str], kept: int) -> None:
    french = b"<p>Le moulin de la ville est dans les mains du feu et la rue est pour une fois sans les voitures."
    content = [
        record(answer()),
        record(answer(), url="http://paper.example/news/b", WARC_Date="2020-07-02T08:00:00Z"),
        record(answer(), url="http://other.example/c"),
        record(answer(french), url="http://paper.example/d"),
    ]
    pages, passed = read(tmp_path, b"".join(content), **filters)
    assert (len(pages), sum(passed.values())) == (kept, 4 - kept)


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        ({"since": "yesterday"}, "wanted a date"),
        ({"until": "20200301"}, "wanted a date such as 2020-03-01"),
        (
            {"since": "2020-03-02", "until": "2020-03-01"},
            "2020-03-02 is after --until 2020-03-01; no day is left to read",
        ),
        ({"liek": "x"}, "no such filter"),
    ],
)
def test_a_filter_that_is_none_is_refused(tmp_path: Path, filters: dict[str, str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(tmp_path, record(answer()), **filters)


def test_archives_are_found_by_their_endings(tmp_path: Path) -> None:
    for name in ("x/a.warc.gz", "b.ARC", "c.html", "d.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [p.name for p in find(tmp_path)] == ["b.ARC", "a.warc.gz"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "pages", "records"),
    [("orange_300_pages.warc.gz", 306, 307), ("IAH-20080430204825-00000-blackbook-truncated.warc.gz", 2, 23)],
)
def test_every_record_of_a_real_archive_is_a_page_or_counted(shared: Path, name: str, pages: int, records: int) -> None:
    *found, passed = read_archive(str(shared / "data/warc" / name))
    assert isinstance(passed, PassedOver)
    assert (len(found), len(found) + sum(passed.counts.values())) == (pages, records)
