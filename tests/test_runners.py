"""Runners: each task once, wherever it runs; a task that fails ends the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from tests.waiting import wait_until

from standfirst.errors import GateError
from standfirst.runners import InProcess, Pool, Runner


def touch(folder: str, index: int) -> None:
    (Path(folder) / str(index)).write_text("done")


def fail_at_three(index: int) -> None:
    if index == 3:
        raise ValueError("task three")


@pytest.mark.parametrize("runner", [InProcess(), Pool(2)], ids=["in process", "pool"])
def test_every_task_is_run_and_reported(runner: Runner, tmp_path: Path) -> None:
    done: list[None] = []
    runner.run(partial(touch, str(tmp_path)), 5, lambda: done.append(None))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0", "1", "2", "3", "4"]
    assert len(done) == 5


@pytest.mark.parametrize("runner", [InProcess(), Pool(2)], ids=["in process", "pool"])
def test_a_task_that_fails_ends_the_run_with_its_error(runner: Runner) -> None:
    with pytest.raises(ValueError, match="task three"):
        runner.run(fail_at_three, 6, lambda: None)


def die_at_three(index: int) -> None:
    if index == 3:
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_is_killed_is_said_in_a_sentence() -> None:
    with pytest.raises(GateError, match=r"one of 2 worker processes was killed.*start the same build again"):
        Pool(2).run(die_at_three, 6, lambda: None)


def say_who_and_wait(folder: str, index: int) -> None:
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(600)


def test_workers_end_when_the_process_that_started_them_is_killed(tmp_path: Path) -> None:
    code = "import sys; from functools import partial; from standfirst.runners import Pool; import test_runners as t; "
    code += "Pool(2).run(partial(t.say_who_and_wait, sys.argv[1]), 2, print)"
    search = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    driver = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], env={**os.environ, "PYTHONPATH": search})
    wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    driver.kill()
    driver.wait()
    workers = [int(path.name) for path in tmp_path.iterdir()]
    wait_until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in workers))
