"""Worker processes of this machine: they end with the process that started them, and one that is killed is told of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from standfirst.errors import GateError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


@contextmanager
def pool_of(workers: int, advice: str) -> Iterator[ProcessPoolExecutor]:
    """A pool of so many processes; whatever ends the block ends them, and what waits is not begun.

    They are started anew (spawn): a fork of a process that has threads, as Arrow's readers do, may hang. Raises
    GateError, with the `advice` what to do, where one of them is killed.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        try:
            yield pool
        except BrokenProcessPool:
            raise GateError(
                f"one of {workers} worker processes was killed, perhaps for want of memory (give fewer --workers); "
                f"{advice}"
            ) from None
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _end_with_parent() -> None:
    """In a worker: end when the process that started it does, however that ends; a pool's workers would wait for ever.

    A task that is cut off so leaves nothing half-written.
    """
    from multiprocessing import parent_process
    from threading import Thread

    def watch() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()
