"""Whether a release has the same bytes whatever built it, and whatever died meanwhile: a table of runs.

In process, with a pool of two processes, on a Spark cluster of one master and two workers (real processes, bound to
loopback); then on Spark with a worker killed while each stage writes, and with the driver killed and started again.

    python scripts/check_runners.py ARTICLES.jsonl.gz --column published=date [--kills read,collect,...] [--together]

`--together` kills one worker in each of the stages of one and the same build, not one build for each stage.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

STAGES = {
    "read": "raw",
    "collect": "articles",
    "pair": "pairs",
    "attach": "attached",
    "verify": "edges",
    "join": "stories",
    "meet": "meetings",
    "leaks": "leaks",
    "write": "release/data",
}
"""Stage -> the folder that it writes, by which it is seen to run."""
WORKER_MEMORY = "1200m"


class Cluster:
    """A Spark standalone cluster of a master and two workers of one core each, all on loopback."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        port = _free_port()
        self.master = f"spark://127.0.0.1:{port}"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._master = self._start("master.Master", "--port", str(port))
        self.workers = [self.start_worker(), self.start_worker()]
        _wait_for(port)

    def start_worker(self) -> subprocess.Popen[bytes]:
        """Start one more worker."""
        place = str(self._folder / f"worker-{len(self._processes)}")
        return self._start("worker.Worker", "--cores", "1", "--memory", WORKER_MEMORY, "--work-dir", place, self.master)

    def replace(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill a worker with all it runs, and start another in its place."""
        kill(worker)
        self.workers[self.workers.index(worker)] = self.start_worker()

    def stop(self) -> None:
        """Kill all processes of the cluster."""
        for process in self._processes:
            kill(process)

    def _start(self, name: str, *args: str) -> subprocess.Popen[bytes]:
        import pyspark

        home = str(Path(pyspark.__file__).parent)
        environment = {**os.environ, "SPARK_HOME": home, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1"}
        environment |= {"PYSPARK_PYTHON": sys.executable, "SPARK_DAEMON_MEMORY": "256m"}
        command = [f"{home}/bin/spark-class", f"org.apache.spark.deploy.{name}", "--host", "127.0.0.1"]
        with (self._folder / f"{len(self._processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, "--webui-port", "0", *args],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._processes.append(process)
        return process


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, seconds: int = 60) -> None:
    for _ in range(seconds * 10):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers on 127.0.0.1:{port} after {seconds} s; see the logs of the cluster")


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the process and all of its group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def start_build(given: Sequence[str], out: Path, *options: str) -> subprocess.Popen[bytes]:
    """A build as a process of its own."""
    command = [sys.executable, "-m", "standfirst", "build", *given, "--out", str(out), *options]
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )


def wait_until_writing(build: subprocess.Popen[bytes], out: Path, stage: str) -> bool:
    """Wait until the stage writes its first file; False where the build ended before."""
    place = out.with_name(f".{out.name}.work") / STAGES[stage]
    while build.poll() is None:
        if place.exists():
            return True
        time.sleep(0.005)
    return False


def finish(build: subprocess.Popen[bytes], out: Path) -> str:
    """The release's checksums, when the build is done."""
    _, said = build.communicate()
    if build.returncode:
        raise RuntimeError(f"{out}: the build ended with {build.returncode}: {said.decode()[-2000:]}")
    return (out / "SHA256SUMS").read_text()


def run(given: Sequence[str], out: Path, cluster: Cluster, stages: str = "", victim: str = "") -> str:
    """A build on the cluster; while each of the stages writes, the victim (a worker, or the driver) is killed."""
    options = ("--engine", "spark", "--master", cluster.master)
    build = start_build(given, out, *options)
    for number, stage in enumerate(stages.split(",") if stages else ()):
        if not wait_until_writing(build, out, stage):
            raise RuntimeError(f"{out}: the build ended before its stage {stage} was seen: nothing was killed in it")
        if victim == "worker":
            cluster.replace(cluster.workers[number % len(cluster.workers)])
        else:
            kill(build)
            build = start_build(given, out, *options)
    return finish(build, out)


def _said(stages: str) -> str:
    return stages.replace(",", ", in ")


def main(argv: list[str] | None = None) -> int:
    """Print the table; 1 where one run's release is not the first one's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("given", nargs="+", help="what to build: as for standfirst build")
    parser.add_argument("--column", action="append", default=[])
    parser.add_argument("--kills", default=",".join(STAGES), help="stages in which a worker is killed")
    parser.add_argument("--together", action="store_true", help="one build, with a worker killed in each of the stages")
    parser.add_argument("--driver", default="collect", help="the stages in which the driver is killed; empty for none")
    args = parser.parse_args(argv)
    given = [*args.given, *(f"--column={pair}" for pair in args.column)]
    kills = [args.kills] if args.together else args.kills.split(",")
    folder = Path(tempfile.mkdtemp(prefix="check-runners-"))
    cluster = Cluster(folder / "cluster")
    out = folder / "out"
    runs: list[tuple[str, Callable[[], str]]] = [
        ("in process", lambda: finish(start_build(given, out, "--workers", "1"), out)),
        ("pool of two", lambda: finish(start_build(given, out, "--workers", "2"), out)),
        ("spark, two workers", partial(run, given, out, cluster)),
    ]
    runs += [
        (f"spark, a worker killed in {_said(s)}", partial(run, given, out, cluster, s, "worker")) for s in kills if s
    ]
    if args.driver:
        name = f"spark, the driver killed in {_said(args.driver)}"
        runs.append((name, partial(run, given, out, cluster, args.driver, "driver")))
    try:
        sums = {}
        print("| run | seconds | same SHA256SUMS |\n| --- | ---: | --- |", flush=True)
        for name, build in runs:
            started = time.monotonic()
            sums[name] = build()
            same = "the first" if len(sums) == 1 else "yes" if sums[name] == sums["in process"] else "NO"
            print(f"| {name} | {time.monotonic() - started:.0f} | {same} |", flush=True)
            shutil.rmtree(out)
    finally:
        cluster.stop()
        shutil.rmtree(folder)
    return 0 if len(set(sums.values())) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
