"""Where stages keep their files: a local folder or any store that fsspec knows (`s3://`), written atomically."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from standfirst.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa


@contextmanager
def written(path: str | Path, mode: int = 0o666) -> Iterator[TextIO]:
    """A file to write text to, in UTF-8, that appears under its name when all is written: whole or not at all.

    Folders above it are made. A link stays, and what it leads to is replaced; a device or a pipe, such as /dev/null,
    is written to and never replaced. Raises InputError where it cannot be written.

    >>> import tempfile; path = Path(tempfile.mkdtemp()) / "new" / "tea.txt"
    >>> with written(path) as file:
    ...     _ = file.write("Hot.")
    >>> path.read_text()
    'Hot.'
    """
    path = Path(path)
    target = path.resolve()
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file to write")
    scratch = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8") as file:
                yield file
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch.touch(mode)
        with scratch.open("w", encoding="utf-8") as file:
            yield file
        scratch.replace(target)
    except OSError as error:
        ours = error.filename is None or Path(error.filename) in (path, scratch, target, *target.parents)
        if isinstance(error, BrokenPipeError) or not ours:
            raise
        raise InputError(
            f"{path}: cannot be written ({error.strerror or error}); see that its folder may be written to and that "
            "the disk has room, or name another file"
        ) from None
    finally:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)


def refuse_to_replace(out: str | Path | None, *given: str | Path | None) -> None:
    """Raise InputError where a file to write is one of the files given to read, or lies in a folder given.

    To be called before anything is computed: what was read would be gone, or be a release no longer.
    """
    if out is None or (Path(out).exists() and not Path(out).is_file()):  # a device is written to and never replaced
        return
    target = Path(out).resolve()
    for one in given:
        if one is None or not target.is_relative_to(place := Path(one).resolve()):
            continue
        how = "is read too" if target == place else f"lies in {one}, which is read"
        raise InputError(f"{out}: {how}, and nothing that is read is written over; name another file to write")


def is_remote(path: str) -> bool:
    """Whether the path is an address in a store (`s3://bucket/a.warc.gz`) and not one of this machine's files."""
    return "://" in path


def open_bytes(path: str) -> Any:
    """The file open for bytes, which can be sought in: a local one or any that fsspec knows."""
    from fsspec.core import url_to_fs

    if not is_remote(path):
        return open(path, "rb")  # noqa: PTH123  (the caller closes it)
    fs, name = url_to_fs(path)
    return fs.open(name, "rb")


def size_and_time(path: str) -> tuple[int, str]:
    """Bytes of the file, and what changes when it does."""
    from fsspec.core import url_to_fs

    if not is_remote(path):
        found = os.stat(path)  # noqa: PTH116
        return found.st_size, str(found.st_mtime_ns)
    fs, name = url_to_fs(path)
    facts = fs.info(name)
    return int(facts["size"]), str(facts.get("ETag") or facts.get("LastModified") or facts.get("mtime"))


class Folder:
    """A folder of tables. A file is there whole or not at all, also when the writer is killed.

    >>> import tempfile, pyarrow as pa
    >>> folder = Folder(tempfile.mkdtemp())
    >>> folder.write("a/00000.parquet", pa.table({"id": ["0", "1"]}))
    >>> folder.read(["a/00000.parquet"], id_from="1").to_pylist()
    [{'id': '1'}]
    """

    def __init__(self, root: str) -> None:
        from fsspec.core import url_to_fs

        self.root = root
        self._fs, self._base = url_to_fs(root)
        self.local = "file" in (self._fs.protocol if isinstance(self._fs.protocol, tuple) else (self._fs.protocol,))

    def _at(self, name: str) -> str:
        return f"{self._base}/{name}"

    def has(self, name: str) -> bool:
        """Whether the file is there."""
        return bool(self._fs.exists(self._at(name)))

    def names(self, under: str) -> list[str]:
        """The Parquet files of a sub-folder, sorted."""
        self._fs.invalidate_cache()
        found = self._fs.glob(f"{self._at(under)}/*.parquet")
        return sorted(f"{under}/{path.rsplit('/', 1)[1]}" for path in found)

    def write(
        self, name: str, table: pa.Table | Iterable[pa.Table], rows_a_group: int = 5000, *, hashes: bool = False
    ) -> None:
        """Write a table, or the pieces of one as they come.

        Readers that ask for a range of ids skip the row groups outside it, so sort by id first. `hashes` says that the
        columns are mostly hashes: compressing these would cost time and save nothing.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        def fill(file: Any) -> None:
            pieces: Iterator[pa.Table] = iter([table] if isinstance(table, pa.Table) else table)
            first = next(pieces)
            compression = "none" if hashes else "zstd"
            with pq.ParquetWriter(file, first.schema, compression=compression, use_dictionary=not hashes) as writer:
                writer.write_table(first, row_group_size=rows_a_group)
                for piece in pieces:
                    writer.write_table(piece, row_group_size=rows_a_group)

        self.put(name, fill)

    def put(self, name: str, fill: Any) -> None:
        """Write a file: `fill` gets it open for bytes. It appears under its name only when it is complete."""
        target = self._at(name)
        self._fs.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
        if not self.local:  # an object store shows an object when its upload is complete, never before
            with self._fs.open(target, "wb") as file:
                fill(file)
            return
        hidden = f"{target}.{uuid.uuid4().hex}.tmp"
        try:
            with open(hidden, "wb") as file:  # noqa: PTH123  (fsspec's paths are strings)
                fill(file)
            os.replace(hidden, target)  # noqa: PTH105
        except BaseException:
            if os.path.exists(hidden):  # noqa: PTH110
                os.remove(hidden)  # noqa: PTH107
            raise

    def read(
        self,
        names: Sequence[str],
        columns: Sequence[str] | None = None,
        *,
        key: str = "id",
        id_from: Any = None,
        id_to: Any = None,
    ) -> pa.Table:
        """The named files as one table: the columns asked for, those rows whose `key` is in [id_from, id_to)."""
        import pyarrow as pa

        parts = (self.parts(name, columns, key=key, id_from=id_from, id_to=id_to) for name in names)
        return pa.concat_tables(chain.from_iterable(parts))

    def parts(
        self,
        name: str,
        columns: Sequence[str] | None = None,
        *,
        key: str = "id",
        id_from: Any = None,
        id_to: Any = None,
    ) -> Iterator[pa.Table]:
        """What `read` gives of a file, a row group at a time; where there is none, an empty table."""
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        bounds = [(v, compare) for v, compare in ((id_from, pc.greater_equal), (id_to, pc.less)) if v is not None]
        # Arrow's threads that read a Python file may outlive it: of 30 runs that ended soon after, 5 were aborted.
        # A dataset's scanner would prune row groups too, and takes three times as long to open a small file.
        with self._fs.open(self._at(name), "rb") as file, pq.ParquetFile(file) as parquet:
            chosen = list(parquet.schema_arrow.names if columns is None else columns)
            needed = [*chosen, key] if bounds and key not in chosen else chosen
            groups = [g for g in range(parquet.num_row_groups) if _may_hold(parquet.metadata, g, key, id_from, id_to)]
            for group in groups:
                table = parquet.read_row_group(group, columns=needed, use_threads=False)
                for bound, compare in bounds:
                    within = compare(table[key], pa.scalar(bound, table.schema.field(key).type))
                    table = table if pc.all(within).as_py() else table.filter(within)
                yield table.select(chosen)
            if not groups:
                yield parquet.schema_arrow.empty_table().select(chosen)

    def rows(self, name: str) -> int:
        """How many rows a table has."""
        import pyarrow.parquet as pq

        with self._fs.open(self._at(name), "rb") as file, pq.ParquetFile(file) as parquet:
            return int(parquet.metadata.num_rows)

    def get(self, name: str) -> bytes | None:
        """A file's bytes, None where there is no such file."""
        try:
            with self._fs.open(self._at(name), "rb") as file:
                return bytes(file.read())
        except FileNotFoundError:
            return None

    def drop(self, name: str) -> None:
        """Remove a file."""
        self._fs.rm(self._at(name))

    def fetch(self, to: Path) -> None:
        """Copy the folder to a local one."""
        to.mkdir(parents=True, exist_ok=True)
        self._fs.get(f"{self._base}/", f"{to}/", recursive=True)

    def remove(self) -> None:
        """Remove the folder and all it holds."""
        if self._fs.exists(self._base):
            self._fs.rm(self._base, recursive=True)


def _may_hold(metadata: Any, group: int, key: str, low: Any, high: Any) -> bool:
    """Whether, by its statistics, the row group may hold a key from `low` on and below `high`."""
    if low is None and high is None:
        return True
    about = metadata.row_group(group).column(metadata.schema.names.index(key)).statistics
    if about is None or not about.has_min_max:
        return bool(metadata.row_group(group).num_rows)
    return (low is None or about.max >= low) and (high is None or about.min < high)
