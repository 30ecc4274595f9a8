"""Where stages run. A runner has one verb: call a function on every number below n, each at least once.

Stages write atomically and skip what is finished, so a task that ran twice, or a run that was killed, changes nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

from standfirst.errors import GateError, InputError
from standfirst.pool import pool_of

if TYPE_CHECKING:
    import pyarrow as pa

Task = Callable[[int], None]
GOES_ON = "start the same build again: it goes on from the tasks that are done"


class Runner(Protocol):
    """Calls a picklable task on 0, 1, ..., n - 1, in any order and anywhere, and returns when all are done."""

    def run(self, task: Task, n: int, done: Callable[[], None]) -> None:
        """Run; `done` is called here once for each finished task. The first task that raises ends the run."""


class InProcess:
    """One task after another, in this process."""

    def run(self, task: Task, n: int, done: Callable[[], None]) -> None:
        """See `Runner`."""
        for index in range(n):
            task(index)
            done()


class Pool:
    """Tasks in `workers` processes of this machine; what is only one task runs here."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(self, task: Task, n: int, done: Callable[[], None]) -> None:
        """See `Runner`. Raises GateError where a worker dies; the next run goes on from the finished tasks."""
        from concurrent.futures import as_completed

        if self.workers < 2 or n < 2:
            InProcess().run(task, n, done)
            return
        with pool_of(min(self.workers, n), GOES_ON) as pool:
            futures = [pool.submit(task, index) for index in range(n)]
            for future in as_completed(futures):
                future.result()
                done()


class Spark:
    """Tasks on a Spark cluster, at `master` (`spark://host:port`, `yarn`, `k8s://...`, `local[2]`).

    Every machine needs this package and sees the work folder under the same name. A worker that dies has its tasks run
    again on another. Settings of the cluster are taken from Spark's own configuration (SPARK_CONF_DIR).
    """

    def __init__(self, master: str) -> None:
        try:
            import pyspark  # noqa: F401  (said here, before anything was read)
        except ImportError:
            raise InputError("--engine spark needs PySpark: pip install 'standfirst[cluster]', and Java 17") from None
        self.master = master

    def run(self, task: Task, n: int, done: Callable[[], None]) -> None:
        """See `Runner`. `done` is called for all tasks together, when the last is finished."""
        # One row and partition a task. mapInArrow, since the pandas functions warn of pandas 3, and RDDs are not there
        # on Spark Connect.
        rows = self._session().range(0, n, 1, numPartitions=n)
        for row in rows.mapInArrow(_each(task), "index long, refused string").collect():
            if row["refused"] is not None:
                raise InputError(row["refused"])
            done()

    def _session(self) -> Any:
        from pyspark.sql import SparkSession

        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.appName("standfirst").master(self.master)
        builder = builder.config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
        if self.master.startswith(("local", "spark://127.0.0.1", "spark://localhost")):
            # Spark listens on all addresses unless told: a driver that has no other machine to talk to shall not.
            builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        try:
            return builder.getOrCreate()
        except Exception as error:  # of Java, of py4j or of PySpark: there is no one class
            said = " ".join(str(error).split("\n")[:2])
            raise GateError(
                f"--master {self.master}: Spark did not start ({said}); see to the master, and to Java 17; {GOES_ON}"
            ) from None


def _each(task: Task) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The task as what Spark maps over batches of numbers; input that cannot be used comes back as its message."""

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for batch in batches:
            said: list[str | None] = []
            for index in batch.column(0).to_pylist():
                try:
                    task(index)
                    said.append(None)
                except InputError as error:  # to run it again would not help
                    said.append(str(error))
            yield pa.RecordBatch.from_arrays([batch.column(0), pa.array(said, pa.string())], ["index", "refused"])

    return run


def runner_for(engine: str, master: str | None, workers: int) -> Runner:
    """The runner that the command's options name: `local`, with so many processes, or `spark`, at its master."""
    if engine == "spark":
        return Spark(master or "local[*]")
    if engine != "local":
        raise InputError(
            f"--engine {engine}: found no such engine; give local, or spark with --master spark://HOST:PORT"
        )
    if master:
        raise InputError(f"--master {master}: is for Spark; give --engine spark too")
    return Pool(workers) if workers > 1 else InProcess()
