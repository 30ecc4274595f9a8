"""A release copied to a store that fsspec knows, such as `s3://bucket/name`, so that half a copy never verifies."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from standfirst.errors import GateError, InputError
from standfirst.release.folder import SUMS, files_of, sha256_of
from standfirst.release.hub import Publication, may_publish
from standfirst.release.verify import verify


def copy_to(data: str | Path, url: str, *, dry_run: bool = False) -> Publication:
    """Copy a release to the folder `url`; the checksums go last, so what is there without them is not complete.

    Files that an interrupted run left there whole are not sent again. Raises GateError where another release is there
    already: a version has a folder of its own, and is never replaced.
    """
    import fsspec

    may_publish(data, verify(data), manifest=False)
    folder = Path(data)
    try:
        options = {"auto_mkdir": True} if url.startswith("file://") else {}  # object stores have no folders to make
        store, base = fsspec.url_to_fs(url.rstrip("/"), **options)
        there = {path.removeprefix(f"{base}/"): info["size"] for path, info in store.find(base, detail=True).items()}
        if SUMS in there and store.cat_file(f"{base}/{SUMS}") != (folder / SUMS).read_bytes():
            raise GateError(f"{url}: another release is here, and a version is never replaced; choose another folder")
        files = [*files_of(folder), SUMS]
        sent = [name for name in files if not _same(store, f"{base}/{name}", folder / name, there.get(name))]
        for name in () if dry_run else sent:
            store.put_file(str(folder / name), f"{base}/{name}")
    except (OSError, ValueError, ImportError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{url}: cannot be written ({type(error).__name__}: {error}); what was sent stays") from None
    unchanged = sorted(set(files) - set(sent))
    return Publication(repo=url, url=url, commit=None, tag=None, sent=sent, unchanged=unchanged, dry_run=dry_run)


def _same(store: Any, path: str, mine: Path, size: int | None) -> bool:
    if size != mine.stat().st_size:
        return False
    digest = hashlib.sha256()
    with store.open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest() == sha256_of(mine)
