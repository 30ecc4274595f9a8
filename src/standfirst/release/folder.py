"""A release folder put in place whole: checksums, and a swap that leaves the old folder or the new one."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from standfirst.errors import InputError
from standfirst.release.reading import REPORT
from standfirst.sources.pages import told
from standfirst.text import is_whole

SUMS = "SHA256SUMS"


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, as hex; read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def files_of(folder: Path) -> list[str]:
    """Every file of the release but its checksums, as a path from the folder, sorted."""
    found = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    return sorted(name for name in found if name != SUMS)


def remove_partial(folder: Path) -> None:
    """Remove what a killed writer left: files whose name ends in .tmp are never part of a release."""
    for path in folder.rglob("*.tmp"):
        path.unlink()


def write_sums(folder: Path) -> None:
    """Write `SHA256SUMS`, in the form that `sha256sum --check` reads."""
    lines = [f"{sha256_of(folder / name)}  {name}\n" for name in files_of(folder)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def check_replaceable(out: Path, sources: Iterable[str] = ()) -> None:
    """Raise InputError where `out` is there and is no release: nothing but a release is ever replaced.

    Nor is a release that a file of the `sources` lies in, nor the folder that whoever calls is in: he would be left in
    one that is gone. None is written into another. And what reads Parquet cannot open a path that is no UTF-8.
    """
    if not is_whole(str(out)):
        raise InputError(f"{told(out)}: its name is no UTF-8; nothing was written; choose another --out")
    if Path.cwd().is_relative_to(out.resolve()):
        raise InputError(f"{out}: is the current folder or holds it; nothing was written; give --out from outside it")
    there = out.resolve()
    if inside := next((path for path in sources if Path(path).resolve().is_relative_to(there)), None):
        raise InputError(f"{inside}: lies in {out}, which the new release replaces; choose another --out")
    for above in there.parents:
        if (above / SUMS).is_file() and (above / REPORT).is_file():
            raise InputError(
                f"{out}: lies in the release {above}, which could not be verified then; choose another --out"
            )
    if out.exists() and not (out / REPORT).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out}: is there and is no release; nothing was written; choose another --out or remove it")


def put_in_place(new: Path, out: Path) -> None:
    """Make the folder `new` the release `out`, replacing an older one.

    On Linux the two names are exchanged in one step. Elsewhere the old folder is first renamed; a kill between the two
    renames leaves both folders whole, and `recover` puts the old one back.
    """
    check_replaceable(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    if not out.exists():
        new.rename(out)
        return
    old = out.with_name(f".{out.name}.old")
    if _exchange(new, out):
        shutil.rmtree(new)
        return
    out.rename(old)
    new.rename(out)
    shutil.rmtree(old)


def recover(out: Path) -> None:
    """Put the old release back where a replacement was killed between its two renames."""
    old = out.with_name(f".{out.name}.old")
    if old.is_dir():
        if out.exists():
            shutil.rmtree(old)
        else:
            old.rename(out)


def _exchange(a: Path, b: Path) -> bool:
    """Exchange two names in one step (renameat2 with RENAME_EXCHANGE); False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    here = -100  # AT_FDCWD
    return renameat2 is not None and renameat2(here, os.fsencode(a), here, os.fsencode(b), 2) == 0
