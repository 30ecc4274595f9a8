"""Spark: the same release from a real cluster, also when a worker dies; and work folders on an object store."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from scripts.check_runners import Cluster, run

from standfirst.errors import InputError
from standfirst.pipeline import build
from standfirst.release import read_report
from standfirst.runners import InProcess, Pool, Spark, runner_for

Make = Callable[..., dict[str, Any]]
Write = Callable[[Path, list[dict[str, Any]]], Path]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("PySpark (the extra `cluster`) or Java is not on this machine")
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    yield started
    started.stop()


def tables(folder: Path, article: Make, table: Write) -> Path:
    """Twelve tables of 20 articles, so that twelve tasks read."""
    (folder / "in").mkdir()
    for k in range(12):
        table(folder / "in" / f"{k:02}.jsonl", [article(k * 20 + n) for n in range(20)])
    return folder / "in"


@pytest.mark.cluster
def test_spark_gives_the_same_bytes_while_a_worker_dies(
    tmp_path: Path, article: Make, table: Write, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables(tmp_path, article, table)
    monkeypatch.chdir(tmp_path)  # where the workers are not: what is given relative to it must be found there too
    build(["in"], Path("here"))
    sums = run(["in"], Path("there"), cluster, stages="read", victim="worker")
    assert sums == Path("here/SHA256SUMS").read_text()


def test_the_engine_is_named_or_refused() -> None:
    assert isinstance(runner_for("local", None, 1), InProcess)
    assert isinstance(runner_for("local", None, 2), Pool)
    with pytest.raises(InputError, match="found no such engine; give local, or spark"):
        runner_for("ray", None, 1)
    with pytest.raises(InputError, match="is for Spark; give --engine spark too"):
        runner_for("local", "spark://127.0.0.1:7077", 1)


@pytest.mark.cluster
def test_a_master_that_is_not_there_is_named_and_the_build_can_go_on(
    tmp_path: Path, article: Make, table: Write
) -> None:
    if find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("PySpark (the extra `cluster`) or Java is not on this machine")
    source = table(tmp_path / "a.jsonl", [article(k) for k in range(20)])
    command = [sys.executable, "-m", "standfirst", "build", str(source), "--out", str(tmp_path / "out")]
    command += ["--engine", "spark", "--master", "nonsense"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "standfirst: --master nonsense: Spark did not start" in ended.stderr
    assert "start the same build again: it goes on" in ended.stderr
    assert (tmp_path / ".out.work").exists()


def test_spark_without_pyspark_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyspark", None)
    with pytest.raises(InputError, match=r"pip install 'standfirst\[cluster\]'"):
        Spark("local")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An S3 on loopback, with a bucket."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    given = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in {**given, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}.items():
        monkeypatch.setenv(name, value)
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().makedirs("work", exist_ok=True)
    yield "s3://work"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def test_a_work_folder_on_an_object_store_gives_the_same_bytes(
    tmp_path: Path, article: Make, table: Write, bucket: str
) -> None:
    given = str(table(tmp_path / "a.jsonl", [article(k) for k in range(60)]))
    build([given], tmp_path / "here")
    build([given], tmp_path / "there", work_folder=bucket)
    assert (tmp_path / "there/SHA256SUMS").read_text() == (tmp_path / "here/SHA256SUMS").read_text()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "here", "there"]


def test_archives_on_an_object_store_give_the_same_bytes(tmp_path: Path, article: Make, bucket: str) -> None:
    from tests.sources.test_warc import answer, record

    def page(k: str) -> bytes:
        row = article(k)
        text = "".join(f"<p>{part}</p>" for part in row["body"].split(". "))
        return f"<html lang=en><body><article><h1>{row['headline']}</h1>{text}</article></body></html>".encode()

    (tmp_path / "crawl").mkdir()
    for name in ("one", "two"):
        held = b"".join(record(answer(page(f"{name} {k}")), url=f"http://paper.example/{name}/{k}") for k in range(6))
        (tmp_path / "crawl" / f"{name}.warc").write_bytes(held)
    import s3fs

    s3fs.S3FileSystem().put(f"{tmp_path}/crawl", f"{bucket}/crawl", recursive=True)
    build([str(tmp_path / "crawl")], tmp_path / "here")
    build([f"{bucket}/crawl"], tmp_path / "there", work_folder=bucket)
    assert (tmp_path / "there/SHA256SUMS").read_text() == (tmp_path / "here/SHA256SUMS").read_text()
    build([f"{bucket}/crawl/o*.warc"], tmp_path / "one")
    assert read_report(tmp_path / "one")["records"] == 6
    with pytest.raises(InputError, match="no web archive here"):
        build([f"{bucket}/elsewhere"], tmp_path / "none")
