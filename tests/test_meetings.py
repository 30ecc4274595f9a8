"""Postings and the index that they meet."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from standfirst.meetings import Index, shared


@pytest.mark.parametrize("most", [1, 7, 10_000])
def test_pieces_of_any_size_add_up_to_every_meeting(most: int) -> None:
    rng = np.random.default_rng(5)
    sides = [(rng.integers(0, 40, 300).astype(np.uint64), rng.integers(0, 20, 300)) for _ in range(2)]
    wanted = Counter(
        (int(h), int(o)) for v, h in zip(*sides[0], strict=True) for w, o in zip(*sides[1], strict=True) if v == w
    )
    found: Counter[tuple[int, int]] = Counter()
    for held, other, count in Index(*sides[0]).meet(*sides[1], most):
        assert len(set(zip(held.tolist(), other.tolist(), strict=True))) == len(held)
        for pair, n in zip(zip(held.tolist(), other.tolist(), strict=True), count.tolist(), strict=True):
            found[pair] += n
    assert found == wanted


def test_no_posting_meets_nothing() -> None:
    none = np.zeros(0, np.uint64), np.zeros(0, np.int64)
    some = np.ones(3, np.uint64), np.arange(3)
    assert list(Index(*none).meet(*some)) == list(Index(*some).meet(*none)) == []
    assert [len(column) for column in shared(none[1], none[1])] == [0, 0, 0]
