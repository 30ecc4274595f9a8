"""`standfirst extract`: a row of JSON for each page, the same whatever the number of workers, on all cores if asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.waiting import wait_until

from standfirst.errors import InputError
from standfirst.extract import rows
from standfirst.record import Page

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"


def written(tmp_path: Path, workers: int) -> list[dict[str, object]]:
    out = tmp_path / f"{workers}.jsonl"
    rows.write_rows([ARTICLES], out, workers)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_rows_are_the_same_and_in_order_whatever_the_number_of_workers(tmp_path: Path) -> None:
    one = written(tmp_path, 1)
    assert len(one) > 100
    assert [row["path"] for row in one] == sorted(str(row["path"]) for row in one)
    assert written(tmp_path, 2) == one
    assert written(tmp_path, 0) == one
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0.jsonl", "1.jsonl", "2.jsonl"]


def test_pages_are_read_in_as_many_processes_as_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_BATCH", 1)
    monkeypatch.setattr(rows, "_read", process_of)
    items = [Page(b"Tea", name=str(k)) for k in range(40)]
    assert set(rows.rows(items, workers=1)) == {str(os.getpid())}
    assert str(os.getpid()) not in set(rows.rows(items, workers=2))


def process_of(batch: list[object]) -> list[str]:
    return [str(os.getpid())]


def test_zero_workers_are_one_a_core_that_this_process_may_use() -> None:
    assert rows.processes(3) == 3
    assert rows.processes(0) == (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count())


KILLED = """
import os, signal, sys
from pathlib import Path
from standfirst.extract import rows

def killed(batch):
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    rows._read = killed
    rows.write_rows([Path(sys.argv[1])], Path(sys.argv[2]), 2)
"""


def test_a_worker_that_is_killed_ends_the_command_and_leaves_no_file(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    command = [sys.executable, str(script), str(ARTICLES), str(tmp_path / "out.jsonl")]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.stderr.splitlines()[-1].startswith("standfirst.errors.GateError: one of 2 worker processes was killed")
    assert list(tmp_path.iterdir()) == [script]


WAITING = """
import os, sys, time
from pathlib import Path
from standfirst.extract import rows

def wait(batch):
    (Path(sys.argv[2]) / str(os.getpid())).touch()
    time.sleep(600)

rows._read = wait
if __name__ == "__main__":
    rows.write_rows([Path(sys.argv[1])], None, 2)
"""


def test_workers_end_when_the_command_is_killed(tmp_path: Path) -> None:
    script, seen = tmp_path / "waiting.py", tmp_path / "seen"
    script.write_text(WAITING)
    seen.mkdir()
    command = subprocess.Popen([sys.executable, str(script), str(ARTICLES), str(seen)])
    wait_until(lambda: len(list(seen.iterdir())) == 2)
    command.kill()
    command.wait()
    wait_until(lambda: not any(Path(f"/proc/{worker.name}/cmdline").exists() for worker in seen.iterdir()))


def test_a_path_that_is_not_there_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        rows.write_rows([tmp_path / "none"], tmp_path / "out.jsonl", 2)
    assert list(tmp_path.iterdir()) == []
