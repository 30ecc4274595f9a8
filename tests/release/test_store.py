"""A release in an object store: copied whole or not taken for whole, and read from there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hub.test_publish import OPEN, Make, Write

from standfirst.errors import GateError, InputError
from standfirst.release import read_split
from standfirst.release.store import copy_to
from standfirst.release.verify import verify

OPTIONS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 on loopback, with a bucket."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {**OPTIONS, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}.items():
            environment.setenv(name, value)
        import s3fs

        s3fs.S3FileSystem.clear_instance_cache()
        s3fs.S3FileSystem().mkdir("bucket")
        yield "s3://bucket"
        s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory, article: Make, table: Write) -> tuple[Path, Path]:
    from standfirst.pipeline import build

    folder = tmp_path_factory.mktemp("versions")
    (folder / "sources.toml").write_text(OPEN)
    rows = [article(k) for k in range(50)]
    for name, count in (("one", 40), ("two", 50)):
        build([str(table(folder / "news.jsonl", rows[:count]))], folder / name)
    return folder / "one", folder / "two"


def test_a_release_is_copied_and_read_there(
    s3: str, versions: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datasets import load_dataset

    # An environment that keeps off the Hub (HF_HUB_OFFLINE) keeps datasets off every store, loopback's too.
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", False)
    url = f"{s3}/news/v1.0.0"
    assert len(copy_to(versions[0], url, dry_run=True).sent) == len(copy_to(versions[0], url).sent)
    assert copy_to(versions[0], url).sent == []
    rows = load_dataset("parquet", data_files={"test": f"{url}/data/test-*.parquet"}, cache_dir=str(tmp_path))["test"]
    assert list(rows) == read_split(versions[0], "test").to_pylist()


def test_another_release_is_never_put_over_it(s3: str, versions: tuple[Path, Path]) -> None:
    copy_to(versions[0], f"{s3}/other")
    with pytest.raises(GateError, match="another release is here, and a version is never replaced"):
        copy_to(versions[1], f"{s3}/other")


def test_half_a_copy_is_completed_and_a_wrong_file_replaced(s3: str, versions: tuple[Path, Path]) -> None:
    import s3fs

    url, store = f"{s3}/half", s3fs.S3FileSystem()
    copy_to(versions[0], url)
    store.rm(f"{url}/SHA256SUMS")
    store.rm(f"{url}/report.json")
    size = (versions[0] / "README.md").stat().st_size
    store.pipe(f"{url}/README.md", b"x" * size)
    assert copy_to(versions[0], url).sent == ["README.md", "report.json", "SHA256SUMS"]
    assert store.cat(f"{url}/README.md") == (versions[0] / "README.md").read_bytes()


def test_a_disk_is_a_store_too(versions: tuple[Path, Path], tmp_path: Path) -> None:
    copy_to(versions[0], f"file://{tmp_path}/news/v1.0.0")
    assert verify(tmp_path / "news" / "v1.0.0") == verify(versions[0])


def test_a_store_that_cannot_be_written_is_named(s3: str, versions: tuple[Path, Path], release: Path) -> None:
    with pytest.raises(InputError, match="s3://no-such-bucket/x: cannot be written"):
        copy_to(versions[0], "s3://no-such-bucket/x")
    with pytest.raises(InputError, match="nosuch://x: cannot be written"):
        copy_to(versions[0], "nosuch://x")
    with pytest.raises(InputError, match="its texts may not be published"):
        copy_to(release, f"{s3}/withheld")
